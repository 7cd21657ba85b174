"""Make the demo's referrals: accepted, declined, returned, refused, withdrawn, a child's."""

from datetime import datetime, timedelta

from django.utils import timezone

from core.models import User
from core.roles import Role
from inspections.demo_stage import Stage as DemoStage
from inspections.demo_words import PERSONS, SUMMARIES
from inspections.models import Referral, Visit
from inspections.models.referrals import Given, Route, Stage
from inspections.referralcodes import CHILD_EXPLAINED, EXPLAINED
from inspections.services import referrals
from inspections.services.screening import highest

# What becomes of each: the partner's answers in order, and the reason of the last.
WAYS: list[tuple[tuple[Stage, ...], str]] = [
    ((), ""),
    ((Stage.ACCEPTED,), ""),
    ((Stage.ACCEPTED, Stage.STARTED), ""),
    ((Stage.DECLINED,), "no_capacity"),
    ((Stage.RETURNED,), "details_missing"),
    ((Stage.ACCEPTED, Stage.STARTED, Stage.COMPLETED), ""),
    ((), ""),
    ((Stage.DECLINED,), "not_our_area"),
    ((Stage.ACCEPTED,), ""),
]


def refer_some(stage: DemoStage, visits: list[Visit]) -> None:
    """Refer from the visits whose answers ask for it most, a dozen in all."""
    grave = [visit for visit in visits if (found := highest(visit)) and found.level >= 2][: len(WAYS) + 4]
    for number, visit in enumerate(grave):
        lead = visit.lead
        assert lead is not None  # noqa: S101 - every visit here was planned with one
        if number == len(WAYS):
            _refused(visit, lead)
        elif number == len(WAYS) + 1:
            _child(stage, visit, lead)
        elif number == len(WAYS) + 2:
            referrals.withdraw_consent(_adult(stage, visit, lead, number), actor=lead)
        elif number < len(WAYS):
            _answer(_adult(stage, visit, lead, number), *WAYS[number])


def _adult(stage: DemoStage, visit: Visit, lead: User, number: int) -> Referral:
    name, contact, language = PERSONS[number % len(PERSONS)]
    partner = stage.partners["Migrant Legal Aid Network" if number % 3 == 1 else "Harbour Shelter"]
    return referrals.refer(
        visit,
        route=Route.ADULT,
        consent=referrals.ConsentGiven(
            Given.AGREED,
            EXPLAINED,
            language[:2],
            ("name", "safe_contact", "language", "summary"),
            "interpreter" in language,
        ),
        safety=("safe_now", "numbers_given", "safe_contact_agreed"),
        urgency=("day", "week", "now")[number % 3],
        partner=partner,
        services=["legal", "remedy"] if number % 3 == 1 else ["shelter", "mhpss"],
        details={
            "name": name,
            "safe_contact": contact,
            "language": language,
            "summary": SUMMARIES[number % len(SUMMARIES)],
            "risks": "The lodging belongs to the employer.",
        },
        outcome=highest(visit) or "",
        actor=lead,
        at=_day_of(visit),
    )


def _day_of(visit: Visit) -> datetime:
    return visit.history[-1].at + timedelta(hours=7)


def _answer(referral: Referral, steps: tuple[Stage, ...], reason: str) -> None:
    person = _somebody(referral)
    at = referral.made_at
    for place, step in enumerate(steps):
        at += timedelta(days=1 + place * 3)
        last = step == steps[-1]
        referrals.respond(
            referral,
            stage=step,
            reason=reason if last else "",
            remark="Please say when the person can come." if step == Stage.RETURNED else "",
            actor=person,
            at=min(at, timezone.now()),
        )
        referral = Referral.objects.get(pk=referral.pk)


def _somebody(referral: Referral) -> User:
    assert referral.partner is not None  # noqa: S101 - sent referrals have one
    return referral.partner.memberships.get(role=Role.REFERRAL_PARTNER).user


def _refused(visit: Visit, lead: User) -> None:
    referrals.refer(
        visit,
        route=Route.ADULT,
        consent=referrals.ConsentGiven(Given.REFUSED, EXPLAINED, "ne", interpreter=True),
        safety=("safe_now", "numbers_given", "come_back_agreed"),
        urgency="week",
        actor=lead,
        at=_day_of(visit),
    )


def _child(stage: DemoStage, visit: Visit, lead: User) -> None:
    referrals.refer(
        visit,
        route=Route.CHILD,
        consent=referrals.ConsentGiven(Given.CHILD, CHILD_EXPLAINED, "ar", ("summary", "language", "place")),
        safety=("safe_now", "moved_to_safety"),
        urgency="now",
        partner=stage.partners["Children First Protection Centre"],
        services=["child"],
        details={
            "summary": "Found at work at night; says there is an aunt in town.",
            "language": "ar",
            "place": "With the duty officer.",
        },
        child={
            "age": "15, by own word; no paper",
            "accompanied": "Unaccompanied",
            "guardian": "To be named by the authority",
            "authority_notified_at": "The same evening, by telephone",
            "interview_conditions": "Two adults, quiet room, door open",
        },
        actor=lead,
        at=_day_of(visit),
    )
