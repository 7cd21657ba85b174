"""What anybody may ask the public register, and who else may be meant by what was typed."""

from collections.abc import Collection
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from parties.search import likely_parties
from recruiters.filters import KEPT_SECONDS, CountryFilter, PublicFilter, in_language
from recruiters.models import Corridor, Recruiter

ENOUGH = 10
"""With so many exact answers nobody is asked whether somebody else is meant."""
LIKELY = 8
LEAST_ALIKE = 0.5
LEAST_LETTERS = 3


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


def likely_recruiters(asked: QueryDict, *, known: Collection[int]) -> list[Recruiter]:
    """Return listed recruiters that may be meant by what was typed, likeliest first, without those already found.

    Spelling, script and transliteration are forgiven; the other filters hold.
    """
    text = asked.get("q", "").strip()[:200]
    if sum(character.isalpha() for character in text) < LEAST_LETTERS:
        return []
    scores = {party: score for party, score in likely_parties(text, "organisation", LIKELY * 2) if score >= LEAST_ALIKE}
    if not scores:
        return []
    rest = asked.copy()
    rest.pop("q", None)
    narrowed = PublicSearch(data=rest, queryset=Recruiter.objects.listed().filter(party__in=scores))
    if not narrowed.is_valid():
        return []
    found = [each for each in narrowed.qs.select_related("party") if each.pk not in known]
    return sorted(found, key=lambda each: (-scores[each.party_id], each.sort_name))[:LIKELY]
