"""Compare what a worker was offered, signed and got, term by term, and say which differences harm the worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


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
    DIFFERENT = "different"


PAY_OR_EMPLOYER = frozenset({"CT-01", "CT-10"})
"""Elements whose change for the worse is critical: the employer, and the pay."""
LESS_IS_WORSE = frozenset({"CT-10", "CT-13", "CT-16", "CT-17"})
MORE_IS_WORSE = frozenset({"CT-14", "CT-15", "CT-08", "CT-26"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One term that is not the same in two versions."""

    element: str
    before: str
    after: str
    direction: Direction


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


def _number(text: str) -> float | None:
    digits = "".join(ch for ch in text.replace(",", "") if ch.isdigit() or ch == ".").strip(".")
    try:
        return float(digits) if digits else None
    except ValueError:
        return None


def _direction(element: str, before: str, after: str) -> Direction:
    if not after.strip():
        return Direction.WORSE
    if not before.strip():
        return Direction.DIFFERENT
    old, new = _number(before), _number(after)
    if old is None or new is None or old == new:
        return Direction.DIFFERENT
    if element in LESS_IS_WORSE:
        return Direction.WORSE if new < old else Direction.BETTER
    if element in MORE_IS_WORSE:
        return Direction.WORSE if new > old else Direction.BETTER
    return Direction.DIFFERENT


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    """Return every element whose wording differs between two versions, with its direction for the worker."""
    found = []
    for element in sorted(before.keys() | after.keys()):
        old, new = before.get(element, ""), after.get(element, "")
        if " ".join(old.split()).casefold() != " ".join(new.split()).casefold():
            found.append(Difference(element, old, new, _direction(element, old, new)))
    return tuple(found)


def is_substitution(differences: Iterable[Difference]) -> bool:
    """Tell whether the later version is worse for the worker in any term."""
    return any(difference.direction is Direction.WORSE for difference in differences)
