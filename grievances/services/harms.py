"""Keep what was done to the worker, what she is owed for it, and what was found out about it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.actors import Actor
from core.models import User
from grievances.entitlements import ENTITLEMENTS, answers, owed_for
from grievances.models import CaseHarm, CaseState, HarmFinding, RemediationCase
from grievances.rulebook import category_rules
from grievances.services import clockwork, locks
from grievances.services.writing import seal_text


class HarmRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """Something about a harm that may not be done now; the message is for people."""


@dataclass(frozen=True)
class HarmTold:
    """A harm and what it entitles to, as a handler puts it down."""

    category: str
    entitlement: str
    began_on: date | None = None
    ended_on: date | None = None
    note: str = field(default="", repr=False)


def first_harms(case: RemediationCase, *, actor: Actor) -> None:
    """Put down one harm for each category that holds now and has none, with what the rule says is owed for it."""
    known = set(case.harms.values_list("category", flat=True))
    for category in case.grievance.codes:
        if category not in known:
            _put_down(case, HarmTold(category, owed_for(category).code), actor=actor)


@transaction.atomic
def add_harm(case: RemediationCase, told: HarmTold, *, actor: User) -> CaseHarm:
    """Put down a further harm and what is owed for it; raises HarmRefused."""
    _may(case, actor)
    if told.category not in category_rules() or told.entitlement not in ENTITLEMENTS:
        raise HarmRefused(_("Choose what was done and what she is owed for it."))
    if told.began_on and told.ended_on and told.ended_on < told.began_on:
        raise HarmRefused(_("It cannot have ended before it began. Please check the two days."))
    return _put_down(case, told, actor=actor)


def _put_down(case: RemediationCase, told: HarmTold, *, actor: Actor) -> CaseHarm:
    last = case.harms.aggregate(last=Max("number"))["last"] or 0
    harm = CaseHarm.objects.create(
        case=case,
        number=last + 1,
        category=told.category,
        entitlement=told.entitlement,
        began_on=told.began_on,
        ended_on=told.ended_on,
        note=seal_text(told.note, "grievance.harm_note", locks.holder_of(case.grievance)),
    )
    audit.record("case.harm", actor=actor, subject=case.ref, number=harm.number, category=harm.category)
    return harm


@transaction.atomic
def strike_harm(harm: CaseHarm, *, actor: User) -> None:
    """Strike off a harm that was put down by mistake; raises HarmRefused while a remedy that still counts rests on it.

    What was looked into and not found to be so is a finding instead.
    """
    _may(harm.case, actor)
    if any(step.state != "replaced" for step in harm.steps.prefetch_related("events")):
        raise HarmRefused(_("A step of remedy is tied to this harm. Replace the step first."))
    harm.struck_on = timezone.localdate()
    harm.save(update_fields=["struck_on"])
    audit.record("case.harm_struck", actor=actor, subject=harm.case.ref, number=harm.number)


@transaction.atomic
def note_finding(harm: CaseHarm, result: str, method: str, *, actor: User, at: datetime | None = None) -> HarmFinding:
    """Keep what was found out about a harm, and how."""
    _may(harm.case, actor)
    found = HarmFinding.objects.create(
        harm=harm,
        result=HarmFinding.Result(result),
        method=HarmFinding.Method(method),
        on=clockwork.moment(actor, at).date(),
        by=actor,
    )
    audit.record("case.finding", actor=actor, subject=harm.case.ref, number=harm.number, result=result, method=method)
    return found


def harm_for(case: RemediationCase, item: str, number: int | None) -> CaseHarm | None:
    """Return the harm that a remedy answers: the one named, else the first whose entitlement it answers.

    Raises HarmRefused where the one named is not there.
    """
    standing = list(case.harms.filter(struck_on=None))
    if number is not None:
        named = next((harm for harm in standing if harm.number == number), None)
        if named is None:
            raise HarmRefused(_("Choose one of the harms of this case."))
        return named
    return standing[answers(item, [harm.entitlement for harm in standing])] if standing else None


def _may(case: RemediationCase, actor: Actor) -> None:
    require(actor, "handle", case)
    if case.state == CaseState.State.CLOSED:
        raise HarmRefused(_("This case is closed. Open it again before you plan more."))
