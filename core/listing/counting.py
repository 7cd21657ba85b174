"""Count rows only as far as a reader cares, so that a count never walks a whole table."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import ngettext

COUNT_LIMIT = 10_000


@dataclass(frozen=True)
class CappedCount:
    """Hold a number of rows, which is a lower bound when `capped`."""

    number: int
    capped: bool

    def __str__(self) -> str:
        """Return the number as a reader expects it: 312, or 10,000+."""
        text = number_format(self.number)
        return f"{text}+" if self.capped else text

    @property
    def sentence(self) -> str:
        """Return the count in words: "312 results"."""
        return ngettext("%(count)s result", "%(count)s results", self.number) % {"count": str(self)}


def count_up_to(queryset: QuerySet[Any], limit: int = COUNT_LIMIT) -> CappedCount:
    """Count a queryset's rows in one query that stops at `limit` + 1."""
    # By the key alone: what a list looks up for each of its rows need not be looked up to count them.
    number = queryset.order_by().values("pk")[: limit + 1].count()
    return CappedCount(min(number, limit), number > limit)
