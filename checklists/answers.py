"""Read, judge and count answers. What was not checked is not known; it never counts as a "no". Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from checklists.questions import Item, Kind, Questionnaire, Section, Severity

CURRENCY_LENGTH = 3
LARGEST = Decimal(10) ** 12


class State(StrEnum):
    """Whether an item was answered at all."""

    ANSWERED = "answered"
    NA = "na"
    NOT_CHECKED = "not_checked"


class Per(StrEnum):
    """What an amount of money is counted by."""

    ONCE = "once"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Unreadable(ValueError):  # noqa: N818 - reads as a sentence where it is caught
    """A value that does not fit its item; the code says how."""


@dataclass(frozen=True)
class Money:
    """An amount in a currency, once or by period."""

    amount: Decimal
    currency: str
    per: Per = Per.ONCE


Value = str | int | Money | date | tuple[str, ...] | None


@dataclass(frozen=True)
class Answer:
    """What an inspector put down for one item."""

    code: str
    state: State = State.NOT_CHECKED
    value: Value = None


def not_checked(item: Item) -> Answer:
    """Return the answer that stands until somebody gives one."""
    return Answer(item.code)


def read(item: Item, raw: Any) -> Answer:
    """Return an answer from stored or typed data; empty is not checked. Raises Unreadable."""
    if raw in (None, "", [], (), {}) or raw == State.NOT_CHECKED:
        return not_checked(item)
    if raw == State.NA:
        return Answer(item.code, State.NA)
    return Answer(item.code, State.ANSWERED, _READERS[item.kind](item, raw))


def _yes_no(_item: Item, raw: Any) -> str:
    if raw not in ("yes", "no"):
        raise Unreadable("yes_no")
    return str(raw)


def _count(_item: Item, raw: Any) -> int:
    try:
        number = int(str(raw).strip())
    except ValueError as error:
        raise Unreadable("count") from error
    if not 0 <= number <= 1_000_000 or isinstance(raw, bool):
        raise Unreadable("count")
    return number


def _money(_item: Item, raw: Any) -> Money:
    if not isinstance(raw, Mapping):
        raise Unreadable("money")
    try:
        amount = Decimal(str(raw.get("amount", "")).strip())
        per = Per(raw.get("per") or Per.ONCE)
    except (InvalidOperation, ValueError) as error:
        raise Unreadable("money") from error
    currency = str(raw.get("currency", "")).strip().upper()
    if not amount.is_finite() or not 0 <= amount < LARGEST:
        raise Unreadable("money")
    if len(currency) != CURRENCY_LENGTH or not (currency.isascii() and currency.isalpha()):
        raise Unreadable("currency")
    return Money(amount, currency, per)


def _many(item: Item, raw: Any) -> tuple[str, ...]:
    known = {choice.code for choice in item.choices}
    chosen = tuple(dict.fromkeys(raw if isinstance(raw, list | tuple) else [raw]))
    if not chosen or any(code not in known for code in chosen):
        raise Unreadable("select_many")
    return chosen


def _text(_item: Item, raw: Any) -> str:
    return str(raw).strip()


def _date(_item: Item, raw: Any) -> date:
    try:
        return raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    except ValueError as error:
        raise Unreadable("date") from error


_READERS: dict[Kind, Callable[[Item, Any], Value]] = {
    Kind.YES_NO_NA: _yes_no,
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.SELECT_MANY: _many,
    Kind.TEXT: _text,
    Kind.DATE: _date,
}


def store(answer: Answer) -> Any:
    """Return JSON data from which `read` makes an equal answer; words of a text item are never part of it."""
    if answer.state != State.ANSWERED:
        return answer.state.value
    value = answer.value
    if isinstance(value, Money):
        return {"amount": str(value.amount), "currency": value.currency, "per": value.per.value}
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def is_adverse(item: Item, answer: Answer) -> bool | None:
    """Say whether an answer speaks against the employer; None where it is not known or has no rule."""
    if not item.adverse or answer.state == State.NOT_CHECKED:
        return None
    if answer.state == State.NA:
        return False
    if item.adverse in ("yes", "no"):
        return answer.value == item.adverse
    limit = Decimal(item.adverse.removeprefix(">"))
    amount = answer.value.amount if isinstance(answer.value, Money) else answer.value
    return amount > limit if isinstance(amount, int | Decimal) else None


@dataclass(frozen=True)
class Progress:
    """How much of some items is answered, and how much of it is adverse."""

    total: int
    answered: int
    adverse: int
    gravest: Severity | None

    @property
    def is_complete(self) -> bool:
        """Say whether nothing is left unchecked."""
        return self.answered == self.total

    @property
    def is_started(self) -> bool:
        """Say whether at least one item was answered."""
        return self.answered > 0


def progress(items: Iterable[Item], answers: Mapping[str, Answer]) -> Progress:
    """Count the answers given to some items."""
    total = answered = adverse = 0
    gravest: Severity | None = None
    for item in items:
        total += 1
        answer = answers.get(item.code, not_checked(item))
        answered += answer.state != State.NOT_CHECKED
        if is_adverse(item, answer):
            adverse += 1
            gravest = item.severity if gravest is None or item.severity.rank > gravest.rank else gravest
    return Progress(total, answered, adverse, gravest)


def lacking_comment(section: Section, answers: Mapping[str, Answer], comments: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes of adverse answers that nobody explained."""
    return tuple(
        item.code
        for item in section.items
        if is_adverse(item, answers.get(item.code, not_checked(item))) and not comments.get(item.code, "").strip()
    )


def adverse_items(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
    """Return the items with an adverse answer, the gravest first."""
    found = [item for item in questionnaire.items() if is_adverse(item, answers.get(item.code, not_checked(item)))]
    return tuple(sorted(found, key=lambda item: -item.severity.rank))
