"""Say what day it is where a licence holds: a licence ends at midnight of its own country. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@cache
def _zones() -> dict[str, str]:
    text = files("recruiters").joinpath("data/zones.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@cache
def zone_of(country: str) -> tzinfo:
    """Return the time zone that a country's authorities live by; UTC where the country is not known."""
    name = _zones().get(country.upper())
    try:
        return ZoneInfo(name) if name else UTC
    except ZoneInfoNotFoundError:
        return UTC


def zone_name(country: str) -> str:
    """Return the name of a country's time zone, such as Asia/Kathmandu."""
    return _zones().get(country.upper(), "UTC")


def local_day(country: str, at: datetime) -> date:
    """Return the day that it is in a country at a moment."""
    return at.astimezone(zone_of(country)).date()


def day_begins(country: str, day: date) -> datetime:
    """Return the moment at which a day begins in a country."""
    return datetime.combine(day, time.min, tzinfo=zone_of(country)).astimezone(UTC)
