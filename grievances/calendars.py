"""Know on which days an office works: public holidays and days of rest by country, corrected by the office. Pure.

The dates come from the `holidays` package (MIT), which follows each country's own law and working Saturdays too. Days
that hang on the moon are estimates there until they are announced: an office names what was decreed in OFFICE_HOLIDAYS.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays
from holidays.utils import list_supported_countries

# Days of rest (Monday is 0) where the package names none of its own and takes Saturday and Sunday for granted.
# Nepal's offices close on Saturday (Ministry of Home Affairs, yearly notice of public holidays).
_REST: dict[str, frozenset[int]] = {"NP": frozenset({5})}
_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
WEEKEND = frozenset({5, 6})
_ONE_DAY = timedelta(days=1)
# Weeks of a year on which a day of the week must be free to be a day of rest; the others fall free by holidays.
_MOST_OF_A_YEAR = 40
_PLACE = re.compile(r"^(?P<country>[A-Z]{2})(?:-(?P<part>[A-Z0-9]{1,5}))?$")


class BadCalendar(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """An office's calendar that cannot be read; the message is for the operator."""


@dataclass(frozen=True)
class Calendar:
    """On which days an office works: a place's law, its own days of rest, days it closes or opens besides."""

    place: str = ""
    rest: frozenset[int] | None = None
    closed: frozenset[date] = field(default_factory=frozenset)
    opened: frozenset[date] = field(default_factory=frozenset)

    def works_on(self, day: date) -> bool:
        """Say whether the office works on a day."""
        if day in self.opened:
            return True
        return day not in self.closed and day not in _days_off(self.place, self.rest, day.year)

    def after(self, start: date, working_days: int) -> date:
        """Return the day that lies so many working days after a start; the start itself is not counted."""
        day = start
        while working_days > 0:
            day += _ONE_DAY
            if self.works_on(day):
                working_days -= 1
        return day

    def working_days(self, start: date, end: date) -> int:
        """Return how many working days lie after a start, up to and with an end."""
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(self.works_on(day) for day in days)

    def week_of(self, year: int) -> tuple[int, ...]:
        """Return the days of the week (Monday is 0) on which the office works as a rule, from its rest on."""
        off = [day.weekday() for day in _days_off(self.place, self.rest, year)]
        works = [day for day in range(7) if off.count(day) < _MOST_OF_A_YEAR]
        first = next((day for day in works if (day - 1) % 7 not in works), 0)
        return tuple(sorted(works, key=lambda day: (day - first) % 7))


@lru_cache(maxsize=256)
def _days_off(place: str, rest: frozenset[int] | None, year: int) -> frozenset[date]:
    """Return the days of a year on which nobody works there."""
    country, _dash, part = place.partition("-")
    rest = rest if rest is not None else _REST.get(country)
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
    if not country:
        return frozenset(day for day in days if day.weekday() in (WEEKEND if rest is None else rest))
    known = country_holidays(country, subdiv=part or None, years=year, categories=_categories(country))
    if rest is None:
        return frozenset(day for day in days if not known.is_working_day(day))
    return frozenset(day for day in days if day.weekday() in rest or day in known)


@lru_cache(maxsize=64)
def _categories(country: str) -> tuple[str, ...]:
    """Return the kinds of holiday on which an authority's office is closed, as far as they are known."""
    offered = country_holidays(country).supported_categories
    return tuple(kind for kind in ("public", "government") if kind in offered)


@lru_cache(maxsize=8)
def calendar_of(place: str, holidays: str = "", weekend: str = "") -> Calendar:
    """Return an office's calendar from its settings; raises BadCalendar saying what cannot be read.

    `place` is a country's code, with its state where states differ (QA, MY-03); `holidays` are days on which it closes
    besides, or with a plus works nevertheless (2026-03-20, +2026-03-22); `weekend` names its days of rest (fri,sat).
    """
    closed, opened = _named_days(holidays)
    return Calendar(_place(place), _weekend(weekend), closed, opened)


def _place(text: str) -> str:
    place = text.strip().upper()
    if not place:
        return ""
    found, offered = _PLACE.match(place), list_supported_countries()
    country, part = (found["country"], found["part"] or "") if found else ("", "")
    if country not in offered or (part and part not in offered[country]):
        raise BadCalendar(f"'{text}' is no country whose holidays are known: write its code, such as QA, or MY-03.")
    return place


def _weekend(text: str) -> frozenset[int] | None:
    words = [word[:3] for word in re.split(r"[\s,]+", text.strip().lower()) if word]
    if not words:
        return None
    if any(word not in _DAYS for word in words):
        raise BadCalendar(f"'{text}' names no days of the week: write days of rest such as fri,sat.")
    rest = frozenset(_DAYS[word] for word in words)
    if len(rest) > 3:
        raise BadCalendar(f"'{text}' leaves fewer than four working days a week: no clock could be kept.")
    return rest


def _named_days(text: str) -> tuple[frozenset[date], frozenset[date]]:
    closed: set[date] = set()
    opened: set[date] = set()
    for word in re.split(r"[\s,]+", text.strip()):
        if not word:
            continue
        try:
            (opened if word.startswith("+") else closed).add(date.fromisoformat(word.lstrip("+")))
        except ValueError as error:
            raise BadCalendar(f"'{word}' is no day: write holidays such as 2026-03-20, or +2026-03-22.") from error
    return frozenset(closed), frozenset(opened)
