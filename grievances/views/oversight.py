"""Show those who oversee where they are needed: codes, clocks, who handles; never a word, never what is theirs."""

from datetime import date, timedelta
from operator import attrgetter
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.access import staff
from core.listing import Column, ListingView
from core.models import AuditEntry, User
from core.roles import Role
from grievances import services
from grievances.clocks import last_day
from grievances.handlers import eligible
from grievances.models import Assignment, Clock, Grievance
from grievances.reasons import OPEN_REASONS, PRIORITIES, PRIORITY_TONES, say
from grievances.services import HandlingRefused
from grievances.services.clockwork import office_zone
from grievances.services.overseeing import DAYS_UNTIL_OVERSIGHT, in_trouble
from grievances.views.duedates import due_dates
from grievances.wording import STATUS_TONES, status_label

MOST_READINGS = 20
auditor = staff(Role.AUDITOR)
Row = Any  # a row carries what `in_trouble` found out, which its model does not declare


class AppointForm(forms.Form):
    """Who is to handle it."""

    user = forms.ChoiceField(label=gettext_lazy("Case officer"))

    def __init__(self, grievance: Grievance, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in eligible(grievance)}
        choices = [(pk, str(user)) for pk, user in self.people.items()]
        cast("forms.ChoiceField", self.fields["user"]).choices = [("", "–"), *choices]


def why(row: Row) -> str:
    """Return in words why those who oversee see a grievance."""
    reasons = [
        (row.is_orphan, _("nobody may handle it")),
        (row.priority == "urgent", _("urgent")),
        (row.is_escalated, _("overdue")),
    ]
    found = [words for holds, words in reasons if holds]
    old = row.received_on <= timezone.localdate() - timedelta(days=DAYS_UNTIL_OVERSIGHT)
    return capfirst(", ".join(found) or (_("open for 90 days") if old else _("nobody handles it")))


def _due(row: Row) -> date | None:
    return last_day(row.next_due, office_zone()) if row.next_due else None


def _handler(row: Row) -> str:
    return row.handler_name or "–"


def _state(row: Row) -> str:
    return status_label(row.state)


def _state_tone(row: Row) -> str:
    return STATUS_TONES.get(row.state, "")


class Oversight(ListingView[Grievance]):
    """Grievances that need those who oversee, the most pressing first."""

    roles = (Role.AUDITOR,)
    model = Grievance
    title = gettext_lazy("Grievances to oversee")
    lede = gettext_lazy("Urgent, overdue, open for long, or without anybody who may handle them. Codes and dates only.")
    default_sort = "due"
    export_name = "oversight"
    empty_text = gettext_lazy("No grievance needs you now.")
    columns = (
        Column(
            "ref",
            gettext_lazy("Reference"),
            sort="ref",
            link=lambda row: reverse("grievances:overseen", args=[row.ref]),
        ),
        Column(
            "priority",
            gettext_lazy("Priority"),
            kind="status",
            value=lambda row: say(PRIORITIES, row.priority),
            tone=lambda row: PRIORITY_TONES[row.priority],
            export=lambda row: row.priority,
        ),
        Column("why", gettext_lazy("Why"), value=why),
        Column(
            "due",
            gettext_lazy("Due"),
            sort=("next_due", "ref"),
            kind="date",
            value=_due,
        ),
        Column(
            "state",
            gettext_lazy("Status"),
            kind="status",
            value=_state,
            tone=_state_tone,
            export=attrgetter("state"),
        ),
        Column(
            "received", gettext_lazy("Received"), sort="received_on", kind="date", value=lambda row: row.received_on
        ),
        Column("handler", gettext_lazy("Handler"), value=_handler),
    )

    def get_queryset(self) -> QuerySet[Grievance]:
        """Return what this reader may oversee and should see now."""
        mine = Grievance.objects.overseen_by(cast("User", self.request.user))
        running = Clock.objects.filter(grievance=OuterRef("pk"), met_at=None, dropped_at=None).order_by("due_at", "pk")
        holder = Assignment.objects.filter(grievance=OuterRef("pk"), until=None)
        return in_trouble(mine, timezone.now()).annotate(
            next_due=Subquery(running.values("due_at")[:1]),
            handler_name=Subquery(holder.values("user__display_name")[:1]),
        )


def _fetch(request: HttpRequest, ref: str) -> Grievance:
    user = cast("User", request.user)
    mine = in_trouble(Grievance.objects.overseen_by(user), timezone.now(), or_unhandled=True)
    found = mine.filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Grievance, form: AppointForm, *, status: int = 200) -> HttpResponseBase:
    assignment = found.assignments.filter(until=None).select_related("user").first()
    context = {
        "grievance": found,
        "why": why(found),
        "priority": say(PRIORITIES, found.priority),
        "priority_tone": PRIORITY_TONES[found.priority],
        "status": status_label(found.status),
        "status_tone": STATUS_TONES.get(found.status, ""),
        "due": due_dates(found),
        "handler": assignment.user if assignment else None,
        "form": form,
        "readings": _readings(found),
    }
    return render(request, "grievances/staff/overseen.html", context, status=status)


def _readings(found: Grievance) -> list[tuple[Any, str, str]]:
    """Return who opened it while somebody else handled it, when and for which reason."""
    entries = AuditEntry.objects.filter(verb="grievance.read_by_another", subject=found.ref).order_by("-sequence")
    rows = list(entries[:MOST_READINGS])
    people = {user.audit_code: str(user) for user in User.objects.filter(is_active=True)} if rows else {}
    return [(row.at, people.get(row.actor, row.actor), say(OPEN_REASONS, row.facts.get("reason", ""))) for row in rows]


@auditor
def overseen(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show one grievance in codes to those who oversee."""
    found = _fetch(request, ref)
    return _page(request, found, AppointForm(found))


@require_POST
@auditor
def appoint(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Give it to a case officer who may handle it."""
    found = _fetch(request, ref)
    form = AppointForm(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        services.appoint(found, form.people[form.cleaned_data["user"]], actor=cast("User", request.user))
    except HandlingRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form, status=422)
    messages.success(request, _("Given. The case officer was told."))
    return redirect("grievances:overseen", ref=found.ref)
