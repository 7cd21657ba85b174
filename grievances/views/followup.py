"""Let a worker come back with her receipt: where her grievance stands, messages both ways, changes, withdrawal."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from core import formkeys, keyring
from core.evidence import EvidenceRefused
from grievances import receipts
from grievances.forms.worker import ASKED_CONSENTS, AnswerForm, ContactForm, ReceiptForm
from grievances.guarding import came_from_us, is_staff_here, private, source_of
from grievances.models import Grievance, Message, RemedyStep
from grievances.receipts import BadReceipt
from grievances.remedy import StepState, Word
from grievances.returning import enter, remember, returning
from grievances.services import PleaseWait, following, payment_words, retaliation
from grievances.services.assisting import must_renew
from grievances.services.doors import let_in, ring_of_session
from grievances.services.instalments import late_money_of, office_day
from grievances.services.papers import MOST_FILES, Paper, prepared
from grievances.services.safety import waiting_for_her
from grievances.services.texting.reaching import reach_of
from grievances.services.writing import current_consents
from grievances.uploads import CappedFormUploadHandler
from grievances.views.standing import standing_of

SHOWN_MESSAGES = 6


@private
def entry(request: HttpRequest) -> HttpResponse:
    """Ask for the receipt, or let its holder in."""
    if request.method != "POST":
        return _ask(request)
    held = request.POST.get("words", "")
    typed = request.POST.get("receipt", "")
    if not came_from_us(request):
        return _ask(request, held=held, typed=typed[:200], problem="again", status=403)
    try:
        entrance = let_in(receipts.read(typed), source=source_of(request))
    except BadReceipt as bad:
        return _ask(request, held=held, typed=typed[:200], problem=bad.code, status=422)
    except PleaseWait as wait:
        return _ask(request, held=held, typed=typed[:200], problem="wait", seconds=wait.seconds, status=429)
    if entrance is None:
        return _ask(request, held=held, typed=typed[:200], problem="unknown", status=422)
    if must_renew(entrance.grievance):
        if is_staff_here(request):
            return _ask(request, problem="staff", status=403)
        return remember(HttpResponseRedirect(reverse("grievances_public:renew"), status=303), enter(request, entrance))
    secret = enter(request, entrance)
    if held:
        with keyring.holding(ring_of_session(secret)):
            return remember(_case_page(request, entrance.grievance, form=AnswerForm(initial=_fresh(held))), secret)
    return remember(_to_case(), secret)


def _ask(
    request: HttpRequest, *, held: str = "", typed: str = "", problem: str = "", seconds: int = 0, status: int = 200
) -> HttpResponse:
    context = {
        "form": ReceiptForm(initial={"receipt": typed}),
        "problem": _problem_text(problem, seconds),
        "held": held,
        "guard": request.form_guard,  # type: ignore[attr-defined]
    }
    response = render(request, "grievances/followup/entry.html", context, status=status)
    if seconds:
        response["Retry-After"] = str(seconds)
    return response


def _problem_text(problem: str, seconds: int) -> str:
    """Say what is wrong; nothing here tells whether a receipt exists."""
    if problem == "wait":
        return ngettext(
            "There were many tries in a short time. Wait %(count)s second, then try again.",
            "There were many tries in a short time. Wait %(count)s seconds, then try again.",
            math.ceil(seconds),
        ) % {"count": math.ceil(seconds)}
    texts = {
        "": "",
        "again": gettext("For your safety, please press the button again."),
        "unknown": gettext("This receipt does not open anything here. Please check each digit against your note."),
        "mistyped": gettext("One digit or more is wrong. Please check each digit against your note."),
        "wrong_length": gettext("A receipt has 27 digits. Please check whether some are missing or too many."),
        "not_digits": gettext("A receipt has only digits. Please type the 27 digits from your note."),
        "too_long": gettext("This is too long for a receipt. A receipt has 27 digits."),
        "staff": gettext("Staff are signed in on this browser. The worker opens her receipt on a phone of her own."),
        "held": gettext("Your session has ended for your safety. Type your receipt; what you wrote is still here."),
    }
    return texts[problem]


def _sent_away(request: HttpRequest) -> HttpResponse:
    """Ask for the receipt again; what was typed comes along."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("grievances_public:followup"))
    return _ask(request, held=request.POST.get("words", ""), problem="held", status=403)


def _to_case() -> HttpResponse:
    return HttpResponseRedirect(reverse("grievances_public:case"), status=303)


@returning(_sent_away)
def case(request: HttpRequest, grievance: Grievance) -> HttpResponse:
    """Show where the grievance stands and take a message or files."""
    if request.method != "POST":
        return _case_page(request, grievance)
    request.upload_handlers = [CappedFormUploadHandler(request)]
    form = AnswerForm(request.POST, request.FILES)
    if not came_from_us(request) or not form.is_valid():
        return _case_page(request, grievance, form=form, status=422)
    problems = _take_answer(grievance, form)
    if problems:
        return _case_page(request, grievance, problems=problems, status=422)
    return _to_case()


def _take_answer(grievance: Grievance, form: AnswerForm) -> list[str]:
    """Keep message and files once per form; return a sentence for each file that was refused."""
    values, problems = form.cleaned_data, []
    ready: list[Paper] = []
    # Opening and cleaning strangers' files takes time, so it comes before the transaction.
    for place, upload in enumerate([*values["papers"], *values["voice"]][:MOST_FILES], start=1):
        try:
            data = upload.read()
            if len(data) != upload.size:
                raise EvidenceRefused(gettext("It is too large. Please send a smaller one."))
            ready.append(prepared(data))
        except EvidenceRefused as refusal:
            problems.append(gettext("File %(number)s: %(why)s") % {"number": place, "why": refusal})

    def keep() -> str:
        following.write(grievance, values["words"])
        for file in ready:
            following.add_file(grievance, file)
        return "kept"

    formkeys.once(values["form_key"], purpose=f"grievance.answer:{grievance.ref}", do=keep)
    return problems


def _fresh(words: str = "") -> dict[str, str]:
    return {"words": words, "form_key": formkeys.new_key()}


def _case_page(
    request: HttpRequest,
    grievance: Grievance,
    *,
    form: AnswerForm | None = None,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = list(
        grievance.messages.filter(hidden_by_worker=False).select_related("body").order_by("-pk")[: SHOWN_MESSAGES + 1]
    )
    older = len(shown) > SHOWN_MESSAGES and request.GET.get("all") != "1"
    if request.GET.get("all") == "1":
        shown = list(grievance.messages.filter(hidden_by_worker=False).select_related("body").order_by("-pk")[:200])
    elif older:
        shown = shown[:SHOWN_MESSAGES]
    messages, numbers = following.read_messages(grievance, shown[::-1]), following.numbers_of(grievance)
    steps = _steps_to_ask(grievance)
    context: dict[str, Any] = {
        "grievance": grievance,
        "standing": standing_of(grievance, asks=bool(steps)),
        "messages": [(m, words, m.sender == Message.Sender.WORKER, numbers[m.pk]) for m, words in messages],
        "older": older,
        "form": form or AnswerForm(initial=_fresh()),
        "problems": problems or [],
        "guard": request.form_guard,  # type: ignore[attr-defined]
        "steps": [(step, payment_words.asked_about(step)) for step in steps],
        "late": late_money_of(grievance, office_day(timezone.now())),
        "asks_if_safe": waiting_for_her(grievance, timezone.localdate()) is not None,
    }
    return render(request, "grievances/followup/case.html", context, status=status)


def _steps_to_ask(grievance: Grievance) -> list[RemedyStep]:
    """Return the steps on which only the worker can say whether they were delivered."""
    steps = RemedyStep.objects.filter(case__grievance=grievance).prefetch_related("events")
    return [step for step in steps if step.state == StepState.DELIVERED]


def _with_what_she_writes(request: HttpRequest, grievance: Grievance) -> HttpResponse:
    """Show her page again, with the words that she has not sent yet where there are some."""
    typed = _fresh(request.POST.get("words", ""))
    if not typed["words"].strip():
        return _to_case()
    typed["form_key"] = request.POST.get("form_key", "") or typed["form_key"]
    return _case_page(request, grievance, form=AnswerForm(initial=typed))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


@returning(_sent_away)
def hide(request: HttpRequest, grievance: Grievance) -> HttpResponse:
    """Take one message off this side; what she is just writing stays."""
    number = request.POST.get("message", "")
    if request.method == "POST" and came_from_us(request) and _is_number(number):
        following.hide_message(grievance, int(number))
    return _with_what_she_writes(request, grievance)


@returning(_sent_away)
def say(request: HttpRequest, grievance: Grievance) -> HttpResponse:
    """Take the worker's word on a step of remedy, or on whether she is safe; what she is just writing stays."""
    number, _dash, word = request.POST.get("said", "").partition("-")
    ours = request.method == "POST" and came_from_us(request)
    if ours and number == "safety" and word in {"yes", "no"}:
        retaliation.say_if_safe(grievance, punished=word == "yes")
    elif ours and _is_number(number):
        step = RemedyStep.objects.filter(case__grievance=grievance, number=int(number)).first()
        if step is not None and word in {each.value for each in Word}:
            following.say_about_step(step, Word(word))
    return _with_what_she_writes(request, grievance)


@returning(_sent_away)
def own_words(request: HttpRequest, grievance: Grievance) -> HttpResponse:
    """Show what the worker wrote when she filed, only when she asks."""
    if request.method != "POST" or not came_from_us(request):
        return _to_case()
    return render(request, "grievances/followup/words.html", {"told": following.own_words(grievance)})


@returning(_sent_away)
def contact(request: HttpRequest, grievance: Grievance) -> HttpResponse:
    """Change how the worker is reached and what she agrees to."""
    if request.method == "POST" and came_from_us(request):
        form = ContactForm(request.POST, line_kept=reach_of(grievance) is not None)
        if form.is_valid():
            following.change_contact(
                grievance, form.cleaned_data["mode"], form.contact(), form.given(), language=get_language() or "en"
            )
            return _to_case()
    else:
        told = following.read_contact(grievance)
        consents = current_consents(grievance)
        form = ContactForm(
            initial={
                **told,
                "mode": grievance.contact_mode,
                "times": [time for time in told.get("times", "").split("+") if time],
                "consents": [code for code in ASKED_CONSENTS if consents.get(code)],
            }
        )
    context = {"form": form, "guard": request.form_guard}  # type: ignore[attr-defined]
    return render(request, "grievances/followup/contact.html", context, status=422 if form.errors else 200)


@returning(_sent_away)
def withdraw(request: HttpRequest, grievance: Grievance) -> HttpResponse:
    """Ask, then withdraw."""
    if request.method == "POST" and came_from_us(request):
        following.withdraw(grievance)
        return _to_case()
    return render(request, "grievances/followup/withdraw.html", {"guard": request.form_guard})  # type: ignore[attr-defined]
