"""Count for the indicators: codes and days only, one question to the database for each group of rows."""

from collections.abc import Callable
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

Counts = dict[str, dict[date, tuple[int, int]]]
RESOLVED = (Outcome.RESOLVED_CONFIRMED, Outcome.CONTACT_LOST, Outcome.PARTLY)
STAGES = (ClockKind.TRIAGE, ClockKind.FIRST_ACTION, ClockKind.RESOLVE, ClockKind.ANSWER)
Found = Callable[..., Q]
YEAR = timedelta(days=365)
MOMENTS = {"at", "due_at"}
NO_GRIEVANCE = 0


def measure(base: "QuerySet[Grievance]", since: date) -> Counts:
    """Return numerator and denominator of every indicator by quarter, from a day on."""
    # Never empty: whether anything is hidden must not show in what the database is asked, nor in how long it takes.
    hidden = [NO_GRIEVANCE, *Grievance.objects.exclude(pk__in=base.values("pk")).values_list("pk", flat=True)]

    def found(field: str = "grievance") -> Q:
        """Keep what may count: few are hidden, so leaving them out costs less than naming all others."""
        return ~Q(**{f"{field}__in": hidden})

    return {
        **_received(base, since),
        **_clocks(found, since),
        **_closed(found, since),
        "replaced": _replaced(found, since),
        "heard": _heard(found, since),
        "confirmed": _confirmed(found, since),
        "safe": _safe(found, since),
        "repeated": _repeated(found, since),
    }


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def _by_quarter(rows: Any, field: str, since: date) -> Any:
    """Group rows by the quarter of a column, by comparing it with first days: no function is called for each row."""
    firsts = [quarter_of(since)]
    while firsts[-1] <= timezone.localdate():
        firsts.append(quarter_of(firsts[-1] + timedelta(days=100)))
    ends = [(begin, _moment(end) if field in MOMENTS else end) for begin, end in pairwise(firsts)]
    cases = (When(Q(**{f"{field}__lt": end}), then=Constant(begin)) for begin, end in ends[:-1])
    quarter = Case(*cases, default=Constant(ends[-1][0]), output_field=DateField())
    return rows.filter(**{f"{field}__lt": ends[-1][1]}).order_by().annotate(quarter=quarter).values("quarter")


def _pairs(rows: Any, field: str, since: date, whole: Q | None = None, of: str = "pk", **parts: Q) -> Counts:
    """Return for each name how many rows of each quarter fit, of how many."""
    counted = {f"n_{name}": Count(of, filter=fits, distinct=of != "pk") for name, fits in parts.items()}
    every = Count(of, filter=whole, distinct=of != "pk")
    result: Counts = {name: {} for name in parts}
    for row in _by_quarter(rows, field, since).annotate(whole=every, **counted):
        for name in parts:
            result[name][row["quarter"]] = (row[f"n_{name}"], row["whole"])
    return result


def _is_among(field: str, rows: Any) -> Any:
    """Return whether a column is among these, looked up once and not anew for each row."""
    return ExpressionWrapper(Q(**{f"{field}__in": rows}), output_field=BooleanField())


def _received(base: "QuerySet[Grievance]", since: date) -> Counts:
    arrived = base.filter(received_on__gte=since)
    return _pairs(arrived, "received_on", since, other_ways=~Q(channel="web"), own_language=~Q(language="en"))


def _clocks(found: Found, since: date) -> Counts:
    """Clocks count in the quarter in which they were due; one that runs still is counted once it is overdue."""
    due = Clock.objects.filter(found(), due_at__gte=_moment(since), dropped_at=None)
    over = due.filter(Q(met_at__isnull=False) | Q(due_at__lte=timezone.now()))
    kinds = {"acknowledged": (ClockKind.ACKNOWLEDGE,), "in_time": STAGES, "updated": (ClockKind.UPDATE,)}
    result: Counts = {name: {} for name in kinds}
    for row in _by_quarter(over, "due_at", since).values("quarter", "kind", "was_late").annotate(count=Count("pk")):
        for name in (name for name, group in kinds.items() if row["kind"] in group):
            part, whole = result[name].get(row["quarter"], (0, 0))
            met = row["count"] if row["was_late"] is False else 0
            result[name][row["quarter"]] = (part + met, whole + row["count"])
    return result


def _closed(found: Found, since: date) -> Counts:
    agreed = StepEvent.objects.filter(state=StepState.AGREED).values("step__case")
    closed = CaseState.objects.filter(found("case__grievance"), state=CaseState.State.CLOSED, at__gte=_moment(since))
    closed = closed.filter(outcome__in=[*RESOLVED, Outcome.REFUSED, Outcome.ESCALATED])
    closed = closed.annotate(was=_is_among("case", agreed))
    return _pairs(closed, "at", since, root_cause=~Q(case__root_cause=""), agreed=Q(was=True))


def _replaced(found: Found, since: date) -> dict[date, tuple[int, int]]:
    other = Assignment.objects.filter(grievance=OuterRef("grievance"), since__gte=OuterRef("at"))
    other = other.exclude(user=OuterRef("user"))
    ended = GrievanceStatus.objects.filter(grievance=OuterRef("grievance"), status__in=ENDED)
    gone = Recusal.objects.filter(found(), at__gte=_moment(since))
    gone = gone.annotate(followed=Exists(other), over=Exists(ended))
    return _pairs(gone, "at", since, replaced=Q(followed=True) | Q(over=True))["replaced"]


def _heard(found: Found, since: date) -> dict[date, tuple[int, int]]:
    """Of grievances that ended after a handler had written: in how many the worker read it before it ended."""
    written = Message.objects.filter(sender=Message.Sender.HANDLER)
    ended = GrievanceStatus.objects.filter(found(), status__in=ENDED, at__gte=_moment(since))
    ended = ended.annotate(
        was=_is_among("grievance", written.values("grievance")),
        read=_is_among("grievance", written.filter(read_on__isnull=False).values("grievance")),
    )
    return _pairs(ended, "at", since, whole=Q(was=True), heard=Q(was=True, read=True))["heard"]


def _confirmed(found: Found, since: date) -> dict[date, tuple[int, int]]:
    """Of what workers said on delivered remedy: how often it was all there."""
    words = (StepState.CONFIRMED, StepState.PARTLY, StepState.DISPUTED)
    said = StepEvent.objects.filter(found("step__case__grievance"), state__in=words, on__gte=since)
    return _pairs(said, "on", since, confirmed=Q(state=StepState.CONFIRMED))["confirmed"]


def _safe(found: Found, since: date) -> dict[date, tuple[int, int]]:
    asked = SafetyCheck.objects.filter(found(), done_on__gte=since)
    asked = asked.filter(result__in=[Result.SAFE, Result.RETALIATION])
    return _pairs(asked, "done_on", since, safe=Q(result=Result.SAFE))["safe"]


def _repeated(found: Found, since: date) -> dict[date, tuple[int, int]]:
    """Of grievances with a confirmed party: about how many of them another one was confirmed in the year before."""
    links = Accused.objects.filter(basis=Accused.Basis.CONFIRMED, dropped_on=None)
    before = links.filter(
        found(),
        party=OuterRef("party"),
        grievance__received_on__lt=OuterRef("grievance__received_on"),
        grievance__received_on__gte=OuterRef("grievance__received_on") - YEAR,
    )
    named = links.filter(found(), grievance__received_on__gte=since)
    named = named.annotate(again=Exists(before), received_on=F("grievance__received_on"))
    return _pairs(named, "received_on", since, of="grievance", repeated=Q(again=True))["repeated"]
