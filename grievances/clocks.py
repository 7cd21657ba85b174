"""Reckon due dates: hours that run day and night, calendar days, and an office's working days. Pure."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

_SPAN = re.compile(r"^(\d{1,3})(h|d|wd)$")

# Days of rest by country (Monday is 0), where they are not Saturday and Sunday. From general knowledge, to be confirmed
# by each office; holidays are added by the office itself.
_REST: dict[str, frozenset[int]] = {
    **dict.fromkeys(
        ["BH", "BD", "DZ", "EG", "IQ", "JO", "KW", "LY", "OM", "QA", "SA", "SD", "SY", "YE"], frozenset({4, 5})
    ),
    "NP": frozenset({5}),
    "IR": frozenset({4}),
}
WEEKEND = frozenset({5, 6})


@dataclass(frozen=True)
class Calendar:
    """On which days an office works."""

    rest: frozenset[int] = WEEKEND
    holidays: frozenset[date] = field(default_factory=frozenset)

    def works_on(self, day: date) -> bool:
        """Say whether the office works on a day."""
        return day.weekday() not in self.rest and day not in self.holidays

    def after(self, start: date, working_days: int) -> date:
        """Return the day that lies so many working days after a start; the start itself is not counted."""
        day = start
        while working_days > 0:
            day += timedelta(days=1)
            if self.works_on(day):
                working_days -= 1
        return day


def calendar_of(country: str, holidays: frozenset[date] = frozenset()) -> Calendar:
    """Return the calendar of an office in a country (ISO code)."""
    return Calendar(_REST.get(country.upper(), WEEKEND), holidays)


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


def due(start: datetime, allowed: Span, calendar: Calendar, zone: tzinfo) -> datetime:
    """Return when an allowed span ends: hours on the next full hour, days at the end of the office's day.

    Full hours and ends of days on purpose: a due date must not tell at which minute a worker wrote.
    """
    if allowed.unit == "h":
        end = start + timedelta(hours=allowed.amount)
        whole = end.replace(minute=0, second=0, microsecond=0)
        return whole if whole == end else whole + timedelta(hours=1)
    today = start.astimezone(zone).date()
    last = calendar.after(today, allowed.amount) if allowed.unit == "wd" else today + timedelta(days=allowed.amount)
    return end_of(last, zone)


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the moment at which a day is over in the office's time zone."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)


def last_day(due_at: datetime, zone: tzinfo) -> date:
    """Return the last day on which something due is still in time; the day that people are told."""
    return (due_at.astimezone(zone) - timedelta(microseconds=1)).date()


def is_over(due_at: datetime, at: datetime) -> bool:
    """Say whether a due date has passed."""
    return at >= due_at
