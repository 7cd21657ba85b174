"""List the register: in its order, or, of what somebody searched, the best first."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from core.listing import CappedCount, ListingView
from core.listing.keyset import Key, Page, page_over
from recruiters.filters import PublicFilter
from recruiters.models import Recruiter
from recruiters.registersearch import RegisterSearch

BEST = ""
"""The order of a search that no column was chosen for."""


class RegisterListing(ListingView[Recruiter]):
    """A list of recruiters that is searched by what was typed."""

    searched: RegisterSearch | None = None
    """What was typed, where it is searched for page by page; a file holds everybody."""

    whole: CappedCount | None = None
    """The count of a list that one page shows whole."""

    def filtered(self, filterset: PublicFilter) -> QuerySet[Recruiter]:
        """Return who fits the filters; what was typed is searched for by the page and by the count."""
        if self.request.GET.get("format") in self.exports:
            return super().filtered(filterset)
        self.fitting = filterset.fitting
        self.searched = filterset.searched
        return self.fitting

    def order(self, queryset: QuerySet[Recruiter]) -> tuple[str, tuple[Key, ...]]:
        """Return the order in force; of a search, no column's unless one is asked for."""
        sort, keys = super().order(queryset)
        return (BEST if self.searched and sort != self.request.GET.get("sort") else sort), keys

    def page_of(self, queryset: QuerySet[Recruiter], keys: Sequence[Key], **around: Any) -> Page[Recruiter]:
        """Return the page; of a search first those whose name begins with what was typed."""
        search = self.searched
        if search is None:
            return super().page_of(queryset, keys, **around)
        best_first = self.order(queryset)[0] == BEST
        tiers = search.in_tiers(queryset) if best_first else [lambda: search.narrow(queryset)]
        page = page_over(tiers, keys, **around)
        if not page.before and not page.after:
            self.whole = CappedCount(len(page.rows), capped=False)
        return page

    def count(self, queryset: QuerySet[Recruiter]) -> CappedCount:
        """Count who is listed, or meant."""
        if self.searched is None:
            return super().count(queryset)
        return self.whole or self.searched.count(queryset)
