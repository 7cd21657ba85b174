"""Reckon what a worker is owed for fees taken from her, what has come back, and what is still missing. Pure.

The rules are those of the remedy standard (repayment_rules RR-1 to RR-8): the higher estimate counts, the better of two
exchange rates, interest really paid or a stated simple rate, no deduction, departed workers included. Every figure
names where it comes from, so that a handler can explain it line by line and anybody can reckon it again by hand.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from grievances.remedy import Word

DAYS_A_YEAR = 365
# Days after the last payment on which somebody asks whether the money was taken back (remedy standard, clawback_check).
CLAWBACK_CHECKS = (30, 180)
# ISO 4217: most currencies have hundredths; these have none, or thousandths.
_WHOLE = frozenset({"JPY", "KRW", "VND", "UGX", "RWF", "XAF", "XOF", "CLP", "PYG", "ISK"})
_THOUSANDTHS = frozenset({"BHD", "KWD", "OMR", "JOD", "IQD", "TND", "LYD"})


class Method(StrEnum):
    """How the amount of a fee is known; the codes of the remedy standard's repayment methods."""

    DOCUMENTED = "documented"
    DECLARATION = "individual_declaration"
    BAND = "corridor_band"
    FLAT = "flat_rate"
    NEGOTIATED = "negotiated"


class Payee(StrEnum):
    """Where the worker is who must be repaid: whoever left is owed as much as whoever stayed (RR-6)."""

    CURRENT = "current"
    LEFT = "left"
    REPATRIATED = "repatriated"
    FAMILY = "deceased_family"


class Way(StrEnum):
    """How money reached the worker; never through a recruiter (delivery rule DLV-5)."""

    OWN_ACCOUNT = "own_account"
    OWN_WALLET = "own_wallet"
    CASH = "cash_witnessed"
    ESCROW = "escrow"
    FAMILY_ACCOUNT = "family_account"


class UnfitFigures(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """Figures that cannot be reckoned; `code` says why and `detail` which one."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Estimate:
    """One way to know an amount."""

    method: Method
    amount: Decimal


@dataclass(frozen=True)
class FeeItem:
    """One fee or cost that was taken from the worker; `loan`: the interest of its loan is an item of its own."""

    number: int
    category: str
    currency: str
    paid_on: date
    estimates: tuple[Estimate, ...]
    chosen: Method | None = None
    loan: bool = False

    @property
    def counted(self) -> Estimate:
        """Return the estimate that counts: the one the worker asked for, else the highest (RR-1)."""
        asked = [each for each in self.estimates if each.method is self.chosen]
        if not self.estimates:
            raise UnfitFigures("no_amount", str(self.number))
        return asked[0] if asked else max(self.estimates, key=lambda each: each.amount)


@dataclass(frozen=True)
class Rate:
    """What one unit of a currency was worth in another on a day, and who says so."""

    currency: str
    into: str
    on: date
    value: Decimal
    source: str


@dataclass(frozen=True)
class Interest:
    """A stated simple rate of interest, in percent a year, and where it comes from (RR-2)."""

    percent: Decimal
    source: str


@dataclass(frozen=True)
class Payment:
    """One payment back to the worker: proven or not, and what she says of it. `received` is hers where it is a part."""

    number: int
    on: date
    amount: Decimal
    currency: str
    proven: bool = False
    word: Word | None = None
    received: Decimal | None = None


@dataclass(frozen=True)
class Claim:
    """Everything that a reckoning rests on; amounts are due in one currency, reckoned for one day."""

    currency: str
    reckoned_on: date
    items: tuple[FeeItem, ...]
    rates: tuple[Rate, ...] = ()
    interest: Interest | None = None
    payments: tuple[Payment, ...] = ()


@dataclass(frozen=True)
class Line:
    """One fee, reckoned: what was taken, at which rate it counts, the interest on it, and why."""

    item: FeeItem
    taken: Estimate
    principal: Decimal
    interest: Decimal
    rate_then: Rate | None
    rate_now: Rate | None
    used: Rate | None
    days: int
    reasons: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """Return what is due for this fee."""
        return self.principal + self.interest


@dataclass(frozen=True)
class Reckoning:
    """What is due, what came back with the worker's word, what waits for her word, and what is missing."""

    currency: str
    lines: tuple[Line, ...]
    due: Decimal
    confirmed: Decimal
    waiting: Decimal
    disputed: Decimal
    unproven: Decimal
    payments: tuple[tuple[Payment, Decimal], ...] = field(default=())

    @property
    def came(self) -> Decimal:
        """Return what has come back to her: with her word, or with proof and waiting for it."""
        return self.confirmed + self.waiting

    @property
    def outstanding(self) -> Decimal:
        """Return what nobody has paid yet; what is paid too much stays the worker's (RR-5)."""
        return max(self.due - self.came, Decimal(0))

    @property
    def settled(self) -> bool:
        """Say whether everything is paid and the worker said so: nothing is settled on the payer's word (DLV-1)."""
        return bool(self.lines) and self.confirmed >= self.due


@dataclass(frozen=True)
class Instalment:
    """One part of what is due, and by which day."""

    number: int
    due_on: date
    amount: Decimal


def minor_unit(currency: str) -> Decimal:
    """Return the smallest unit of a currency: 1 for yen, 0.001 for dinars, else 0.01 (ISO 4217)."""
    if currency in _WHOLE:
        return Decimal(1)
    return Decimal("0.001") if currency in _THOUSANDTHS else Decimal("0.01")


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Round an amount to its currency's smallest unit, half up."""
    return amount.quantize(minor_unit(currency), ROUND_HALF_UP)


def reckon(claim: Claim) -> Reckoning:
    """Reckon a claim; raises UnfitFigures naming the rate or amount that is missing."""
    lines = tuple(_line(item, claim) for item in claim.items)
    paid = tuple((payment, _payment_value(payment, claim)) for payment in claim.payments)
    none = rounded(Decimal(0), claim.currency)
    sums = dict.fromkeys(("confirmed", "waiting", "disputed", "unproven"), none)
    for payment, value in paid:
        for kind, part in _standing(payment, value, claim.currency):
            sums[kind] += part
    return Reckoning(claim.currency, lines, sum((line.total for line in lines), none), **sums, payments=paid)


def _line(item: FeeItem, claim: Claim) -> Line:
    taken = item.counted
    reasons = (
        ["asked_by_worker" if item.chosen is taken.method else "higher_estimate"] if len(item.estimates) > 1 else []
    )
    then = now = used = None
    factor = Decimal(1)
    if item.currency != claim.currency:
        then = _rate(claim.rates, item.currency, claim.currency, item.paid_on)
        now = _rate(claim.rates, item.currency, claim.currency, claim.reckoned_on)
        used = max(then, now, key=lambda rate: rate.value)
        reasons.append("rate_of_then" if used is then else "rate_of_now")
        factor = used.value
    days = max((claim.reckoned_on - item.paid_on).days, 0)
    interest = Decimal(0)
    if item.loan:
        reasons.append("loan_interest_counted_apart")
    elif claim.interest is not None:
        interest = taken.amount * factor * claim.interest.percent / 100 * days / DAYS_A_YEAR
        reasons.append("simple_interest")
    return Line(
        item=item,
        taken=taken,
        principal=rounded(taken.amount * factor, claim.currency),
        interest=rounded(interest, claim.currency),
        rate_then=then,
        rate_now=now,
        used=used,
        days=days,
        reasons=tuple(reasons),
    )


def _rate(rates: Iterable[Rate], currency: str, into: str, on: date) -> Rate:
    """Return the newest rate on or before a day; raises UnfitFigures where none is known."""
    fitting = [rate for rate in rates if rate.currency == currency and rate.into == into and rate.on <= on]
    if not fitting:
        raise UnfitFigures("rate_missing", f"{currency} {into} {on.isoformat()}")
    return max(fitting, key=lambda rate: rate.on)


def _payment_value(payment: Payment, claim: Claim) -> Decimal:
    if payment.currency == claim.currency:
        return rounded(payment.amount, claim.currency)
    rate = _rate(claim.rates, payment.currency, claim.currency, payment.on)
    return rounded(payment.amount * rate.value, claim.currency)


def _standing(payment: Payment, value: Decimal, currency: str) -> list[tuple[str, Decimal]]:
    """Say how much of a payment the worker confirms, disputes, or has not spoken about yet."""
    if payment.word is Word.ALL:
        return [("confirmed", value)]
    if payment.word is Word.NONE:
        return [("disputed", value)]
    if payment.word is Word.PART:
        share = (payment.received or Decimal(0)) / payment.amount if payment.amount else Decimal(0)
        got = min(rounded(value * share, currency), value)
        return [("confirmed", got), ("disputed", value - got)]
    return [("waiting" if payment.proven else "unproven", value)]


def plan(total: Decimal, count: int, first_on: date, *, currency: str) -> tuple[Instalment, ...]:
    """Split what is due into monthly parts that add up to it exactly, the larger ones first.

    Raises UnfitFigures for no part at all or for parts below the smallest unit of money.
    """
    unit = minor_unit(currency)
    if count < 1 or total < unit * count:
        raise UnfitFigures("parts_too_small")
    units, left = divmod(int(rounded(total, currency) / unit), count)
    return tuple(
        Instalment(number + 1, _months_after(first_on, number), (units + (number < left)) * unit)
        for number in range(count)
    )


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def missing_of(
    parts: Sequence[Instalment], reckoning: Reckoning, came_before: Decimal | None = None
) -> tuple[tuple[Instalment, Decimal], ...]:
    """Return what of each part is still missing, in their order.

    A plan splits what was outstanding when it was made: what is outstanding now says how much of it has come since. So
    does what had come before, where that was noted: then a fee that is found later takes nothing from a part paid.
    """
    money = max(sum((part.amount for part in parts), Decimal(0)) - reckoning.outstanding, Decimal(0))
    if came_before is not None:
        money = max(money, reckoning.came - came_before)
    found = []
    for part in sorted(parts, key=lambda each: each.number):
        found.append((part, max(part.amount - money, Decimal(0))))
        money = max(money - part.amount, Decimal(0))
    return tuple(found)


def overdue(
    parts: Sequence[Instalment], reckoning: Reckoning, *, today: date, came_before: Decimal | None = None
) -> tuple[tuple[Instalment, Decimal], ...]:
    """Return the parts whose day is over and what of each is still missing, oldest first."""
    missing = missing_of(parts, reckoning, came_before)
    return tuple((part, left) for part, left in missing if left and part.due_on < today)


def falls_short(parts: Sequence[Instalment], reckoning: Reckoning) -> bool:
    """Say whether a plan covers less than is outstanding now: a fee was added, or money was taken back."""
    return bool(parts) and sum((part.amount for part in parts), Decimal(0)) < reckoning.outstanding


def ways(payee: Payee) -> frozenset[Way]:
    """Return how this payee may be paid: a family's account only where the worker has died."""
    own = frozenset(Way) - {Way.FAMILY_ACCOUNT}
    return frozenset({Way.FAMILY_ACCOUNT, Way.CASH, Way.ESCROW}) if payee is Payee.FAMILY else own


def clawback_checks(payments: Sequence[Payment]) -> tuple[date, ...]:
    """Return the days on which somebody must ask whether the money was taken back: after the last proven payment."""
    days = [payment.on for payment in payments if payment.proven or payment.word is not None]
    return tuple(max(days) + timedelta(days=after) for after in CLAWBACK_CHECKS) if days else ()
