"""The inspector's own visits: the queue, planning, the visit's page as a list of tasks."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core.access import require, staff
from core.listing import Column, ListingView
from core.listing.page import Action
from core.models import User
from core.roles import Role
from inspections.addresses import address_of
from inspections.forms import AssignForm, Day, PlanForm, StartForm, cancel_form, reopen_form
from inspections.models import CorrectiveAction, Referral, Visit
from inspections.models.visits import State
from inspections.services import fieldwork, planning
from inspections.tasks import tasks_of
from inspections.views.gate import carry_out, get_visit, reader
from inspections.words import STATE_TONES, TRIGGERS
from parties.models import Site
from parties.search import filter_by_name, likely_parties, search_parties

STAFF = (Role.INSPECTOR, Role.MINISTRY_OFFICER, Role.AUDITOR)
PLANNERS = (Role.INSPECTOR, Role.MINISTRY_OFFICER)


class VisitFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Find visits by employer, state and day."""

    q = django_filters.CharFilter(method="by_name", label=_("Employer"))
    state = django_filters.ChoiceFilter(choices=State.choices, label=_("State"), empty_label=_("any"))
    since = django_filters.DateFilter(field_name="planned_for", lookup_expr="gte", label=_("From"), widget=Day())
    until = django_filters.DateFilter(field_name="planned_for", lookup_expr="lte", label=_("Until"), widget=Day())

    def by_name(self, queryset: QuerySet[Visit], _name: str, value: str) -> QuerySet[Visit]:
        """Keep visits to parties one of whose names matches."""
        return filter_by_name(queryset, value, "party_id")


class VisitQueue(ListingView[Visit]):
    """What an inspector has to do: his own visits; the ministry and auditors see all they may."""

    model = Visit
    roles = STAFF
    template_name = "inspections/queue.html"
    title = _("Visits")
    filterset_class = VisitFilter
    default_sort = "state"
    export_name = "visits"
    empty_text = _("No visits yet. Plan the first one.")
    columns = (
        Column("ref", _("Visit"), link=lambda visit: visit.get_absolute_url()),
        Column("employer", _("Employer"), sort="party__name", value=lambda visit: visit.party.name),
        Column("place", _("Place"), sort="site__city", value=lambda visit: visit.site.name),
        Column("planned", _("Planned for"), sort="planned_for", kind="date", value=lambda visit: visit.planned_for),
        Column(
            "state",
            _("State"),
            sort=("urgency", "planned_for"),
            kind="status",
            value=lambda visit: visit.standing.label,
            tone=lambda visit: STATE_TONES[visit.standing],
        ),
        Column("lead", _("Lead"), sort="lead_name", value=lambda visit: getattr(visit, "lead_name", "")),
    )

    def records(self) -> QuerySet[Visit]:
        """Return visits with what the columns show."""
        return Visit.objects.select_related("party", "site").by_urgency().with_lead()

    def get_actions(self) -> list[Action]:
        """Offer to plan a visit to whoever may."""
        if reader(self.request).has_role(*PLANNERS):
            return [Action(_("Plan a visit"), reverse("inspections:plan"))]
        return []

    def get_context_data(self, *, object_list: Any = None, **kwargs: Any) -> dict[str, Any]:
        """Add what is due today above the list."""
        user, today = reader(self.request), timezone.localdate()
        mine = Visit.objects.visible_to(user)
        actions = CorrectiveAction.objects.visible_to(user)
        visits = mine.with_state().aggregate(
            ready=Count("pk", filter=Q(state=State.PLANNED, planned_for__lte=today)),
            under_way=Count("pk", filter=Q(state=State.UNDER_WAY)),
        )
        overdue = actions.overdue(today).count()
        late = reverse("inspections:actions") + "?late=true"
        figures = [
            (visits["ready"], _("to start today or earlier"), f"?state=planned&until={today:%Y-%m-%d}"),
            (visits["under_way"], _("under way"), "?state=under_way"),
            (overdue, ngettext("action overdue", "actions overdue", overdue), late),
        ]
        if user.has_role(*PLANNERS):
            silent = Referral.objects.visible_to(user).unanswered().count()
            label = ngettext("referral without an answer", "referrals without an answer", silent)
            figures.append((silent, label, reverse("inspections:referrals")))
        return super().get_context_data(object_list=object_list, figures=figures, **kwargs)


@staff(*PLANNERS)
def plan(request: HttpRequest) -> HttpResponseBase:
    """First step of planning: find the employer and choose the place."""
    wanted = request.GET.get("q", "").strip()
    sites: list[Site] = []
    if wanted:
        found = list(search_parties(wanted).values_list("pk", flat=True)[:40])
        found = found or [party for party, _score in likely_parties(wanted)]  # a slip, or another script
        sites = list(Site.objects.filter(party__in=found).select_related("party").order_by("party__name", "name")[:40])
        sites = [site for site in sites if not planning.conflict_of(reader(request), site.party)]
    return render(request, "inspections/plan_find.html", {"q": wanted, "sites": sites})


@staff(*PLANNERS)
def plan_site(request: HttpRequest, site_ref: str) -> HttpResponseBase:
    """Second step of planning: day, team, supervisor, and why, which is sealed."""
    user = reader(request)
    site = get_object_or_404(Site.objects.select_related("party"), ref=site_ref)
    if planning.conflict_of(user, site.party):
        return redirect("inspections:plan")
    inspectors = planning.inspectors_for(user)
    follows = Visit.objects.visible_to(user).filter(ref=request.GET.get("follows", "")).first()
    form = PlanForm(
        request.POST or None,
        team=inspectors,
        supervisors=planning.supervisors_for(user),
        initial={
            "lead": user if user.has_role(Role.INSPECTOR) else None,
            "planned_for": timezone.localdate(),
            "trigger_kind": "follow_up" if follows else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        done = carry_out(form, "visit.plan", lambda: _plan(form, site, user, follows).ref)
        if done:
            messages.success(request, gettext("The visit is planned."))
            return redirect("inspections:visit", done.result)
    context = {"form": form, "site": site, "follows": follows, "history": _history(site, user)}
    return render(request, "inspections/plan.html", context)


def _plan(form: PlanForm, site: Site, user: User, follows: Visit | None) -> Visit:
    data = form.cleaned_data
    lead: User = data["lead"]
    return planning.plan_visit(
        site=site,
        team=[lead, *(person for person in data["others"] if person != lead)],
        supervisor=data["supervisor"],
        planned_for=data["planned_for"],
        trigger=planning.Trigger(data["trigger_kind"], data["trigger_detail"], data["trigger_reference"]),
        announced=data["announced"],
        version=data["version"],
        follows=follows,
        actor=user,
    )


def _history(site: Site, user: User) -> dict[str, Any]:
    """Return what an inspector should know of the place before going: earlier visits and what is still open."""
    earlier = Visit.objects.filter(party=site.party).visible_to(user).with_state().select_related("site")[:5]
    running = CorrectiveAction.objects.visible_to(user).running().filter(finding__visit__party=site.party)
    return {"visits": list(earlier), "actions": list(running.select_related("finding")[:10])}


@staff(*STAFF)
def visit_page(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The visit as a list of tasks with their progress."""
    user = reader(request)
    visit = get_visit(request, ref)
    rights = {
        right: visit.permits(user, right) for right in ("answer", "manage", "supervise", "assign", "trigger", "report")
    }
    history = _history(visit.site, user)
    context = {
        "visit": visit,
        "may": rights,
        "board": tasks_of(visit, user),
        "presences": list(visit.presences.all()),
        "earlier": [each for each in history["visits"] if each.pk != visit.pk],
        "open_actions": [each for each in history["actions"] if each.finding.visit_id != visit.pk],
        "tone": STATE_TONES[visit.standing],
        "state": visit.standing,
        "address": address_of(visit.site),
    }
    return render(request, "inspections/visit.html", context)


@staff(*PLANNERS)
def start(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Declare and begin."""
    visit = get_visit(request, ref, "manage")
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = reader(request)

        def begin() -> str:
            no_interest = form.cleaned_data["no_interest"]
            return fieldwork.start(visit, actor=user, no_interest=no_interest, presences=form.presences()).ref

        if carry_out(form, f"visit.start.{ref}", begin):
            messages.success(request, gettext("The visit is under way."))
            return redirect("inspections:visit", ref)
    return render(request, "inspections/start.html", {"visit": visit, "form": form})


@staff(*PLANNERS)
def cancel(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Cancel a visit, with a reason."""
    visit = get_visit(request, ref, "assign")
    form = cancel_form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if carry_out(
            form, f"visit.cancel.{ref}", lambda: fieldwork.cancel(visit, actor=reader(request), reason=reason).ref
        ):
            messages.success(request, gettext("The visit is cancelled."))
            return redirect("inspections:visit", ref)
    context = {
        "visit": visit,
        "form": form,
        "heading": _("Cancel this visit"),
        "label": _("Cancel the visit"),
        "danger": True,
    }
    return render(request, "inspections/reason.html", context)


@staff(*PLANNERS)
def reopen(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Send a closed visit back to its team, with a reason."""
    visit = get_visit(request, ref, "supervise")
    form = reopen_form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if carry_out(
            form, f"visit.reopen.{ref}", lambda: fieldwork.reopen(visit, actor=reader(request), reason=reason).ref
        ):
            messages.success(request, gettext("The visit went back to its team."))
            return redirect("inspections:visit", ref)
    context = {"visit": visit, "form": form, "heading": _("Send back to the team"), "label": _("Send back")}
    return render(request, "inspections/reason.html", context)


@staff(*PLANNERS)
def team(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Who goes: add inspectors, name the lead."""
    visit = get_visit(request, ref, "assign")
    form = AssignForm(request.POST or None, team=planning.inspectors_for(reader(request), visit))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def put() -> str:
            planning.assign(visit, data["inspector"], lead=data["lead"], actor=reader(request))
            return visit.ref

        if carry_out(form, f"visit.assign.{ref}", put):
            messages.success(request, gettext("The team is changed."))
            return redirect("inspections:team", ref)
    past = visit.members.exclude(until__isnull=True).select_related("inspector")
    return render(request, "inspections/team.html", {"visit": visit, "form": form, "past": past})


@staff(Role.INSPECTOR)
@require_POST
def declare(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Say that one has an interest in this employer, and leave the visit."""
    visit = get_visit(request, ref, "answer")
    planning.declare_interest(visit, actor=reader(request))
    messages.success(request, gettext("Thank you. You are no longer on this visit; the supervisor was told."))
    return redirect("inspections:queue")


@staff(*PLANNERS)
@require_POST
def trigger(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Open why a visit was planned; asked for by a button, since each opening is written down."""
    visit = get_visit(request, ref)
    require(reader(request), "trigger", visit)
    found = planning.read_trigger(visit, actor=reader(request))
    context = {"visit": visit, "trigger": found, "kind": TRIGGERS.get(found.kind, found.kind)}
    return render(request, "inspections/trigger.html", context)
