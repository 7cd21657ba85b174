"""Tell which notices of a term's end are due. Pure: the day is an argument."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

NOTICE_DAYS = (90, 30, 0)
"""So many days before the last day of a term its end is told; 0 is the last day itself."""


def notice_days_due(expires_on: date, today: date, *, known_since: date, told: Collection[int] = ()) -> tuple[int, ...]:
    """Return which notices are due today and not yet told, the earliest first.

    A notice whose day passed while nothing ran is still due, once. One whose day had passed before the term was on
    record is not: a licence for two months is not announced as ending in three.
    """
    due = []
    for days in NOTICE_DAYS:
        falls_on = expires_on - timedelta(days=days)
        if known_since <= falls_on <= today and days not in told:
            due.append(days)
    return tuple(due)
