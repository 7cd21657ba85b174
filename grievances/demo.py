"""Make the demo's grievances: eighty in every state and many languages, through the services, the same every time."""

import hashlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from core import keypairs
from core.models import User
from grievances import services
from grievances.demo_cases import ask_omar, go_on, proof, repay
from grievances.demo_words import MESSAGES, REPORTS, Told
from grievances.keys import FormToken
from grievances.models import Grievance, RemediationCase, RemedyStep
from grievances.remedy import Outcome, Word
from grievances.services import Judgement, Report, StepPlan, following, preview
from grievances.services.drafts import DraftContent
from grievances.services.repaying import REPAID
from grievances.statuses import Decision
from grievances.triage import Priority
from parties.demo import ACTOR as DEMO
from parties.demo import PASSWORD, World
from parties.models import Party
from recruiters.models import Recruiter

COUNT = 80
# What becomes of each: so many of ten.
FATES = (
    "new", "new", "taken", "question", "case", "case", "remedy", "delivered", "closed", "not_accepted",
)  # fmt: skip
# How many days ago each came in.
AGES = {
    "new": (0, 2),
    "taken": (1, 3),
    "question": (4, 10),
    "case": (3, 10),
    "remedy": (9, 24),
    "delivered": (13, 26),
    "closed": (25, 90),
    "not_accepted": (10, 60),
}
REMEDIES = {
    "FEE": ("restitution", "fees_repaid", "recruiter"),
    "DOC": ("restitution", "passport_returned", "employer"),
    "WAG": ("compensation_financial", "wages_paid", "employer"),
    "CON": ("restitution", "contract_corrected", "employer"),
    "HOU": ("compensation_non_financial", "housing_improved", "employer"),
    "OSH": ("rehabilitation", "medical_care", "employer"),
    "HRS": ("guarantee_non_repetition", "policy_changed", "employer"),
    "MOV": ("restitution", "passport_returned", "employer"),
    "EXI": ("restitution", "transfer_allowed", "employer"),
    "DEC": ("restitution", "ticket_home", "recruiter"),
    "DIM": ("restitution", "reinstated", "employer"),
    "THR": ("guarantee_non_repetition", "manager_removed", "employer"),
    "RET": ("restitution", "reinstated", "employer"),
    "SEX": ("rehabilitation", "counselling", "service"),
    "VIO": ("rehabilitation", "shelter", "service"),
    "CHL": ("rehabilitation", "counselling", "service"),
}
CURRENCY = {"QA": "QAR", "AE": "AED", "SA": "SAR", "MY": "MYR", "KW": "KWD", "TH": "THB", "SG": "SGD"}
ROOT_CAUSES = {
    "FEE": "fees_in_chain",
    "DOC": "documents_policy",
    "WAG": "pay_system",
    "CON": "contract_substitution",
    "MOV": "documents_policy",
    "EXI": "tied_status",
    "HAR": "supervision",
    "DEC": "unlicensed_agent",
}
# How the closed ones ended, in turn: not every case is put right.
ENDS = (
    Outcome.RESOLVED_CONFIRMED,
    Outcome.RESOLVED_CONFIRMED,
    Outcome.PARTLY,
    Outcome.RESOLVED_CONFIRMED,
    Outcome.CONTACT_LOST,
    Outcome.RESOLVED_CONFIRMED,
    Outcome.REFUSED,
    Outcome.RESOLVED_CONFIRMED,
)


@dataclass
class Desk:
    """What the builders of this demo share."""

    world: World
    handlers: list[User]
    recruiters: list[Recruiter]
    employers: list[Party]
    closed: int = 0
    rng: random.Random = field(default_factory=lambda: random.Random(20260314))

    def ago(self, days: int, hour: int = 10) -> datetime:
        """Return a moment of a past day."""
        day: date = self.world.today - timedelta(days=days)
        return datetime.combine(day, time(hour), tzinfo=ZoneInfo("UTC"))


def build(world: World) -> None:
    """Lodge, handle, remedy and close grievances; the companies' records hear of the cases by signal."""
    handlers = [world.users[name] for name in ("nadia", "samir") if name in world.users]
    _give_keys(handlers)
    known = [each for each in world.recruiters.values() if isinstance(each, Recruiter)]
    desk = Desk(world, handlers, known[:40], world.employers[:40])
    with _spared_hashes():
        for number in range(COUNT):
            _one(desk, number)
    go_on(desk)
    _for_trying_out(desk)


@contextmanager
def _spared_hashes() -> Iterator[None]:
    """Hash the receipts that nobody is ever told at the least cost; the one that is printed is hashed in full."""
    full, settings.RECEIPT_COST = settings.RECEIPT_COST, (1, 8192)
    try:
        yield
    finally:
        settings.RECEIPT_COST = full


def _give_keys(handlers: list[User]) -> None:
    """Let the demo's case officers have keys from the demo's password, as their first sign-in would make them."""
    for handler in handlers:
        keypairs.open_at_sign_in(handler, PASSWORD)
        pair = keypairs.live_pair(handler)
        if pair is not None:
            keypairs.vouch(pair, actor=DEMO)


def _token(number: int) -> FormToken:
    """Return the same token for the same number in every demo of this instance."""
    return FormToken(hashlib.sha256(f"grievances.demo:{number}".encode()).digest())


def _one(desk: Desk, number: int) -> None:
    told, fate = REPORTS[number % len(REPORTS)], FATES[number % len(FATES)]
    age = desk.rng.randint(*AGES[fate])
    recruiter = desk.recruiters[number * 7 % len(desk.recruiters)] if desk.recruiters else None
    employer = desk.employers[number * 7 % len(desk.employers)] if desk.employers else None
    grievance = _lodge(desk, _token(number), told, recruiter, employer, age)
    handler = desk.handlers[number % len(desk.handlers)]
    if fate == "new" or not grievance.permits(handler, "handle"):
        return
    services.take(grievance, actor=handler, at=desk.ago(age, 15))
    if fate == "taken":
        return
    if recruiter is not None and "FEE" in told.codes:
        services.link_accused(grievance, recruiter.party, part="recruiter", actor=handler)
    if employer is not None and "FEE" not in told.codes:
        services.link_accused(grievance, employer, part="employer", actor=handler)
    _decide(desk, grievance, told, fate, handler, age)


def _lodge(
    desk: Desk, token: FormToken, told: Told, recruiter: Recruiter | None, employer: Party | None, age: int
) -> Grievance:
    report = Report(
        codes=told.codes,
        language=told.language,
        danger_now="VIO" in told.codes and desk.rng.random() < 0.5,
        under_18="CHL" in told.codes,
        time_closing=desk.rng.random() < 0.1,
        people=desk.rng.choice(["one", "one", "few", "few", "many", "unknown"]),
        filed_by=desk.rng.choice(["affected", "affected", "affected", "family", "notifier"]),
        country=told.country,
        contact_mode="phone" if desk.rng.random() < 0.3 else "receipt",
        contact={"value": "+000 0000 0000", "times": "evening"},
        consents={
            "investigate": desk.rng.random() < 0.8,
            "share_without_name_with_employer": desk.rng.random() < 0.4,
            "share_inspector": desk.rng.random() < 0.5,
            "share_buyer": age % 3 != 0,
            "refer_to_services": desk.rng.random() < 0.4,
            "statistics_anonymised": True,
        },
    )
    content = DraftContent(
        words=told.words,
        place=told.place,
        recruiter=str(recruiter.party) if recruiter is not None and "FEE" in told.codes else "",
        employer=str(employer) if employer is not None and "FEE" not in told.codes else "",
    )
    lodged = services.lodge(token, report, content, at=desk.ago(age))
    services.keep_receipt(lodged.grievance)
    return lodged.grievance


def _decide(desk: Desk, grievance: Grievance, told: Told, fate: str, handler: User, age: int) -> None:
    later = max(0, age - 2)
    decision = {"question": Decision.NEEDS_INFORMATION, "not_accepted": Decision.NOT_ACCEPTED}.get(
        fate, Decision.ACCEPT
    )
    judgement = Judgement(
        decision=decision,
        codes=told.codes,
        priority=Priority(preview(grievance, told.codes).priority),
        reason_code="unreachable" if decision is Decision.NOT_ACCEPTED else "",
    )
    case = services.triage(grievance, judgement, actor=handler, at=desk.ago(later))
    question, answer, _update = MESSAGES[told.language if told.language in MESSAGES else "en"]
    services.send_message(grievance, question, actor=handler, at=desk.ago(later, 16))
    if desk.rng.random() < 0.5 and decision is Decision.ACCEPT:
        following.write(grievance, answer, at=desk.ago(max(0, later - 3)))
    if case is not None and fate != "case":
        _remedy(desk, case, told, fate, handler, max(0, later - 5))
    if fate in {"case", "remedy", "delivered"} and desk.rng.random() < 0.85:
        services.send_message(
            grievance, MESSAGES.get(told.language, MESSAGES["en"])[2], actor=handler, at=desk.ago(min(later, 1), 17)
        )


def _remedy(desk: Desk, case: RemediationCase, told: Told, fate: str, handler: User, age: int) -> None:
    steps = []
    for code in told.codes[:2]:
        form, item, owner = REMEDIES.get(code, ("apology", "apology_given", "employer"))
        paid = item in {"fees_repaid", "wages_paid"}
        plan = StepPlan(
            form=form,
            item=item,
            owner=owner,
            due_on=desk.ago(age).date() + timedelta(days=21),
            amount=Decimal(desk.rng.randrange(20, 400) * 10) if paid else None,
            currency=CURRENCY.get(told.country, "USD") if paid else "",
        )
        steps.append(services.add_remedy_step(case, plan, actor=handler, at=desk.ago(age)))
    paid_back = {"closed": 3, "delivered": 2, "remedy": 1}[fate]
    for step in steps:
        services.agree(step, actor=handler, at=desk.ago(max(0, age - 2)))
        if step.item == REPAID:
            repay(desk, step, told.language, handler, max(0, age - 3), parts=paid_back)
        elif fate in {"delivered", "closed"}:
            services.deliver(step, actor=handler, proof=proof(), at=desk.ago(max(0, age - 6)))
    if fate == "closed":
        _close(desk, case, told, steps, handler, max(0, age - 10))


def _close(desk: Desk, case: RemediationCase, told: Told, steps: list[RemedyStep], handler: User, age: int) -> None:
    outcome = ENDS[desk.closed % len(ENDS)]
    desk.closed += 1
    words = {Outcome.PARTLY: Word.PART, Outcome.REFUSED: Word.NONE}
    for step in steps:
        if outcome is not Outcome.CONTACT_LOST:
            word = words.get(outcome, Word.ALL) if step == steps[-1] else Word.ALL
            following.say_about_step(step, word, at=desk.ago(age))
        if outcome is Outcome.REFUSED and step == steps[-1]:
            services.refuse(RemedyStep.objects.get(pk=step.pk), actor=handler, at=desk.ago(age))
    if outcome is Outcome.CONTACT_LOST:
        for days, channel in ((age + 45, "phone"), (age + 20, "receipt"), (age + 2, "phone")):
            on = desk.ago(days).date()
            services.note_attempt(case, on=on, channel=channel, reached=False, actor=handler)
    services.set_root_cause(case, ROOT_CAUSES.get(told.codes[0], "no_voice"), actor=handler)
    if not services.close(case, outcome, actor=handler, at=desk.ago(age)):
        others = [user for user in desk.handlers if user != handler and case.permits(user, "handle")]
        if others:
            services.agree_to_close(case, actor=others[0], at=desk.ago(max(0, age - 1)))


def _for_trying_out(desk: Desk) -> None:
    """Leave one grievance with an answer whose fictional receipt the demo prints, for trying the way back."""
    token = _token(COUNT)
    told = REPORTS[0]
    grievance = _lodge(desk, token, told, None, None, 4)
    handler = desk.handlers[0]
    services.take(grievance, actor=handler, at=desk.ago(3))
    services.send_message(grievance, MESSAGES["en"][0], actor=handler, at=desk.ago(2))
    judgement = Judgement(Decision.ACCEPT, told.codes, Priority(preview(grievance, told.codes).priority))
    case = services.triage(grievance, judgement, actor=handler, at=desk.ago(2))
    if case is not None:
        ask_omar(desk, case, handler)
    groups = " ".join(token.receipt.groups)
    desk.world.notes.append(f"  A fictional worker's receipt, to try the way back:\n    {groups}\n")
