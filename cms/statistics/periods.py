"""Name quarters and years, and find those that are over. Pure."""

import datetime as dt
import re
from dataclasses import dataclass

_SHAPE = re.compile(r"(\d{4})(?:-Q([1-4]))?")


@dataclass(frozen=True, order=True)
class Period:
    """A calendar year, or one of its quarters (quarter 0 is the whole year)."""

    year: int
    quarter: int = 0

    def __str__(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def first_day(self) -> dt.date:
        """Return the first day."""
        return dt.date(self.year, 3 * max(self.quarter, 1) - 2, 1)

    @property
    def last_day(self) -> dt.date:
        """Return the last day."""
        month = 3 * self.quarter if self.quarter else 12
        following = dt.date(self.year + month // 12, month % 12 + 1, 1)
        return following - dt.timedelta(days=1)

    @property
    def quarters(self) -> tuple["Period", ...]:
        """Return a year's four quarters; a quarter has none."""
        return () if self.quarter else tuple(Period(self.year, number) for number in (1, 2, 3, 4))


def read_period(text: str) -> Period:
    """Return the period that "2026-Q3" or "2026" names; raises ValueError for anything else."""
    found = _SHAPE.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is neither a year nor a quarter such as 2026-Q3.")
    return Period(int(found[1]), int(found[2] or 0))


def finished_quarters(today: dt.date, count: int) -> list[Period]:
    """Return the newest quarters that are over, oldest first."""
    index = today.year * 4 + (today.month - 1) // 3
    return [Period((index - back) // 4, (index - back) % 4 + 1) for back in range(count, 0, -1)]


def finished_year(today: dt.date) -> Period:
    """Return the newest year that is over."""
    return Period(today.year - 1)
