"""Read dates of birth as lists write them, and say whether two of them can be one person's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[Tt ]\d{1,2}:.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\s+)?([a-z]{3})[a-z]*\.?,?\s+(?:(\d{1,2}),?\s+)?(\d{4})")
_ANY_YEAR = re.compile(r"\b(\d{4})\b")
_MONTHS = {name: place for place, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}  # noqa: SIM905
_MONTH, _DAY, _EARLIEST = 12, 31, 1900
LATEST = 2100
YEARS_APART = 1
"""Years of birth this far apart contradict nothing: a date is often reckoned from an age."""


def read_birth(text: str, latest: int = LATEST) -> str:
    """Return a date of birth as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; empty where no year can be told.

    Where day and month could be taken for one another only the year is kept. A year after ``latest`` is of another
    calendar, and nothing is kept of it.
    """
    plain = "".join(str(unicodedata.digit(ch)) if ch.isdigit() else ch for ch in unicodedata.normalize("NFKC", text))
    plain = plain.strip().casefold()
    year, month, day = _parts(plain)
    if not _EARLIEST <= year <= latest:
        return ""
    if not 1 <= month <= _MONTH:
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= _DAY else f"{year:04d}-{month:02d}"


def _parts(text: str) -> tuple[int, int, int]:
    """Return year, month and day; 0 for what is not told."""
    found = _ISO.fullmatch(text)
    if found:
        return int(found[1]), int(found[2] or 0), int(found[3] or 0)
    found = _YEAR_LAST.fullmatch(text)
    if found:
        first, second, year = map(int, found.groups())
        if first == second or second > _MONTH >= first:
            return year, first, second
        return (year, second, first) if first > _MONTH >= second else (year, 0, 0)
    found = _NAMED.fullmatch(text)
    if found and found[2] in _MONTHS:
        return int(found[4]), _MONTHS[found[2]], int(found[1] or found[3] or 0)
    years = _ANY_YEAR.findall(text)
    return (int(years[0]), 0, 0) if len(years) == 1 else (0, 0, 0)


def compare_births(left: Iterable[str], right: Iterable[str]) -> bool | None:
    """Return True where a date of each side agrees to the day, False where none can be one person's, else None.

    Dates are as ``read_birth`` returns them. A year alone confirms nothing, and one year apart contradicts nothing; so
    do day and month that changed places, or a first of January, which stands for a day that is not known.
    """
    ours, theirs = [date for date in left if date], [date for date in right if date]
    if not ours or not theirs:
        return None
    found = [_one(a, b) for a in ours for b in theirs]
    if True in found:
        return True
    return False if all(answer is False for answer in found) else None


def _one(a: str, b: str) -> bool | None:
    if len(a) == len(b) == len("YYYY-MM-DD") and a == b and not a.endswith("-01-01"):
        return True
    if abs(int(a[:4]) - int(b[:4])) > YEARS_APART:
        return False
    known = min(len(a), len(b))
    if a[:4] != b[:4] or a[:known] == b[:known] or known < len("YYYY-MM"):
        return None
    if a.endswith("-01-01") or b.endswith("-01-01") or (a[5:7], a[8:]) == (b[8:], b[5:7]):
        return None
    return False
