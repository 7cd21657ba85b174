"""The terms of a contract as data: which field stands for which element, how it is read, what harms. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

RULES = "terms/1"
"""The version of these rules; a review keeps the one it was judged by."""
LARGEST = Decimal(10) ** 10


class Kind(StrEnum):
    """What a term looks like."""

    MONEY = "money"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"


class Harm(StrEnum):
    """What of a change harms the worker."""

    LESS = "less"
    MORE = "more"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to compare. ``units`` of a number, or ``choices`` from the best for the worker to the worst."""

    name: str
    element: str
    kind: Kind
    harm: Harm
    units: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


PER = ("hour", "day", "week", "month", "year", "once")
WHO_PAYS = ("employer", "worker")
WHO_KEEPS = ("worker", "employer")
YES_NO = ("yes", "no")
INTERVALS = ("week", "month", "longer")

FIELDS: tuple[Field, ...] = (
    Field("employer", "CT-01", Kind.TEXT, Harm.OTHER),
    Field("worker_details", "CT-02", Kind.CHOICE, Harm.MORE, choices=YES_NO),
    Field("recruiter_licence", "CT-03", Kind.CHOICE, Harm.MORE, choices=YES_NO),
    Field("recruited_at", "CT-04", Kind.CHOICE, Harm.MORE, choices=YES_NO),
    Field("work", "CT-05", Kind.TEXT, Harm.UNKNOWN),
    Field("workplace", "CT-06", Kind.TEXT, Harm.OTHER),
    Field("occupation", "CT-07", Kind.TEXT, Harm.UNKNOWN),
    Field("duration", "CT-08", Kind.NUMBER, Harm.MORE, units=("months",)),
    Field("probation", "CT-09", Kind.NUMBER, Harm.MORE, units=("months",)),
    Field("pay", "CT-10", Kind.MONEY, Harm.LESS),
    Field("pay_interval", "CT-11", Kind.CHOICE, Harm.MORE, choices=INTERVALS),
    Field("overtime", "CT-12", Kind.NUMBER, Harm.LESS, units=("percent",)),
    Field("allowances", "CT-13", Kind.MONEY, Harm.LESS),
    Field("deductions", "CT-14", Kind.MONEY, Harm.MORE),
    Field("hours", "CT-15", Kind.NUMBER, Harm.MORE, units=("day", "week")),
    Field("rest_days", "CT-15", Kind.NUMBER, Harm.LESS, units=("week",)),
    Field("leave", "CT-16", Kind.NUMBER, Harm.LESS, units=("year",)),
    Field("sick_pay", "CT-17", Kind.CHOICE, Harm.MORE, choices=YES_NO),
    Field("insurance", "CT-18", Kind.CHOICE, Harm.MORE, choices=WHO_PAYS),
    Field("food", "CT-19", Kind.CHOICE, Harm.MORE, choices=WHO_PAYS),
    Field("lodging", "CT-20", Kind.CHOICE, Harm.MORE, choices=WHO_PAYS),
    Field("residence", "CT-21", Kind.CHOICE, Harm.MORE, choices=YES_NO),
    Field("travel_out", "CT-22", Kind.CHOICE, Harm.MORE, choices=WHO_PAYS),
    Field("travel_back", "CT-23", Kind.CHOICE, Harm.MORE, choices=WHO_PAYS),
    Field("no_fee", "CT-24", Kind.CHOICE, Harm.MORE, choices=YES_NO),
    Field("passport", "CT-25", Kind.CHOICE, Harm.MORE, choices=WHO_KEEPS),
    Field("notice", "CT-26", Kind.NUMBER, Harm.MORE, units=("days",)),
    Field("leaving_costs", "CT-27", Kind.MONEY, Harm.MORE),
    Field("change_employer", "CT-28", Kind.CHOICE, Harm.MORE, choices=YES_NO),
    Field("complaints", "CT-29", Kind.CHOICE, Harm.MORE, choices=YES_NO),
    Field("law", "CT-30", Kind.CHOICE, Harm.MORE, choices=YES_NO),
    Field("safety_gear", "CT-31", Kind.CHOICE, Harm.MORE, choices=WHO_PAYS),
    Field("remittance", "CT-32", Kind.CHOICE, Harm.MORE, choices=YES_NO),
    Field("repatriation", "CT-33", Kind.CHOICE, Harm.MORE, choices=WHO_PAYS),
    Field("signatures", "CT-34", Kind.CHOICE, Harm.MORE, choices=YES_NO),
)
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency by a period."""

    amount: Decimal
    currency: str
    per: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a unit."""

    number: Decimal
    unit: str


Value = Money | Number | str


class Unreadable(ValueError):  # noqa: N818 - reads as a sentence where it is caught
    """A value that does not fit its field; the code says how."""


def plain_number(raw: Any) -> Decimal:
    """Return a number as people write it, in any of our scripts' digits; raises Unreadable."""
    text = "".join(_DIGITS.get(ch, ch) for ch in str(raw)).strip().replace(",", "").replace("٬", "").replace("٫", ".")
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise Unreadable("number") from error
    if not value.is_finite() or not 0 <= value < LARGEST:
        raise Unreadable("number")
    return value


_SCRIPTS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯")
_DIGITS = {ch: str(n) for digits in _SCRIPTS for n, ch in enumerate(digits)}


def read(field: Field, data: Mapping[str, Any] | None) -> Value | None:
    """Return a term from its stored or typed data; None when nothing was given. Raises Unreadable."""
    given = {key: str(value).strip() for key, value in (data or {}).items() if str(value).strip()}
    if field.kind is Kind.MONEY:
        return _money(given)
    if field.kind is Kind.NUMBER:
        if "number" not in given:
            return None
        unit = given.get("unit", field.units[0])
        if unit not in field.units:
            raise Unreadable("unit")
        return Number(plain_number(given["number"]), unit)
    if field.kind is Kind.CHOICE:
        if given and given.get("choice") not in field.choices:
            raise Unreadable("choice")
        return given.get("choice")
    return given.get("text", "")[:200] or None


def _money(given: Mapping[str, str]) -> Money | None:
    if "amount" not in given:
        return None
    amount = plain_number(given["amount"])
    currency = given.get("currency", "").upper()
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise Unreadable("currency")
    if given.get("per", "month") not in PER:
        raise Unreadable("per")
    return Money(amount, currency, given.get("per", "month"))


def store(value: Value) -> dict[str, str]:
    """Return JSON data from which `read` makes an equal value."""
    if isinstance(value, Money):
        return {"amount": str(value.amount), "currency": value.currency, "per": value.per}
    if isinstance(value, Number):
        return {"number": str(value.number), "unit": value.unit}
    return {"choice": value, "text": value}


def read_all(data: Mapping[str, Mapping[str, Any]]) -> dict[str, Value]:
    """Return the readable terms of one version by field name; a field that is no longer known is left out."""
    found: dict[str, Value] = {}
    for name, raw in data.items():
        field = BY_NAME.get(name)
        value = read(field, raw) if field else None
        if value is not None:
            found[name] = value
    return found
