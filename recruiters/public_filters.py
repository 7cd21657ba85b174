"""What anybody may ask the public register."""

from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from recruiters.filters import KEPT_SECONDS, CountryFilter, PublicFilter, in_language
from recruiters.models import Corridor, Recruiter


def destinations() -> list[tuple[str, str]]:
    """Return the countries that the register's recruiters send workers to, by name; looked up every ten minutes."""
    codes: Any = cache.get_or_set(
        "recruiters.destinations",
        lambda: list(Corridor.objects.order_by().values_list("destination", flat=True).distinct()),
        KEPT_SECONDS,
    )
    return list(in_language(tuple(codes), get_language() or ""))


class PublicSearch(PublicFilter):
    """The public filters, with the country of work."""

    to = CountryFilter(label=_("Country of work"), choices=destinations, empty_label=_("Any"), method="sends_to")

    def sends_to(self, queryset: QuerySet[Recruiter], _name: str, value: str) -> QuerySet[Recruiter]:
        """Keep the recruiters who send workers to a country."""
        through = Recruiter.corridors.through
        sent = through.objects.filter(corridor__destination=value).values("recruiter_id")
        return queryset.filter(pk__in=sent)
