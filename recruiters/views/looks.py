"""The looks of an assessment: begin one, answer its questions part by part, close it. Words are sealed."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from checklists.answers import Progress, progress
from checklists.forms import SectionForm, initial_of
from checklists.questions import FALLBACK, Section
from checklists.sheets import NO_WORDS, Standing, standing, words_of
from core.access import fetch, staff
from core.roles import Role
from recruiters.forms.looking import BeginLookForm, CloseLookForm
from recruiters.models import Assessment, AssessmentStage
from recruiters.models.register import READERS
from recruiters.services import looks
from recruiters.views.acting import REFUSALS, carry_out, form_page, reader

Kind = AssessmentStage.Kind


@dataclass(frozen=True)
class Part:
    """One part of a look as the task list shows it."""

    section: Section
    title: str
    progress: Progress


def _assessment(request: HttpRequest, ref: str, right: str | None = None) -> Assessment:
    rows = Assessment.objects.select_related("recruiter__party")
    return fetch(reader(request), rows, right, ref=ref)


def _stage(request: HttpRequest, ref: str) -> AssessmentStage:
    found = get_object_or_404(
        AssessmentStage.objects.select_related("assessment__recruiter__party", "version"), ref=ref
    )
    fetch(reader(request), Assessment, pk=found.assessment_id)
    return found


def _crumbs(assessment: Assessment) -> tuple[tuple[Any, Any], ...]:
    recruiter = assessment.recruiter
    return (
        (recruiter.name, recruiter.get_absolute_url()),
        (assessment.ref, reverse("recruiters:assessment", args=[assessment.ref])),
    )


@staff(Role.MINISTRY_OFFICER)
def begin(request: HttpRequest, ref: str, kind: str) -> HttpResponseBase:
    """Begin a look."""
    assessment = _assessment(request, ref, "assess")
    if kind not in Kind.values:
        raise Http404
    form = BeginLookForm(kind, request.POST or None)

    def do(data: dict[str, Any]) -> str:
        alone = {"yes": True, "no": False}.get(data.get("without_employer", ""))
        heard = data.get("heard") or 0
        made = looks.begin_look(
            assessment, kind=kind, held_on=data["held_on"], heard=heard, without_employer=alone, actor=reader(request)
        )
        return str(made.ref)

    made = carry_out(form, purpose=f"look.{kind}", do=do)
    if made:
        return redirect("recruiters:look", made)
    return form_page(
        request,
        form,
        title=Kind(kind).label.capitalize(),
        submit=_("Begin"),
        back=reverse("recruiters:assessment", args=[ref]),
        lede=_("Write down what was said, never who said it."),
        crumbs=_crumbs(assessment),
    )


@staff(*READERS)
def look(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show a look as a task list of its parts, and close it."""
    stage = _stage(request, ref)
    stood = standing(stage.ref, stage.version)
    may = stage.is_open and stage.assessment.is_open and stage.assessment.permits(reader(request), "assess")
    form = CloseLookForm(stage.kind, request.POST or None)

    def do(data: dict[str, Any]) -> str:
        alone = {"yes": True, "no": False}.get(data.get("without_employer", ""))
        looks.close_look(stage, heard=data.get("heard"), without_employer=alone, actor=reader(request))
        return str(stage.ref)

    if request.method == "POST":
        fetch(reader(request), Assessment, "assess", pk=stage.assessment_id)
        if carry_out(form, purpose="look.close", do=do):
            return redirect("recruiters:assessment", stage.assessment.ref)
    language = get_language() or FALLBACK
    context = {
        "stage": stage,
        "assessment": stage.assessment,
        "parts": [
            Part(section, section.title.read(language), progress(section.items, stood.answers))
            for section in stage.version.questionnaire.sections
        ],
        "form": form if may else None,
        "crumbs": _crumbs(stage.assessment),
    }
    return render(request, "recruiters/look.html", context, status=422 if form.is_bound else 200)


@staff(*READERS)
def part(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """Answer one part of a look; only who may answer opens what was written."""
    stage = _stage(request, ref)
    section = next((each for each in stage.version.questionnaire.sections if each.code == code), None)
    if section is None:
        raise Http404
    may = stage.is_open and stage.assessment.is_open and stage.assessment.permits(reader(request), "assess")
    stood = standing(stage.ref, stage.version)
    form = _form(request, section, stood, may=may)
    problem = ""
    if request.method == "POST":
        fetch(reader(request), Assessment, "assess", pk=stage.assessment_id)
        if form.is_valid():
            try:
                looks.answer_look(
                    stage, code, answers=form.answers, words=form.words, base=form.cleaned_data["base"],
                    actor=reader(request),
                )  # fmt: skip
            except REFUSALS as refusal:
                problem = str(refusal)
            else:
                return redirect(_next(stage, code))
    context = {
        "stage": stage,
        "title": section.title.read(get_language() or FALLBACK),
        "form": form,
        "rows": form.rows(),
        "editable": may,
        "problem": problem,
        "crumbs": (*_crumbs(stage.assessment), (stage.ref, reverse("recruiters:look", args=[stage.ref]))),
    }
    return render(request, "recruiters/look_part.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, section: Section, stood: Standing, *, may: bool) -> SectionForm:
    words = NO_WORDS
    if may:
        words = words_of(stood.sheets.get(section.code), actor=reader(request), reason="assessment")
    initial = initial_of(section, stood.answers, words) | {"base": stood.numbers.get(section.code, 0)}
    return SectionForm(section, request.POST or None, initial=initial, with_notes=may)


def _next(stage: AssessmentStage, code: str) -> str:
    codes = [section.code for section in stage.version.questionnaire.sections]
    place = codes.index(code) + 1
    if place < len(codes):
        return reverse("recruiters:look_part", args=[stage.ref, codes[place]])
    return reverse("recruiters:look", args=[stage.ref])
