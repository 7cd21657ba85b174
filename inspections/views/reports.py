"""The internal report and the employer's letter: page first, the PDF from the same content."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from checklists.words import SEVERITY_TONES
from core.access import fetch, require, staff
from core.listing import Column, ListingView
from core.roles import Role
from inspections.forms import HandInForm, LetterForm
from inspections.letters import compose, leaks_in
from inspections.models import CorrectiveAction, Letter
from inspections.models.actions import Step
from inspections.models.findings import Severity
from inspections.paper import letter_pdf, report_pdf
from inspections.report import report_of
from inspections.services import actions
from inspections.services.letters import issue_letter
from inspections.services.reports import open_report
from inspections.views.gate import carry_out, get_visit, reader
from inspections.words import LEAKS, STEP_TONES

STAFF = (Role.INSPECTOR, Role.MINISTRY_OFFICER)
READERS = (*STAFF, Role.AUDITOR, Role.COMPANY_MEMBER, Role.RECRUITER_MEMBER)
ADDRESSEES = (Role.COMPANY_MEMBER, Role.RECRUITER_MEMBER)


def _attachment(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@staff(*STAFF, Role.AUDITOR)
@never_cache
def report(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The internal report; notes are in it for those who may read them."""
    visit = get_visit(request, ref)
    words = open_report(visit, actor=reader(request))
    return render(request, "inspections/report.html", {"visit": visit, "report": report_of(visit, words)})


@staff(*STAFF, Role.AUDITOR)
@never_cache
def report_file(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The internal report as PDF."""
    visit = get_visit(request, ref)
    words = open_report(visit, actor=reader(request))
    return _attachment(report_pdf(report_of(visit, words), get_language() or "en"), visit.ref)


@staff(*STAFF)
def letter_draft(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The employer's letter as it would be issued now, with what must be reworded first."""
    visit = get_visit(request, ref, "words")
    form = LetterForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST":
        require(reader(request), "issue", visit)
        if form.is_valid():
            language = form.cleaned_data["language"]
            done = carry_out(
                form, f"letter.{ref}", lambda: issue_letter(visit, language=language, actor=reader(request)).ref
            )
            if done:
                messages.success(request, gettext("The letter is issued."))
                return redirect("inspections:letter", done.result)
    content = compose(visit, timezone.localdate())
    found = leaks_in(content, visit)
    context = {
        "visit": visit,
        "form": form,
        "letter": _shown(content),
        "leaks": [(number, LEAKS[leak.code], leak.passage) for number, leak in found],
        "may_issue": visit.permits(reader(request), "issue"),
        "issued": visit.letters.all(),
    }
    return render(request, "inspections/letter_draft.html", context, status=422 if form.errors else 200)


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    """Return a letter's content with its codes in words and its days as days."""
    findings = [
        {
            **finding,
            "severity_label": Severity(finding["severity"]).label,
            "tone": SEVERITY_TONES[finding["severity"]],
            "actions": [{**action, "due_day": date.fromisoformat(action["due"])} for action in finding["actions"]],
        }
        for finding in content["findings"]
    ]
    visited = date.fromisoformat(content["visited_on"]) if content["visited_on"] else None
    return {**content, "findings": findings, "visited": visited, "dated_day": date.fromisoformat(content["dated"])}


class LetterList(ListingView[Letter]):
    """Letters of the inspectorate: an employer sees those addressed to it and nothing else of a visit."""

    model = Letter
    roles = READERS
    title = _("Inspection letters")
    default_sort = "-issued"
    export_name = "inspection-letters"
    empty_text = _("No letters yet.")
    columns = (
        Column("ref", _("Letter"), link=lambda letter: letter.get_absolute_url()),
        Column("addressee", _("To"), sort="party__name", value=lambda letter: letter.content["addressee"]),
        Column("site", _("Place"), value=lambda letter: letter.content["site"]),
        Column("issued", _("Issued"), sort="issued_on", kind="date", value=lambda letter: letter.issued_on),
        Column("findings", _("Findings"), kind="number", value=lambda letter: len(letter.content["findings"])),
    )


@staff(*READERS)
def letter(request: HttpRequest, ref: str) -> HttpResponseBase:
    """One letter as it was issued; its addressee can answer each action here."""
    found = fetch(request.user, Letter.objects.select_related("party", "visit"), ref=ref)
    user = reader(request)
    answers = found.permits(user, "answer")
    bound = None
    if request.method == "POST":
        require(user, "answer", found)
        bound = HandInForm(request.POST, request.FILES or None)
        named = get_object_or_404(
            found.actions.select_related("action__finding__visit"), action__ref=request.POST.get("action", "")
        )
        act = request.POST.get("act", "")
        if bound.is_valid() and carry_out(
            bound, f"letter.{act}.{named.action.ref}", lambda: _answer(act, bound, named.action, found, request)
        ):
            messages.success(request, gettext("Thank you. The inspectorate was told."))
            return redirect("inspections:letter", ref)
    served = {
        row.action.ref: row.action
        for row in found.actions.select_related("action__finding__visit").prefetch_related(
            "action__steps", "action__extensions"
        )
    }
    content = _shown(found.content)
    for finding in content["findings"]:
        for action in finding["actions"]:
            action["now"] = _standing(served[action["ref"]]) if action["ref"] in served else None
    with translation.override(found.language):
        body = render_to_string("inspections/letter_body.html", {"letter": content, "ref": found.ref})
    context = {
        "letter": found,
        "content": content,
        "body": body,
        "answers": answers,
        "form": bound or HandInForm(auto_id=False),
        "inside": user.has_role(*STAFF, Role.AUDITOR),
    }
    return render(request, "inspections/letter.html", context, status=422 if bound and bound.errors else 200)


def _standing(action: CorrectiveAction) -> dict[str, Any]:
    """Return where an action stands, for its addressee: from prefetched rows."""
    steps, extensions = list(action.steps.all()), list(action.extensions.all())
    stands = Step(steps[-1].state)
    due = extensions[-1].until if extensions else action.deadline
    return {
        "label": stands.label,
        "tone": STEP_TONES[stands],
        "due": due,
        "extended": bool(extensions),
        "can_acknowledge": Step.ACKNOWLEDGED in actions.NEXT[stands],
        "can_hand_in": Step.EVIDENCE in actions.NEXT[stands],
        "remark": steps[-1].remark if stands == Step.REJECTED else "",
    }


def _answer(act: str, form: HandInForm, action: CorrectiveAction, found: Letter, request: HttpRequest) -> str:
    user = reader(request)
    if act == "acknowledge":
        actions.acknowledge(action, letter=found, actor=user)
    else:
        actions.hand_in(action, form.cleaned_data["file"], remark=form.cleaned_data["remark"], letter=found, actor=user)
    return action.ref


@staff(*READERS)
def letter_file(request: HttpRequest, ref: str) -> HttpResponseBase:
    """One letter as PDF, in the language it was issued in."""
    found = fetch(request.user, Letter, ref=ref)
    with translation.override(found.language):
        data = letter_pdf(_shown(found.content), found.ref, found.language)
    return _attachment(data, found.ref)
