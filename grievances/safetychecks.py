"""Say on which days a worker is asked whether she is punished for having complained. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum


class Result(StrEnum):
    """What came of asking."""

    SAFE = "safe"
    RETALIATION = "retaliation"
    NOT_REACHED = "not_reached"


def check_days(since: date, days: Sequence[int]) -> list[date]:
    """Return the days of the checks after the accused was contacted, or after a case was closed."""
    return [since + timedelta(days=number) for number in sorted(set(days)) if number > 0]


def replanned(open_days: Sequence[date], since: date, days: Sequence[int]) -> list[date]:
    """Return the days that hold once something new was done: those still to come before it, then its own.

    A check that was due already stays: a later contact must not push it away.
    """
    kept = [day for day in open_days if day <= since]
    return sorted({*kept, *check_days(since, days)})
