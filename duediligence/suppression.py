"""Keep a worker from being found behind a small number. Pure.

A company sees codes and a month. The public sees bands of five cases, and no kinds of harm at all while there are
fewer than five: an exact count, or the difference of two, can point to one person at a small site.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

THRESHOLD = 5
SMALLEST_NAMED_WORKFORCE = 50
OTHER = "other"


@dataclass(frozen=True)
class Band:
    """A number told as a range, both ends included."""

    low: int
    high: int


@dataclass(frozen=True)
class Kind:
    """How many cases concerned one kind of harm."""

    code: str
    band: Band


@dataclass(frozen=True)
class PublicCases:
    """What everybody may know of the cases behind a report."""

    total: Band
    kinds: tuple[Kind, ...]
    kinds_withheld: bool


def month(day: date) -> date:
    """Return the first day of the month: no company is told a case's day."""
    return day.replace(day=1)


def band(number: int, width: int = THRESHOLD) -> Band:
    """Return the band a number lies in: 0, 1 to 4, 5 to 9, …; raises ValueError below zero."""
    if number < 0:
        raise ValueError("a count is not negative")
    if number < width:
        return Band(min(number, 1), width - 1 if number else 0)
    low = number - number % width
    return Band(low, low + width - 1)


def public_cases(codes_of_cases: Sequence[Iterable[str]], threshold: int = THRESHOLD) -> PublicCases:
    """Tell cases in bands; kinds below the threshold are pooled as "other", and nothing is told below it in all."""
    total = len(codes_of_cases)
    if total < threshold:
        return PublicCases(band(total, threshold), (), kinds_withheld=total > 0)
    counts = Counter(code for codes in codes_of_cases for code in set(codes))
    shown = {code: number for code, number in counts.items() if number >= threshold}
    pooled = sum(1 for codes in codes_of_cases if set(codes) - set(shown))
    kinds = [Kind(code, band(number, threshold)) for code, number in sorted(shown.items())]
    if pooled >= threshold:
        kinds.append(Kind(OTHER, band(pooled, threshold)))
    return PublicCases(band(total, threshold), tuple(kinds), kinds_withheld=0 < pooled < threshold)


def may_name_supplier(workers: int | None) -> bool:
    """Say whether a case may be shown beside a supplier's name: only where it is known to employ many people."""
    return workers is not None and workers >= SMALLEST_NAMED_WORKFORCE
