"""Work out which law asks for a report by which day, and which of its items a record answers. Pure.

The rules below are dated facts with the certainty of their source; a law's name, items and caution come from the
standards. A law without a yearly date (California) has no rule here and therefore no deadline.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duediligence.states import AnswerState


class Basis(StrEnum):
    """Where a due date comes from."""

    LAW = "law"
    GUIDANCE = "guidance"
    ENDED = "ended"


@dataclass(frozen=True)
class Rule:
    """How a law counts: months after the period, or a day of the year that follows the period's end."""

    regime: str
    basis: Basis
    months: int = 0
    yearly: tuple[int, int] | None = None
    first_period_end: date | None = None
    last_due_on: date | None = None


RULES: tuple[Rule, ...] = (
    Rule("UK-MSA", Basis.GUIDANCE, months=6),
    Rule("AU-MSA", Basis.LAW, months=6),
    Rule("CA-S211", Basis.LAW, yearly=(5, 31), first_period_end=date(2023, 1, 1)),
    Rule("NO-TA", Basis.LAW, yearly=(6, 30), first_period_end=date(2022, 7, 1)),
    Rule("CH-DDTRO", Basis.LAW, months=6),
    Rule("DE-LKSG", Basis.LAW, months=4, last_due_on=date(2025, 9, 30)),
)
_BY_REGIME = {rule.regime: rule for rule in RULES}


class Standing(StrEnum):
    """How a report stands to a due date."""

    AHEAD = "ahead"
    SOON = "soon"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    NO_DATE = "no_date"


SOON_DAYS = 60


@dataclass(frozen=True)
class Deadline:
    """When a law wants the report of a period."""

    regime: str
    due_on: date | None
    basis: Basis
    standing: Standing
    days_left: int | None


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month where it has no such day.

    The last day of a month leads to the last day of a month: six months after 30 June is 31 December.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    ends_month = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if ends_month else min(day.day, last))


def due_on(regime: str, period_end: date) -> tuple[date | None, Basis]:
    """Return the due date of a period under a law, if it sets one for that period."""
    rule = _BY_REGIME.get(regime)
    if rule is None or (rule.first_period_end and period_end < rule.first_period_end):
        return None, Basis.LAW
    due = add_months(period_end, rule.months) if rule.yearly is None else _next(rule.yearly, period_end)
    if rule.last_due_on and due > rule.last_due_on:
        return None, Basis.ENDED
    return due, rule.basis


def _next(yearly: tuple[int, int], after: date) -> date:
    due = date(after.year, *yearly)
    return due if due > after else date(after.year + 1, *yearly)


def deadlines(
    regimes: Iterable[str], period_end: date, today: date, published_on: date | None = None
) -> tuple[Deadline, ...]:
    """Return every chosen law's deadline, the nearest first, those without a date last."""
    found = [_deadline(regime, period_end, today, published_on) for regime in regimes]
    return tuple(sorted(found, key=lambda one: (one.due_on or date.max, one.regime)))


def _deadline(regime: str, period_end: date, today: date, published_on: date | None) -> Deadline:
    due, basis = due_on(regime, period_end)
    if due is None:
        return Deadline(regime, None, basis, Standing.NO_DATE, None)
    left = (due - today).days
    if published_on:
        standing = Standing.MET if published_on <= due else Standing.MET_LATE
    elif left < 0:
        standing = Standing.LATE
    else:
        standing = Standing.SOON if left <= SOON_DAYS else Standing.AHEAD
    return Deadline(regime, due, basis, standing, left)


class ItemStatus(StrEnum):
    """How far a record answers one item of a law."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


_SILENT = frozenset({AnswerState.UNANSWERED, AnswerState.NOT_KNOWN, AnswerState.WITHHELD})


def item_status(actions: Iterable[str], states: Mapping[str, AnswerState]) -> ItemStatus:
    """Judge one item by the answers to the practical actions that it rests on."""
    found = [states.get(action, AnswerState.UNANSWERED) for action in actions]
    if found and all(state is AnswerState.NOT_APPLICABLE for state in found):
        return ItemStatus.NOT_APPLICABLE
    silent = [state for state in found if state in _SILENT]
    if len(silent) == len(found):
        return ItemStatus.MISSING
    return ItemStatus.PARTIAL if silent else ItemStatus.ANSWERED
