"""Start, meet and drop the clocks of a grievance; no clock tells at which minute a worker wrote."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from core.actors import WORKER, Actor
from grievances import clocks
from grievances.calendars import Calendar, calendar_of
from grievances.clocks import Span
from grievances.models import Clock, Grievance
from grievances.statuses import ClockKind
from grievances.triage import TERMS, Terms
from recruiters.zones import zone_of

# How soon a handler answers a worker's message, by priority.
ANSWER_SPAN = {"urgent": clocks.span("1d"), "high": clocks.span("1wd"), "normal": clocks.span("3wd")}
PRESSURE_CHECK_SPAN = clocks.span("3wd")
SECOND_PERSON_SPAN = clocks.span("3wd")
# However long an office's holidays are: receipt is acknowledged within seven days.
LONGEST_ACKNOWLEDGEMENT = clocks.span("7d")


def office_zone() -> tzinfo:
    """Return the time zone of the handling office."""
    return ZoneInfo(settings.OFFICE_TIME_ZONE or settings.TIME_ZONE)


def office_calendar() -> Calendar:
    """Return the working days of the handling office."""
    return calendar_of(settings.OFFICE_COUNTRY, settings.OFFICE_HOLIDAYS, settings.OFFICE_WEEKEND)


def due_at(grievance: Grievance, allowed: Span, begun: datetime) -> datetime:
    """Return by when something is due: the office's working days, and a day that is over for neither side."""
    theirs = zone_of(grievance.country) if grievance.country else None
    return clocks.due(begun, allowed, office_calendar(), office_zone(), workers_zone=theirs)


def moment(actor: Actor, at: datetime | None = None) -> datetime:
    """Return when something happened as it may be kept: a worker's acts to the day only."""
    now = (at or timezone.now()).replace(microsecond=0)
    return now.replace(hour=0, minute=0, second=0) if actor == WORKER else now


def start(grievance: Grievance, kind: ClockKind, allowed: Span, *, at: datetime | None = None) -> Clock:
    """Start a clock, unless one of its kind is running already: then that one counts."""
    running = grievance.clocks.filter(kind=kind, met_at=None, dropped_at=None).first()
    if running is not None:
        return running
    begun = at or timezone.now()
    due = due_at(grievance, allowed, begun)
    if kind is ClockKind.ACKNOWLEDGE:
        due = min(due, due_at(grievance, LONGEST_ACKNOWLEDGEMENT, begun))
    return Clock.objects.create(grievance=grievance, kind=kind, due_at=due)


def start_another(grievance: Grievance, kind: ClockKind, allowed: Span, *, at: datetime | None = None) -> Clock:
    """Start a clock of its own, whatever others of its kind are running: for what is asked of several at once."""
    return Clock.objects.create(grievance=grievance, kind=kind, due_at=due_at(grievance, allowed, at or timezone.now()))


def start_intake(grievance: Grievance, terms: Terms, *, at: datetime | None = None) -> None:
    """Start what runs from the moment a grievance is there."""
    start(grievance, ClockKind.ACKNOWLEDGE, terms.acknowledge, at=at)
    start(grievance, ClockKind.TRIAGE, terms.triage, at=at)


def start_work(grievance: Grievance, terms: Terms, *, at: datetime | None = None) -> None:
    """Start what runs once a grievance is accepted."""
    start(grievance, ClockKind.FIRST_ACTION, terms.first_action, at=at)
    start(grievance, ClockKind.UPDATE, terms.update, at=at)
    start(grievance, ClockKind.RESOLVE, terms.resolve, at=at)


def meet(grievance: Grievance, *kinds: ClockKind, at: datetime | None = None) -> None:
    """Stop the running clocks of these kinds: what they asked for is done."""
    now = at or timezone.now()
    for clock in grievance.clocks.filter(kind__in=kinds, met_at=None, dropped_at=None):
        meet_one(clock, at=now)


def meet_one(clock: Clock | None, *, at: datetime | None = None) -> None:
    """Stop one clock, where it still runs: what it asked for is done."""
    if clock is None or clock.met_at is not None or clock.dropped_at is not None:
        return
    now = at or timezone.now()
    clock.met_at = now
    clock.was_late = clocks.is_over(clock.due_at, now)
    clock.due_at = _to_the_day(clock.due_at)
    clock.save(update_fields=["met_at", "was_late", "due_at"])


def drop_one(clock: Clock | None, *, at: datetime | None = None) -> None:
    """Stop one clock, where it still runs: what it asked for is no longer needed."""
    if clock is None or clock.met_at is not None or clock.dropped_at is not None:
        return
    clock.dropped_at, clock.due_at = at or timezone.now(), _to_the_day(clock.due_at)
    clock.save(update_fields=["dropped_at", "due_at"])


def drop_all(grievance: Grievance, *, at: datetime | None = None) -> None:
    """Stop every running clock: the grievance has ended."""
    for clock in grievance.clocks.filter(met_at=None, dropped_at=None):
        clock.dropped_at, clock.due_at = at or timezone.now(), _to_the_day(clock.due_at)
        clock.save(update_fields=["dropped_at", "due_at"])


def quicken(grievance: Grievance, severity: int, *, at: datetime | None = None) -> None:
    """Draw running intake clocks nearer when a grievance turns out to be graver; a due date never moves away."""
    terms, begun = TERMS[severity], at or timezone.now()
    for kind, allowed in ((ClockKind.ACKNOWLEDGE, terms.acknowledge), (ClockKind.TRIAGE, terms.triage)):
        due = due_at(grievance, allowed, begun)
        grievance.clocks.filter(kind=kind, met_at=None, dropped_at=None, due_at__gt=due).update(due_at=due)


def _to_the_day(due_at: datetime) -> datetime:
    return clocks.end_of(clocks.last_day(due_at, office_zone()), office_zone())
