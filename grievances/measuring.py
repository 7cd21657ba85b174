"""Count for the indicators: codes and days only, one question to the database for each group of rows."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncQuarter
from django.utils import timezone

from core.models import User
from grievances.models import (
    Accused,
    Assignment,
    CaseState,
    Clock,
    Grievance,
    GrievanceStatus,
    Message,
    Recusal,
    SafetyCheck,
    StepEvent,
)
from grievances.remedy import Outcome, StepState
from grievances.safetychecks import Result
from grievances.statuses import ENDED, ClockKind
from parties.conflicts import parties_of

Counts = dict[str, dict[date, tuple[int, int]]]
RESOLVED = (Outcome.RESOLVED_CONFIRMED, Outcome.CONTACT_LOST, Outcome.PARTLY)
STAGES = (ClockKind.TRIAGE, ClockKind.FIRST_ACTION, ClockKind.RESOLVE, ClockKind.ANSWER)
YEAR = timedelta(days=365)


def countable(user: User, *, handles: bool) -> "QuerySet[Grievance]":
    """Return what a reader's figures may rest on: never anything that accuses whom she is tied to."""
    if handles:
        return Grievance.objects.visible_to(user)
    tied = Accused.objects.filter(party__in=parties_of(user), dropped_on__isnull=True).values("grievance")
    return Grievance.objects.exclude(pk__in=tied)


def measure(base: "QuerySet[Grievance]", since: date) -> Counts:
    """Return numerator and denominator of every indicator by quarter, from a day on."""
    begins = datetime.combine(since, time.min, timezone.get_default_timezone())
    found = base.values("pk")
    return {
        **_received(base, since),
        **_clocks(found, begins),
        **_closed(found, begins),
        "replaced": _replaced(found, begins),
        "heard": _heard(found, begins),
        "confirmed": _confirmed(found, since),
        "safe": _safe(found, since),
        "repeated": _repeated(base, since),
    }


def _pairs(rows: Any, field: str, whole: Q | None = None, of: str = "pk", **parts: Q) -> Counts:
    """Return for each name how many rows of each quarter fit, of how many."""
    counted = {f"n_{name}": Count(of, filter=fits, distinct=True) for name, fits in parts.items()}
    every = Count(of, filter=whole, distinct=True)
    grouped = rows.order_by().annotate(quarter=TruncQuarter(field)).values("quarter").annotate(whole=every, **counted)
    result: Counts = {name: {} for name in parts}
    for row in grouped:
        day = row["quarter"].date() if isinstance(row["quarter"], datetime) else row["quarter"]
        for name in parts:
            result[name][day] = (row[f"n_{name}"], row["whole"])
    return result


def _received(base: "QuerySet[Grievance]", since: date) -> Counts:
    arrived = base.filter(received_on__gte=since)
    return _pairs(arrived, "received_on", other_ways=~Q(channel="web"), own_language=~Q(language="en"))


def _clocks(found: Any, begins: datetime) -> Counts:
    """Clocks count in the quarter in which they were due; one that runs still is counted once it is overdue."""
    due = Clock.objects.filter(grievance__in=found, due_at__gte=begins, dropped_at=None)
    over = due.filter(Q(met_at__isnull=False) | Q(due_at__lte=timezone.now()))
    kinds = {"acknowledged": (ClockKind.ACKNOWLEDGE,), "in_time": STAGES, "updated": (ClockKind.UPDATE,)}
    counted = {}
    for name, group in kinds.items():
        counted[f"d_{name}"] = Count("pk", filter=Q(kind__in=group))
        counted[f"n_{name}"] = Count("pk", filter=Q(kind__in=group, was_late=False))
    result: Counts = {name: {} for name in kinds}
    rows: Any = over.order_by().annotate(quarter=TruncQuarter("due_at")).values("quarter").annotate(**counted)
    for row in rows:
        for name in kinds:
            result[name][row["quarter"].date()] = (row[f"n_{name}"], row[f"d_{name}"])
    return result


def _closed(found: Any, begins: datetime) -> Counts:
    agreed = StepEvent.objects.filter(step__case=OuterRef("case"), state=StepState.AGREED)
    closed = CaseState.objects.filter(state=CaseState.State.CLOSED, at__gte=begins, case__grievance__in=found)
    closed = closed.filter(outcome__in=[*RESOLVED, Outcome.REFUSED, Outcome.ESCALATED]).annotate(was=Exists(agreed))
    return _pairs(closed, "at", root_cause=~Q(case__root_cause=""), agreed=Q(was=True))


def _replaced(found: Any, begins: datetime) -> dict[date, tuple[int, int]]:
    other = Assignment.objects.filter(grievance=OuterRef("grievance"), since__gte=OuterRef("at"))
    other = other.exclude(user=OuterRef("user"))
    ended = GrievanceStatus.objects.filter(grievance=OuterRef("grievance"), status__in=ENDED)
    gone = Recusal.objects.filter(grievance__in=found, at__gte=begins)
    gone = gone.annotate(followed=Exists(other), over=Exists(ended))
    return _pairs(gone, "at", replaced=Q(followed=True) | Q(over=True))["replaced"]


def _heard(found: Any, begins: datetime) -> dict[date, tuple[int, int]]:
    """Of grievances that ended after a handler had written: in how many the worker read it before it ended."""
    written = Message.objects.filter(grievance=OuterRef("grievance"), sender=Message.Sender.HANDLER)
    ended = GrievanceStatus.objects.filter(status__in=ENDED, at__gte=begins, grievance__in=found)
    ended = ended.annotate(was=Exists(written), read=Exists(written.filter(read_on__isnull=False)))
    return _pairs(ended, "at", whole=Q(was=True), heard=Q(was=True, read=True))["heard"]


def _confirmed(found: Any, since: date) -> dict[date, tuple[int, int]]:
    """Of what workers said on delivered remedy: how often it was all there."""
    words = (StepState.CONFIRMED, StepState.PARTLY, StepState.DISPUTED)
    said = StepEvent.objects.filter(state__in=words, on__gte=since, step__case__grievance__in=found)
    return _pairs(said, "on", confirmed=Q(state=StepState.CONFIRMED))["confirmed"]


def _safe(found: Any, since: date) -> dict[date, tuple[int, int]]:
    asked = SafetyCheck.objects.filter(grievance__in=found, done_on__gte=since)
    asked = asked.filter(result__in=[Result.SAFE, Result.RETALIATION])
    return _pairs(asked, "done_on", safe=Q(result=Result.SAFE))["safe"]


def _repeated(base: "QuerySet[Grievance]", since: date) -> dict[date, tuple[int, int]]:
    """Of grievances with a confirmed party: about how many of them another one was confirmed in the year before."""
    links = Accused.objects.filter(basis=Accused.Basis.CONFIRMED, dropped_on=None)
    before = links.filter(
        grievance__in=base.values("pk"),
        party=OuterRef("party"),
        grievance__received_on__lt=OuterRef("grievance__received_on"),
        grievance__received_on__gte=OuterRef("grievance__received_on") - YEAR,
    )
    named = links.filter(grievance__in=base.values("pk"), grievance__received_on__gte=since)
    named = named.annotate(again=Exists(before), day=F("grievance__received_on"))
    return _pairs(named, "day", of="grievance", repeated=Q(again=True))["repeated"]
