"""Keep what the rules said each time it changed, tell who must act, and record what people decide."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, vault
from core.access import require
from core.actors import Actor, Automatic
from core.notices import notify
from inspections.errors import NotNow
from inspections.indicators import ElevenResult, OperationalResult, Outcome, Person
from inspections.models import Judgement, Referral, Screening, Visit
from inspections.screening import VisitScreening, screen
from inspections.services.planning import as_user


@transaction.atomic
def record_screening(visit: Visit, *, actor: Actor, at: datetime | None = None) -> VisitScreening:
    """Judge a visit's answers and keep each result that differs from the last one; tell the supervisor when it asks for
    a referral for the first time, on the same day."""
    found = screen(visit)
    before = highest(visit)
    rows: list[tuple[str, Person, ElevenResult | OperationalResult]]
    rows = [(visit.ref, Person.ADULT, found.eleven), (visit.ref, Person.ADULT, found.workplace)]
    rows += [(visit.ref, Person.CHILD, found.child)] if found.child else []
    rows += [(each.interview.ref, each.result.person, each.result) for each in found.interviews]
    latest = {
        (row.subject, row.ruleset, row.person): row for row in Screening.objects.filter(visit=visit).order_by("pk")
    }
    now = at or timezone.now()
    for subject, person, result in rows:
        last = latest.get((subject, result.ruleset, person))
        facts = _facts(result)
        if last is None or last.facts != facts:
            Screening.objects.create(
                visit=visit,
                subject=subject,
                ruleset=result.ruleset,
                person=person,
                outcome=result.outcome,
                could_become=result.could_become,
                facts=facts,
                at=now,
            )
    if found.outcome == Outcome.REFER and before != Outcome.REFER:
        audit.record("visit.referral_advised", actor=Automatic("screening"), subject=visit.ref)
        for told in visit.responsible_people():
            if told != as_user(actor):
                notify(told, "referral_advised", subject_ref=visit.ref)
    return found


def _facts(result: ElevenResult | OperationalResult) -> dict[str, object]:
    """Return what led to a result: the answers that fired and those unknown, by code, enough to explain it later."""
    if isinstance(result, ElevenResult):
        fired = {sign.code: sorted({reading.item for reading in sign.fired}) for sign in result.fired}
        return {"outcome": result.outcome, "fired": fired, "unknown": sorted(result.unknown)}
    return {
        "outcome": result.outcome,
        "combination": result.combination,
        "positive": list(result.positive),
        "fired": {
            weight.code: sorted({reading.item for reading in weight.sign.fired})
            for dimension in result.dimensions
            for weight in dimension.fired
        },
    }


def highest(visit: Visit) -> Outcome | None:
    """Return the gravest of the newest recorded results of a visit, None where none was recorded."""
    latest = {
        (row.subject, row.ruleset, row.person): Outcome(row.outcome)
        for row in Screening.objects.filter(visit=visit).order_by("pk")
    }
    return max(latest.values(), key=lambda outcome: outcome.level, default=None)


def undecided(visit: Visit) -> bool:
    """Say whether the screening asks for a referral and nobody referred or decided otherwise since."""
    if highest(visit) != Outcome.REFER:
        return False
    return not (Referral.objects.filter(visit=visit).exists() or Judgement.objects.filter(visit=visit).exists())


@transaction.atomic
def judge(visit: Visit, *, decided: str, reason: str, actor: Actor, at: datetime | None = None) -> Judgement:
    """Record a decision on the screening: higher on one sign alone, lower only with a reason, which is sealed."""
    require(actor, "manage" if not _is_supervisor(visit, actor) else "supervise", visit)
    computed = highest(visit) or Outcome.NO_INDICATION
    outcome = Outcome(decided)
    if outcome.level < computed.level and not reason.strip():
        raise NotNow(_("The answers ask for more than this. Please write down why you decide otherwise."))
    row = Judgement.objects.create(
        visit=visit,
        computed=computed,
        decided=outcome,
        reason=vault.seal(reason.strip(), purpose="inspections.judgement") if reason.strip() else None,
        at=at or timezone.now(),
        by=as_user(actor),
    )
    audit.record("visit.judged", actor=actor, subject=visit.ref, computed=computed.value, decided=outcome.value)
    if outcome == Outcome.REFER or outcome.level < computed.level:
        for person in {visit.supervisor} - {as_user(actor)}:
            notify(person, "screening_decided", subject_ref=visit.ref)
    return row


def _is_supervisor(visit: Visit, actor: Actor) -> bool:
    return not isinstance(actor, Automatic) and actor.pk == visit.supervisor_id
