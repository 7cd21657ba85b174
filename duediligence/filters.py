"""Narrow lists of suppliers, recruiters and published reports."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from duediligence.countrynames import country_label
from duediligence.models import Engagement, Report, Supplier
from duediligence.models.suppliers import Tier
from parties.search import filter_by_name
from parties.sectors import sector_label


def countries_of(queryset: QuerySet[Any]) -> list[tuple[str, str]]:
    """Return (code, name) of the countries that occur."""
    codes = queryset.order_by().values_list("country", flat=True).distinct()
    return sorted(((code, country_label(code)) for code in codes if code), key=lambda pair: pair[1])


class SupplierFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """By name, country, tier, and whether recruiters are known there."""

    q = filters.CharFilter(label=_("Name"), method="by_name")
    country = filters.ChoiceFilter(label=_("Country"), empty_label=_("All"))
    tier = filters.ChoiceFilter(label=_("How near"), choices=Tier.choices, empty_label=_("All"))
    recruiters = filters.ChoiceFilter(
        label=_("Recruiters"),
        method="by_recruiters",
        choices=[("known", _("Known")), ("unknown", _("None known"))],
        empty_label=_("All"),
    )

    class Meta:
        model = Supplier
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["country"].extra["choices"] = countries_of(self.queryset)

    def by_name(self, queryset: QuerySet[Supplier], _name: str, value: str) -> QuerySet[Supplier]:
        """Keep suppliers whose name, in any script, holds the words."""
        return filter_by_name(queryset, value, "party_id")

    def by_recruiters(self, queryset: QuerySet[Supplier], _name: str, value: str) -> QuerySet[Supplier]:
        """Keep suppliers with, or without, a recruiter on the books."""
        known = Engagement.objects.filter(supplier__isnull=False).values("supplier")
        return queryset.filter(pk__in=known) if value == "known" else queryset.exclude(pk__in=known)


class EngagementFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """By recruiter's name and whether it goes on."""

    q = filters.CharFilter(label=_("Recruiter"), method="by_name")
    state = filters.ChoiceFilter(
        label=_("State"),
        method="by_state",
        choices=[("current", _("Goes on")), ("ended", _("Ended"))],
        empty_label=_("All"),
    )

    class Meta:
        model = Engagement
        fields: list[str] = []

    def by_name(self, queryset: QuerySet[Engagement], _name: str, value: str) -> QuerySet[Engagement]:
        """Keep engagements of recruiters so named."""
        return filter_by_name(queryset, value, "recruiter_id")

    def by_state(self, queryset: QuerySet[Engagement], _name: str, value: str) -> QuerySet[Engagement]:
        """Keep engagements that go on, or that have an end."""
        return queryset.filter(ends__isnull=value == "current")


class ReportFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """By company, country, sector and the year in which the period ended."""

    q = filters.CharFilter(label=_("Company"), method="by_company")
    country = filters.ChoiceFilter(label=_("Country"), empty_label=_("All"))
    sector = filters.ChoiceFilter(label=_("Sector"), empty_label=_("All"))
    year = filters.ChoiceFilter(label=_("Year"), field_name="period_end", lookup_expr="year", empty_label=_("All"))

    class Meta:
        model = Report
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = self.queryset.order_by()
        self.filters["country"].extra["choices"] = countries_of(self.queryset)
        sectors = shown.exclude(sector="").values_list("sector", flat=True).distinct()
        self.filters["sector"].extra["choices"] = [(sector, sector_label(sector)) for sector in sorted(sectors)]
        years = [day.year for day in self.queryset.dates("period_end", "year", order="DESC")]
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]

    def by_company(self, queryset: QuerySet[Report], _name: str, value: str) -> QuerySet[Report]:
        """Keep reports of companies so named, in any script, or with this reference."""
        named = filter_by_name(queryset, value, "record__company__party_id")
        return named | queryset.filter(Q(ref=value.strip().upper()))
