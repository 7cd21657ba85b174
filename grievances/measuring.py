"""Count for the indicators: codes and days only, one question to the database for each group of rows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.db import connection
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
from django.db.models.expressions import RawSQL
from django.utils import timezone

from core.numberlists import Among, one_value
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
YEAR = timedelta(days=365)
MOMENTS = {"at", "due_at"}
NO_GRIEVANCE = 0
PART = "n_"
HIDDEN, NOW = "\x00hidden", "\x00now"
"""Stand in a question for what is filled in when it is asked: no value of a row can be one of them."""


def measure(base: "QuerySet[Grievance]", since: date) -> Counts:
    """Return numerator and denominator of every indicator by quarter, from a day on."""
    # Never empty: whether anything is hidden must not show in what the database is asked, nor in how long it takes.
    hidden = [NO_GRIEVANCE, *Grievance.objects.exclude(pk__in=base.values("pk")).values_list("pk", flat=True)]
    until = quarter_of(timezone.localdate())
    result = _clocks(_answers("clocks", since, until, hidden))
    for question in ("received", "closed", "replaced", "heard", "confirmed", "safe", "repeated"):
        columns = [each for each in _statement(question, since, until, connection.vendor)[0] if each.startswith(PART)]
        found = list(_answers(question, since, until, hidden))
        for column in columns:  # also where nothing happened yet
            result[column.removeprefix(PART)] = {row["quarter"]: (row[column], row["whole"]) for row in found}
    return result


def _answers(name: str, since: date, until: date, hidden: list[int]) -> Iterator[dict[str, Any]]:
    """Ask one question for whoever may not know what is hidden, at this moment."""
    columns, sql, parameters = _statement(name, since, until, connection.vendor)
    given = {
        HIDDEN: one_value(hidden, connection.vendor),
        NOW: connection.ops.adapt_datetimefield_value(timezone.now()),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(each, each) if isinstance(each, str) else each for each in parameters])
        for values in cursor.fetchall():
            row = dict(zip(columns, values, strict=True))
            yield {**row, "quarter": date.fromisoformat(str(row["quarter"]))}


@lru_cache(maxsize=64)
def _statement(name: str, since: date, until: date, vendor: str) -> tuple[list[str], str, tuple[Any, ...]]:
    """Return a question's columns, words and parameters: the same all quarter, whoever asks, so put together once.

    What differs, the moment and what is hidden from the reader, is filled in each time it is asked.
    """
    del until, vendor  # only tell apart what is kept
    query = _QUESTIONS[name](since).query
    sql, parameters = query.sql_with_params()
    return list(query.selected), sql, tuple(parameters)


class _Hidden(Among):
    """Hold what is hidden from whoever will ask."""

    def value(self, vendor: str) -> Any:  # noqa: ARG002 - filled in when it is asked
        return HIDDEN


def _found(field: str = "grievance") -> Q:
    """Keep what may count: few are hidden, so leaving them out costs less than naming all others."""
    return ~Q(_Hidden(field, ()))


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


def _pairs(rows: Any, field: str, since: date, whole: Q | None = None, of: str = "pk", **parts: Q) -> Any:
    """Ask for each name how many rows of each quarter fit, of how many."""
    counted = {f"{PART}{name}": Count(of, filter=fits, distinct=of != "pk") for name, fits in parts.items()}
    every = Count(of, filter=whole, distinct=of != "pk")
    return _by_quarter(rows, field, since).annotate(whole=every, **counted)


def _is_among(field: str, rows: Any) -> Any:
    """Return whether a column is among these, looked up once and not anew for each row."""
    return ExpressionWrapper(Q(**{f"{field}__in": rows}), output_field=BooleanField())


def _received(since: date) -> Any:
    arrived = Grievance.objects.filter(_found("pk"), received_on__gte=since)
    return _pairs(arrived, "received_on", since, other_ways=~Q(channel="web"), own_language=~Q(language="en"))


def _due(since: date) -> Any:
    """Clocks count in the quarter in which they were due; one that runs still is counted once it is overdue."""
    due = Clock.objects.filter(_found(), due_at__gte=_moment(since), dropped_at=None)
    over = due.filter(Q(met_at__isnull=False) | Q(due_at__lte=RawSQL("%s", [NOW])))
    return _by_quarter(over, "due_at", since).values("quarter", "kind", "was_late").annotate(count=Count("pk"))


def _clocks(rows: Iterable[dict[str, Any]]) -> Counts:
    """Sort what was asked of the clocks by what each kind of them stands for."""
    kinds = {"acknowledged": (ClockKind.ACKNOWLEDGE,), "in_time": STAGES, "updated": (ClockKind.UPDATE,)}
    result: Counts = {name: {} for name in kinds}
    for row in rows:
        for name in (name for name, group in kinds.items() if row["kind"] in group):
            part, whole = result[name].get(row["quarter"], (0, 0))
            met = row["count"] if row["was_late"] is not None and not row["was_late"] else 0
            result[name][row["quarter"]] = (part + met, whole + row["count"])
    return result


def _closed(since: date) -> Any:
    agreed = StepEvent.objects.filter(state=StepState.AGREED).values("step__case")
    closed = CaseState.objects.filter(_found("case__grievance"), state=CaseState.State.CLOSED, at__gte=_moment(since))
    closed = closed.filter(outcome__in=[*RESOLVED, Outcome.REFUSED, Outcome.ESCALATED])
    closed = closed.annotate(was=_is_among("case", agreed))
    return _pairs(closed, "at", since, root_cause=~Q(case__root_cause=""), agreed=Q(was=True))


def _replaced(since: date) -> Any:
    other = Assignment.objects.filter(grievance=OuterRef("grievance"), since__gte=OuterRef("at"))
    other = other.exclude(user=OuterRef("user"))
    ended = GrievanceStatus.objects.filter(grievance=OuterRef("grievance"), status__in=ENDED)
    gone = Recusal.objects.filter(_found(), at__gte=_moment(since))
    gone = gone.annotate(followed=Exists(other), over=Exists(ended))
    return _pairs(gone, "at", since, replaced=Q(followed=True) | Q(over=True))


def _heard(since: date) -> Any:
    """Of grievances that ended after a handler had written: in how many the worker read it before it ended."""
    written = Message.objects.filter(sender=Message.Sender.HANDLER)
    ended = GrievanceStatus.objects.filter(_found(), status__in=ENDED, at__gte=_moment(since))
    ended = ended.annotate(
        was=_is_among("grievance", written.values("grievance")),
        read=_is_among("grievance", written.filter(read_on__isnull=False).values("grievance")),
    )
    return _pairs(ended, "at", since, whole=Q(was=True), heard=Q(was=True, read=True))


def _confirmed(since: date) -> Any:
    """Of what workers said on delivered remedy: how often it was all there."""
    words = (StepState.CONFIRMED, StepState.PARTLY, StepState.DISPUTED)
    said = StepEvent.objects.filter(_found("step__case__grievance"), state__in=words, on__gte=since)
    return _pairs(said, "on", since, confirmed=Q(state=StepState.CONFIRMED))


def _safe(since: date) -> Any:
    asked = SafetyCheck.objects.filter(_found(), done_on__gte=since)
    asked = asked.filter(result__in=[Result.SAFE, Result.RETALIATION])
    return _pairs(asked, "done_on", since, safe=Q(result=Result.SAFE))


def _repeated(since: date) -> Any:
    """Of grievances with a confirmed party: about how many of them another one was confirmed in the year before."""
    links = Accused.objects.filter(basis=Accused.Basis.CONFIRMED, dropped_on=None)
    before = links.filter(
        _found(),
        party=OuterRef("party"),
        grievance__received_on__lt=OuterRef("grievance__received_on"),
        grievance__received_on__gte=OuterRef("grievance__received_on") - YEAR,
    )
    named = links.filter(_found(), grievance__received_on__gte=since)
    named = named.annotate(again=Exists(before), received_on=F("grievance__received_on"))
    return _pairs(named, "received_on", since, of="grievance", repeated=Q(again=True))


_QUESTIONS: dict[str, Callable[[date], Any]] = {
    "received": _received,
    "clocks": _due,
    "closed": _closed,
    "replaced": _replaced,
    "heard": _heard,
    "confirmed": _confirmed,
    "safe": _safe,
    "repeated": _repeated,
}
