"""Assessments: the list of them, begin one, judge it principle by principle, finish it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import django_filters as filters
from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core import evidence
from core.access import fetch, staff
from core.listing import Action, Column, ListingView
from core.roles import Role
from core.standards.iris import Criterion, Principle
from recruiters import services
from recruiters.forms.assessing import CriterionForm, StartAssessmentForm
from recruiters.looking import Proposal, Voice, propose
from recruiters.models import (
    Assessment,
    AssessmentAnswer,
    AssessmentEvidence,
    AssessmentStage,
    Correction,
    OutcomeStep,
    Recruiter,
)
from recruiters.models.register import READERS
from recruiters.services.assessments import maturity_now, outcome_state, result_now
from recruiters.services.looks import voices_of
from recruiters.views.acting import REFUSALS, carry_out, form_page, reader
from recruiters.views.register import HOME
from recruiters.vocabulary import iris, principles
from recruiters.wording import assessment_reason

ASSESSORS = (*READERS, Role.RECRUITER_MEMBER)


class AssessmentFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow assessments."""

    kind = filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=Assessment.Kind.choices, empty_label=gettext_lazy("Any")
    )
    conclusion = filters.ChoiceFilter(
        label=gettext_lazy("Conclusion"), choices=Assessment.Conclusion.choices, empty_label=gettext_lazy("Any")
    )
    due = filters.ChoiceFilter(
        label=gettext_lazy("Next look"),
        choices=[("due", gettext_lazy("Due now")), ("soon", gettext_lazy("Due within 90 days"))],
        empty_label=gettext_lazy("Any"),
        method="look_due",
    )

    class Meta:
        model = Assessment
        fields: tuple[str, ...] = ()

    def look_due(self, queryset: QuerySet[Assessment], _name: str, value: str) -> QuerySet[Assessment]:
        """Keep those whose next look is due and was not begun."""
        until = timezone.localdate() + timedelta(days=90 if value == "soon" else 0)
        return queryset.filter(next_look_on__lte=until, followed_by__isnull=True)


def _fallen(assessment: Assessment) -> str:
    """Return that the outcome was suspended or withdrawn since; nothing where it holds."""
    state = getattr(assessment, "outcome", None)
    return str(OutcomeStep.Is(state).label) if state in (OutcomeStep.Is.SUSPENDED, OutcomeStep.Is.WITHDRAWN) else ""


def _conclusion(assessment: Assessment) -> str:
    """Return what an assessment came to, and what became of that."""
    words = assessment.get_conclusion_display() or _("not finished")
    fallen = _fallen(assessment)
    return f"{words} – {fallen}" if fallen else words


class AssessmentList(ListingView[Assessment]):
    """Assessments, the newest first."""

    model = Assessment
    roles = READERS
    title = gettext_lazy("Assessments")
    lede = gettext_lazy("By the principles of ethical recruitment. An assessment here is never an IRIS certification.")
    filterset_class = AssessmentFilter
    default_sort = "-started"
    export_name = "assessments"
    columns = (
        Column(
            "ref",
            gettext_lazy("Reference"),
            sort="ref",
            value=lambda a: a.ref,
            link=lambda a: reverse("recruiters:assessment", args=[a.ref]),
        ),
        Column("name", gettext_lazy("Recruiter"), sort="recruiter__sort_name", value=lambda a: a.recruiter.party.name),
        Column("kind", gettext_lazy("Kind"), sort="kind", value=lambda a: a.get_kind_display()),
        Column("started", gettext_lazy("Begun"), kind="date", sort="started_on", value=lambda a: a.started_on),
        Column(
            "conclusion",
            gettext_lazy("Conclusion"),
            kind="status",
            sort="conclusion",
            value=_conclusion,
            tone=lambda a: "warn" if _fallen(a) else a.tone if a.conclusion else "info",
        ),
        Column("maturity", gettext_lazy("Maturity"), kind="number", sort="maturity", value=lambda a: a.maturity),
        Column("next", gettext_lazy("Next look"), kind="date", sort="next_look_on", value=lambda a: a.next_look_on),
    )

    def records(self) -> QuerySet[Assessment]:
        """Return assessments with their recruiters."""
        newest = OutcomeStep.objects.filter(assessment=OuterRef("pk")).order_by("-pk")
        return Assessment.objects.select_related("recruiter__party").annotate(
            outcome=Subquery(newest.values("state")[:1])
        )

    def get_actions(self) -> Sequence[Action]:
        """Lead to what else is known of how recruiters work."""
        found = [
            Action(_("Fees and costs"), reverse("recruiters:fees"), secondary=True),
            Action(_("Contracts compared"), reverse("recruiters:contracts"), secondary=True),
        ]
        user = reader(self.request)
        if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR, Role.INSPECTOR):
            found.append(Action(_("Corrective actions"), reverse("recruiters:corrections"), secondary=True))
        if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR):
            found.append(Action(_("Published ratings"), reverse("recruiters:publications"), secondary=True))
        return found


@dataclass
class CriterionRow:
    """One criterion with its form, its newest answer and its evidence."""

    criterion: Criterion
    form: CriterionForm
    answer: AssessmentAnswer | None
    evidence: list[AssessmentEvidence]
    voices: tuple[Voice, ...]
    proposal: Proposal | None


@staff(Role.MINISTRY_OFFICER)
def start(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Begin an assessment of a recruiter."""
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "assess", ref=ref)
    form = StartAssessmentForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        return services.start_assessment(recruiter, kind=data["kind"], actor=reader(request)).ref

    made = carry_out(form, purpose="assessment.start", do=do)
    if made:
        return redirect("recruiters:assessment", made)
    return form_page(
        request,
        form,
        title=_("Begin an assessment"),
        submit=_("Begin"),
        back=recruiter.get_absolute_url(),
        lede=_("By the principles of ethical recruitment. An assessment here is never an IRIS certification."),
        crumbs=(HOME, (recruiter.name, recruiter.get_absolute_url())),
    )


def _assessment(request: HttpRequest, ref: str) -> Assessment:
    return fetch(reader(request), Assessment.objects.select_related("recruiter__party", "assessor"), ref=ref)


@staff(*ASSESSORS)
def detail(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show an assessment as a task list of its principles, or what it came to."""
    assessment = _assessment(request, ref)
    result = result_now(assessment)
    counted = {each.principle: each for each in result.principles}
    edition = iris(assessment.edition)
    is_staff = reader(request).has_role(*READERS)
    context = {
        "assessment": assessment,
        "recruiter": assessment.recruiter,
        "edition": edition,
        "result": result,
        "principles": [(principle, counted.get(principle.code)) for principle in edition.principles],
        "reasons": [assessment_reason(reason.rule, reason.criteria) for reason in result.reasons],
        "may_assess": assessment.is_open and assessment.permits(reader(request), "assess"),
        "is_staff": is_staff,
        "stages": _stages(assessment) if is_staff and assessment.kind != Assessment.Kind.SELF else [],
        "unheard": is_staff and assessment.kind != Assessment.Kind.SELF and _unheard(assessment),
        "maturity": maturity_now(assessment),
        "corrections": Correction.objects.visible_to(reader(request)).filter(assessment=assessment),
        "outcome": outcome_state(assessment) if assessment.is_positive or not assessment.is_open else None,
        "outcome_steps": assessment.outcome_steps.select_related("by"),
        "may_decide": assessment.kind != Assessment.Kind.SELF and assessment.permits(reader(request), "decide"),
        "today": timezone.localdate(),
    }
    return render(request, "recruiters/assessment.html", context)


def _unheard(assessment: Assessment) -> bool:
    """Tell whether no worker was heard: whatever the papers say, it rests on papers alone."""
    held = assessment.stages.filter(kind=AssessmentStage.Kind.WORKERS, closed_on__isnull=False)
    return not any(stage.heard for stage in held)


def _stages(assessment: Assessment) -> list[tuple[str, str, AssessmentStage | None]]:
    """Return every kind of look with its stage, where it was begun."""
    begun = {stage.kind: stage for stage in assessment.stages.all()}
    return [(kind.value, str(kind.label), begun.get(kind.value)) for kind in AssessmentStage.Kind]


@staff(*ASSESSORS)
def principle(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """Answer the criteria of one principle."""
    assessment = _assessment(request, ref)
    found = next((each for each in principles(assessment.edition) if each.code == code), None)
    if found is None:
        raise Http404
    may = assessment.is_open and assessment.permits(reader(request), "assess")
    rows = _rows(request, assessment, found)
    problem = ""
    if request.method == "POST" and may and all(row.form.is_valid() for row in rows):
        try:
            _save(request, assessment, rows)
        except REFUSALS as refusal:
            problem = str(refusal)
        else:
            return redirect(_next_page(assessment, found))
    context = {
        "assessment": assessment,
        "recruiter": assessment.recruiter,
        "principle": found,
        "rows": rows,
        "may_assess": may,
        "problem": problem,
    }
    return render(request, "recruiters/principle.html", context, status=422 if request.method == "POST" else 200)


def _rows(request: HttpRequest, assessment: Assessment, found: Principle) -> list[CriterionRow]:
    answers = assessment.answers_now()
    kept: dict[str, list[AssessmentEvidence]] = {}
    for each in assessment.evidence.select_related("file"):
        kept.setdefault(each.criterion, []).append(each)
    heard = voices_of(assessment) if reader(request).has_role(*READERS) else {}
    rows = []
    for criterion in found.criteria:
        answer = answers.get(criterion.code)
        proposal = propose(said, critical=criterion.proposed_critical) if (said := heard.get(criterion.code)) else None
        initial = {"outcome": answer.outcome, "note": answer.note, "maturity": answer.maturity} if answer else {}
        form = CriterionForm(request.POST or None, request.FILES or None, initial=initial, prefix=criterion.code)
        files = kept.get(criterion.code, [])
        rows.append(CriterionRow(criterion, form, answer, files, heard.get(criterion.code, ()), proposal))
    return rows


def _save(request: HttpRequest, assessment: Assessment, rows: list[CriterionRow]) -> None:
    found = {row.criterion.code: (row.form.cleaned_data["outcome"], row.form.cleaned_data["note"]) for row in rows}
    levels = {row.criterion.code: row.form.cleaned_data["maturity"] for row in rows}
    services.answer_criteria(assessment, found, levels=levels, actor=reader(request))
    for row in rows:
        for upload in row.form.cleaned_data["evidence"] or ():
            services.attach_evidence(assessment, row.criterion.code, upload, actor=reader(request))


def _next_page(assessment: Assessment, found: Principle) -> str:
    codes = [each.code for each in principles(assessment.edition)]
    place = codes.index(found.code) + 1
    if place < len(codes):
        return reverse("recruiters:principle", args=[assessment.ref, codes[place]])
    return reverse("recruiters:assessment", args=[assessment.ref])


@staff(*ASSESSORS)
@require_POST
def finish(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Finish an assessment."""
    assessment = fetch(reader(request), Assessment.objects.select_related("recruiter__party"), "assess", ref=ref)
    if assessment.is_open:
        result = result_now(assessment)
        if not result.assessed:
            messages.error(request, _("No criterion has been assessed yet, so there is nothing to finish."))
        elif result.assessed < result.applicable and "incomplete" not in request.POST:
            messages.error(request, _("It is not complete. Confirm that it is finished as it is, or go on assessing."))
        else:
            services.complete_assessment(assessment, actor=reader(request))
    return redirect("recruiters:assessment", ref)


@staff(*ASSESSORS)
def evidence_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a file that supports an assessment."""
    assessment = _assessment(request, ref)
    kept = get_object_or_404(assessment.evidence.select_related("file"), file__ref=file_ref)
    return evidence.respond(kept.file, actor=reader(request))
