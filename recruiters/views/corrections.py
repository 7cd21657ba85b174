"""Corrective actions: asked for by officers, answered by the recruiter at its own sign-in, decided by officers."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import evidence, vault
from core.access import fetch, staff
from core.listing import Column, ListingView
from core.roles import Role
from recruiters.forms.looking import AnswerCorrectionForm, AskCorrectionForm, DecideCorrectionForm, OutcomeForm
from recruiters.models import Assessment, Correction
from recruiters.models.words import SeverityWord
from recruiters.presenting import Event
from recruiters.services import corrections
from recruiters.services.assessments import HOLDS_NEXT, criteria_of, decide_outcome, outcome_state
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.vocabulary import criterion_label

READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR, Role.INSPECTOR)
State = Correction.State


class CorrectionFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow corrective actions."""

    state = filters.ChoiceFilter(label=gettext_lazy("State"), choices=State.choices, empty_label=gettext_lazy("Any"))
    severity = filters.ChoiceFilter(
        label=gettext_lazy("Severity"), choices=SeverityWord.choices, empty_label=gettext_lazy("Any")
    )
    overdue = filters.ChoiceFilter(
        label=gettext_lazy("Overdue"),
        choices=[("yes", gettext_lazy("Overdue only"))],
        empty_label=gettext_lazy("Any"),
        method="only_overdue",
    )

    class Meta:
        model = Correction
        fields: tuple[str, ...] = ()

    def only_overdue(self, queryset: QuerySet[Correction], _name: str, _value: str) -> QuerySet[Correction]:
        """Keep those that wait for the recruiter beyond their day."""
        return queryset.filter(state__in=Correction.WAITS_FOR_RECRUITER, due_on__lt=timezone.localdate())


def _page(correction: Correction) -> str:
    return reverse("recruiters:correction", args=[correction.ref])


class CorrectionList(ListingView[Correction]):
    """Corrective actions, those due first on top."""

    model = Correction
    roles = (*READ_BY, Role.RECRUITER_MEMBER)
    title = gettext_lazy("Corrective actions")
    filterset_class = CorrectionFilter
    default_sort = "due"
    export_name = "corrective-actions"
    columns = (
        Column("ref", gettext_lazy("Reference"), sort="ref", value=lambda c: c.ref, link=_page),
        Column("name", gettext_lazy("Recruiter"), sort="recruiter__sort_name", value=lambda c: c.recruiter.party.name),
        Column("criterion", gettext_lazy("Criterion"), sort="criterion", value=lambda c: criterion_label(c.criterion)),
        Column("severity", gettext_lazy("Severity"), value=lambda c: c.get_severity_display()),
        Column("owner", gettext_lazy("Whose task"), value=lambda c: c.get_owner_display()),
        Column("due", gettext_lazy("By"), kind="date", sort="due_on", value=lambda c: c.due_on),
        Column(
            "state",
            gettext_lazy("State"),
            kind="status",
            value=lambda c: _("overdue") if c.is_overdue() else c.get_state_display(),
            tone=lambda c: "bad" if c.is_overdue() else c.tone,
        ),
    )

    def records(self) -> QuerySet[Correction]:
        """Return actions with their recruiters."""
        return Correction.objects.select_related("recruiter__party")


@staff(Role.MINISTRY_OFFICER)
def ask(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Ask for something to be put right."""
    rows = Assessment.objects.select_related("recruiter__party")
    assessment = fetch(reader(request), rows, "decide", ref=ref)
    gaps = [a.criterion for a in assessment.answers_now().values() if a.outcome in ("minor_gap", "major_gap")]
    every = [criterion.code for criterion in criteria_of(assessment)]
    wanted = request.GET.get("criterion", "")
    form = AskCorrectionForm(
        [*gaps, *(code for code in every if code not in gaps)],
        request.POST or None,
        initial={"criterion": wanted if wanted in every else ""},
    )

    def do(data: dict[str, Any]) -> str:
        fields = {name: data[name] for name in ("criterion", "severity", "what", "owner", "due_on")}
        return str(corrections.ask_correction(assessment, actor=reader(request), **fields).ref)

    made = carry_out(form, purpose="correction.ask", do=do)
    if made:
        return redirect("recruiters:correction", made)
    back = reverse("recruiters:assessment", args=[ref])
    return form_page(
        request,
        form,
        title=_("Ask for a corrective action"),
        submit=_("Ask"),
        back=back,
        lede=assessment.recruiter.name,
        crumbs=((assessment.ref, back),),
    )


@staff(*READ_BY, Role.RECRUITER_MEMBER)
def correction(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show an action with its steps; the recruiter answers here, officers decide here."""
    user = reader(request)
    found = fetch(user, Correction.objects.select_related("recruiter__party", "assessment"), ref=ref)
    answers, decides = found.permits(user, "answer"), found.permits(user, "decide")
    form: AnswerCorrectionForm | DecideCorrectionForm | None = None
    if answers and found.state in Correction.WAITS_FOR_RECRUITER:
        form = AnswerCorrectionForm(request.POST or None, request.FILES or None)
    elif decides and found.state in Correction.UNDONE:
        form = DecideCorrectionForm(request.POST or None)
    if request.method == "POST":
        if form is None:
            fetch(user, Correction, "decide" if decides else "answer", ref=ref)
            return redirect("recruiters:correction", ref)
        if carry_out(form, purpose=f"correction.{type(form).__name__}", do=lambda data: _act(request, found, data)):
            return redirect("recruiters:correction", ref)
    context = {
        "correction": found,
        "criterion": criterion_label(found.criterion),
        "form": form,
        "answers": answers,
        "events": _events(request, found, opened=decides or answers),
        "files": found.files.all(),
        "overdue": found.is_overdue(),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "recruiters/correction.html", context, status=status)


def _act(request: HttpRequest, found: Correction, data: dict[str, Any]) -> str:
    user = reader(request)
    if "answer" not in data:
        corrections.answer_correction(found, words=data["words"], files=data["papers"] or (), actor=user)
    elif data["answer"] == "drop":
        corrections.drop_correction(found, note=data["note"], actor=user)
    else:
        accept = data["answer"] == "accept"
        corrections.decide_correction(found, accept=accept, note=data["note"], due_on=data["due_on"], actor=user)
    return str(found.ref)


def _events(request: HttpRequest, found: Correction, *, opened: bool) -> list[Event]:
    """Return the steps as a timeline; what the recruiter wrote is opened for itself and for who decides."""
    events = []
    for step in found.steps.select_related("words", "by"):
        text = step.note
        if step.words is not None:
            text = _("The answer is sealed.")
            if opened:
                text = vault.open_text(step.words, actor=reader(request), reason="correction", subject=found.ref)
        events.append(Event(step.at, step.get_state_display(), text, "", Correction.TONES[step.state]))
    return events


@staff(*READ_BY, Role.RECRUITER_MEMBER)
def correction_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a paper of an action to those who may see the answer."""
    found = fetch(reader(request), Correction.objects.select_related("recruiter__party"), ref=ref)
    right = "answer" if found.permits(reader(request), "answer") else "decide"
    fetch(reader(request), Correction, right, ref=ref)
    return evidence.respond(get_object_or_404(found.files, ref=file_ref), actor=reader(request))


@staff(Role.MINISTRY_OFFICER)
def outcome(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Suspend, give back or withdraw the outcome of an assessment."""
    rows = Assessment.objects.select_related("recruiter__party")
    assessment = fetch(reader(request), rows, "decide", ref=ref)
    form = OutcomeForm(HOLDS_NEXT[outcome_state(assessment)], request.POST or None)

    def do(data: dict[str, Any]) -> str:
        decide_outcome(assessment, state=data["state"], reason=data["reason"], actor=reader(request))
        return str(assessment.ref)

    back = reverse("recruiters:assessment", args=[ref])
    if carry_out(form, purpose="assessment.outcome", do=do):
        return redirect(back)
    return form_page(
        request,
        form,
        title=_("What becomes of the outcome?"),
        submit=_("Decide"),
        back=back,
        lede=assessment.recruiter.name,
        crumbs=((assessment.ref, back),),
        danger=True,
    )
