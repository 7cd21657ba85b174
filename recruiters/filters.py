"""Narrow the lists of the recruiters' floor."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import django_filters as filters
from django import forms
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ChoiceField

from recruiters.countries import country_code
from recruiters.models import Application, Corridor, Recruiter, Sector
from recruiters.models.words import BandWord, RecruiterKind, StatusCode
from recruiters.registersearch import RegisterSearch
from recruiters.vocabulary import country_label

GROUP_LABELS = {
    "valid": _("Valid"),
    "suspended": _("Suspended"),
    "ended": _("Revoked, cancelled or banned"),
    "expired": _("Expired"),
    "unclear": _("Other or not clear"),
    "none": _("No licence on record"),
}
STATUS_CHOICES = list(GROUP_LABELS.items())


KEPT_SECONDS = 600


def register_countries() -> list[tuple[str, str]]:
    """Return the countries that the register holds, by name; looked up every ten minutes."""
    codes: Any = cache.get_or_set(
        "recruiters.countries", lambda: list(Recruiter.objects.order_by().values_list("country", flat=True).distinct()),
        KEPT_SECONDS,
    )  # fmt: skip
    return _named(codes)


def destination_countries() -> list[tuple[str, str]]:
    """Return the countries that anybody sends workers to, by name."""
    return _named(Corridor.objects.order_by().values_list("destination", flat=True).distinct())


def _named(codes: Iterable[str]) -> list[tuple[str, str]]:
    return list(in_language(tuple(codes), get_language() or ""))


@lru_cache(maxsize=64)
def in_language(codes: tuple[str, ...], language: str) -> tuple[tuple[str, str], ...]:
    """Return these countries by name in the active language; the same few are asked for on every page."""
    del language  # only tells apart what is kept
    return tuple(sorted(((code, country_label(code)) for code in codes if code), key=lambda pair: pair[1]))


class StatusField(ChoiceField):  # type: ignore[misc]  # django-filter has no types
    """Offer the groups; take a single status code as well."""

    def valid_value(self, value: Any) -> bool:
        """Take what the list offers, and every code of a status."""
        return bool(super().valid_value(value)) or value in StatusCode.values


class StatusFilter(filters.ChoiceFilter):  # type: ignore[misc]  # django-filter has no types
    """Filter by today's status."""

    field_class = StatusField

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the recruiters of a group or a code."""
        return qs.standing_today(value) if value else qs  # type: ignore[attr-defined]  # recruiters' own queryset


class CountryField(ChoiceField):  # type: ignore[misc]  # django-filter has no types
    """Offer the countries of the register; take every other one, which finds nothing."""

    def valid_value(self, value: Any) -> bool:
        """Take every country's code."""
        return bool(country_code(str(value)))


class CountryFilter(filters.ChoiceFilter):  # type: ignore[misc]  # django-filter has no types
    """Filter by a country."""

    field_class = CountryField


class PublicFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """What anybody may ask the public register."""

    q = filters.CharFilter(
        label=_("Name or licence number"),
        method="search",
        max_length=200,
        # A name runs in its own direction, and whom somebody asked about is not offered to the phone's next user.
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    country = CountryFilter(label=_("Country"), choices=register_countries, empty_label=_("Any country"))
    status = StatusFilter(label=_("Licence"), choices=STATUS_CHOICES, empty_label=_("Any"))

    class Meta:
        model = Recruiter
        fields: tuple[str, ...] = ()

    searched: RegisterSearch | None = None

    def search(self, queryset: QuerySet[Recruiter], _name: str, value: str) -> QuerySet[Recruiter]:
        """Remember what was typed; everything else narrows the list first."""
        self.searched = RegisterSearch(value)
        return queryset

    @cached_property
    def fitting(self) -> QuerySet[Recruiter]:
        """Return the recruiters that fit everything that was asked but for what was typed."""
        found: QuerySet[Recruiter] = super().filter_queryset(self.queryset.all())
        return found

    def filter_queryset(self, queryset: QuerySet[Recruiter]) -> QuerySet[Recruiter]:  # noqa: ARG002 - see fitting
        """Keep the recruiters whose name, licence number or reference is what was typed, of those that fit the rest."""
        fitting = self.fitting  # which notices what was typed
        return self.searched.narrow(fitting) if self.searched else fitting


class RecruiterFilter(PublicFilter):
    """What staff may ask beside that."""

    kind = filters.ChoiceFilter(label=_("Kind"), choices=RecruiterKind.choices, empty_label=_("Any"))
    risk = filters.ChoiceFilter(label=_("Risk"), field_name="risk_band", choices=BandWord.choices, empty_label=_("Any"))
    sector = filters.ChoiceFilter(label=_("Sector"), choices=Sector.choices, empty_label=_("Any"), method="in_sector")
    destination = CountryFilter(
        label=_("Destination"), choices=destination_countries, empty_label=_("Any"), method="to_country"
    )
    expires_before = filters.DateFilter(
        label=_("Term ends by"),
        field_name="expires_on",
        lookup_expr="lte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def in_sector(self, queryset: QuerySet[Recruiter], _name: str, value: str) -> QuerySet[Recruiter]:
        """Keep the recruiters who place workers in a sector."""
        return queryset.filter(sectors__icontains=f'"{value}"')

    def to_country(self, queryset: QuerySet[Recruiter], _name: str, value: str) -> QuerySet[Recruiter]:
        """Keep the recruiters who send workers to a country."""
        return queryset.filter(corridors__destination=value)


class ApplicationFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow the applications."""

    state = filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("any"),
        choices=[choice for choice in Application.State.choices if choice[0] != Application.State.DRAFT],
    )
    kind = filters.ChoiceFilter(label=_("For"), empty_label=_("any"), choices=Application.Kind.choices)

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()
