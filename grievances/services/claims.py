"""Read a repayment as the pure rules take it, and say which steps of a case still miss money or her word on it."""

from grievances import repayment as rules
from grievances.models import RemediationCase, Repayment, RepaymentItem, RepaymentPayment
from grievances.remedy import StepState, Word


def claim_of(repayment: Repayment) -> rules.Claim:
    """Return everything that a reckoning rests on, as the pure rules take it; a fixed number of queries."""
    into = repayment.currency
    percent = repayment.interest_percent
    items = repayment.items.filter(struck_on=None).prefetch_related("estimates")
    return rules.Claim(
        currency=into,
        reckoned_on=repayment.reckoned_on,
        items=tuple(_item(row) for row in items),
        rates=tuple(rules.Rate(r.currency, into, r.on, r.value, r.source) for r in repayment.rates.all()),
        interest=rules.Interest(percent, repayment.interest_source) if percent is not None else None,
        payments=tuple(_payment(row) for row in repayment.payments.prefetch_related("words", "proofs")),
    )


def _item(row: RepaymentItem) -> rules.FeeItem:
    return rules.FeeItem(
        number=row.number,
        category=row.category,
        currency=row.currency,
        paid_on=row.paid_on,
        estimates=tuple(
            rules.Estimate(rules.Method(e.method), rules.rounded(e.amount, row.currency)) for e in row.estimates.all()
        ),
        chosen=rules.Method(row.chosen) if row.chosen else None,
        loan=row.loan,
    )


def _payment(row: RepaymentPayment) -> rules.Payment:
    words = list(row.words.all())
    newest = words[-1] if words else None
    return rules.Payment(
        number=row.number,
        on=row.on,
        amount=rules.rounded(row.amount, row.currency),
        currency=row.currency,
        proven=row.proof_id is not None or bool(row.proofs.all()),
        word=Word(newest.word) if newest else None,
        received=newest.received if newest else None,
    )


def open_steps(case: RemediationCase) -> frozenset[int]:
    """Return the numbers of the steps whose repayment is not over: money is missing, or her word on some of it."""
    found = set()
    for repayment in Repayment.objects.filter(step__case=case).select_related("step"):
        try:
            reckoning = rules.reckon(claim_of(repayment))
        except rules.UnfitFigures:
            found.add(repayment.step.number)
            continue
        # Where contact is lost her word cannot be had: then all of it must at least be paid with proof.
        word_missing = repayment.step.state == StepState.CONFIRMED and not reckoning.settled
        if reckoning.outstanding or word_missing:
            found.add(repayment.step.number)
    return frozenset(found)
