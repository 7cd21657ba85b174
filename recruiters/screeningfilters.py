"""Narrow the lists of screening: rows, hits, the queue, what an edition changed. No filter takes a name."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import User
from recruiters.countries import all_countries, sort_key
from recruiters.models import (
    EntryChange,
    Screening,
    ScreeningHit,
    ScreeningRow,
    WatchlistEntry,
    WatchlistSource,
)
from recruiters.screening import REGISTER, Gravity, HitState
from recruiters.vocabulary import country_label

OPEN = (HitState.OPEN, HitState.AWAITING_SECOND)
WHOSE = [("mine", _("given to me")), ("free", _("given to nobody")), ("all", _("anybody's"))]
STATES = [("waiting", _("waiting")), *ScreeningHit.STATES]


def list_choices() -> list[tuple[str, Any]]:
    """Return what a hit may be on: the register and every watchlist."""
    return [(REGISTER, _("the register")), *WatchlistSource.objects.values_list("code", "name")]


def countries() -> list[tuple[str, str]]:
    """Return every country by its name in the reader's language."""
    return sorted(((code, country_label(code)) for code, _name in all_countries()), key=lambda pair: sort_key(pair[1]))


def _score() -> filters.NumberFilter:
    return filters.NumberFilter(
        label=_("Score from"),
        field_name="score",
        lookup_expr="gte",
        min_value=0,
        max_value=1,
        widget=forms.NumberInput(attrs={"step": "0.01", "min": "0", "max": "1"}),
    )


class ScreeningFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow the screenings."""

    state = filters.ChoiceFilter(label=_("State"), choices=Screening.State.choices, empty_label=_("Any"))
    kind = filters.ChoiceFilter(label=_("From"), choices=Screening.Kind.choices, empty_label=_("Any"))

    class Meta:
        model = Screening
        fields: tuple[str, ...] = ()


class RowFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow a screening's rows."""

    outcome = filters.ChoiceFilter(label=_("Outcome"), choices=ScreeningRow.OUTCOMES, empty_label=_("Any"))
    country = filters.ChoiceFilter(label=_("Country"), choices=countries, empty_label=_("Any"))
    score = _score()
    again = filters.ChoiceFilter(
        label=_("Screened again since"), choices=[("yes", _("yes"))], empty_label=_("Any"), method="screened_again"
    )

    class Meta:
        model = ScreeningRow
        fields: tuple[str, ...] = ()

    def screened_again(self, queryset: QuerySet[ScreeningRow], _name: str, value: str) -> QuerySet[ScreeningRow]:
        """Keep the rows that a later screening looked at again."""
        return queryset.filter(later__isnull=False).distinct() if value else queryset


class HitFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow a screening's hits."""

    state = filters.ChoiceFilter(label=_("Decision"), choices=STATES, empty_label=_("Any"), method="in_state")
    gravity = filters.ChoiceFilter(label=_("Gravity"), choices=ScreeningHit.GRAVITIES, empty_label=_("Any"))
    list = filters.ChoiceFilter(label=_("List"), field_name="list_code", choices=list_choices, empty_label=_("Any"))
    country = filters.ChoiceFilter(
        label=_("Country"), field_name="row__country", choices=countries, empty_label=_("Any")
    )
    score = _score()
    whose = filters.ChoiceFilter(label=_("Whose"), choices=WHOSE, empty_label=_("Any"), method="belonging")

    class Meta:
        model = ScreeningHit
        fields: tuple[str, ...] = ()

    def in_state(self, queryset: QuerySet[ScreeningHit], _name: str, value: str) -> QuerySet[ScreeningHit]:
        """Keep what stands so; "waiting" is what a person still has to decide."""
        return queryset.filter(state__in=OPEN) if value == "waiting" else queryset.filter(state=value)

    def belonging(self, queryset: QuerySet[ScreeningHit], _name: str, value: str) -> QuerySet[ScreeningHit]:
        """Keep the reader's own hits, or those given to nobody."""
        user = self.request.user if self.request else None
        if value == "mine" and isinstance(user, User):
            return queryset.filter(assigned_to=user)
        return queryset.filter(assigned_to=None) if value == "free" else queryset


def running_screenings() -> list[tuple[str, str]]:
    """Return the newest screenings with their titles."""
    return list(Screening.objects.filter(state=Screening.State.DONE).values_list("ref", "title")[:100])


class QueueFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow the queue of hits that wait."""

    gravity = filters.ChoiceFilter(
        label=_("Gravity"),
        choices=[choice for choice in ScreeningHit.GRAVITIES if choice[0] != Gravity.INFO],
        empty_label=_("Any"),
    )
    list = filters.ChoiceFilter(label=_("List"), field_name="list_code", choices=list_choices, empty_label=_("Any"))
    country = filters.ChoiceFilter(
        label=_("Country"), field_name="row__country", choices=countries, empty_label=_("Any")
    )
    score = _score()
    whose = filters.ChoiceFilter(label=_("Whose"), choices=WHOSE, empty_label=_("Mine and free ones"), method="keep")
    screening = filters.ChoiceFilter(
        label=_("Screening"), field_name="screening__ref", choices=running_screenings, empty_label=_("Any")
    )

    class Meta:
        model = ScreeningHit
        fields: tuple[str, ...] = ()

    def keep(self, queryset: QuerySet[ScreeningHit], *_choice: str) -> QuerySet[ScreeningHit]:
        """Leave the choice of whose to the queue, which knows who asks."""
        return queryset


class ChangeFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow what an edition changed."""

    kind = filters.ChoiceFilter(label=_("What happened"), choices=EntryChange.Kind.choices, empty_label=_("Any"))

    class Meta:
        model = EntryChange
        fields: tuple[str, ...] = ()


class EntryFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow the records of a list."""

    gravity = filters.ChoiceFilter(label=_("Gravity"), choices=ScreeningHit.GRAVITIES, empty_label=_("Any"))
    kind = filters.ChoiceFilter(
        label=_("Kind"),
        choices=[("organisation", _("organisation")), ("person", _("person"))],
        empty_label=_("Any"),
    )
    standing = filters.ChoiceFilter(
        label=_("On the list"),
        choices=[("yes", _("today")), ("no", _("no longer"))],
        empty_label=_("Any"),
        method="on_list",
    )

    class Meta:
        model = WatchlistEntry
        fields: tuple[str, ...] = ()

    def on_list(self, queryset: QuerySet[WatchlistEntry], _name: str, value: str) -> QuerySet[WatchlistEntry]:
        """Keep what stands on the list today, or what no longer does."""
        return queryset.filter(gone_on__isnull=value == "yes")
