"""Which reasons go with which decision about a hit, and which one a comparison suggests. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

OTHER = "other"
REASONS_FOR: dict[str, tuple[str, ...]] = {
    "true": ("same_identifier", "same_people", "name_and_country", OTHER),
    "false": (
        *("other_identifier", "other_country", "other_kind", "other_trade", "common_name", "other_date"),
        OTHER,
    ),
    "unsure": ("asked_for_papers", OTHER),
}
"""The reasons of each decision, in the order of their number keys; the last one needs words."""

_SUGGESTS_FALSE = (
    ("identifier_contradicts", "other_identifier"),
    ("birth_differs", "other_date"),
    ("kind_differs", "other_kind"),
    ("country_differs", "other_country"),
)


def fits(answer: str, reason: str) -> bool:
    """Tell whether a reason can be given for a decision."""
    return reason in REASONS_FOR.get(answer, ())


def suggested(features: Iterable[str]) -> dict[str, str]:
    """Return for each decision the reason that the comparison's features speak for; a person may choose another."""
    there = frozenset(features)
    same = "same_identifier" if "identifier_agrees" in there else "name_and_country"
    other = next((reason for feature, reason in _SUGGESTS_FALSE if feature in there), "common_name")
    return {"true": same, "false": other, "unsure": "asked_for_papers"}


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a hit's history: a decision, or the taking back of an earlier one (``undoes`` is its number)."""

    number: int
    answer: str
    by: str
    undoes: int | None = None


def in_force(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the decisions that nobody took back, oldest first."""
    undone = {step.undoes for step in steps if step.undoes is not None}
    return tuple(step for step in steps if step.undoes is None and step.number not in undone)
