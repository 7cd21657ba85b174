"""Lead a worker through four short pages without an account, a session or JavaScript; her words lie in a sealed draft.

Every page is the answer to the one before it. What was ticked travels in the pages themselves, what was typed in a
draft that only this form can open. So a page can be sent again, left, or sent late: nothing is lost or doubled.
"""

from dataclasses import dataclass, replace
from typing import Any

from csp.decorators import csp_update
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from grievances import budgets
from grievances.forms.worker import ContactForm, WhatForm, WhereForm, WordsForm
from grievances.guarding import came_from_us, private, source_of
from grievances.keys import BadToken, FormToken, new_token, read_token
from grievances.services import drafts, lodge, papers
from grievances.services.drafts import DraftContent
from grievances.services.lodging import Lodged, Report
from grievances.uploads import CappedFormUploadHandler
from grievances.views.receipt import receipt_page

STEPS = ("what", "where", "words", "contact")
FORMS: dict[str, type[forms.Form]] = {"what": WhatForm, "where": WhereForm, "words": WordsForm, "contact": ContactForm}
# What travels in the pages: codes only, never a word.
CARRIED: dict[str, tuple[str, ...]] = {
    "what": ("codes", "danger_now", "under_18", "time_closing"),
    "where": ("country", "people", "filed_by"),
    "words": (),
    "contact": ("mode", "times", "consents"),
}


@dataclass(frozen=True)
class Page:
    """One page of the way: its step, its form, and what to say above it."""

    step: str
    form: forms.Form
    token: FormToken
    problems: tuple[str, ...] = ()
    notice: str = ""
    status: int = 200


@private
def start(request: HttpRequest) -> HttpResponse:
    """Greet, offer the languages, say what is safe and what is not."""
    return render(request, "grievances/report/start.html")


@csp_update({"media-src": ["blob:"]})  # she listens to her recording before she keeps it
@private
def report(request: HttpRequest) -> HttpResponse:
    """Show the first page, or answer a page with the next one; the last one with the receipt."""
    if request.method != "POST":
        return _show(request, Page("what", WhatForm(), new_token()))
    request.upload_handlers = [CappedFormUploadHandler(request)]
    step = request.POST.get("step", "")
    if step not in STEPS:
        return HttpResponseRedirect(reverse("grievances_public:report"))
    token, trusted = _token_of(request)
    if not trusted:
        notice = gettext("For your safety, please press the button again. Nothing that you entered is lost.")
        return _show(request, replace(_filled(request, step, token, typed=True), notice=notice, status=403))
    if "back" in request.POST:
        _keep_typed(request, step, token)
        earlier = STEPS[max(0, STEPS.index(step) - 1)]
        return _show(request, _filled(request, earlier, token))
    return _answer(request, step, token)


def _token_of(request: HttpRequest) -> tuple[FormToken, bool]:
    """Return the form's token and whether the form may be believed; one from elsewhere goes on under a new token."""
    try:
        token = read_token(request.POST.get("token", ""))
    except BadToken:
        return new_token(), False
    if came_from_us(request):
        return token, True
    fresh = new_token()
    drafts.move_draft(token, fresh)
    return fresh, False


def _answer(request: HttpRequest, step: str, token: FormToken) -> HttpResponse:
    """Judge one page; answer with the same page and what to correct, the next page, or the receipt."""
    form = FORMS[step](request.POST, request.FILES)
    if step == "words":
        wait = budgets.wait_for_upload(source_of(request)) if request.FILES else 0.0
        if wait:
            _keep_typed(request, step, token)
            return _show(request, _please_wait(Page(step, form, token), wait))
    if not form.is_valid():
        _keep_typed(request, step, token)
        return _show(request, Page(step, form, token, status=422))
    problems = _keep_typed(request, step, token)
    if problems or "stay" in request.POST:
        return _show(
            request, replace(_filled(request, step, token), problems=tuple(problems), status=422 if problems else 200)
        )
    if step != STEPS[-1]:
        return _show(request, _filled(request, STEPS[STEPS.index(step) + 1], token))
    return _lodge(request, token, form)


def _lodge(request: HttpRequest, token: FormToken, contact: forms.Form) -> HttpResponse:
    """Send everything; the same form sent again shows the same receipt."""
    assert isinstance(contact, ContactForm)  # noqa: S101 - the last page's form
    what, where = WhatForm(request.POST), WhereForm(request.POST)
    if not what.is_valid():
        return _show(request, Page("what", what, token, status=422))
    if not where.is_valid():
        return _show(request, Page("where", where, token, status=422))
    wait = budgets.wait_for_report(source_of(request))
    if wait:
        return _show(request, _please_wait(Page("contact", contact, token), wait))
    told = what.cleaned_data | where.cleaned_data
    report_made = Report(
        codes=tuple(told["codes"]),
        language=get_language() or "en",
        danger_now=told["danger_now"],
        under_18=told["under_18"],
        time_closing=told["time_closing"],
        people=told["people"] or "unknown",
        filed_by=told["filed_by"],
        country=told["country"],
        contact_mode=contact.cleaned_data["mode"],
        contact=contact.contact(),
        consents=contact.given(),
    )
    lodged: Lodged = lodge(token, report_made, drafts.read_draft(token), papers.papers(token))
    return receipt_page(request, lodged, token)


def _keep_typed(request: HttpRequest, step: str, token: FormToken) -> list[str]:
    """Seal what was typed on a page into the draft; return a sentence for each file that could not be kept."""
    if step not in {"where", "words"}:
        return []
    content = drafts.read_draft(token)
    if step == "where":
        names = {name: request.POST.get(name, "")[:300] for name in ("place", "employer", "recruiter")}
        changed = replace(content, **names)
    else:
        changed = replace(content, words=request.POST.get("words", "")[:100_000])
    if changed != content:
        drafts.save_draft(token, changed)
    if step != "words":
        return []
    numbers = [int(number) for number in request.POST.getlist("drop") if number.isascii() and number.isdigit()]
    if numbers:
        papers.drop_files(token, numbers)
    return papers.add_files(token, [*request.FILES.getlist("papers"), *request.FILES.getlist("voice")])


def _filled(request: HttpRequest, step: str, token: FormToken, *, typed: bool = False) -> Page:
    """Return a page filled with what is known already: carried codes, the draft, and on request what was just typed."""
    kept = request.POST
    initial: dict[str, Any] = {}
    for name, field in FORMS[step].base_fields.items():
        if name in kept:
            initial[name] = kept.getlist(name) if isinstance(field, forms.MultipleChoiceField) else kept[name]
    if step in {"where", "words"} and not typed:
        content: DraftContent = drafts.read_draft(token)
        initial |= {name: getattr(content, name) for name in drafts.FIELDS if getattr(content, name)}
    initial.pop("drop", None)
    return Page(step, FORMS[step](initial=initial), token)


def _please_wait(page: Page, seconds: float) -> Page:
    shown = max(1, round(seconds))
    notice = ngettext(
        "Many people are writing just now. Wait %(count)s second, then press the button again. Nothing is lost.",
        "Many people are writing just now. Wait %(count)s seconds, then press the button again. Nothing is lost.",
        shown,
    ) % {"count": shown}
    return replace(page, notice=notice, status=429)


def _show(request: HttpRequest, page: Page) -> HttpResponse:
    """Render one page with everything that it must carry along."""
    carried = [
        (name, value)
        for step, names in CARRIED.items()
        if step != page.step
        for name in names
        for value in request.POST.getlist(name)
        if len(value) <= 60
    ]
    context = {
        "form": page.form,
        "step": page.step,
        "number": STEPS.index(page.step) + 1,
        "steps": len(STEPS),
        "token": page.token.text,
        "carried": carried,
        "problems": page.problems,
        "notice": page.notice,
        "kept_files": papers.kept_files(page.token) if page.step == "words" else [],
        "guard": request.form_guard,  # type: ignore[attr-defined]
    }
    return render(request, f"grievances/report/{page.step}.html", context, status=page.status)
