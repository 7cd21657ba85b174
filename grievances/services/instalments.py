"""Watch the parts of a repayment plan: a late one starts a clock and is told to its handler; money that comes stops it.

A part is late when its day is over and some of it is missing: a payment without proof, or one that never reached her,
has not come. Where it cannot be reckoned, because a rate is missing, its money is not known to have come either.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import models, transaction

from core import audit
from core.actors import Automatic
from grievances import clocks
from grievances import repayment as rules
from grievances.handlers import tell_handlers
from grievances.models import CaseState, Grievance, RemedyStep, Repayment, RepaymentPart
from grievances.remedy import StepState
from grievances.services import clockwork
from grievances.services.claims import claim_of
from grievances.statuses import ClockKind

WATCHING = Automatic("watch_parts")
# How long a handler has to find out why a part is late and to have it paid, or the rest planned anew.
LATE_SPAN = clocks.span("3wd")
# Nobody owes the parts of a step that was refused or that another one replaced.
OVER = frozenset({StepState.REFUSED, StepState.REPLACED})


@dataclass(frozen=True)
class LatePart:
    """One part of the plan that holds, and how much of it is missing."""

    row: RepaymentPart
    missing: Decimal
    currency: str


def late_parts(repayment: Repayment, today: date) -> list[LatePart]:
    """Return the parts whose day is over and what of each is missing, oldest first."""
    return [late for late in _missing(repayment) if late.row.due_on < today]


def late_for(grievance: Grievance, today: date) -> list[LatePart]:
    """Return the late parts of everything that is to be repaid to the worker of a grievance."""
    owed = _going(Repayment.objects.filter(step__case__grievance=grievance)).order_by("step__number")
    return [late for repayment in owed if not _is_over(repayment.step) for late in late_parts(repayment, today)]


@dataclass(frozen=True)
class LateMoney:
    """What of one repayment is late: how much of it, and since which day."""

    due_on: date
    missing: Decimal
    currency: str


def late_money_of(grievance: Grievance, today: date) -> list[LateMoney]:
    """Return what is late as its worker reads it: one sum for each repayment, however many parts it has."""
    found: dict[int, LateMoney] = {}
    for late in late_for(grievance, today):
        so_far = found.get(late.row.repayment_id)
        found[late.row.repayment_id] = LateMoney(
            min(so_far.due_on, late.row.due_on) if so_far else late.row.due_on,
            so_far.missing + late.missing if so_far else late.missing,
            late.currency,
        )
    return list(found.values())


def office_day(at: datetime) -> date:
    """Return the day that it is in the handling office."""
    return at.astimezone(clockwork.office_zone()).date()


def warn_of_late_parts(at: datetime) -> int:
    """Start the clock of every late part that has none running and tell its handler; return how many. Safe to repeat.

    A part whose clock had stopped is late anew where money went missing again or its case was opened again.
    """
    found, day = 0, office_day(at)
    without = RepaymentPart.objects.filter(replaced_on=None, due_on__lt=day).exclude(pk__in=_running().values("pk"))
    waiting = _going(Repayment.objects.filter(pk__in=without.values("repayment")))
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            # Two runs at the same moment take turns, and the later one finds the clock running.
            repayment = waiting.select_for_update(of=("self",)).filter(pk=pk).first()
            if repayment is not None and not _is_over(repayment.step):
                found += _warn(repayment, day, at)
    return found


def _warn(repayment: Repayment, day: date, at: datetime) -> int:
    case, running = repayment.step.case, set(_running().filter(repayment=repayment).values_list("pk", flat=True))
    late = [each.row for each in late_parts(repayment, day) if each.row.pk not in running]
    for part in late:
        part.clock = clockwork.start_another(case.grievance, ClockKind.LATE_PART, LATE_SPAN, at=at)
        part.save(update_fields=["clock"])
        audit.record(
            "repayment.part_late",
            actor=WATCHING,
            subject=case.ref,
            step=repayment.step.number,
            part=part.number,
            due=part.due_on,
        )
    if late:
        tell_handlers(case.grievance, "grievance.part_late")
    return len(late)


def follow_parts(step: RemedyStep, *, at: datetime | None = None) -> None:
    """Stop the clocks of the parts of a step that came, were planned anew, or are owed by nobody any more."""
    running = list(_running().filter(repayment__step=step).select_related("clock", "repayment"))
    if not running:
        return
    over = _is_over(RemedyStep.objects.get(pk=step.pk))
    missing = {late.row.pk for late in _missing(running[0].repayment)}
    for part in running:
        if over or part.replaced_on is not None:
            clockwork.drop_one(part.clock, at=at)
        elif part.pk not in missing:
            clockwork.meet_one(part.clock, at=at)


def _running() -> models.QuerySet[RepaymentPart]:
    return RepaymentPart.objects.filter(clock__isnull=False, clock__met_at=None, clock__dropped_at=None)


def _going(repayments: models.QuerySet[Repayment]) -> models.QuerySet[Repayment]:
    """Keep what is repaid under cases that are not closed and whose words are still there."""
    newest = CaseState.objects.filter(case=models.OuterRef("step__case")).order_by("-pk").values("state")[:1]
    standing = repayments.annotate(stands=models.Subquery(newest)).exclude(stands=CaseState.State.CLOSED)
    return standing.filter(step__case__grievance__emptied_on=None).select_related("step__case__grievance")


def _is_over(step: RemedyStep) -> bool:
    return step.state in OVER


def _missing(repayment: Repayment) -> list[LatePart]:
    rows = {part.number: part for part in repayment.parts.filter(replaced_on=None)}
    if not rows:
        return []
    plan = [rules.Instalment(part.number, part.due_on, part.amount) for part in rows.values()]
    try:
        found = rules.missing_of(plan, rules.reckon(claim_of(repayment)), rows[plan[0].number].came_before)
    except rules.UnfitFigures:
        found = tuple((part, part.amount) for part in plan)
    return [
        LatePart(rows[part.number], rules.rounded(missing, repayment.currency), repayment.currency)
        for part, missing in found
        if missing
    ]
