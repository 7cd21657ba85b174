"""The repayment of fees under one step of remedy: reckoned line by line, planned, paid, confirmed, checked."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import formkeys
from core.evidence import EvidenceRefused
from core.models import User
from grievances import repayment as rules
from grievances.forms.repayment import (
    CheckForm,
    FeeForm,
    PaymentForm,
    PaymentWordForm,
    PlanForm,
    ProofForm,
    RateForm,
    TermsForm,
)
from grievances.models import (
    CaseState,
    ClawbackCheck,
    RemedyStep,
    Repayment,
    RepaymentItem,
    RepaymentPart,
    RepaymentPayment,
)
from grievances.models.repayments import METHODS, PAYEES, WAYS
from grievances.reasons import say
from grievances.remedy import Word
from grievances.repayment_words import REASONS, WORDS
from grievances.services import RemedyRefused, repaying
from grievances.services.claims import claim_of
from grievances.services.instalments import office_day
from grievances.views.cases import fetch
from grievances.views.handling import case_officer
from grievances.wording import fee_label


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def step_of(request: HttpRequest, ref: str, number: int) -> RemedyStep:
    """Return a step about fees that this handler may know of, or nothing at all."""
    case = fetch(request, ref)
    step = case.steps.filter(number=number, item=repaying.REPAID).select_related("case__grievance").first()
    if step is None:
        raise Http404
    return step


def started(step: RemedyStep) -> Repayment:
    """Return the repayment of a step, or nothing at all where none was begun."""
    found = Repayment.objects.filter(step=step).select_related("step__case__grievance").first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, step: RemedyStep, *, status: int = 200, **given: Any) -> HttpResponse:
    repayment = Repayment.objects.filter(step=step).first()
    context: dict[str, Any] = {
        "case": step.case,
        "step": step,
        "closed": step.case.state == CaseState.State.CLOSED,
        "repayment": repayment,
        "terms_form": TermsForm(initial=_terms_of(repayment)),
        "fee_form": FeeForm(),
        "rate_form": RateForm(),
        "plan_form": PlanForm(),
        "word_form": PaymentWordForm(),
        "prove_form": ProofForm(),
        "check_form": CheckForm(),
        "today": timezone.localdate(),
        "adding": request.GET.get("add") == "fee",
    }
    if repayment is not None:
        context["payment_form"] = PaymentForm(payee=repayment.payee, initial={"currency": repayment.currency})
        context.update(_reckoned(repayment))
    return render(request, "grievances/staff/repayment.html", context | given, status=status)


def _terms_of(repayment: Repayment | None) -> dict[str, Any]:
    if repayment is None:
        return {}
    return {
        "currency": repayment.currency,
        "reckoned_on": repayment.reckoned_on.isoformat(),
        "payee": repayment.payee,
        "interest_percent": repayment.interest_percent,
        "interest_source": repayment.interest_source,
    }


def _planned(parts: list[RepaymentPart], found: rules.Reckoning) -> dict[str, Any]:
    """Return each part of the plan with where it stands, and whether the plan covers what is owed."""
    plan = [rules.Instalment(part.number, part.due_on, part.amount) for part in parts]
    before = parts[0].came_before if parts else None
    today = office_day(timezone.now())
    late = {part.number for part, _missing in rules.overdue(plan, found, today=today, came_before=before)}
    missing = {part.number: missing for part, missing in rules.missing_of(plan, found, before)}
    standing = [
        (part, _("Overdue"), "bad")
        if part.number in late
        else (part, "" if missing[part.number] else _("Paid"), "good")
        for part in parts
    ]
    return {"parts": standing, "falls_short": rules.falls_short(plan, found)}


def _reckoned(repayment: Repayment) -> dict[str, Any]:
    """Return what the page shows of a repayment, or the sentence that says which figure is missing."""
    rows = {item.number: item for item in repayment.items.filter(struck_on=None).select_related("proof")}
    parts = list(repayment.parts.filter(replaced_on=None))
    for part in parts:  # 1,200.000 would be read as a million
        part.amount = rules.rounded(part.amount, repayment.currency)
    shown: dict[str, Any] = {
        "payee": say(dict(PAYEES), repayment.payee),
        "rates": list(repayment.rates.all()),
        "parts": [(part, "", "") for part in parts],
        "checks": [(check, check.get_result_display()) for check in repayment.checks.all()],
    }
    payments = {row.number: row for row in repayment.payments.select_related("proof").prefetch_related("proofs__proof")}
    try:
        found = rules.reckon(claim_of(repayment))
    except rules.UnfitFigures as unfit:
        shown["missing"] = repaying.words_for(unfit)
        shown["unreckoned"] = [(row, fee_label(row.category), row.get_collector_display()) for row in rows.values()]
        return shown
    shown["found"] = found
    shown |= _planned(parts, found)
    shown["lines"] = [
        (
            line,
            rows[line.item.number],
            fee_label(line.item.category),
            say(dict(METHODS), line.taken.method),
            [say(REASONS, reason) for reason in line.reasons],
        )
        for line in found.lines
    ]
    shown["payments"] = [
        (
            payment,
            payments[payment.number],
            value,
            say(dict(WAYS), payments[payment.number].way),
            say(WORDS, payment.word or ("waits" if payment.proven else "no_proof")),
        )
        for payment, value in found.payments
    ]
    return shown


@case_officer
def repayment(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Show a repayment."""
    return _page(request, step_of(request, ref, number))


PLACES = {
    "fee": "add-fee",
    "rate": "fees",
    **dict.fromkeys(("payment", "word", "prove"), "payments"),
    "plan": "plan",
    "terms": "terms",
}


def _back_to(step: RemedyStep, place: str) -> HttpResponseBase:
    """Return to the place on the page where something was done; after a fee, ready for the next one."""
    more = "?add=fee" if place == "add-fee" else ""
    return redirect(f"{reverse('grievances:repayment', args=[step.case.ref, step.number])}{more}#{place}")


def _save(
    request: HttpRequest,
    step: RemedyStep,
    form: forms.Form,
    name: str,
    do: Callable[[dict[str, Any]], object],
    **shown: Any,
) -> HttpResponseBase:
    """Validate a form and carry it out once; what is refused is shown with everything that was typed."""
    if form.is_valid():
        values = dict(form.cleaned_data)
        key = values.pop("form_key", "")

        def once() -> str:
            do(values)
            return step.case.ref

        try:
            formkeys.once(key, purpose=f"repayment:{name}:{step.pk}", do=once)
        except RemedyRefused as refusal:
            form.add_error(None, str(refusal))
        except rules.UnfitFigures as unfit:
            form.add_error(None, repaying.words_for(unfit))
        except EvidenceRefused as refusal:
            form.add_error("proof", str(refusal))
        else:
            return _back_to(step, PLACES[name])
    return _page(request, step, status=422, **{f"{name}_form": form}, **shown)


def _upload(values: dict[str, Any]) -> bytes | None:
    """Take the uploaded proof out of a form's values; raises EvidenceRefused for one that was cut short."""
    upload = values.pop("proof", None)
    if not upload:
        return None
    data: bytes = upload.read()
    if len(data) != (upload.size or 0):
        raise EvidenceRefused(_("This file is too large. Nothing was kept of it. Please send a smaller one."))
    return data


@require_POST
@case_officer
def terms(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Begin a repayment or change its terms."""
    step = step_of(request, ref, number)

    def save(values: dict[str, Any]) -> object:
        return repaying.set_terms(step, repaying.Terms(**values), actor=_user(request))

    return _save(request, step, TermsForm(request.POST), "terms", save)


@require_POST
@case_officer
def fee(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Add a fee that was taken."""
    step = step_of(request, ref, number)
    found, form = started(step), FeeForm(request.POST, request.FILES)

    def save(values: dict[str, Any]) -> object:
        proof = _upload(values)
        kept = {name: values[name] for name in ("category", "collector", "currency", "paid_on", "chosen", "loan")}
        return repaying.add_fee(found, repaying.Fee(amounts=form.amounts, **kept), actor=_user(request), proof=proof)

    return _save(request, step, form, "fee", save)


@require_POST
@case_officer
def strike(request: HttpRequest, ref: str, number: int, item: int) -> HttpResponseBase:
    """Strike off a fee that was entered by mistake."""
    step = step_of(request, ref, number)
    row = RepaymentItem.objects.filter(repayment=started(step), number=item, struck_on=None).first()
    if row is None:
        raise Http404
    try:
        repaying.strike_fee(row, actor=_user(request))
    except RemedyRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("grievances:repayment", ref=ref, number=number)
    return _back_to(step, "fees")


@require_POST
@case_officer
def rate(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Enter a rate of exchange."""
    step = step_of(request, ref, number)
    found = started(step)

    def save(values: dict[str, Any]) -> object:
        return repaying.set_rate(found, **values, actor=_user(request))

    return _save(request, step, RateForm(request.POST), "rate", save)


@require_POST
@case_officer
def plan(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Plan what is outstanding in monthly parts."""
    step = step_of(request, ref, number)
    found = started(step)

    def save(values: dict[str, Any]) -> object:
        return repaying.plan_parts(found, **values, actor=_user(request))

    return _save(request, step, PlanForm(request.POST), "plan", save)


@require_POST
@case_officer
def payment(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Note a payment."""
    step = step_of(request, ref, number)
    found = started(step)

    def save(values: dict[str, Any]) -> object:
        proof = _upload(values)
        return repaying.note_payment(found, repaying.Paid(**values), actor=_user(request), proof=proof)

    return _save(request, step, PaymentForm(request.POST, request.FILES, payee=found.payee), "payment", save)


def _paid(repayment: Repayment, number: int) -> RepaymentPayment:
    """Return a payment by its number within the repayment, or nothing at all."""
    row = repayment.payments.filter(number=number).select_related("repayment__step__case__grievance").first()
    if row is None:
        raise Http404
    return row


@require_POST
@case_officer
def prove(request: HttpRequest, ref: str, number: int, paid: int) -> HttpResponseBase:
    """Add a proof to a payment that was noted before."""
    step = step_of(request, ref, number)
    row = _paid(started(step), paid)

    def save(values: dict[str, Any]) -> object:
        return repaying.prove_payment(row, _upload(values) or b"", actor=_user(request))

    return _save(request, step, ProofForm(request.POST, request.FILES), "prove", save, proving=paid)


@require_POST
@case_officer
def word(request: HttpRequest, ref: str, number: int, paid: int) -> HttpResponseBase:
    """Note what the worker says of a payment."""
    step = step_of(request, ref, number)
    row = _paid(started(step), paid)

    def save(values: dict[str, Any]) -> object:
        said = Word(values.pop("word"))
        return repaying.keep_word(row, said, **values, actor=_user(request))

    return _save(request, step, PaymentWordForm(request.POST), "word", save, said=paid)


@require_POST
@case_officer
def check(request: HttpRequest, ref: str, number: int, check: int) -> HttpResponseBase:
    """Note what came of asking whether the money was taken back."""
    step = step_of(request, ref, number)
    rows = list(ClawbackCheck.objects.filter(repayment=started(step)))  # numbered as its page shows them
    row = rows[check - 1] if 0 < check <= len(rows) else None
    if row is None or row.done_on is not None:
        raise Http404
    form = CheckForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what she says about the money."))
        return redirect("grievances:repayment", ref=ref, number=number)
    repaying.note_check(row, form.cleaned_data["result"], actor=_user(request))
    return _back_to(step, "checks")
