"""Judge one payment twice, separately: by the international standard, and by the national rule for corridor and day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Payer(StrEnum):
    """Name who bore the cost in the end."""

    WORKER = "worker"
    EMPLOYER = "employer"
    EMPLOYER_RECOVERED = "employer_recovered"
    RECRUITER = "recruiter"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """Name an answer; ``cannot_say`` where the facts or the rule are missing."""

    CONFORMS = "conforms"
    BREACH = "breach"
    ILLEGITIMATE = "illegitimate"
    LAWFUL = "lawful"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class Payment:
    """What is known about a payment. ``fee_class``: A recruitment fee, B related cost, C or X never legitimate."""

    category: str
    fee_class: str
    payer: str
    amount: Decimal | None
    currency: str
    paid_on: date | None
    origin: str = ""
    destination: str = ""
    receipt_held: bool | None = None
    disclosed_before: bool | None = None


@dataclass(frozen=True, slots=True)
class NationalRule:
    """A cap in law: the most a worker may be asked to pay, for a corridor, between two days. Zero is a ban."""

    origin: str
    destination: str
    worker_max: Decimal
    currency: str
    starts: date | None = None
    ends: date | None = None
    receipt_required: bool = False
    source: str = ""

    def holds(self, payment: Payment) -> bool:
        """Tell whether this rule governs the payment's corridor and day."""
        if payment.paid_on is None:
            return False
        return (
            self.origin in ("", payment.origin)
            and self.destination in ("", payment.destination)
            and (self.starts is None or self.starts <= payment.paid_on)
            and (self.ends is None or payment.paid_on <= self.ends)
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the two answers, with the rules that gave it."""

    verdict: Verdict
    severity: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeeJudgement:
    """Both answers; neither stands in for the other."""

    international: Answer
    national: Answer
    severity: str


_WORKER_BORE_IT = frozenset({Payer.WORKER, Payer.EMPLOYER_RECOVERED})
_ILLEGITIMATE = frozenset({"C", "X"})
_RANK = {"none": 0, "minor": 1, "moderate": 2, "serious": 3, "critical": 4}


def _international(payment: Payment) -> Answer:
    if payment.fee_class in _ILLEGITIMATE:
        return Answer(Verdict.ILLEGITIMATE, "critical", ("never_legitimate",))
    if payment.payer in _WORKER_BORE_IT:
        why = "recovered_from_worker" if payment.payer == Payer.EMPLOYER_RECOVERED else "worker_paid"
        return Answer(Verdict.BREACH, "serious", (why,))
    if payment.payer == Payer.UNKNOWN:
        return Answer(Verdict.CANNOT_SAY, "minor", ("payer_unknown",))
    return Answer(Verdict.CONFORMS, "none", ("employer_paid",))


def _over_cap(payment: Payment, rule: NationalRule) -> str:
    if rule.worker_max == 0:
        return "banned_by_law"
    if payment.amount is None:
        return "amount_unknown"
    if rule.currency != payment.currency:
        return "other_currency"
    return "above_cap" if payment.amount > rule.worker_max else ""


def _national(payment: Payment, rules: Iterable[NationalRule]) -> Answer:
    if payment.fee_class in _ILLEGITIMATE:
        return Answer(Verdict.ILLEGITIMATE, "critical", ("never_legitimate",))
    if payment.payer not in _WORKER_BORE_IT:
        verdict = Verdict.CANNOT_SAY if payment.payer == Payer.UNKNOWN else Verdict.LAWFUL
        return Answer(verdict, "none", ("payer_unknown" if verdict is Verdict.CANNOT_SAY else "employer_paid",))
    if payment.paid_on is None:
        return Answer(Verdict.CANNOT_SAY, "moderate", ("day_unknown",))
    governing = [rule for rule in rules if rule.holds(payment)]
    if not governing:
        return Answer(Verdict.CANNOT_SAY, "moderate", ("no_rule_on_record",))
    rule = max(governing, key=lambda r: (bool(r.origin) + bool(r.destination), r.starts or date.min))
    over = _over_cap(payment, rule)
    if over in ("amount_unknown", "other_currency"):
        return Answer(Verdict.CANNOT_SAY, "moderate", (over,))
    against = [over] if over else []
    if payment.disclosed_before is not True:
        against.append("not_disclosed")
    if rule.receipt_required and payment.receipt_held is not True:
        against.append("no_receipt")
    if against:
        return Answer(Verdict.BREACH, "critical", tuple(against))
    return Answer(Verdict.LAWFUL, "none", ("within_cap", "disclosed"))


def judge(payment: Payment, rules: Iterable[NationalRule]) -> FeeJudgement:
    """Return both answers and the graver severity; the name somebody gave to a payment decides nothing."""
    international = _international(payment)
    national = _national(payment, rules)
    severity = max(international.severity, national.severity, key=_RANK.__getitem__)
    return FeeJudgement(international, national, severity)
