"""List grievances and cases for their handlers: codes, dates and references, never a word."""

from datetime import date
from functools import cache
from typing import Any, cast

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.listing import Column, ListingView
from core.models import User
from core.roles import Role
from grievances.clocks import last_day
from grievances.filters import CaseFilter, GrievanceFilter
from grievances.models import Assignment, CaseState, Clock, Grievance, RemediationCase
from grievances.places import country_name
from grievances.reasons import CATEGORIES_SHORT, CLOCKS, PRIORITIES, PRIORITY_TONES, say
from grievances.services.clockwork import office_zone
from grievances.views.agreements import waiting_for
from grievances.views.keys import key_news
from grievances.wording import STATUS_TONES, language_name, outcome_label, status_label

Row = Any  # a row of the list carries what `listed()` added, which its model does not declare


def _link(row: Row) -> str:
    return reverse("grievances:grievance", args=[row.ref])


def _due(row: Any) -> Any:
    return last_day(row.next_due, office_zone()) if row.next_due else None


def _what_is_due(row: Any) -> str:
    if not row.next_due:
        return ""
    late = row.next_due <= timezone.now()
    words = say(CLOCKS, row.next_kind)
    return str(_("Overdue: %(what)s")) % {"what": words} if late else words


def _due_tone(row: Any) -> str:
    return "bad" if row.next_due and row.next_due <= timezone.now() else ""


def _state(row: Row) -> str:
    return str(row.state)


def _state_words(row: Row) -> str:
    return status_label(row.state)


def _state_tone(row: Row) -> str:
    return STATUS_TONES.get(row.state, "")


def _language(row: Row) -> str:
    return str(row.language)


def _handler(row: Row) -> str:
    return row.handler_name or "–"


def _case_state(row: Row) -> str:
    return str(row.current)


def _case_state_words(row: Row) -> str:
    return str(CaseState.State(row.current).label)


def _case_tone(row: Row) -> str:
    return {"closed": "", "closing": "warn", "delivered": "good"}.get(row.current, "info")


def _case_steps(row: Row) -> int:
    return int(row.step_count)


def _case_due(row: Row) -> date | None:
    return last_day(row.due_at, office_zone()) if row.due_at else None


def _case_late(row: Row) -> str:
    return str(_("Overdue")) if row.due_at and row.due_at <= timezone.now() else ""


def _case_outcome(row: Row) -> str:
    return row.outcome or ""


def _case_outcome_words(row: Row) -> str:
    return outcome_label(row.outcome) if row.outcome else ""


@cache
def _listed() -> "QuerySet[Grievance]":
    """Return grievances with what the queue shows of them. Put together once: it is the same whoever asks."""
    running = Clock.objects.filter(grievance=OuterRef("pk"), met_at=None, dropped_at=None).order_by("due_at", "pk")
    holder = Assignment.objects.filter(grievance=OuterRef("pk"), until=None)
    found = Grievance.objects.with_status().annotate(
        next_due=Subquery(running.values("due_at")[:1]),
        next_kind=Subquery(running.values("kind")[:1]),
        handler=Subquery(holder.values("user")[:1]),
        handler_name=Subquery(holder.values("user__display_name")[:1]),
    )
    return found.prefetch_related("concerns")


class Queue(ListingView[Grievance]):
    """Grievances that a case officer may know of, the most pressing first."""

    roles = (Role.CASE_OFFICER,)
    template_name = "grievances/staff/queue.html"
    model = Grievance
    title = _("Grievances")
    lede = _("Codes and dates only. Open one to read it, with a reason.")
    filterset_class = GrievanceFilter
    default_sort = "due"
    export_name = "grievances"
    empty_text = _("No grievance waits for you.")
    columns = (
        Column("ref", _("Reference"), sort="ref", link=_link),
        Column(
            "priority",
            _("Priority"),
            kind="status",
            value=lambda row: say(PRIORITIES, row.priority),
            tone=lambda row: PRIORITY_TONES[row.priority],
            export=lambda row: row.priority,
        ),
        Column("due", _("Due"), sort=("next_due", "ref"), kind="date", value=_due, under=_what_is_due, tone=_due_tone),
        Column("what", _("What is due"), value=_what_is_due, on_page=False),
        Column(
            "categories",
            _("Categories"),
            value=lambda row: " · ".join(say(CATEGORIES_SHORT, code) for code in row.codes),
            export=lambda row: "+".join(row.codes),
        ),
        Column(
            "state",
            _("Status"),
            sort="state",
            kind="status",
            value=_state_words,
            tone=_state_tone,
            export=_state,
        ),
        Column(
            "country",
            _("Country"),
            sort="country",
            value=lambda row: country_name(row.country) if row.country else "",
            export=lambda row: row.country,
            under=lambda row: language_name(row.language),
        ),
        Column("language", _("Language"), value=_language, on_page=False),
        Column("received", _("Received"), sort="received_on", kind="date", value=lambda row: row.received_on),
        Column("handler", _("Handler"), value=_handler, export=False),
    )

    def records(self) -> QuerySet[Grievance]:
        """Return grievances with what the list shows."""
        return _listed().all()

    def get_context_data(self, *, object_list: Any = None, **kwargs: Any) -> dict[str, Any]:
        """Add what waits for her as the second person, what is locked, and whether colleagues wait for a key."""
        agreements = waiting_for(cast("User", self.request.user))
        shown = {"keys": key_news(self.request), "agreements": agreements, **kwargs}
        return super().get_context_data(object_list=object_list, **shown)


class Cases(ListingView[RemediationCase]):
    """Cases of remediation that a case officer may know of."""

    roles = (Role.CASE_OFFICER,)
    model = RemediationCase
    title = _("Cases")
    filterset_class = CaseFilter
    default_sort = "due"
    export_name = "cases"
    empty_text = _("No case is open. A case opens when a grievance is accepted.")
    columns = (
        Column("ref", _("Reference"), sort="ref", link=lambda row: reverse("grievances:case", args=[row.ref])),
        Column(
            "state",
            _("State"),
            sort="current",
            kind="status",
            value=_case_state_words,
            tone=_case_tone,
            under=_case_outcome_words,
            export=_case_state,
        ),
        Column("severity", _("Severity"), sort="severity", kind="number"),
        Column(
            "categories",
            _("Categories"),
            value=lambda row: " · ".join(say(CATEGORIES_SHORT, code) for code in row.grievance.codes),
            export=lambda row: "+".join(row.grievance.codes),
        ),
        Column("steps", _("Remedy steps"), sort="step_count", kind="number", value=_case_steps),
        Column("opened", _("Opened"), sort="opened_on", kind="date", value=lambda row: row.opened_on),
        Column(
            "due",
            _("To be resolved by"),
            sort=("due_at", "ref"),
            kind="date",
            value=_case_due,
            under=_case_late,
            tone=lambda row: "bad" if _case_late(row) else "",
        ),
        Column("handler", _("Handler"), value=_handler, export=False),
        Column("outcome", _("Outcome"), value=_case_outcome_words, export=_case_outcome, on_page=False),
    )

    def records(self) -> QuerySet[RemediationCase]:
        """Return cases with what the list shows."""
        return RemediationCase.objects.listed().select_related("grievance").prefetch_related("grievance__concerns")
