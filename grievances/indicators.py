"""Say how well the channel works by the eight criteria of UN Guiding Principle 31: shares, never people. Pure.

Every indicator is a share: of so many (denominator), so many (numerator), in one quarter. Its definition stands beside
it, so that two people who count get the same number. Whoever may not know small numbers gets none of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

QUARTERS = 6


class Better(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True)
class Indicator:
    """One indicator: its criterion, the standard's measure that it stands for, and the target in percent."""

    code: str
    criterion: str
    measure: str
    better: Better
    target: int | None = None


INDICATORS = (
    Indicator("replaced", "legitimate", "legitimate-1", Better.HIGHER, 100),
    Indicator("other_ways", "accessible", "accessible-3", Better.NEITHER),
    Indicator("own_language", "accessible", "accessible-2", Better.NEITHER),
    Indicator("acknowledged", "predictable", "predictable-1", Better.HIGHER, 95),
    Indicator("in_time", "predictable", "predictable-2", Better.HIGHER, 90),
    Indicator("heard", "equitable", "equitable-2", Better.HIGHER, 95),
    Indicator("updated", "transparent", "transparent-1", Better.HIGHER, 90),
    Indicator("confirmed", "rights_compatible", "rights_compatible-2", Better.HIGHER, 90),
    Indicator("safe", "rights_compatible", "rights_compatible-4", Better.HIGHER, 100),
    Indicator("root_cause", "continuous_learning", "continuous_learning-1", Better.HIGHER, 90),
    Indicator("repeated", "continuous_learning", "continuous_learning-2", Better.LOWER),
    Indicator("agreed", "engagement_dialogue", "engagement_dialogue-3", Better.NEITHER),
)


@dataclass(frozen=True)
class Share:
    """So many of so many; hidden where the reader may not know such small numbers, and then without numbers."""

    part: int = 0
    whole: int = 0
    hidden: bool = False
    percent: int | None = None


@dataclass(frozen=True)
class Series:
    """One indicator over the quarters, oldest first."""

    indicator: Indicator
    shares: tuple[Share, ...]

    @property
    def silent(self) -> bool:
        """Say whether there is nothing to tell of yet: nothing counted, and nothing hidden."""
        return all(share.percent is None and not share.hidden for share in self.shares)

    @property
    def newest(self) -> Share | None:
        """Return the newest share that is there."""
        return next((share for share in reversed(self.shares) if share.percent is not None), None)

    @property
    def change(self) -> int | None:
        """Return by how many points the newest share differs from the one before it."""
        known = [share.percent for share in self.shares if share.percent is not None]
        return known[-1] - known[-2] if len(known) > 1 else None

    @property
    def meets_target(self) -> bool | None:
        """Say whether the newest share reaches the target; None without one."""
        if self.indicator.target is None or self.newest is None or self.newest.percent is None:
            return None
        return self.newest.percent >= self.indicator.target


def share(part: int, whole: int) -> Share:
    """Return a share with its percentage, rounded to whole percent; of nothing there is none."""
    return Share(part, whole, percent=round(100 * part / whole) if whole else None)


def protected(found: Share, k: int) -> Share:
    """Return a share for somebody who may not know small numbers: to five percent and without counts, or hidden.

    Hidden where those counted, those among them, or the rest are some, but fewer than k.
    """
    if any(0 < count < k for count in (found.part, found.whole, found.whole - found.part)):
        return Share(hidden=True)
    if found.percent is None:
        return Share()
    return Share(percent=5 * round(found.percent / 5))


def series(
    counts: Mapping[str, Mapping[date, tuple[int, int]]], quarters: Sequence[date], *, k: int | None = None
) -> tuple[Series, ...]:
    """Return every indicator over these quarters; with a k, as those see it who may not know small numbers."""
    return tuple(Series(each, tuple(_shares(counts.get(each.code, {}), quarters, k))) for each in INDICATORS)


def _shares(found: Mapping[date, tuple[int, int]], quarters: Iterable[date], k: int | None) -> Iterable[Share]:
    for quarter in quarters:
        exact = share(*found.get(quarter, (0, 0)))
        yield exact if k is None else protected(exact, k)


def quarter_of(day: date) -> date:
    """Return the first day of a day's quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def quarters_until(day: date, *, count: int = QUARTERS, with_running: bool) -> tuple[date, ...]:
    """Return the first days of the newest quarters, oldest first; without the running one, all of them are over."""
    number = day.year * 4 + (day.month - 1) // 3 + (1 if with_running else 0)
    return tuple(date((number - back) // 4, 3 * ((number - back) % 4) + 1, 1) for back in range(count, 0, -1))
