"""Findings of a visit, and the corrective actions of all visits."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from checklists.answers import adverse_items
from checklists.questions import FALLBACK
from checklists.sheets import standing
from checklists.words import SEVERITY_TONES
from core import evidence
from core.access import fetch, require, staff
from core.listing import Column, ListingView
from core.roles import Role
from inspections.forms import CheckForm, Day, ExtendForm, FindingForm, HandInForm, items_of, withdraw_form
from inspections.models import ActionEvidence, CorrectiveAction, Finding, FindingState, Visit
from inspections.models.actions import Step
from inspections.models.visits import State
from inspections.services import actions
from inspections.services.findings import add_finding, read_note, withdraw_finding
from inspections.views.gate import carry_out, get_visit, reader
from inspections.words import STEP_TONES
from parties.search import filter_by_name

STAFF = (Role.INSPECTOR, Role.MINISTRY_OFFICER)
READERS = (*STAFF, Role.AUDITOR)


@staff(*STAFF)
def findings(request: HttpRequest, ref: str) -> HttpResponseBase:
    """A visit's findings, and which adverse answers have none yet."""
    visit = get_visit(request, ref, "words")
    language = get_language() or FALLBACK
    found = list(visit.findings.standing().prefetch_related("actions__steps", "actions__extensions"))
    covered = {finding.item_code for finding in found}
    adverse = [
        (item, item.text.read(language), SEVERITY_TONES[item.severity])
        for item in adverse_items(visit.version.questionnaire, standing(visit.ref, visit.version).answers)
        if item.code not in covered
    ]
    withdrawn = FindingState.objects.filter(finding__visit=visit, state=FindingState.WITHDRAWN).select_related(
        "finding", "by"
    )
    context = {
        "visit": visit,
        "findings": [
            (finding, SEVERITY_TONES[finding.severity], [_line(action) for action in finding.actions.all()])
            for finding in found
        ],
        "adverse": adverse,
        "withdrawn": withdrawn,
        "editable": visit.standing == State.UNDER_WAY and visit.permits(reader(request), "manage"),
    }
    return render(request, "inspections/findings.html", context)


def _line(action: CorrectiveAction) -> dict[str, Any]:
    """Return what a page shows of an action, from prefetched rows."""
    steps = list(action.steps.all())
    extensions = list(action.extensions.all())
    stands = Step(steps[-1].state)
    due = extensions[-1].until if extensions else action.deadline
    late = stands not in (Step.VERIFIED, Step.PROSECUTION, Step.EVIDENCE) and due < timezone.localdate()
    return {
        "action": action,
        "due": due,
        "late": late,
        "step": stands.label,
        "tone": "bad" if late else STEP_TONES[stands],
    }


@staff(*STAFF)
def finding_new(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Record a finding; one begun from an adverse answer comes with its item, law and severity."""
    visit = get_visit(request, ref, "words")
    require(reader(request), "manage", visit)
    form = FindingForm(
        request.POST or None,
        items=items_of(visit, get_language() or FALLBACK),
        user=reader(request),
        initial=_from_item(visit, request.GET.get("item", "")),
    )
    if request.method == "POST" and form.is_valid():
        done = carry_out(form, f"finding.{ref}", lambda: _record(form, visit, request))
        if done:
            messages.success(request, gettext("The finding is recorded."))
            return redirect("inspections:findings", ref)
    return render(
        request, "inspections/finding_new.html", {"visit": visit, "form": form}, status=422 if form.errors else 200
    )


def _from_item(visit: Visit, code: str) -> dict[str, Any]:
    try:
        item = visit.version.questionnaire.item(code)
    except KeyError:
        return {"severity": "major"}
    return {"item_code": item.code, "severity": item.severity.value, "legal_basis": "; ".join(item.legal)}


def _record(form: FindingForm, visit: Visit, request: HttpRequest) -> str:
    data, user = form.cleaned_data, reader(request)
    finding = add_finding(
        visit,
        severity=data["severity"],
        statement=data["statement"],
        legal_basis=data["legal_basis"],
        required_action=data["required_action"],
        item_code=data["item_code"],
        note=data["note"],
        recruiter=data["recruiter"],
        actor=user,
    )
    if data["required_action"]:
        actions.set_action(
            finding,
            what=data["required_action"],
            deadline=data["deadline"],
            responsible=data["responsible"],
            proof=data["proof"],
            actor=user,
        )
    return finding.ref


@staff(*STAFF)
def finding_withdraw(request: HttpRequest, finding_ref: str) -> HttpResponseBase:
    """Withdraw a finding, with a reason."""
    finding = fetch(request.user, Finding.objects.select_related("visit__party"), ref=finding_ref)
    require(reader(request), "manage", finding.visit)
    form = withdraw_form(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def withdraw() -> str:
            withdraw_finding(finding, reason=form.cleaned_data["reason"], actor=reader(request))
            return finding.ref

        if carry_out(form, f"finding.withdraw.{finding_ref}", withdraw):
            messages.success(request, gettext("The finding is withdrawn."))
            return redirect("inspections:findings", finding.visit.ref)
    context = {
        "visit": finding.visit,
        "form": form,
        "heading": _("Withdraw this finding"),
        "label": _("Withdraw"),
        "danger": True,
        "text": finding.statement,
    }
    return render(request, "inspections/reason.html", context)


@staff(*STAFF)
@require_POST
@never_cache
def finding_note(request: HttpRequest, finding_ref: str) -> HttpResponseBase:
    """Open a finding's sealed note."""
    finding = fetch(request.user, Finding.objects.select_related("visit__party", "note"), ref=finding_ref)
    note = read_note(finding, actor=reader(request))
    return render(request, "inspections/note.html", {"visit": finding.visit, "finding": finding, "note": note})


class ActionFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Find corrective actions by employer, state and deadline."""

    q = django_filters.CharFilter(method="by_name", label=_("Employer"))
    state = django_filters.ChoiceFilter(choices=Step.choices, label=_("State"), empty_label=_("any"))
    severity = django_filters.ChoiceFilter(
        field_name="finding__severity",
        choices=Finding._meta.get_field("severity").choices,
        label=_("Severity"),
        empty_label=_("any"),
    )
    until = django_filters.DateFilter(field_name="due_on", lookup_expr="lte", label=_("Due until"), widget=Day())
    late = django_filters.BooleanFilter(method="by_late", label=_("Overdue"), widget=forms.CheckboxInput)

    def by_name(self, queryset: QuerySet[CorrectiveAction], _name: str, value: str) -> QuerySet[CorrectiveAction]:
        """Keep actions of parties one of whose names matches."""
        return filter_by_name(queryset, value, "owner_id")

    def by_late(self, queryset: QuerySet[CorrectiveAction], _name: str, value: bool) -> QuerySet[CorrectiveAction]:
        """Keep what is overdue today."""
        if not value:
            return queryset
        return queryset.overdue()  # type: ignore[attr-defined,no-any-return]


def _state_words(action: CorrectiveAction) -> object:
    return _("overdue") if action.is_overdue() else action.stands.label


def _state_tone(action: CorrectiveAction) -> str:
    return "bad" if action.is_overdue() else STEP_TONES[action.stands]


class ActionList(ListingView[CorrectiveAction]):
    """Every corrective action that a reader may see, the most urgent first."""

    model = CorrectiveAction
    roles = READERS
    title = _("Corrective actions")
    filterset_class = ActionFilter
    default_sort = "due"
    export_name = "corrective-actions"
    empty_text = _("No corrective actions yet. They begin with a finding.")
    columns = (
        Column("ref", _("Action"), link=lambda action: action.get_absolute_url()),
        Column("what", _("What must be done")),
        Column("owner", _("Who"), sort="owner__name", value=lambda action: action.owner.name),
        Column(
            "severity",
            _("Severity"),
            sort="finding__rank",
            kind="status",
            value=lambda action: action.finding.get_severity_display(),
            tone=lambda action: SEVERITY_TONES[action.finding.severity],
        ),
        Column("due", _("Due"), sort=("over", "due_on"), kind="date", value=lambda action: action.due),
        Column("state", _("State"), sort="state", kind="status", value=_state_words, tone=_state_tone),
    )

    def records(self) -> QuerySet[CorrectiveAction]:
        """Return actions with what the columns show."""
        return CorrectiveAction.objects.by_urgency().select_related("owner", "finding")


def _action(request: HttpRequest, ref: str) -> CorrectiveAction:
    return fetch(request.user, CorrectiveAction.objects.select_related("finding__visit__party", "owner"), ref=ref)


@staff(*READERS)
def action_page(request: HttpRequest, ref: str) -> HttpResponseBase:
    """One action with its history, and what may be done with it now."""
    action = _action(request, ref)
    user = reader(request)
    may = action.permits(user, "manage")
    forms_by_name = {"extend": ExtendForm, "check": CheckForm, "hand_in": HandInForm}
    bound: dict[str, Any] = {}
    if request.method == "POST":
        require(user, "manage", action)
        name = request.POST.get("act", "")
        if name in forms_by_name:
            bound[name] = forms_by_name[name](request.POST, request.FILES or None)
            if bound[name].is_valid() and carry_out(
                bound[name], f"action.{name}.{ref}", lambda: _act(name, bound[name], action, request)
            ):
                messages.success(request, gettext("Saved."))
                return redirect("inspections:action", ref)
    stands = action.stands
    context = {
        "action": action,
        "visit": action.finding.visit,
        "state": stands,
        "tone": "bad" if action.is_overdue() else STEP_TONES[stands],
        "late": action.is_overdue(),
        "may": may and not action.is_over,
        "extend": bound.get("extend") or ExtendForm(auto_id="extend_%s"),
        "check": bound.get("check") or CheckForm(auto_id="check_%s"),
        "hand_in": bound.get("hand_in") or HandInForm(auto_id="hand_%s"),
        "can_hand_in": Step.EVIDENCE in actions.NEXT[stands],
        "evidence": action.evidence.select_related("file", "by"),
        "reads_files": action.finding.visit.permits(user, "words"),
    }
    return render(request, "inspections/action.html", context, status=422 if bound else 200)


def _act(name: str, form: Any, action: CorrectiveAction, request: HttpRequest) -> str:
    data, user = form.cleaned_data, reader(request)
    if name == "extend":
        actions.extend(action, until=data["until"], reason=data["reason"], actor=user)
    elif name == "check":
        actions.check(action, state=data["state"], remark=data["remark"], actor=user)
    else:
        actions.hand_in(action, data["file"], remark=data["remark"], actor=user)
    return action.ref


@staff(*STAFF)
@never_cache
def action_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a file that was handed in for an action."""
    action = _action(request, ref)
    require(reader(request), "words", action.finding.visit)
    found = get_object_or_404(ActionEvidence.objects.select_related("file"), action=action, file__ref=file_ref)
    return evidence.respond(found.file, actor=reader(request))
