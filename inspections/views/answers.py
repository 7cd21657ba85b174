"""Answer the checklist, hear workers, add files, close: what happens on the spot, on a phone."""

import base64
import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache

from checklists.answers import progress
from checklists.forms import SectionForm, initial_of
from checklists.models import ChecklistVersion, Sheet
from checklists.questions import FALLBACK, Questionnaire, Section
from checklists.sheets import standing, words_of
from checklists.sources import CLOSING
from core import evidence
from core.access import require, staff
from core.roles import Role
from inspections.forms import ExhibitForm, InterviewForm, items_of
from inspections.models import Exhibit, Interview, Visit
from inspections.models.visits import State
from inspections.services import drafts, fieldwork
from inspections.views.gate import carry_out, get_visit, reader

STAFF = (Role.INSPECTOR, Role.MINISTRY_OFFICER)


def _section(questionnaire: Questionnaire, code: str) -> tuple[Section, Section | None]:
    """Return a section and the one after it, or answer 404."""
    sections = list(questionnaire.sections)
    for place, section in enumerate(sections):
        if section.code == code:
            return section, sections[place + 1] if place + 1 < len(sections) else None
    raise Http404


@staff(*STAFF)
@never_cache
def section(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """One section of the checklist."""
    visit = get_visit(request, ref, "words")
    part, following = _section(visit.version.questionnaire, code)
    return _answer(request, visit, visit.version, visit.ref, part, following, None)


@staff(*STAFF)
@never_cache
def interview_section(request: HttpRequest, ref: str, interview_ref: str, code: str) -> HttpResponseBase:
    """One dimension of an interview."""
    visit = get_visit(request, ref, "words")
    interview = get_object_or_404(visit.interviews.select_related("version"), ref=interview_ref)
    part, following = _section(interview.version.questionnaire, code)
    return _answer(request, visit, interview.version, interview.ref, part, following, interview)


def _answer(
    request: HttpRequest,
    visit: Visit,
    version: ChecklistVersion,
    subject: str,
    part: Section,
    following: Section | None,
    interview: Interview | None,
) -> HttpResponseBase:
    user = reader(request)
    if request.method == "POST":
        require(user, "answer", visit)
        if request.headers.get("X-Draft"):
            drafts.keep(user, subject, part.code, request.POST)
            return HttpResponse(status=204)
        form = SectionForm(part, request.POST, with_notes=interview is None)
        if form.is_valid():
            done = carry_out(form, f"answers.{subject}.{part.code}", lambda: _save(form, visit, part, user, interview))
            if done:
                drafts.drop(user, subject, part.code)
                _say(request, done.result)
                return redirect(_onward(request, visit, following, interview))
        drafts.keep(user, subject, part.code, request.POST)
        return _page(request, visit, part, form, interview, subject, status=422)
    found = standing(subject, version)
    words = words_of(found.sheets.get(part.code), actor=user, reason="visit.section")
    initial = {"base": found.numbers.get(part.code, 0), **initial_of(part, found.answers, words)}
    kept = drafts.found(user, subject, part.code) if visit.permits(user, "answer") else None
    if kept:
        initial |= kept
    form = SectionForm(part, initial=initial, with_notes=interview is None)
    return _page(request, visit, part, form, interview, subject, kept=bool(kept))


def _save(form: SectionForm, visit: Visit, part: Section, user: Any, interview: Interview | None) -> str:
    """Save a section and return its number and what it overruled, as the form's receipt."""
    saved = fieldwork.save_answers(
        visit,
        section=part.code,
        answers=form.answers,
        words=form.words,
        base=form.cleaned_data["base"],
        actor=user,
        interview=interview,
    )
    return " ".join([str(saved.sheet.number), *saved.overruled])[:200]


def _say(request: HttpRequest, result: str) -> None:
    overruled = result.split(" ")[1:]
    if overruled:
        messages.warning(
            request,
            gettext("Saved. A colleague had answered these differently meanwhile; your answers stand: %(codes)s")
            % {"codes": ", ".join(overruled)},
        )
    else:
        messages.success(request, gettext("Saved."))


def _onward(request: HttpRequest, visit: Visit, following: Section | None, interview: Interview | None) -> str:
    if request.POST.get("next") == "on" and following:
        if interview:
            return reverse("inspections:interview_section", args=[visit.ref, interview.ref, following.code])
        return reverse("inspections:section", args=[visit.ref, following.code])
    if interview:
        return reverse("inspections:interview", args=[visit.ref, interview.ref])
    return reverse("inspections:visit", args=[visit.ref])


def _page(
    request: HttpRequest,
    visit: Visit,
    part: Section,
    form: SectionForm,
    interview: Interview | None,
    subject: str,
    *,
    kept: bool = False,
    status: int = 200,
) -> HttpResponse:
    language = get_language() or FALLBACK
    questionnaire = (interview.version if interview else visit.version).questionnaire
    place = [each.code for each in questionnaire.sections].index(part.code) + 1
    context = {
        "visit": visit,
        "interview": interview,
        "section": part,
        "title": part.title.read(language),
        "applies_if": part.applies_if.read(language) if part.applies_if else "",
        "form": form,
        "rows": list(form.rows()),
        "place": place,
        "of": len(questionnaire.sections),
        "is_last": place == len(questionnaire.sections),
        "kept": kept,
        "editable": visit.standing == State.UNDER_WAY and visit.permits(reader(request), "answer"),
        "device_key": _device_key(request, subject, part.code),
        "saved_times": Sheet.objects.filter(subject=subject, section=part.code).count(),
        "device_name": f"{subject}.{part.code}",
    }
    return render(request, "inspections/section.html", context, status=status)


def _device_key(request: HttpRequest, subject: str, code: str) -> str:
    """Return the key under which this person's phone may keep unsent answers: without signing in it opens nothing."""
    message = f"{reader(request).audit_code}|{subject}|{code}".encode()
    return base64.b64encode(hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()).decode()


@staff(*STAFF)
def interviews(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Workers who were heard, and the way to hear another."""
    visit = get_visit(request, ref, "words")
    form = InterviewForm(request.POST or None)
    if request.method == "POST":
        require(reader(request), "answer", visit)
        if form.is_valid():
            data = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
            done = carry_out(
                form,
                f"interview.{ref}",
                lambda: fieldwork.hold_interview(visit, actor=reader(request), **data).ref,
            )
            if done:
                return redirect("inspections:interview", ref, done.result)
    context = {
        "visit": visit,
        "form": form,
        "interviews": visit.interviews.all(),
        "editable": visit.standing == State.UNDER_WAY and visit.permits(reader(request), "answer"),
    }
    return render(request, "inspections/interviews.html", context)


@staff(*STAFF)
def interview(request: HttpRequest, ref: str, interview_ref: str) -> HttpResponseBase:
    """One interview: its six parts with their progress."""
    visit = get_visit(request, ref, "words")
    heard = get_object_or_404(visit.interviews.select_related("version"), ref=interview_ref)
    found = standing(heard.ref, heard.version)
    language = get_language() or FALLBACK
    sections = [
        (part, part.title.read(language), progress(part.items, found.answers))
        for part in heard.version.questionnaire.sections
    ]
    return render(request, "inspections/interview.html", {"visit": visit, "interview": heard, "sections": sections})


@staff(*STAFF)
def exhibits(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Photos and files of a visit."""
    visit = get_visit(request, ref, "words")
    items = items_of(visit, get_language() or FALLBACK)
    form = ExhibitForm(
        request.POST or None, request.FILES or None, items=items, initial={"item_code": request.GET.get("item", "")}
    )
    if request.method == "POST":
        require(reader(request), "answer", visit)
        if form.is_valid():
            data = form.cleaned_data
            done = carry_out(
                form,
                f"exhibit.{ref}",
                lambda: (
                    fieldwork.add_exhibit(
                        visit,
                        data["file"],
                        actor=reader(request),
                        item_code=data["item_code"],
                        shows_people=data["shows_people"],
                    ).file.ref
                ),
            )
            if done:
                messages.success(request, gettext("The file is kept, sealed."))
                return redirect("inspections:exhibits", ref)
    context = {
        "visit": visit,
        "form": form,
        "exhibits": visit.exhibits.select_related("file", "added_by"),
        "editable": visit.standing == State.UNDER_WAY and visit.permits(reader(request), "answer"),
    }
    return render(request, "inspections/exhibits.html", context, status=422 if form.errors else 200)


@staff(*STAFF)
@never_cache
def exhibit_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a file as an attachment; photos as the clean copy."""
    visit = get_visit(request, ref, "words")
    exhibit = get_object_or_404(Exhibit.objects.select_related("file"), visit=visit, file__ref=file_ref)
    return evidence.respond(exhibit.file, actor=reader(request))


@staff(*STAFF)
def close(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The closing meeting's list, and with it the end of the visit."""
    visit = get_visit(request, ref, "words")
    version = ChecklistVersion.objects.newest(CLOSING)
    if version is None:
        raise Http404
    part = version.questionnaire.sections[0]
    user = reader(request)
    if request.method == "POST":
        require(user, "manage", visit)
        form = SectionForm(part, request.POST)
        if form.is_valid() and carry_out(
            form,
            f"visit.close.{ref}",
            lambda: fieldwork.close(visit, answers=form.answers, words=form.words, actor=user).ref,
        ):
            messages.success(request, gettext("The visit is closed."))
            return redirect("inspections:visit", ref)
    else:
        found = standing(visit.ref, version)
        words = words_of(found.sheets.get(part.code), actor=user, reason="visit.closing")
        form = SectionForm(part, initial=initial_of(part, found.answers, words))
    context = {
        "visit": visit,
        "form": form,
        "rows": list(form.rows()),
        "editable": visit.standing == State.UNDER_WAY and visit.permits(user, "manage"),
    }
    return render(request, "inspections/close.html", context, status=422 if form.errors else 200)
