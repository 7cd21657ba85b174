"""Make the demo's visits in all states, with findings, actions and referrals: the same every time, by services."""

import random
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from checklists.answers import Answer, Money, Per, State, adverse_items, is_adverse
from checklists.models import ChecklistVersion
from checklists.questions import Item, Kind, Section
from checklists.services import publish_shipped
from checklists.sheets import NO_WORDS, Words, standing
from checklists.sources import CLOSING
from core.evidence import Prepared, keep_prepared
from core.models import Account, Membership, PartnerProfile, User
from core.notices import mark_read
from core.roles import AccountKind, Role
from inspections.demo_picture import picture
from inspections.demo_referrals import refer_some
from inspections.demo_stage import Stage
from inspections.demo_words import COMMENTS, EXTENSIONS, FINDINGS, NOTES, REJECTIONS, REMARKS, TRIGGER_DETAILS
from inspections.models import CorrectiveAction, Finding, Visit
from inspections.models.actions import Step
from inspections.rulesets import REFER_ON
from inspections.services import actions, fieldwork, findings, letters, planning
from inspections.services.screening import judge, undecided
from parties.demo import World
from parties.models import Site
from recruiters.models import Recruiter

VISITS = 60
PARTNERS = {
    "Harbour Shelter": (["shelter", "safety", "material", "mhpss"], ["ar", "en", "ne", "bn"], False),
    "Migrant Legal Aid Network": (["legal", "remedy", "consular"], ["en", "ne", "hi", "ar"], False),
    "Children First Protection Centre": (["child", "family", "mhpss"], ["ar", "en", "ne"], True),
}
# How often an answer is adverse, by how well a place is run; and how often a question is left unchecked.
MANNERS = {"good": (0.03, 0.05), "mixed": (0.16, 0.12), "bad": (0.42, 0.15)}


def build(world: World) -> None:
    """Publish the checklists, then make sixty visits over the employers' sites."""
    publish_shipped(actor=world.actor, limits={"ACC-08": 6})
    stage = Stage(world, random.Random(20260202))
    stage.closing = ChecklistVersion.objects.newest(CLOSING)
    stage.recruiters = list(Recruiter.objects.select_related("party").order_by("pk")[:40])
    _partners(stage)
    sites = sorted(world.sites, key=lambda site: site.pk)
    heard: list[Visit] = []
    for number in range(VISITS):
        visit = _visit(stage, number, sites[(number * 7) % len(sites)])
        if visit is not None:
            heard.append(visit)
    refer_some(stage, heard)
    for visit in heard[:-4]:
        _finish(stage, visit)
    for user in world.users.values():
        mark_read(user)
    for visit in heard[-4:]:
        _finish(stage, visit)
    world.notes.append("Sign in as rosa (inspector) or pema (referral partner) to see visits and referrals.")


def _partners(stage: Stage) -> None:
    world = stage.world
    for name, (services, languages, children) in PARTNERS.items():
        account = world.accounts.get(name)
        if account is None:
            account = world.accounts[name] = Account.objects.create(name=name, kind=AccountKind.PARTNER)
            user = User(username=name.split()[0].lower(), display_name=f"Desk of {name}", language="en")
            user.password = world.users["pema"].password
            user.save()
            Membership.objects.create(
                user=user, account=account, role=Role.REFERRAL_PARTNER, since=world.today - timedelta(days=300)
            )
        PartnerProfile.objects.create(
            account=account,
            services=services,
            languages=languages,
            area="Country-wide",
            takes_children=children,
            child_protection=children,
            verified_on=world.today - timedelta(days=20),
        )
        stage.partners[name] = account


def _visit(stage: Stage, number: int, site: Site) -> Visit | None:
    """Plan one visit and carry it as far as its number says; return it while it is under way."""
    world, rng = stage.world, stage.rng
    lead, other = world.users["rosa"], world.users["ibrahim"]
    if number % 3 == 2:
        lead, other = other, lead
    team = [lead] if number % 2 else [lead, other]
    supervisor = world.users["farah"] if len(team) == 2 or number % 4 else other
    kind = list(TRIGGER_DETAILS)[number % len(TRIGGER_DETAILS)]
    planned = number % 5 == 0
    shift = rng.randrange(-6, 30) if planned else -rng.randrange(1, 16) if number % 5 == 1 else -rng.randrange(20, 330)
    day = world.today + timedelta(days=shift)
    visit = planning.plan_visit(
        site=site,
        team=team,
        supervisor=supervisor,
        planned_for=day,
        trigger=planning.Trigger(kind, TRIGGER_DETAILS[kind]),
        announced=number % 9 == 0,
        actor=world.actor,
        at=stage.moment(min(day, world.today) - timedelta(days=6)),
    )
    if planned:
        if number % 20 == 15:
            fieldwork.cancel(visit, actor=supervisor, reason="site_closed", at=stage.moment(world.today))
        return None
    presences = [("health", False)] if number % 7 == 3 else [("police", True)] if number == 8 else []
    fieldwork.start(visit, actor=lead, no_interest=True, presences=presences, at=stage.moment(day))
    manner = ("mixed", "good", "bad", "mixed", "good")[number % 4]
    _answer(stage, visit, lead, manner, complete=number % 5 != 1, day=day)
    _hear(stage, visit, lead, number, manner, day)
    _find(stage, visit, lead, day)
    return visit


def _answer(stage: Stage, visit: Visit, lead: User, manner: str, *, complete: bool, day: date) -> None:
    adverse_share, unchecked_share = MANNERS[manner]
    chosen = list(visit.version.questionnaire.sections)
    if not complete:
        chosen = chosen[: stage.rng.randrange(2, 9)]
    sections = {}
    for section in chosen:
        sections[section.code] = _section(stage, section, adverse_share, unchecked_share)
    fieldwork.save_sections(visit, sections=sections, actor=lead, at=stage.moment(day, 14))


def _section(stage: Stage, section: Section, adverse: float, unchecked: float) -> tuple[dict[str, Answer], Words]:
    rng = stage.rng
    answers: dict[str, Answer] = {}
    comments: dict[str, str] = {}
    for item in section.items:
        roll = rng.random()
        if roll < unchecked:
            continue
        answers[item.code] = _one(item, rng, wants_adverse=roll > 1 - adverse)
        if is_adverse(item, answers[item.code]):
            comments[item.code] = rng.choice(COMMENTS)
    return answers, Words(comments, {}, rng.choice(NOTES))


def _one(item: Item, rng: random.Random, *, wants_adverse: bool) -> Answer:
    if wants_adverse and item.code in REFER_ON:
        wants_adverse = rng.random() < 0.25
    if item.kind == Kind.YES_NO_NA:
        usual = "no" if item.adverse == "yes" else "yes"
        if rng.random() < 0.04:
            return Answer(item.code, State.NA)
        return Answer(item.code, State.ANSWERED, item.adverse if wants_adverse and item.adverse else usual)
    if item.kind == Kind.COUNT:
        limit = int(item.adverse.removeprefix(">") or 0) if item.adverse else 4
        low = min(limit, 48) if limit > 10 else 0
        number = limit + rng.randrange(1, 9) if wants_adverse else rng.randrange(low, limit + 1)
        return Answer(item.code, State.ANSWERED, number)
    if item.kind == Kind.MONEY and wants_adverse:
        amount = Decimal(rng.randrange(40, 400) * 1000)
        return Answer(item.code, State.ANSWERED, Money(amount, rng.choice(("NPR", "BDT", "PHP")), Per.ONCE))
    return Answer(item.code)


def _hear(stage: Stage, visit: Visit, lead: User, number: int, manner: str, day: date) -> None:
    """Hold interviews on every second visit; in bad places workers speak of coercion."""
    if number % 2:
        return
    rng = stage.rng
    for place in range(1 + number % 3):
        interview = fieldwork.hold_interview(
            visit,
            person="child" if number == 22 and place == 0 else "adult",
            language=rng.choice(("ne", "bn", "ar", "hi", "en")),
            interpreter=rng.choice(("none", "independent")),
            place=rng.choice(("off_site", "private")),
            conditions=["purpose_told", "voluntary", "limits_told", "contact_agreed"],
            actor=lead,
            at=stage.moment(day, 16),
        )
        share = 0.45 if manner == "bad" else 0.03
        for code in ("D4", "D5"):
            part = interview.version.questionnaire.section(code)
            answers = {
                item.code: Answer(item.code, State.ANSWERED, "yes" if rng.random() < share else "no")
                for item in part.items
                if rng.random() < 0.7
            }
            fieldwork.save_answers(
                visit,
                section=code,
                answers=answers,
                words=NO_WORDS,
                base=None,
                actor=lead,
                interview=interview,
                at=stage.moment(day, 17),
            )


def _find(stage: Stage, visit: Visit, lead: User, day: date) -> None:
    """Record findings with actions for the gravest adverse answers that the demo has words for."""
    rng = stage.rng
    grave = [
        item
        for item in adverse_items(visit.version.questionnaire, standing(visit.ref, visit.version).answers)
        if item.code in FINDINGS
    ]
    for item in grave[:4]:
        statement, must, days = FINDINGS[item.code]
        about = rng.choice(stage.recruiters) if item.code in ("REC-02", "REC-04") and stage.recruiters else None
        finding = findings.add_finding(
            visit,
            severity=item.severity.value,
            statement=statement,
            legal_basis="; ".join(item.legal) or "National labour law",
            required_action=must,
            item_code=item.code,
            note=rng.choice(COMMENTS),
            recruiter=about,
            actor=lead,
            at=stage.moment(day, 18),
        )
        _act(stage, finding, must, days, lead, day)
    if grave and rng.random() < 0.6:
        drawn = picture(rng.randrange(1, 10_000))  # drawn here, so it is its own clean copy
        seen = Prepared("image/jpeg", "jpg", clean=drawn, clean_type="image/jpeg")
        file = keep_prepared(drawn, seen, actor=lead, subject=visit.ref)
        fieldwork.add_exhibit(visit, file, item_code=grave[0].code, actor=lead, at=stage.moment(day, 15))


def _act(stage: Stage, finding: Finding, must: str, days: int, lead: User, day: date) -> None:
    actions.set_action(
        finding,
        what=must,
        deadline=day + timedelta(days=days),
        responsible=stage.rng.choice(("HR manager", "Site manager", "Owner", "Payroll officer")),
        proof=stage.rng.choice(("Receipts", "Photos and a second visit", "Payroll records", "")),
        actor=lead,
        at=stage.moment(day, 18),
    )


def _finish(stage: Stage, visit: Visit) -> None:
    """Close most visits, issue their letters, and let the employers answer or not."""
    rng, world = stage.rng, stage.world
    begun = visit.history[-1].at
    day = timezone.localdate(begun)
    if (world.today - day).days < 16:
        return
    lead = visit.lead
    assert lead is not None and stage.closing is not None  # noqa: S101, PT018 - every visit here was planned with one
    if undecided(visit):
        judge(visit, decided="strong_indication", reason="Talked over with the unit; nobody wishes help now.",
              actor=lead, at=stage.moment(day + timedelta(days=1)))  # fmt: skip
    part = stage.closing.questionnaire.sections[0]
    said = {item.code: Answer(item.code, State.ANSWERED, "yes") for item in part.items}
    fieldwork.close(visit, answers=said, words=NO_WORDS, actor=lead, at=stage.moment(day + timedelta(days=2)))
    letter = letters.issue_letter(
        visit,
        language=rng.choice(("en", "en", "ar")),
        actor=lead,
        issued_on=day + timedelta(days=2),
        at=stage.moment(day + timedelta(days=2), 15),
    )
    for row in letter.actions.select_related("action__finding__visit"):
        _answer_action(stage, row.action, lead, day)


def _answer_action(stage: Stage, action: CorrectiveAction, lead: User, day: date) -> None:
    rng = stage.rng
    fate = rng.random()
    if fate < 0.12:
        return
    if fate < 0.3:
        actions.extend(
            action,
            until=action.due + timedelta(days=rng.choice((14, 30, 60))),
            reason=rng.choice(EXTENSIONS),
            actor=lead,
            at=stage.moment(day + timedelta(days=5)),
        )
        return
    actions.hand_in(
        action, None, remark="Sent to the inspectorate by e-mail.", actor=lead, at=stage.moment(day + timedelta(days=9))
    )
    if fate < 0.42:
        return
    verdict = Step.REJECTED if fate < 0.5 else Step.VERIFIED
    words = REJECTIONS if verdict == Step.REJECTED else REMARKS
    actions.check(
        action, state=verdict, remark=rng.choice(words), actor=lead, at=stage.moment(day + timedelta(days=14))
    )
