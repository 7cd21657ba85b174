"""Ask a respondent for his side: what he would read, what could name the worker, and only then send it."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import evidence, formkeys
from core.evidence import EvidenceRefused
from core.models import User
from core.vault import Locked
from grievances.asking import letter as letter_of
from grievances.asking import rows_of
from grievances.forms.cases import AskForm, EnteredReplyForm, ReadForm, TellForm
from grievances.models import RemediationCase, ReplyRequest
from grievances.reasons import CONTACT_CHANNELS, DISCLOSURE, DISCLOSURE_RISKS, REMEDY_ITEMS, say
from grievances.services import replies
from grievances.services.replies import Answer, Question, ReplyRefused
from grievances.views.casefile import STAND_TONES
from grievances.views.cases import fetch
from grievances.views.handling import case_officer
from grievances.views.sealednotes import ask_to_read, read_here


@case_officer
def ask(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Compose a question, look at it with the respondent's eyes, then send it."""
    found = fetch(request, ref)
    if request.method != "POST":
        return _ask_page(request, found, AskForm(case=found))
    form = AskForm(request.POST, case=found)
    if not form.is_valid():
        return _ask_page(request, found, form, status=422)
    question = _question(form, found)
    if "send" not in request.POST:
        return _look(request, found, form, question)

    def send() -> str:
        weighed = request.POST.getlist("weighed")
        return replies.ask(found, question, weighed=weighed, actor=cast("User", request.user)).ref

    try:
        done = formkeys.once(form.cleaned_data["form_key"], purpose=f"ask:{found.ref}", do=send)
    except ReplyRefused as refusal:
        form.add_error(None, str(refusal))
        return _look(request, found, form, question, status=422)
    messages.success(request, _("They are asked. The clock runs."))
    return redirect("grievances:asked", ref=found.ref, ask_ref=done.result)


def _question(form: AskForm, case: RemediationCase) -> Question:
    values = form.cleaned_data
    return Question(
        party=values["party"],
        categories=tuple(values["categories"]),
        told=form.told(case),
        name=values["name"],
        agreed_channel=values["agreed_channel"],
    )


def _look(
    request: HttpRequest, found: RemediationCase, form: AskForm, question: Question, *, status: int = 200
) -> HttpResponse:
    """Show what the respondent would read, why it may not be told, and what could name her."""
    try:
        disclosure = replies.weigh(found, question)
    except ReplyRefused as refusal:
        form.add_error(None, str(refusal))
        return _ask_page(request, found, form, status=422)
    content = {"categories": question.categories, **question.told}
    return _ask_page(
        request,
        found,
        form,
        status=status if disclosure.allowed else 422,
        looked=True,
        allowed=disclosure.allowed,
        rows=rows_of(content, question.name),
        refusals=[say(DISCLOSURE, code) for code in disclosure.refusals],
        risks=[
            (code, say(DISCLOSURE_RISKS, code), code in request.POST.getlist("weighed")) for code in disclosure.risks
        ],
        by_letter=question.party.account_id is None,
    )


def _ask_page(
    request: HttpRequest, found: RemediationCase, form: AskForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"case": found, "form": form, "nobody": not form.fields["party"].queryset.exists(), **more}  # type: ignore[attr-defined]
    return render(request, "grievances/staff/ask.html", context, status=status)


def _request(found: RemediationCase, ask_ref: str) -> ReplyRequest:
    asked_of = found.reply_requests.select_related("party", "case__grievance", "clock", "reply__by", "sent_by")
    row = asked_of.filter(ref=ask_ref).first()
    if row is None:
        raise Http404
    return row


@case_officer
def asked(request: HttpRequest, ref: str, ask_ref: str) -> HttpResponseBase:
    """Show what was asked and answered; read the answer for a reason, tell the worker, enter a letter, take it back."""
    found = fetch(request, ref)
    row = _request(found, ask_ref)
    if request.method != "POST":
        return _asked_page(request, row)
    deeds = {"read": _read, "tell": _tell, "enter": _enter, "back": _take_back}
    deed = deeds.get(request.POST.get("do", ""))
    if deed is None:
        return _asked_page(request, row, status=422)
    try:
        return deed(request, row)
    except (ReplyRefused, EvidenceRefused) as refusal:
        messages.error(request, str(refusal))
    except Locked:
        messages.error(request, _("Your key is locked in this session. Sign out and sign in again with your password."))
    return redirect("grievances:asked", ref=found.ref, ask_ref=row.ref)


def _asked_page(request: HttpRequest, row: ReplyRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    reply = row.reply if row.answered else None
    words = read_here(request, row.ref, partial(replies.read_reply, reply)) if reply else None
    context = {
        "case": row.case,
        "row": row,
        "reply": reply,
        "words": words,
        "opened": words is not None,
        "tone": STAND_TONES[reply.stand] if reply else "",
        "offers": [say(REMEDY_ITEMS, code) for code in reply.offers] if reply else [],
        "rows": rows_of(row.content, _("told, sealed") if row.name_id else ""),
        "risks": [say(DISCLOSURE_RISKS, code) for code in row.risks],
        "agreed": say(CONTACT_CHANNELS, row.agreed_channel),
        "open": row.taken_back_on is None and reply is None,
        "read_form": ReadForm(),
        "tell_form": TellForm(),
        "enter_form": EnteredReplyForm(),
        **more,
    }
    return render(request, "grievances/staff/asked.html", context, status=status)


def _read(request: HttpRequest, row: ReplyRequest) -> HttpResponseBase:
    form = ask_to_read(request, row.ref) if row.answered else ReadForm()
    if form is not None:
        return _asked_page(request, row, read_form=form, status=422)
    return redirect("grievances:asked", ref=row.case.ref, ask_ref=row.ref)


def _tell(request: HttpRequest, row: ReplyRequest) -> HttpResponseBase:
    form = TellForm(request.POST)
    if not form.is_valid() or not row.answered:
        return _asked_page(request, row, tell_form=form, status=422)

    def tell() -> str:
        replies.tell_worker(row.reply, form.cleaned_data["words"], actor=cast("User", request.user))
        return row.ref

    formkeys.once(form.cleaned_data["form_key"], purpose=f"reply.tell:{row.ref}", do=tell)
    messages.success(request, _("Sent. The worker reads it when she returns with her receipt."))
    return redirect("grievances:asked", ref=row.case.ref, ask_ref=row.ref)


def _enter(request: HttpRequest, row: ReplyRequest) -> HttpResponseBase:
    form = EnteredReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asked_page(request, row, enter_form=form, status=422)
    given = answer_of(form.cleaned_data, channel=form.cleaned_data["channel"])

    def enter() -> str:
        replies.enter_answer(row, given, actor=cast("User", request.user))
        return row.ref

    formkeys.once(form.cleaned_data["form_key"], purpose=f"reply.enter:{row.ref}", do=enter)
    return redirect("grievances:asked", ref=row.case.ref, ask_ref=row.ref)


def answer_of(values: dict[str, Any], *, channel: str) -> Answer:
    """Return what a form says as the service takes it; raises EvidenceRefused for a file that is too large."""
    upload = values.get("file")
    data = upload.read() if upload else None
    if upload and (upload.size or 0) != len(data or b""):
        raise EvidenceRefused(_("This file is too large. Nothing was kept of it. Please send a smaller one."))
    return Answer(values["stand"], values["words"], tuple(values["offers"]), values["undertakes"], data, channel)


def _take_back(request: HttpRequest, row: ReplyRequest) -> HttpResponseBase:
    replies.take_back(row, actor=cast("User", request.user))
    messages.success(request, _("Taken back. They find nothing there any more."))
    return redirect("grievances:asked", ref=row.case.ref, ask_ref=row.ref)


@case_officer
def letter(request: HttpRequest, ref: str, ask_ref: str) -> HttpResponseBase:
    """Hand out the letter to a respondent without an account."""
    found = fetch(request, ref)
    row = _request(found, ask_ref)
    if row.way != ReplyRequest.Way.LETTER or row.taken_back_on is not None:
        raise Http404
    name = replies.name_for_letter(row, actor=cast("User", request.user))
    return evidence.attachment(letter_of(row, rows_of(row.content, name), get_language() or "en"), f"{row.ref}.pdf")


@case_officer
def file(request: HttpRequest, ref: str, ask_ref: str) -> HttpResponseBase:
    """Hand out the paper that came with an answer."""
    row = _request(fetch(request, ref), ask_ref)
    if not row.answered or row.reply.file is None:
        raise Http404
    return evidence.respond(row.reply.file, actor=cast("User", request.user), clean=request.GET.get("original") != "1")
