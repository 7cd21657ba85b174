"""Count for the indicators: codes and days only, one question to the database for each group of rows."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models import Value as Constant
from django.utils import timezone

from core.models import User
from grievances.indicators import quarter_of
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
MOMENTS = {"at", "due_at"}


def countable(user: User, *, handles: bool) -> "QuerySet[Grievance]":
    """Return what a reader's figures may rest on: never anything that accuses whom she is tied to."""
    if handles:
        return Grievance.objects.visible_to(user)
    tied = Accused.objects.filter(party__in=parties_of(user), dropped_on__isnull=True).values("grievance")
    return Grievance.objects.exclude(pk__in=tied)


def measure(base: "QuerySet[Grievance]", since: date) -> Counts:
    """Return numerator and denominator of every indicator by quarter, from a day on."""
    found = base.values("pk")
    return {
        **_received(base, since),
        **_clocks(found, since),
        **_closed(found, since),
        "replaced": _replaced(found, since),
        "heard": _heard(found, since),
        "confirmed": _confirmed(found, since),
        "safe": _safe(found, since),
        "repeated": _repeated(base, since),
    }


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def _quarters(field: str, since: date) -> Case:
    """Return the quarter of a column by comparing it with their first days: no function is called for each row."""
    firsts = [quarter_of(since)]
    while firsts[-1] <= timezone.localdate():
        firsts.append(quarter_of(firsts[-1] + timedelta(days=100)))
    moments = field in MOMENTS
    ends = [(begin, _moment(end) if moments else end) for begin, end in pairwise(firsts)]
    return Case(
        *(When(Q(**{f"{field}__lt": end}), then=Constant(begin)) for begin, end in ends), output_field=DateField()
    )


def _pairs(rows: Any, field: str, since: date, whole: Q | None = None, of: str = "pk", **parts: Q) -> Counts:
    """Return for each name how many rows of each quarter fit, of how many."""
    counted = {f"n_{name}": Count(of, filter=fits, distinct=True) for name, fits in parts.items()}
    every = Count(of, filter=whole, distinct=True)
    grouped = rows.order_by().annotate(quarter=_quarters(field, since)).exclude(quarter=None).values("quarter")
    result: Counts = {name: {} for name in parts}
    for row in grouped.annotate(whole=every, **counted):
        for name in parts:
            result[name][row["quarter"]] = (row[f"n_{name}"], row["whole"])
    return result


def _is_among(field: str, rows: Any) -> ExpressionWrapper:
    """Return whether a column is among these, looked up once and not anew for each row."""
    return ExpressionWrapper(Q(**{f"{field}__in": rows}), output_field=BooleanField())


def _received(base: "QuerySet[Grievance]", since: date) -> Counts:
    arrived = base.filter(received_on__gte=since)
    return _pairs(arrived, "received_on", since, other_ways=~Q(channel="web"), own_language=~Q(language="en"))


def _clocks(found: Any, since: date) -> Counts:
    """Clocks count in the quarter in which they were due; one that runs still is counted once it is overdue."""
    due = Clock.objects.filter(grievance__in=found, due_at__gte=_moment(since), dropped_at=None)
    over = due.filter(Q(met_at__isnull=False) | Q(due_at__lte=timezone.now()))
    kinds = {"acknowledged": (ClockKind.ACKNOWLEDGE,), "in_time": STAGES, "updated": (ClockKind.UPDATE,)}
    counted = {}
    for name, group in kinds.items():
        counted[f"d_{name}"] = Count("pk", filter=Q(kind__in=group))
        counted[f"n_{name}"] = Count("pk", filter=Q(kind__in=group, was_late=False))
    result: Counts = {name: {} for name in kinds}
    rows: Any = over.order_by().annotate(quarter=_quarters("due_at", since)).exclude(quarter=None).values("quarter")
    for row in rows.annotate(**counted):
        for name in kinds:
            result[name][row["quarter"]] = (row[f"n_{name}"], row[f"d_{name}"])
    return result


def _closed(found: Any, since: date) -> Counts:
    agreed = StepEvent.objects.filter(state=StepState.AGREED).values("step__case")
    closed = CaseState.objects.filter(state=CaseState.State.CLOSED, at__gte=_moment(since), case__grievance__in=found)
    closed = closed.filter(outcome__in=[*RESOLVED, Outcome.REFUSED, Outcome.ESCALATED])
    closed = closed.annotate(was=_is_among("case", agreed))
    return _pairs(closed, "at", since, root_cause=~Q(case__root_cause=""), agreed=Q(was=True))


def _replaced(found: Any, since: date) -> dict[date, tuple[int, int]]:
    other = Assignment.objects.filter(grievance=OuterRef("grievance"), since__gte=OuterRef("at"))
    other = other.exclude(user=OuterRef("user"))
    ended = GrievanceStatus.objects.filter(grievance=OuterRef("grievance"), status__in=ENDED)
    gone = Recusal.objects.filter(grievance__in=found, at__gte=_moment(since))
    gone = gone.annotate(followed=Exists(other), over=Exists(ended))
    return _pairs(gone, "at", since, replaced=Q(followed=True) | Q(over=True))["replaced"]


def _heard(found: Any, since: date) -> dict[date, tuple[int, int]]:
    """Of grievances that ended after a handler had written: in how many the worker read it before it ended."""
    written = Message.objects.filter(sender=Message.Sender.HANDLER)
    ended = GrievanceStatus.objects.filter(status__in=ENDED, at__gte=_moment(since), grievance__in=found)
    ended = ended.annotate(
        was=_is_among("grievance", written.values("grievance")),
        read=_is_among("grievance", written.filter(read_on__isnull=False).values("grievance")),
    )
    return _pairs(ended, "at", since, whole=Q(was=True), heard=Q(was=True, read=True))["heard"]


def _confirmed(found: Any, since: date) -> dict[date, tuple[int, int]]:
    """Of what workers said on delivered remedy: how often it was all there."""
    words = (StepState.CONFIRMED, StepState.PARTLY, StepState.DISPUTED)
    said = StepEvent.objects.filter(state__in=words, on__gte=since, step__case__grievance__in=found)
    return _pairs(said, "on", since, confirmed=Q(state=StepState.CONFIRMED))["confirmed"]


def _safe(found: Any, since: date) -> dict[date, tuple[int, int]]:
    asked = SafetyCheck.objects.filter(grievance__in=found, done_on__gte=since)
    asked = asked.filter(result__in=[Result.SAFE, Result.RETALIATION])
    return _pairs(asked, "done_on", since, safe=Q(result=Result.SAFE))["safe"]


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
    named = named.annotate(again=Exists(before), received_on=F("grievance__received_on"))
    return _pairs(named, "received_on", since, of="grievance", repeated=Q(again=True))["repeated"]
