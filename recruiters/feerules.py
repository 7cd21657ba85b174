"""Judge one payment separately: by the international standard, and by the law of each country on that day.

What is not on record is "not known", never allowed; a rule that nobody confirmed can warn, but it never allows.
"""

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


PARTS = {"FEE-B6": ("ticket", "other"), "FEE-B7": ("visa", "other")}
"""Categories of which a law may cover one part alone, such as the visa of what is paid for papers."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What is known about a payment. ``fee_class``: A recruitment fee, B related cost, C or X never legitimate.

    ``part`` narrows a category of ``PARTS``; ``shared`` tells that the amount is for other things besides.
    """

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
    work: str = ""
    monthly_wage: Decimal | None = None
    wage_currency: str = ""
    part: str = ""
    shared: bool = False
    paid: bool = True
    """False for what is only asked for: a receipt cannot exist yet, and its absence says nothing."""


@dataclass(frozen=True, slots=True)
class NationalRule:
    """The most that a country's law lets a worker be asked for, for a corridor, between two days. Zero is a ban.

    ``worker_max`` is an amount, ``wage_share`` a share of one month's wage; with neither, the law has a limit that the
    record does not hold. ``categories`` and ``work`` narrow it; ``part_of`` are parts of categories: ``FEE-B7/visa``.
    """

    origin: str
    destination: str
    worker_max: Decimal | None = None
    currency: str = ""
    starts: date | None = None
    ends: date | None = None
    receipt_required: bool = False
    source: str = ""
    code: str = ""
    jurisdiction: str = ""
    categories: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    wage_share: Decimal | None = None
    disclosure_required: bool = False
    verified: bool = False
    basis: str = ""
    confidence: str = ""
    source_url: str = ""

    @property
    def country(self) -> str:
        """Return the country whose law it is."""
        return self.jurisdiction or self.origin or self.destination

    @property
    def specificity(self) -> int:
        """Count what the rule is narrowed by."""
        return sum(map(bool, (self.origin, self.destination, self.work, self.categories)))

    def holds(self, payment: Payment) -> bool:
        """Tell whether this rule governs the payment's corridor, day and category; work is asked separately."""
        if payment.paid_on is None:
            return False
        return (
            self.origin in ("", payment.origin)
            and self.destination in ("", payment.destination)
            and (self.starts is None or self.starts <= payment.paid_on)
            and (self.ends is None or payment.paid_on <= self.ends)
            and self.covers(payment) is not False
            and (not self.work or not payment.work or payment.work in self.work)
        )

    def covers(self, payment: Payment) -> bool | None:
        """Tell whether the rule is about such a payment; None where it covers a part and the payment names none."""
        if payment.category in self.categories or not (self.categories or self.part_of):
            return True
        parts = {part for code, _, part in (each.partition("/") for each in self.part_of) if code == payment.category}
        return (payment.part in parts if payment.part else None) if parts else False


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with the rules that gave it; ``country`` and ``rule`` only where it is a country's law."""

    verdict: Verdict
    severity: str
    reasons: tuple[str, ...]
    country: str = ""
    rule: NationalRule | None = None

    @property
    def certain(self) -> bool:
        """Tell whether the rule behind it was confirmed by the ministry."""
        return self.rule is None or self.rule.verified


@dataclass(frozen=True, slots=True)
class FeeJudgement:
    """The answers; none stands in for another."""

    international: Answer
    countries: tuple[Answer, ...]
    severity: str

    @property
    def national(self) -> Answer:
        """Return the countries' answers as one: a breach of any is a breach, and lawful only what all allow."""
        for verdict in (Verdict.BREACH, Verdict.CANNOT_SAY, Verdict.LAWFUL):
            found = next((answer for answer in self.countries if answer.verdict is verdict), None)
            if found is not None:
                return found
        return Answer(Verdict.CANNOT_SAY, "moderate", ("corridor_unknown",))


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


def _limit(payment: Payment, rule: NationalRule) -> tuple[Decimal | None, str]:
    """Return the rule's limit in the payment's currency, or why it cannot be worked out."""
    if 0 in (rule.worker_max, rule.wage_share):
        return Decimal(0), ""
    if rule.wage_share is not None:
        if payment.monthly_wage is None:
            return None, "wage_unknown"
        if payment.wage_currency != payment.currency:
            return None, "other_currency"
        return rule.wage_share * payment.monthly_wage, ""
    if rule.worker_max is None:
        return None, "limit_not_on_record"
    return (rule.worker_max, "") if rule.currency == payment.currency else (None, "other_currency")


def _by_rule(payment: Payment, rule: NationalRule) -> Answer:
    """Return what one rule says of a payment that it governs."""

    def unknown(*reasons: str) -> Answer:
        return Answer(Verdict.CANNOT_SAY, "moderate", reasons, rule.country, rule)

    if rule.work and not payment.work:
        return unknown("depends_on_work")
    if rule.covers(payment) is None:
        return unknown("covers_part")
    limit, why = _limit(payment, rule)
    if limit is not None and limit == 0:
        return Answer(Verdict.BREACH, "critical", ("banned_by_law",), rule.country, rule)
    against = []
    if payment.disclosed_before is False and rule.disclosure_required:
        against.append("not_disclosed")
    if payment.receipt_held is False and rule.receipt_required and payment.paid:
        against.append("no_receipt")
    if limit is not None and payment.amount is not None and payment.amount > limit and not payment.shared:
        against.insert(0, "above_cap")
    if against:
        return Answer(Verdict.BREACH, "critical", tuple(against), rule.country, rule)
    if payment.amount is None:
        return unknown("amount_unknown")
    if payment.shared:
        return unknown("amount_shared")
    if limit is None:
        return unknown(why)
    if payment.fee_class in _ILLEGITIMATE:
        return unknown("cap_is_no_leave")
    if rule.receipt_required and payment.paid and payment.receipt_held is None:
        return unknown("within_cap", "receipt_unknown")
    if payment.disclosed_before is not True:
        return unknown("within_cap", "disclosure_unknown" if payment.disclosed_before is None else "not_disclosed")
    if not rule.verified:
        return unknown("within_cap", "rule_not_confirmed")
    return Answer(Verdict.LAWFUL, "none", ("within_cap", "disclosed"), rule.country, rule)


def _of_country(payment: Payment, country: str, rules: Iterable[NationalRule]) -> Answer:
    """Return what a country's law says: by its confirmed and then its narrowest rule, unless narrower ones differ."""
    governing = [rule for rule in rules if rule.country == country and rule.holds(payment)]
    if not governing:
        return Answer(Verdict.CANNOT_SAY, "moderate", ("no_rule_on_record",), country)
    # Between rules that are equally good the stricter one speaks, whatever order they came in.
    order = sorted(
        governing,
        key=lambda r: (
            *(r.verified, r.specificity, r.starts or date.min, r.code, str(r.worker_max)),
            *(r.receipt_required, r.disclosure_required, repr(r)),
        ),
    )
    chosen = _by_rule(payment, order[-1])
    narrower = [_by_rule(payment, r) for r in order[:-1] if r.specificity > order[-1].specificity and not r.verified]
    if chosen.verdict is Verdict.LAWFUL and any(answer.verdict is Verdict.BREACH for answer in narrower):
        return Answer(Verdict.CANNOT_SAY, "moderate", ("rules_differ",), country, order[-1])
    return chosen


def _countries(payment: Payment, rules: Iterable[NationalRule]) -> tuple[Answer, ...]:
    if payment.payer == Payer.UNKNOWN:
        return (Answer(Verdict.CANNOT_SAY, "none", ("payer_unknown",)),)
    if payment.payer not in _WORKER_BORE_IT and payment.fee_class not in _ILLEGITIMATE:
        return (Answer(Verdict.LAWFUL, "none", ("employer_paid",)),)
    wanted = [country for country in dict.fromkeys((payment.origin, payment.destination)) if country]
    if not wanted:
        return (Answer(Verdict.CANNOT_SAY, "moderate", ("corridor_unknown",)),)
    if payment.paid_on is None:
        return tuple(Answer(Verdict.CANNOT_SAY, "moderate", ("day_unknown",), country) for country in wanted)
    kept = list(rules)
    return tuple(_of_country(payment, country, kept) for country in wanted)


def judge(payment: Payment, rules: Iterable[NationalRule]) -> FeeJudgement:
    """Return all answers and the graver severity; the name somebody gave to a payment decides nothing."""
    international = _international(payment)
    found = FeeJudgement(international, _countries(payment, rules), "none")
    severity = max(international.severity, found.national.severity, key=_RANK.__getitem__)
    return FeeJudgement(international, found.countries, severity)
