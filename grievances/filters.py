"""Narrow the queue and the list of cases, by codes and dates only."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.references import BadReference, parse_reference
from grievances.models import CaseState, Concern, Grievance, RemediationCase
from grievances.places import COUNTRIES
from grievances.reasons import PRIORITIES
from grievances.rulebook import grievance_standard
from grievances.statuses import ENDED, IN_REMEDY, WAITING_FOR_TRIAGE, Status
from grievances.wording import category_label, status_label

Rows = QuerySet[Any]  # rows that carry what the list annotated


def _states() -> list[tuple[str, str]]:
    return [(status.value, status_label(status)) for status in Status]


def _categories() -> list[tuple[str, str]]:
    return [(category.code, category_label(category.code)) for category in grievance_standard().categories]


class GrievanceFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Filters of the queue."""

    stage = django_filters.ChoiceFilter(
        label=_("Stage"),
        empty_label=_("Open"),
        choices=[
            ("triage", _("To be decided")),
            ("remedy", _("In remedy")),
            ("withdrawn", _("Withdrawn")),
            ("ended", _("Ended")),
            ("all", _("All")),
        ],
        method="by_stage",
    )
    due = django_filters.ChoiceFilter(
        label=_("Due"),
        empty_label=_("Any time"),
        choices=[("late", _("Overdue")), ("today", _("By today")), ("week", _("Within 7 days"))],
        method="by_due",
    )
    priority = django_filters.ChoiceFilter(label=_("Priority"), empty_label=_("Any"), choices=list(PRIORITIES.items()))
    category = django_filters.ChoiceFilter(
        label=_("Category"), empty_label=_("Any"), choices=_categories, method="by_category"
    )
    country = django_filters.ChoiceFilter(label=_("Country"), empty_label=_("Any"), choices=COUNTRIES)
    mine = django_filters.ChoiceFilter(
        label=_("Handler"),
        empty_label=_("Anybody"),
        choices=[("me", _("Me")), ("nobody", _("Nobody yet"))],
        method="by_handler",
    )
    ref = django_filters.CharFilter(label=_("Reference"), method="by_reference")

    class Meta:
        model = Grievance
        fields: list[str] = []

    def by_stage(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep a stage."""
        del name
        stages = {"triage": WAITING_FOR_TRIAGE, "remedy": IN_REMEDY, "withdrawn": {Status.WITHDRAWN}, "ended": ENDED}
        return queryset.filter(state__in=stages[value]) if value in stages else queryset

    def by_due(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep what is due by then."""
        del name
        now = timezone.now()
        until = {"late": now, "today": now + timedelta(days=1), "week": now + timedelta(days=7)}[value]
        return queryset.filter(next_due__lte=until)

    def by_category(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep a category."""
        del name
        return queryset.filter(pk__in=Concern.objects.filter(code=value).values("grievance"))

    def by_handler(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep my own, or those that nobody handles."""
        del name
        if value == "me":
            return queryset.filter(handler=self.request.user.pk)
        return queryset.filter(handler=None)

    def by_reference(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep the one with this reference, however it is typed; nothing else is searched."""
        del name
        try:
            return queryset.filter(ref=parse_reference(value, "GRV"))
        except BadReference:
            return queryset.none()

    def filter_queryset(self, queryset: Rows) -> Rows:
        """Show what is open, or has something due, unless another stage is asked for."""
        found: Rows = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if asked.get("stage") or asked.get("ref"):
            return found
        # What has ended is open all the same while something about it is due, such as asking whether she is safe.
        # What was destroyed had ended long before: leaving it out first spares asking each of them for its status.
        return found.filter(emptied_on=None).exclude(state__in=ENDED, next_due=None)


class CaseFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Filters of the list of cases."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("Open"),
        choices=[*CaseState.State.choices[1:], ("all", _("All"))],
        method="by_state",
    )
    mine = django_filters.ChoiceFilter(
        label=_("Handler"),
        empty_label=_("Anybody"),
        choices=[("me", _("Me")), ("nobody", _("Nobody yet"))],
        method="by_handler",
    )
    severity = django_filters.ChoiceFilter(
        label=_("Severity"), empty_label=_("Any"), choices=[(str(n), str(n)) for n in range(1, 5)]
    )
    ref = django_filters.CharFilter(label=_("Reference"), method="by_reference")

    class Meta:
        model = RemediationCase
        fields: list[str] = []

    def by_state(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep a state."""
        del name
        return queryset if value == "all" else queryset.filter(current=value)

    def by_handler(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep my own, or those that nobody handles."""
        del name
        return queryset.filter(handler=self.request.user.pk if value == "me" else None)

    def filter_queryset(self, queryset: Rows) -> Rows:
        """Show what is not closed, unless another state or one case is asked for."""
        found: Rows = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if asked.get("state") or asked.get("ref"):
            return found
        return found.filter(grievance__emptied_on=None).exclude(current=CaseState.State.CLOSED)

    def by_reference(self, queryset: Rows, name: str, value: str) -> Rows:
        """Keep the one with this reference."""
        del name
        try:
            return queryset.filter(ref=parse_reference(value, "CASE"))
        except BadReference:
            return queryset.none()
