"""Work out and follow the repayment of fees: items, rates, interest, parts, payments, her word, claw-back checks."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.actors import Actor, Automatic
from core.evidence import EvidenceRefused
from core.models import EvidenceFile, User
from grievances import repayment as rules
from grievances.handlers import tell_handlers
from grievances.models import (
    CaseState,
    ClawbackCheck,
    PaymentProof,
    PaymentWord,
    RemedyStep,
    Repayment,
    RepaymentEstimate,
    RepaymentItem,
    RepaymentPart,
    RepaymentPayment,
    RepaymentRate,
)
from grievances.remedy import StepState, Word, may_move
from grievances.services import clockwork
from grievances.services.claims import claim_of
from grievances.services.following import reopen
from grievances.services.instalments import follow_parts
from grievances.services.proofs import Proof, keep_proof
from grievances.services.stepping import RemedyRefused, add_event

REPAID = "fees_repaid"
CHECKING = Automatic("clawback")


@dataclass(frozen=True)
class Terms:
    """In which currency and for which day a repayment is reckoned, to whom it goes, and at which stated interest."""

    currency: str
    reckoned_on: date
    payee: str
    interest_percent: Decimal | None = None
    interest_source: str = ""


@dataclass(frozen=True)
class Fee:
    """One fee as the worker or a paper tells it; `amounts` holds each way in which its amount is known."""

    category: str
    collector: str
    currency: str
    paid_on: date
    amounts: dict[str, Decimal]
    chosen: str = ""
    loan: bool = False


@dataclass(frozen=True)
class Paid:
    """One payment back to the worker."""

    on: date
    amount: Decimal
    currency: str
    way: str


@transaction.atomic
def set_terms(step: RemedyStep, terms: Terms, *, actor: User) -> Repayment:
    """Begin the repayment of a step, or change its terms; raises RemedyRefused where the step is not about fees."""
    _may(step, actor)
    if step.item != REPAID:
        raise RemedyRefused(_("Only a step that repays recruitment fees is reckoned here."))
    if terms.interest_percent is not None and not terms.interest_source.strip():
        raise RemedyRefused(_("Say where the rate of interest comes from: a law, a court, a bank."))
    values = {
        "currency": terms.currency,
        "reckoned_on": terms.reckoned_on,
        "payee": terms.payee,
        "interest_percent": terms.interest_percent,
        "interest_source": terms.interest_source.strip(),
    }
    earlier = Repayment.objects.filter(step=step).first()
    if earlier is not None and earlier.currency != terms.currency and earlier.rates.exists():
        raise RemedyRefused(_("The rates entered lead to another currency. Remove them before you change it."))
    repayment, _made = Repayment.objects.update_or_create(step=step, defaults=values)
    audit.record(
        "repayment.terms",
        actor=actor,
        subject=step.case.ref,
        step=step.number,
        currency=terms.currency,
        payee=terms.payee,
        interest=str(terms.interest_percent) if terms.interest_percent is not None else "none",
    )
    follow_amount(repayment)
    return repayment


@transaction.atomic
def add_fee(repayment: Repayment, fee: Fee, *, actor: User, proof: Proof | None = None) -> RepaymentItem:
    """Add a fee that was taken, with its receipt where there is one; raises RemedyRefused, EvidenceRefused."""
    _may(repayment.step, actor)
    if not fee.amounts or any(amount <= 0 for amount in fee.amounts.values()):
        raise RemedyRefused(_("Enter an amount above zero and how it is known."))
    if fee.paid_on > repayment.reckoned_on:
        raise RemedyRefused(_("This fee was paid after the day for which the repayment is reckoned."))
    item = RepaymentItem.objects.create(
        repayment=repayment,
        number=_next(repayment.items.all()),
        category=fee.category,
        collector=fee.collector,
        currency=fee.currency,
        paid_on=fee.paid_on,
        loan=fee.loan,
        chosen=fee.chosen,
        proof=keep_proof(repayment.step.case, proof, actor=actor),
    )
    RepaymentEstimate.objects.bulk_create(
        RepaymentEstimate(item=item, method=method, amount=amount) for method, amount in fee.amounts.items()
    )
    _record("repayment.fee", repayment, actor, number=item.number, category=fee.category, collector=fee.collector)
    follow_amount(repayment)
    return item


@transaction.atomic
def strike_fee(item: RepaymentItem, *, actor: User) -> None:
    """Strike off a fee that was entered by mistake; the row remains as history."""
    _may(item.repayment.step, actor)
    item.struck_on = timezone.localdate()
    item.save(update_fields=["struck_on"])
    _record("repayment.fee_struck", item.repayment, actor, number=item.number)
    follow_amount(item.repayment)


@transaction.atomic
def set_rate(repayment: Repayment, currency: str, on: date, value: Decimal, source: str, *, actor: User) -> None:
    """Enter a rate of exchange for a day with its source; the same day again corrects it."""
    _may(repayment.step, actor)
    if currency == repayment.currency:
        raise RemedyRefused(_("This is the currency of the repayment itself: it needs no rate."))
    if value <= 0 or not source.strip():
        raise RemedyRefused(_("Enter a rate above zero and where it comes from."))
    RepaymentRate.objects.update_or_create(
        repayment=repayment, currency=currency, on=on, defaults={"value": value, "source": source.strip()}
    )
    _record("repayment.rate", repayment, actor, currency=currency, on=on, value=str(value))
    follow_amount(repayment)


@transaction.atomic
def plan_parts(repayment: Repayment, count: int, first_on: date, *, actor: User) -> tuple[rules.Instalment, ...]:
    """Plan what is still outstanding in monthly parts; an earlier plan is replaced and stays as history."""
    _may(repayment.step, actor)
    found = reckoned(repayment)
    parts = rules.plan(found.outstanding, count, first_on, currency=repayment.currency)
    repayment.parts.filter(replaced_on=None).update(replaced_on=timezone.localdate())
    RepaymentPart.objects.bulk_create(
        RepaymentPart(
            repayment=repayment, number=part.number, due_on=part.due_on, amount=part.amount, came_before=found.came
        )
        for part in parts
    )
    follow_parts(repayment.step)
    _record("repayment.plan", repayment, actor, parts=count, first=first_on)
    return parts


@transaction.atomic
def note_payment(
    repayment: Repayment, paid: Paid, *, actor: User, proof: Proof | None = None, at: datetime | None = None
) -> RepaymentPayment:
    """Note a payment with its proof; the step counts as delivered only with proof, and then waits for her word.

    Raises RemedyRefused for a way that must not be used, EvidenceRefused for a proof that cannot be kept.
    """
    _may(repayment.step, actor)
    if rules.Way(paid.way) not in rules.ways(rules.Payee(repayment.payee)):
        raise RemedyRefused(
            _("This payee cannot be paid in this way. Money goes to her own account, never through others.")
        )
    if paid.amount <= 0:
        raise RemedyRefused(_("Enter an amount above zero and how it is known."))
    payment = RepaymentPayment.objects.create(
        repayment=repayment,
        number=_next(repayment.payments.all()),
        on=paid.on,
        amount=paid.amount,
        currency=paid.currency,
        way=paid.way,
        proof=keep_proof(repayment.step.case, proof, actor=actor),
        by=actor,
    )
    _record(
        "repayment.paid", repayment, actor, number=payment.number, way=paid.way, proven=payment.proof_id is not None
    )
    if payment.proof is not None:
        _proven(repayment, payment.proof, actor=actor, at=at)
    return payment


@transaction.atomic
def prove_payment(payment: RepaymentPayment, proof: Proof, *, actor: User, at: datetime | None = None) -> PaymentProof:
    """Add a proof to a payment that stands: it counts from now on as if it had come with it, and nothing is edited.

    Raises RemedyRefused for a closed case, EvidenceRefused for a proof that cannot be kept.
    """
    repayment = payment.repayment
    _may(repayment.step, actor)
    kept = keep_proof(repayment.step.case, proof, actor=actor)
    if kept is None:
        raise EvidenceRefused(_("Choose the file that proves this payment."))
    row = PaymentProof.objects.create(
        payment=payment, proof=kept, after=payment.words.last(), on=clockwork.moment(actor, at).date(), by=actor
    )
    _record("repayment.proven", repayment, actor, number=payment.number, proof=kept.ref)
    _proven(repayment, kept, actor=actor, at=at)
    return row


@transaction.atomic
def keep_word(
    payment: RepaymentPayment, word: Word, *, channel: str, actor: User, received: Decimal | None = None
) -> PaymentWord:
    """Keep what the worker says of one payment: all, a part (and how much), or none; raises RemedyRefused."""
    repayment = payment.repayment
    _may(repayment.step, actor)
    if word is Word.PART and (received is None or not 0 < received < payment.amount):
        raise RemedyRefused(_("Enter how much of it she got."))
    said = PaymentWord.objects.create(
        payment=payment,
        word=word,
        received=received if word is Word.PART else None,
        channel=channel,
        on=timezone.localdate(),
    )
    _record("repayment.word", repayment, actor, number=payment.number, word=str(word), channel=channel)
    follow_parts(repayment.step)
    return said


@transaction.atomic
def note_check(check: ClawbackCheck, result: str, *, actor: User, at: datetime | None = None) -> None:
    """Note what the worker said when she was asked; money taken back opens the step, and a closed case, again."""
    repayment = check.repayment
    require(actor, "handle", repayment.step.case)
    check.result, check.done_on, check.by = result, timezone.localdate(), actor
    check.save(update_fields=["result", "done_on", "by"])
    _record("repayment.checked", repayment, actor, due=check.due_on, result=result)
    step = repayment.step
    if result == ClawbackCheck.Result.ASKED and may_move(StepState(step.state), StepState.DISPUTED):
        add_event(step, StepState.DISPUTED, actor=actor, channel="in_person", at=at)
    # Most checks come long after a case was closed: what was taken back is owed again, and so is the handling.
    if (
        result in {ClawbackCheck.Result.ASKED, ClawbackCheck.Result.NEW_FEE}
        and step.case.state == CaseState.State.CLOSED
    ):
        reopen(step.case.grievance, actor=actor, at=at)


def ask_about_clawback(at: datetime) -> int:
    """Tell handlers, once each, of checks whose day has come; return how many. Safe to run twice."""
    told = 0
    # Whose words and contact are gone can no longer be asked.
    waiting = ClawbackCheck.objects.filter(
        done_on=None, told_on=None, due_on__lte=at.date(), repayment__step__case__grievance__emptied_on=None
    )
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            if not waiting.filter(pk=pk).update(told_on=at.date()):
                continue
            check = ClawbackCheck.objects.select_related("repayment__step__case__grievance").get(pk=pk)
            case = check.repayment.step.case
            tell_handlers(case.grievance, "grievance.clawback_check")
            audit.record("repayment.check_due", actor=CHECKING, subject=case.ref, due=check.due_on)
            told += 1
    return told


def reckoned(repayment: Repayment) -> rules.Reckoning:
    """Return the reckoning; raises RemedyRefused naming the rate or amount that is missing."""
    try:
        return rules.reckon(claim_of(repayment))
    except rules.UnfitFigures as unfit:
        raise RemedyRefused(words_for(unfit)) from unfit


def words_for(unfit: rules.UnfitFigures) -> str:
    """Return in words which figure is missing and what to do."""
    if unfit.code == "rate_missing":
        currency, into, day = unfit.detail.split()
        values = {"currency": currency, "into": into, "day": day}
        return (
            _("A rate from %(currency)s to %(into)s on or before %(day)s is missing. Enter it with its source.")
            % values
        )
    if unfit.code == "parts_too_small":
        return _("There is nothing left to split, or the parts would be too small. Choose fewer parts.")
    return _("A fee has no amount. Enter it again.")


def follow_amount(repayment: Repayment) -> None:
    """Let the step of remedy show what is due, once it can be reckoned; a part that came is not late."""
    try:
        found = rules.reckon(claim_of(repayment))
    except rules.UnfitFigures:
        return
    follow_parts(repayment.step)
    known = bool(found.lines)
    RemedyStep.objects.filter(pk=repayment.step_id).update(
        amount=found.due.quantize(Decimal("0.01")) if known else None, currency=repayment.currency if known else ""
    )


def _proven(repayment: Repayment, proof: EvidenceFile, *, actor: User, at: datetime | None) -> None:
    """Let a payment that is proven now count: the step is delivered, and somebody asks later whether she kept it."""
    _delivered(repayment.step, proof, actor=actor, at=at)
    follow_parts(repayment.step, at=at)
    _expect_checks(repayment)


def _delivered(step: RemedyStep, proof: EvidenceFile, *, actor: User, at: datetime | None) -> None:
    for state in (StepState.AGREED, StepState.DELIVERED):
        if may_move(StepState(step.state), state):
            add_event(step, state, actor=actor, proof=proof if state is StepState.DELIVERED else None, at=at)
            step = RemedyStep.objects.get(pk=step.pk)


def _expect_checks(repayment: Repayment) -> None:
    """Move the checks that nobody has made yet to after the newest payment."""
    repayment.checks.filter(done_on=None).delete()
    days = rules.clawback_checks(claim_of(repayment).payments)
    ClawbackCheck.objects.bulk_create(ClawbackCheck(repayment=repayment, due_on=day) for day in days)


def _may(step: RemedyStep, actor: User) -> None:
    require(actor, "handle", step.case)
    if step.case.state == CaseState.State.CLOSED:
        raise RemedyRefused(_("This case is closed. Open it again before you plan more."))


def _next(rows: models.QuerySet[RepaymentItem] | models.QuerySet[RepaymentPayment]) -> int:
    return (rows.aggregate(last=models.Max("number"))["last"] or 0) + 1


def _record(verb: str, repayment: Repayment, actor: Actor, **facts: str | int | bool | date | None) -> None:
    audit.record(verb, actor=actor, subject=repayment.step.case.ref, step=repayment.step.number, **facts)
