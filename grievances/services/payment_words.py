"""Carry the worker's word on a step of remedy to the payments under it: whatever she says, through whichever door."""

from datetime import date
from decimal import Decimal

from grievances.models import PaymentWord, RemedyStep, Repayment, RepaymentPayment
from grievances.remedy import StepState, Word
from grievances.repayment import rounded

WORD_OF_STATE = {StepState.CONFIRMED: Word.ALL, StepState.PARTLY: Word.PART, StepState.DISPUTED: Word.NONE}


def asked_about(step: RemedyStep) -> list[tuple[Decimal, str]]:
    """Return the amounts and currencies that her word on a step is about: payments not heard of, or what was owed."""
    repayment = Repayment.objects.filter(step=step).first()
    if repayment is None:
        return [(rounded(step.amount, step.currency), step.currency)] if step.amount is not None else []
    return [(rounded(payment.amount, payment.currency), payment.currency) for payment in unheard_of(repayment)]


def unheard_of(repayment: Repayment) -> list[RepaymentPayment]:
    """Return the payments that wait for her word: never heard of, or proven after she had said that money is missing.

    A proof does not take the place of her word, but it is a reason to ask her again.
    """
    return [row for row in repayment.payments.prefetch_related("words", "proofs") if _waits(row)]


def _waits(payment: RepaymentPayment) -> bool:
    words = list(payment.words.all())
    if not words:
        return True
    return words[-1].word != Word.ALL and any(proof.after_id == words[-1].pk for proof in payment.proofs.all())


def hear(step: RemedyStep, state: StepState, *, channel: str, on: date) -> int:
    """Keep her word for every payment that waits for it; return how many that were."""
    word = WORD_OF_STATE.get(state)
    repayment = Repayment.objects.filter(step=step).first()
    if word is None or repayment is None:
        return 0
    unheard = unheard_of(repayment)
    PaymentWord.objects.bulk_create(
        PaymentWord(payment=payment, word=word, channel=channel, on=on) for payment in unheard
    )
    return len(unheard)
