"""Compare what a worker was offered, signed and got, term by term, and say which differences harm the worker. Pure.

Amounts in different currencies are never compared: there is no rate that both agreed on. Pay by the hour and pay by the
month are compared only where the hours are known. What nobody looked at is not missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from parties.matching import Subject, Verdict, match
from parties.matching.scripts import word_script
from recruiters.contractterms import BY_NAME, FIELDS, Field, Harm, Kind, Money, Number, Value


class Finding(StrEnum):
    """Name what was found about one element of a contract."""

    PRESENT = "present"
    MISSING = "missing"
    UNCLEAR = "unclear"
    SUBSTITUTED_WORSE = "substituted_worse"
    SUBSTITUTED_BETTER = "substituted_better"
    BANNED_CLAUSE = "banned_clause"
    NOT_CHECKED = "not_checked"


class Direction(StrEnum):
    """Name what a difference means for the worker."""

    BETTER = "better"
    WORSE = "worse"
    CANNOT_TELL = "cannot_tell"


PAY_OR_EMPLOYER = frozenset({"CT-01", "CT-10"})
"""Elements whose change for the worse is critical: the employer, and the pay."""
SAME_FROM = 0.9
"""From this score of the name matcher on two names mean the same; what is only alike is judged by a person."""
VERSIONS = ("offered", "signed", "actual")
_WEEKS_A_YEAR = Decimal(52)
_RANK = {"none": 0, "minor": 1, "moderate": 2, "serious": 3, "critical": 4}


@dataclass(frozen=True, slots=True)
class Difference:
    """One term that is not the same in two versions; ``why`` names the rule that gave the direction."""

    field: str
    element: str
    before_version: str
    after_version: str
    before: Value | None
    after: Value | None
    direction: Direction
    why: str

    @property
    def severity(self) -> str:
        """Return how grave it is."""
        if self.direction is not Direction.WORSE:
            return "minor" if self.direction is Direction.CANNOT_TELL else "none"
        return severity_of_finding(self.element, Finding.SUBSTITUTED_WORSE, required=True)


@dataclass(frozen=True, slots=True)
class Version:
    """One version with its terms. ``whole``: all of it was read, so that a term without a value is missing."""

    name: str
    terms: Mapping[str, Value]
    whole: bool = False

    @property
    def known(self) -> bool:
        """Tell whether anything is known of it."""
        return bool(self.terms) or self.whole


def severity_of_finding(element: str, finding: str, *, required: bool) -> str:
    """Return how grave one finding is: ``none``, ``minor``, ``moderate``, ``serious`` or ``critical``."""
    if finding == Finding.SUBSTITUTED_WORSE:
        return "critical" if element in PAY_OR_EMPLOYER else "serious"
    if finding == Finding.BANNED_CLAUSE:
        return "serious"
    if finding == Finding.MISSING:
        return "moderate" if required else "minor"
    if finding == Finding.UNCLEAR:
        return "minor"
    return "none"


def _days_a_week(terms: Mapping[str, Value]) -> Decimal | None:
    rest = terms.get("rest_days")
    return Decimal(7) - min(rest.number, Decimal(7)) if isinstance(rest, Number) else None


def _hours_a_week(terms: Mapping[str, Value]) -> Decimal | None:
    hours = terms.get("hours")
    if not isinstance(hours, Number):
        return None
    if hours.unit == "week":
        return hours.number
    days = _days_a_week(terms)
    return hours.number * days if days is not None else None


def monthly(money: Money, terms: Mapping[str, Value]) -> Decimal | None:
    """Return an amount as so much a month, or None where hours or days are needed and not known."""
    if money.per == "month":
        return money.amount
    if money.per == "year":
        return money.amount / 12
    if money.per == "week":
        return money.amount * _WEEKS_A_YEAR / 12
    if money.per == "once":
        return None
    a_week = _days_a_week(terms) if money.per == "day" else _hours_a_week(terms)
    return money.amount * a_week * _WEEKS_A_YEAR / 12 if a_week is not None else None


def _by_size(field: Field, old: Decimal, new: Decimal, why: str) -> tuple[Direction, str] | None:
    if round(old, 2) == round(new, 2):
        return None
    grew = new > old
    worse = grew if field.harm is Harm.MORE else not grew
    return (Direction.WORSE if worse else Direction.BETTER), f"{why}_{'higher' if grew else 'lower'}"


def _money(field: Field, old: Money, new: Money, before: Version, after: Version) -> tuple[Direction, str] | None:
    if old.currency != new.currency:
        return Direction.CANNOT_TELL, "other_currency"
    if old.per == new.per:
        return _by_size(field, old.amount, new.amount, "amount")
    first, second = monthly(old, before.terms), monthly(new, after.terms)
    if first is None or second is None:
        return Direction.CANNOT_TELL, "hours_not_known"
    return _by_size(field, first, second, "month")


def _number(field: Field, old: Number, new: Number, before: Version, after: Version) -> tuple[Direction, str] | None:
    if old.unit == new.unit:
        return _by_size(field, old.number, new.number, "number")
    first, second = _hours_a_week(before.terms), _hours_a_week(after.terms)
    if first is None or second is None:
        return Direction.CANNOT_TELL, "days_not_known"
    return _by_size(field, first, second, "week")


def _judge(field: Field, before: Version, after: Version) -> tuple[Direction, str] | None:
    """Return what became of a field between two versions, with its rule; None where nothing differs or is known."""
    old, new = before.terms.get(field.name), after.terms.get(field.name)
    if old is None and new is None:
        return None
    if new is None:
        return (Direction.WORSE, "no_longer_stated") if after.whole else None
    if old is None:
        if not before.whole:
            return None
        added = field.kind is Kind.MONEY and field.harm is Harm.MORE and isinstance(new, Money) and new.amount > 0
        worst = field.kind is Kind.CHOICE and new == field.choices[-1]
        if added or worst:
            return Direction.WORSE, "newly_demanded"
        return Direction.CANNOT_TELL, "newly_stated"
    if isinstance(old, Money) and isinstance(new, Money):
        return _money(field, old, new, before, after)
    if isinstance(old, Number) and isinstance(new, Number):
        return _number(field, old, new, before, after)
    return _words(field, str(old), str(new))


def _words(field: Field, old: str, new: str) -> tuple[Direction, str] | None:
    if field.kind is Kind.CHOICE:
        first, second = field.choices.index(old), field.choices.index(new)
        if first == second:
            return None
        return (Direction.WORSE, "moved_to_worker") if second > first else (Direction.BETTER, "moved_from_worker")
    if " ".join(old.split()).casefold() == " ".join(new.split()).casefold():
        return None
    return _names(old, new) if field.harm is Harm.OTHER else (Direction.CANNOT_TELL, "other_words")


def _names(old: str, new: str) -> tuple[Direction, str] | None:
    """Return whether two names of an employer or a place mean another one: None where they mean the same.

    Only what is plainly another name is called so. Between scripts a name may be translated, and that no rule can tell.
    """
    answer = match(Subject(old, kind="organisation"), Subject(new, kind="organisation"))
    if answer.verdict is Verdict.MATCH and answer.score >= SAME_FROM:
        return None
    if answer.verdict is Verdict.CLEAR and word_script(old) == word_script(new):
        return Direction.WORSE, "other_one"
    return Direction.CANNOT_TELL, "alike_names"


def compare(before: Version, after: Version) -> tuple[Difference, ...]:
    """Return every field that differs between two versions, with its direction for the worker and the reason."""
    if not (before.known and after.known):
        return ()
    found = []
    for field in FIELDS:
        judged = _judge(field, before, after)
        if judged is not None:
            old, new = before.terms.get(field.name), after.terms.get(field.name)
            found.append(Difference(field.name, field.element, before.name, after.name, old, new, *judged))
    return tuple(found)


def is_substitution(differences: Iterable[Difference]) -> bool:
    """Tell whether the later version is worse for the worker in any term."""
    return any(difference.direction is Direction.WORSE for difference in differences)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a review says: differences between versions, elements that the newest paper lacks, what is gravest."""

    differences: tuple[Difference, ...]
    missing: tuple[str, ...]
    severity: str
    substituted: bool

    def count(self, direction: Direction) -> int:
        """Return how many fields went in a direction, each field once."""
        return len({difference.field for difference in self.differences if difference.direction is direction})


def review(versions: Mapping[str, Version], required: Iterable[str], *, banned: int = 0) -> Comparison:
    """Compare the versions that are known, each with the next, and name required elements that a read paper lacks.

    ``required`` are elements that a contract must hold; ``banned`` counts clauses that must not be there.
    """
    kept = {name: versions[name] for name in VERSIONS if name in versions and versions[name].known}
    nothing = Version("", {})
    offered, signed, actual = (kept.get(name, nothing) for name in VERSIONS)
    found = [*compare(offered, signed), *compare(signed, actual)]
    found += [each for each in compare(offered, actual) if each.field not in signed.terms]
    paper = next((kept[name] for name in ("signed", "offered") if name in kept and kept[name].whole), None)
    stated = {BY_NAME[name].element for name, value in paper.terms.items() if value != "no"} if paper else set()
    missing = tuple(element for element in dict.fromkeys(required) if paper is not None and element not in stated)
    severities = [difference.severity for difference in found]
    severities += ["moderate"] * bool(missing) + ["serious"] * bool(banned) + ["none"]
    return Comparison(tuple(found), missing, max(severities, key=_RANK.__getitem__), is_substitution(found))
