"""Go on with the demo's cases: fees repaid, the other side asked, help from partners, checks for retaliation."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from core.models import Account, User
from core.roles import Role
from grievances.models import RemediationCase, RemedyStep, ReplyRequest
from grievances.referring import CHILD_EXPLAINED, EXPLAINED
from grievances.remedy import Word
from grievances.repayment import Way, rounded
from grievances.safetychecks import Result
from grievances.services import following, harms, link_accused, referrals, repaying, replies, retaliation, safety
from grievances.services.papers import Paper, prepared
from grievances.services.referrals import Wanted
from grievances.services.repaying import Fee, Paid, Terms
from grievances.services.replies import Answer, Question
from grievances.services.writing import current_consents
from grievances.statuses import Status
from grievances.wording import language_name
from parties.models import Party

if TYPE_CHECKING:
    from grievances.demo import Desk

OMARS = "Golden Bridge Manpower"


@dataclass(frozen=True)
class Corridor:
    """What workers of the demo paid to get a job, and what a unit of it is worth where they work; all invented."""

    paid_in: str
    agent: int
    medical: int
    interest: int
    repaid_in: str
    rate: str


# By the language in which the demo's workers tell of fees.
CORRIDORS = {
    "ne": Corridor("NPR", 120_000, 5_500, 14_400, "QAR", "0.0271"),
    "en": Corridor("INR", 65_000, 4_200, 6_500, "AED", "0.0432"),
    "ur": Corridor("PKR", 310_000, 11_000, 27_900, "SAR", "0.0134"),
    "my": Corridor("MMK", 900_000, 60_000, 108_000, "THB", "0.0160"),
    "vi": Corridor("VND", 72_000_000, 1_500_000, 7_200_000, "USD", "0.0000391"),
    "zh-hans": Corridor("SGD", 3_800, 120, 0, "SGD", "1"),
}


@cache
def proof() -> Paper:
    """Return the one proof of everything in the demo, opened and cleaned once."""
    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=(420, 200))
    canvas.drawString(40, 120, "Fictional proof of the demonstration.")
    canvas.drawString(40, 96, "Nothing was paid to anybody.")
    canvas.save()
    return prepared(sheet.getvalue())


def repay(desk: "Desk", step: RemedyStep, language: str, handler: User, age: int, *, parts: int) -> None:
    """Reckon a worker's fees and pay so many of three parts back, with proofs and, but for the last, her word."""
    corridor = CORRIDORS.get(language, CORRIDORS["ne"])
    day = desk.ago(age).date()
    terms = Terms(corridor.repaid_in, day, "current" if age % 4 else "repatriated")
    repayment = repaying.set_terms(step, terms, actor=handler)
    taken = day - timedelta(days=420)
    if corridor.paid_in != corridor.repaid_in:
        for on, value in ((taken, Decimal(corridor.rate)), (day, Decimal(corridor.rate) * Decimal("0.985"))):
            repaying.set_rate(
                repayment, corridor.paid_in, on, value, "Fictional central bank, daily rate", actor=handler
            )
    fees = [("FEE-A1", "recruiter", corridor.agent), ("FEE-B1", "service", corridor.medical)]
    if corridor.interest:
        fees.append(("FEE-C9", "lender", corridor.interest))
    for category, collector, amount in fees:
        amounts = {"documented" if category == "FEE-B1" else "individual_declaration": Decimal(amount)}
        repaying.add_fee(repayment, Fee(category, collector, corridor.paid_in, taken, amounts), actor=handler)
    planned = repaying.plan_parts(repayment, 3, day + timedelta(days=7), actor=handler)
    way = Way.OWN_WALLET if terms.payee == "current" else Way.OWN_ACCOUNT
    for number, part in enumerate(planned[:parts]):
        paid_on = max(0, age - 2 * (number + 1))
        paid = Paid(desk.ago(paid_on).date(), rounded(part.amount, corridor.repaid_in), corridor.repaid_in, way)
        repaying.note_payment(repayment, paid, actor=handler, proof=proof(), at=desk.ago(paid_on))
        if number < parts - 1:
            following.say_about_step(RemedyStep.objects.get(pk=step.pk), Word.ALL, at=desk.ago(max(0, paid_on - 1)))


def go_on(desk: "Desk") -> None:
    """Let cases stand at every stage of what comes besides their steps."""
    cases = list(RemediationCase.objects.select_related("grievance").order_by("pk"))
    _look_into(desk, cases)
    _ask_the_other_side(desk, cases)
    _refer(desk, cases)
    _ask_if_safe(desk, cases)


def _handler_of(case: RemediationCase) -> User | None:
    held = case.grievance.assignments.filter(until=None).select_related("user").first()
    return held.user if held and case.permits(held.user, "handle") else None


def _open(cases: list[RemediationCase]) -> Iterator[tuple[RemediationCase, User]]:
    for case in cases:
        handler = _handler_of(case)
        if handler and case.state in {"open", "in_remedy", "delivered"} and case.grievance.status != Status.WITHDRAWN:
            yield case, handler


def _look_into(desk: "Desk", cases: list[RemediationCase]) -> None:
    methods = ("documents", "worker", "others", "visit")
    for number, (case, handler) in enumerate(_open(cases)):
        for harm in case.harms.all()[: number % 3]:
            result = "inconclusive" if number % 7 == 0 else "substantiated"
            harms.note_finding(harm, result, methods[number % 4], actor=handler, at=desk.ago(1))


# What comes of each question: how many days ago it was asked, what they say (or not yet), whether she heard.
ANSWERS = (
    (4, "", False),
    (9, "denies", True),
    (19, "", False),
    (8, "accepts", True),
    (6, "partly", False),
    (2, "", False),
    (7, "unable", True),
)
SAID = {
    "accepts": "We did not know that our agent took this money. We will pay it back.",
    "partly": "The medical test was charged. The rest was not.",
    "denies": "We have looked at our books. No fee was taken.",
    "unable": "Please tell us more, then we can look into it.",
}


def _ask_the_other_side(desk: "Desk", cases: list[RemediationCase]) -> None:
    waiting = list(ANSWERS)
    for case, handler in _open(cases):
        if not waiting:
            return
        party = _confirmed(case)
        if party is None:
            continue
        first = case.grievance.codes[:1]
        question = Question(party, tuple(first), {"country": case.grievance.country}, agreed_channel="receipt")
        disclosure = replies.weigh(case, question)
        if not disclosure.allowed:
            continue
        days, stand, told = waiting.pop(0)
        asked = replies.ask(case, question, weighed=disclosure.risks, actor=handler, at=desk.ago(days))
        if stand:
            _answer(desk, asked, stand, handler, max(0, days - 4), told=told)


def _confirmed(case: RemediationCase) -> Party | None:
    link = case.grievance.accusations.filter(dropped_on=None, basis="confirmed").select_related("party").first()
    return link.party if link else None


def _answer(desk: "Desk", asked: ReplyRequest, stand: str, handler: User, days: int, *, told: bool) -> None:
    offers = ("fees_repaid",) if stand == "accepts" else ()
    given = Answer(stand, SAID[stand], offers, undertakes=True, channel="letter")
    reply = replies.enter_answer(asked, given, actor=handler, at=desk.ago(days))
    if told:
        replies.tell_worker(reply, "They have answered us. What do you say to it?", actor=handler, at=desk.ago(days))


def ask_omar(desk: "Desk", case: RemediationCase, handler: User) -> None:
    """Leave one question with the agency whose member signs in to the demo."""
    omars = getattr(desk.world.recruiters.get(OMARS), "party", None)
    if omars is None:
        return
    link_accused(case.grievance, omars, part="recruiter", actor=handler)
    told = {"country": case.grievance.country, "remedy": ["fees_repaid"]}
    question = Question(omars, ("FEE",), told, agreed_channel="phone")
    risks = replies.weigh(case, question).risks
    replies.ask(case, question, weighed=risks, actor=handler)


# What comes of each referral: the partner's answers in order, and the reason of the last.
WAYS: tuple[tuple[tuple[str, ...], str], ...] = (
    ((), ""),
    (("accepted",), ""),
    (("accepted", "started"), ""),
    (("returned",), "details_missing"),
    (("declined",), "no_capacity"),
    (("accepted", "started", "completed"), ""),
    (("accepted",), ""),
)


def _refer(desk: "Desk", cases: list[RemediationCase]) -> None:
    world = desk.world
    shelter, legal = world.accounts.get("Harbour Shelter"), world.accounts.get("Migrant Legal Aid Network")
    children = world.accounts.get("Children First Protection Centre")
    ways, overridden = list(WAYS), False
    if shelter is None:
        return
    for number, (case, handler) in enumerate(_open(cases)):
        grievance = case.grievance
        if grievance.under_18 and children is not None:
            referrals.refer(case, _child(children), actor=handler, at=desk.ago(2))
        elif current_consents(grievance).get("refer_to_services") and ways:
            partner = legal if legal is not None and number % 3 == 1 else shelter
            _one_way(desk, case, partner, handler, ways.pop(0), last=not ways)
        elif grievance.priority == "urgent" and "VIO" in grievance.codes and not overridden:
            overridden = True
            referrals.refer(case, _for_life(shelter), actor=handler)


def _wanted(partner: Account, language: str) -> Wanted:
    legal = partner.name.startswith("Migrant")
    needs = "Advice on a claim for unpaid wages." if legal else "A bed for a few nights, from tomorrow."
    return Wanted(
        partner,
        "consent",
        services=("legal", "remedy") if legal else ("shelter", "mhpss"),
        urgency="week" if legal else "day",
        told={"needs": needs, "language": language, "prefers": "A woman, by telephone first."},
        explained=EXPLAINED,
        agreed_channel="phone",
    )


def _child(partner: Account) -> Wanted:
    told = {
        "needs": "Protection and a place to live; says that he is fifteen.",
        "child_age": "15, by own word; no paper",
        "child_guardian": "None told: to be named by the authority",
        "child_views": "Wants to stop working and to call his mother",
        "child_authority": "Child protection, by telephone, the same day",
    }
    return Wanted(partner, "child", services=("child",), urgency="now", told=told, explained=CHILD_EXPLAINED)


def _for_life(partner: Account) -> Wanted:
    return Wanted(
        partner,
        "override",
        services=("safety",),
        urgency="now",
        told={"needs": "Somebody is locked in and hurt.", "language": "Amharic"},
        override_reason="danger_to_life",
        override_note="Her messages stopped after she wrote that the door is locked and she is hurt.",
        notice="We asked people who can open the door to look after you. Nobody else knows.",
    )


def _one_way(
    desk: "Desk",
    case: RemediationCase,
    partner: Account,
    handler: User,
    way: tuple[tuple[str, ...], str],
    *,
    last: bool,
) -> None:
    made = referrals.refer(
        case, _wanted(partner, language_name(case.grievance.language)), actor=handler, at=desk.ago(6)
    )
    person = partner.memberships.get(role=Role.REFERRAL_PARTNER).user
    stages, reason = way
    for place, stage in enumerate(stages):
        ends = stage == stages[-1]
        referrals.respond(made, stage, reason=reason if ends else "", actor=person, at=desk.ago(5 - place))
    if last:
        referrals.revoke(made, reason="she_said_no", actor=handler, at=desk.ago(1))


def _ask_if_safe(desk: "Desk", cases: list[RemediationCase]) -> None:
    """Answer most of the checks that came due since a case was closed; one is due now, one worker is punished."""
    today = desk.world.today
    closed = [case for case in cases if case.state == "closed"]
    due = [case for case in closed if case.grievance.safety_checks.filter(due_on__lte=today, done_on=None).exists()]
    for number, case in enumerate(due):
        newest = safety.waiting_for_her(case.grievance, today)
        handler = _handler_of(case)
        if newest is None or handler is None or number == 0:
            continue
        at = desk.ago(max(0, (today - newest.due_on).days - 1))
        if number == 1:
            retaliation.note_check(newest, Result.RETALIATION, channel="phone", form="pay_cut", actor=handler, at=at)
        elif number % 4 == 3:
            retaliation.note_check(newest, Result.NOT_REACHED, channel="phone", actor=handler, at=at)
        else:
            retaliation.say_if_safe(case.grievance, punished=False, at=at)
    safety.ask_if_safe(desk.ago(0))
