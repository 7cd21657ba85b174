"""Assessments: begin, answer principle by principle, finish. And the facts about fees and contracts."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import evidence
from core.access import fetch, staff
from core.roles import Role
from core.standards.iris import Criterion, Principle
from recruiters import services
from recruiters.forms.assessing import ContractForm, CriterionForm, FeeForm, StartAssessmentForm, yes_no
from recruiters.models import Assessment, AssessmentAnswer, AssessmentEvidence, Corridor, Recruiter
from recruiters.models.register import READERS
from recruiters.services.assessments import result_now
from recruiters.views.acting import REFUSALS, carry_out, form_page, reader
from recruiters.views.register import HOME
from recruiters.vocabulary import iris, principles
from recruiters.wording import assessment_reason

ASSESSORS = (*READERS, Role.RECRUITER_MEMBER)


@dataclass
class CriterionRow:
    """One criterion with its form, its newest answer and its evidence."""

    criterion: Criterion
    form: CriterionForm
    answer: AssessmentAnswer | None
    evidence: list[AssessmentEvidence]


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
    context = {
        "assessment": assessment,
        "recruiter": assessment.recruiter,
        "edition": edition,
        "result": result,
        "principles": [(principle, counted.get(principle.code)) for principle in edition.principles],
        "reasons": [assessment_reason(reason.rule, reason.criteria) for reason in result.reasons],
        "may_assess": assessment.is_open and assessment.permits(reader(request), "assess"),
        "is_staff": reader(request).has_role(*READERS),
    }
    return render(request, "recruiters/assessment.html", context)


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
    rows = []
    for criterion in found.criteria:
        answer = answers.get(criterion.code)
        initial = {"outcome": answer.outcome, "note": answer.note} if answer else {}
        form = CriterionForm(request.POST or None, request.FILES or None, initial=initial, prefix=criterion.code)
        rows.append(CriterionRow(criterion, form, answer, kept.get(criterion.code, [])))
    return rows


def _save(request: HttpRequest, assessment: Assessment, rows: list[CriterionRow]) -> None:
    found = {row.criterion.code: (row.form.cleaned_data["outcome"], row.form.cleaned_data["note"]) for row in rows}
    services.answer_criteria(assessment, found, actor=reader(request))
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
        services.complete_assessment(assessment, actor=reader(request))
    return redirect("recruiters:assessment", ref)


@staff(*ASSESSORS)
def evidence_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a file that supports an assessment."""
    assessment = _assessment(request, ref)
    kept = get_object_or_404(assessment.evidence.select_related("file"), file__ref=file_ref)
    return evidence.respond(kept.file, actor=reader(request))


def _corridor(form_value: str) -> Corridor | None:
    return Corridor.objects.filter(pk=form_value).first() if form_value else None


def _record(
    request: HttpRequest, ref: str, form_class: type[forms.Form], title: str, purpose: str, verb: Any
) -> HttpResponseBase:
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "assess", ref=ref)
    form = form_class(recruiter, request.POST or None)  # type: ignore[arg-type]

    def do(data: dict[str, Any]) -> str:
        fields = {name: value for name, value in data.items() if name not in ("form_key", "corridor")}
        for name in ("receipt_held", "disclosed_before"):
            if name in fields:
                fields[name] = yes_no(fields[name])
        if "currency" in fields:
            fields["currency"] = fields["currency"].upper()
        return str(verb(recruiter, actor=reader(request), corridor=_corridor(data["corridor"]), **fields).ref)

    if carry_out(form, purpose=purpose, do=do):
        return redirect(recruiter.get_absolute_url() + "#facts")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Record"),
        back=recruiter.get_absolute_url(),
        crumbs=(HOME, (recruiter.name, recruiter.get_absolute_url())),
    )


@staff(Role.MINISTRY_OFFICER)
def record_fee(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Record a payment around recruitment."""
    return _record(request, ref, FeeForm, _("Record a fee or cost"), "fee.record", services.record_fee)


@staff(Role.MINISTRY_OFFICER)
def record_contract(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Record what was found about an element of contracts."""
    return _record(
        request, ref, ContractForm, _("Record a contract finding"), "contract.record", services.record_contract
    )
