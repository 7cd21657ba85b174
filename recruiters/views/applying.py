"""An application, part by part: start anywhere, save, come back; answer what was returned; hand in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import staff
from core.formkeys import KeyedForm
from core.models import User
from core.roles import Role
from recruiters.applying import SECTIONS, section_of, sections
from recruiters.applywords import FIELD_LABELS, SECTION_LABELS, STATES, content_rows
from recruiters.forms.applying import (
    SECTION_FORMS,
    AgentRows,
    FindingAnswerForm,
    PapersForm,
    PeopleRows,
    rows_of,
)
from recruiters.models import Application, ApplicationFinding
from recruiters.services import applications as verbs
from recruiters.services.licences import DecisionRefused
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.views.own import crumbs, own_licence, own_recruiter


@staff(Role.RECRUITER_MEMBER)
def start(request: HttpRequest, licence_ref: str = "") -> HttpResponseBase:
    """Say what an application asks for, and begin one, or go on with the one that was begun."""
    user = reader(request)
    recruiter = own_recruiter(user)
    licence = own_licence(recruiter, licence_ref) if licence_ref else None
    begun = recruiter.applications.filter(licence=licence, state__in=Application.OPEN).first()
    if begun is not None:
        return redirect("recruiters:own_application", begun.ref)
    form = KeyedForm(request.POST or None)

    def do(_data: dict[str, Any]) -> str:
        return verbs.start_application(recruiter, licence=licence, actor=user).ref

    ref = carry_out(form, purpose="application.begin", do=do)
    if ref:
        return redirect("recruiters:own_application", ref)
    context = {
        "form": form,
        "licence": licence,
        "parts": [SECTION_LABELS[code] for code in SECTIONS],
        "crumbs": crumbs(),
    }
    return render(request, "recruiters/apply_start.html", context, status=422 if form.is_bound else 200)


def _own(user: User, ref: str, *, editable: bool = False) -> Application:
    recruiter = own_recruiter(user)
    found: Application = get_object_or_404(
        Application.objects.select_related("recruiter__party", "licence"), ref=ref, recruiter=recruiter
    )
    if editable and found.state not in Application.EDITABLE:
        raise Http404
    return found


def part_of(field: str) -> tuple[str, Any] | None:
    """Return the part in which a field is mended, with its label; none for what is not a field, such as a tie."""
    code = section_of(field)
    return (code, SECTION_LABELS[code]) if code in SECTIONS else None


def _papers(application: Application) -> Any:
    return application.papers.filter(taken_back_at__isnull=True).select_related("file")


def _crumbs(application: Application) -> tuple[tuple[Any, Any], ...]:
    return (*crumbs(), (application.ref, reverse("recruiters:own_application", args=[application.ref])))


@staff(Role.RECRUITER_MEMBER)
def application(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show one's application: its parts and how far each is, or, once handed in, what was said and where it stands."""
    user = reader(request)
    found = _own(user, ref)
    findings = verbs.open_findings(found)
    waiting = [finding.field for finding in findings if finding.answer is None]
    papers = list(_papers(found))
    parts = sections(found.content, papers=len(papers), open_findings=waiting, today=timezone.localdate())
    context = {
        "application": found,
        "editable": found.state in Application.EDITABLE,
        "parts": [
            (part.code, SECTION_LABELS[part.code], *STATES[part.state], [FIELD_LABELS[gap] for gap in part.missing])
            for part in parts
        ],
        "findings": [
            (finding, FIELD_LABELS[finding.field], finding.answer, part_of(finding.field)) for finding in findings
        ],
        "rows": content_rows(found.content),
        "papers": papers,
        "steps": found.steps.prefetch_related("findings__answers"),
        "labels": FIELD_LABELS,
        "ready": not verbs.lacking(found) and not waiting,
        "may_appeal": found.state == Application.State.REFUSED
        and not found.appeals.filter(state__in=["lodged", "dismissed"]).exists(),
        "appeals": found.appeals.all(),
        "crumbs": crumbs(),
    }
    return render(request, "recruiters/own_application.html", context)


@staff(Role.RECRUITER_MEMBER)
def section(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """Fill in one part."""
    user = reader(request)
    found = _own(user, ref, editable=True)
    if code == "people":
        return _people(request, found, user)
    if code == "papers":
        return _add_papers(request, found, user)
    if code not in SECTION_FORMS:
        raise Http404
    form = SECTION_FORMS[code](request.POST or None, initial=found.content)

    def do(_data: dict[str, Any]) -> str:
        return verbs.save_section(found, code, form.content(), actor=user).ref

    if carry_out(form, purpose=f"application.{code}", do=do):
        return redirect("recruiters:own_application", ref)
    return form_page(
        request,
        form,
        title=SECTION_LABELS[code],
        submit=_("Save"),
        back=reverse("recruiters:own_application", args=[ref]),
        lede=_("You can save what you have and come back later."),
        crumbs=_crumbs(found),
    )


def _people(request: HttpRequest, found: Application, user: User) -> HttpResponseBase:
    people = PeopleRows(request.POST or None, prefix="people", initial=found.content.get("people", []))
    agents = AgentRows(request.POST or None, prefix="agents", initial=found.content.get("sub_agents", []))
    if request.method == "POST" and people.is_valid() and agents.is_valid():
        data = {"people": rows_of(people), "sub_agents": rows_of(agents)}
        verbs.save_section(found, "people", data, actor=user)
        if "more" in request.POST:
            messages.success(request, _("Saved. Here are more empty rows."))
            return redirect("recruiters:own_section", found.ref, "people")
        return redirect("recruiters:own_application", found.ref)
    context = {
        "application": found,
        "people": people,
        "agents": agents,
        "title": SECTION_LABELS["people"],
        "crumbs": _crumbs(found),
    }
    return render(request, "recruiters/own_people.html", context, status=422 if people.is_bound else 200)


def _add_papers(request: HttpRequest, found: Application, user: User) -> HttpResponseBase:
    form = PapersForm(request.POST or None, request.FILES or None)

    def do(data: dict[str, Any]) -> str:
        kept = verbs.add_papers(found, data["kind"], data["papers"], actor=user)
        return kept[-1].file.ref

    if carry_out(form, purpose="application.papers", do=do):
        messages.success(request, _("Kept. You can add more, or go back to the application."))
        return redirect("recruiters:own_section", found.ref, "papers")
    context = {
        "application": found,
        "form": form,
        "papers": _papers(found),
        "title": SECTION_LABELS["papers"],
        "crumbs": _crumbs(found),
    }
    return render(request, "recruiters/own_papers.html", context, status=422 if form.is_bound else 200)


@staff(Role.RECRUITER_MEMBER)
@require_POST
def paper_back(request: HttpRequest, ref: str, pk: int) -> HttpResponseBase:
    """Take a paper back."""
    found = _own(reader(request), ref, editable=True)
    verbs.take_paper_back(found, get_object_or_404(_papers(found), pk=pk), actor=reader(request))
    return redirect("recruiters:own_section", ref, "papers")


@staff(Role.RECRUITER_MEMBER)
def finding(request: HttpRequest, ref: str, pk: int) -> HttpResponseBase:
    """Answer one finding."""
    user = reader(request)
    found = _own(user, ref, editable=True)
    one = get_object_or_404(ApplicationFinding.objects.prefetch_related("answers"), pk=pk, application=found)
    if one.pk not in {open_one.pk for open_one in verbs.open_findings(found)}:
        raise Http404
    form = FindingAnswerForm(request.POST or None, initial={"words": one.answer.words if one.answer else ""})

    def do(data: dict[str, Any]) -> str:
        return str(verbs.answer_finding(one, data["words"], actor=user).pk)

    if carry_out(form, purpose="application.finding", do=do):
        return redirect("recruiters:own_application", ref)
    return form_page(
        request,
        form,
        title=_("Answer: %(field)s") % {"field": FIELD_LABELS[one.field]},
        submit=_("Save"),
        back=reverse("recruiters:own_application", args=[ref]),
        lede=one.words,
        crumbs=_crumbs(found),
        first=part_of(one.field) and (reverse("recruiters:own_section", args=[ref, section_of(one.field)]), one.field),
    )


@staff(Role.RECRUITER_MEMBER)
@require_POST
def hand_in(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Hand the application in."""
    found = _own(reader(request), ref)
    try:
        verbs.hand_in(found, actor=reader(request))
        messages.success(request, _("Handed in. An officer reads it; you are told when there is an answer."))
    except (DecisionRefused, ValidationError) as refusal:
        said = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
        messages.error(request, " ".join(said))
    return redirect("recruiters:own_application", ref)


@staff(Role.RECRUITER_MEMBER)
@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Withdraw the application."""
    found = _own(reader(request), ref)
    try:
        verbs.withdraw_application(found, actor=reader(request))
    except DecisionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("recruiters:own_application", ref)
