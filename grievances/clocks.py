"""Reckon due dates: hours that run day and night, calendar days, and an office's working days. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from grievances.calendars import Calendar

_SPAN = re.compile(r"^(\d{1,3})(h|d|wd)$")


@dataclass(frozen=True)
class Span:
    """How long something may take: so many hours (h), days (d) or working days (wd)."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


def span(text: str) -> Span:
    """Return a span from its short form, such as 4h, 2d or 3wd; raises ValueError."""
    found = _SPAN.match(text)
    if not found:
        raise ValueError(f"'{text}' is not a span: write hours, days or working days as 4h, 2d or 3wd.")
    return Span(int(found[1]), found[2])


def due(
    start: datetime, allowed: Span, calendar: Calendar, zone: tzinfo, *, workers_zone: tzinfo | None = None
) -> datetime:
    """Return when an allowed span ends: hours on the next full hour, days at the end of the office's day.

    Full hours and ends of days on purpose: a due date must not tell at which minute a worker wrote. Where the worker
    lives by another time, days count from the earlier of the two todays and end when the earlier of the two last days
    is over: what she is promised for a day is never done on her next day.
    """
    if allowed.unit == "h":
        end = start + timedelta(hours=allowed.amount)
        whole = end.replace(minute=0, second=0, microsecond=0)
        return whole if whole == end else whole + timedelta(hours=1)
    zones = [zone, workers_zone or zone]
    today = min(start.astimezone(each).date() for each in zones)
    last = calendar.after(today, allowed.amount) if allowed.unit == "wd" else today + timedelta(days=allowed.amount)
    return min((end_of(last, each) for each in zones), key=datetime.timestamp)


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the moment at which a day is over in the office's time zone."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)


def last_day(due_at: datetime, zone: tzinfo) -> date:
    """Return the last day on which something due is still in time; the day that people are told."""
    return (due_at.astimezone(zone) - timedelta(microseconds=1)).date()


def is_over(due_at: datetime, at: datetime) -> bool:
    """Say whether a due date has passed."""
    return at >= due_at
