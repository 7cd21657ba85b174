"""Tell what an application still needs, and how grave a decision about it is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

SECTIONS: dict[str, tuple[str, ...]] = {
    "organisation": ("legal_name", "registration_number", "address", "city", "phone", "email", "website"),
    "people": ("people", "sub_agents"),
    "work": ("destinations", "sectors", "workers_a_year"),
    "guarantee": (
        "guarantee_kind", "guarantee_issuer", "guarantee_reference", "guarantee_amount", "guarantee_currency",
        "guarantee_until",
    ),
    "papers": ("papers",),
    "declarations": ("charges_no_fees", "no_barred_person"),
}  # fmt: skip
"""The parts of an application and their fields, in the order in which they are shown."""

REQUIRED = frozenset(
    {"legal_name", "registration_number", "address", "phone", "people", "destinations", "workers_a_year",
     "guarantee_issuer", "guarantee_reference", "guarantee_amount", "guarantee_currency", "guarantee_until", "papers",
     "charges_no_fees", "no_barred_person"}
)  # fmt: skip
"""A renewal needs the same: what the register knows is filled in, and who owns or guarantees it may have changed."""
TIES = "ties"
"""The field under which an applicant is told that a tie was found; not one that it fills in."""
FIELDS = tuple(field for fields in SECTIONS.values() for field in fields)


def section_of(field: str) -> str:
    """Return the part that a field belongs to; ties stand by themselves."""
    return next((section for section, fields in SECTIONS.items() if field in fields), TIES)


def is_given(value: Any) -> bool:
    """Tell whether a field holds an answer; a declaration counts only when it was made."""
    return value not in (None, "", [], {}, False)


def missing(content: Mapping[str, Any], *, papers: int, today: date | None = None) -> tuple[str, ...]:
    """Return the fields that must be filled before it can be handed in, in their order.

    A guarantee that ended before ``today`` is no guarantee.
    """
    filled = {**content, "papers": papers}
    gaps = {field for field in REQUIRED if not is_given(filled.get(field))}
    until = content.get("guarantee_until")
    if today is not None and until and date.fromisoformat(until) < today:
        gaps.add("guarantee_until")
    return tuple(field for field in FIELDS if field in gaps)


@dataclass(frozen=True, slots=True)
class SectionState:
    """How far a part is: nothing yet, begun, filled, or returned with something to answer."""

    code: str
    missing: tuple[str, ...]
    findings: int

    @property
    def state(self) -> str:
        """Return empty, begun, filled or returned. A filled part is not yet handed in, and is never called done."""
        if self.findings:
            return "returned"
        return "begun" if self.missing else "filled"


def sections(
    content: Mapping[str, Any], *, papers: int, open_findings: Iterable[str] = (), today: date | None = None
) -> list[SectionState]:
    """Return how far each part is."""
    gaps = missing(content, papers=papers, today=today)
    returned = [section_of(field) for field in open_findings]
    return [
        SectionState(code, tuple(field for field in gaps if field in fields), returned.count(code))
        for code, fields in SECTIONS.items()
    ]


MANY_WORKERS = 1000


@dataclass(frozen=True, slots=True)
class Gravity:
    """Whether a decision needs two people, and why."""

    two_people: bool
    reasons: tuple[str, ...]


def gravity_of(
    *, grant: bool, bands: Sequence[str], relevant_ties: int, was_barred: bool, workers: int | None, watch: str = ""
) -> Gravity:
    """Return whether two people decide: where a tie speaks against, an order did, or very many workers depend on it.

    ``bands`` are those of ties that nobody has set aside; a refusal needs two when it rests on a tie. ``watch`` says
    what a watchlist holds against it: ``hit_true``, ``hit_open`` or nothing.
    """
    reasons = []
    if relevant_ties:
        reasons.append("tie_relevant")
    elif "strong" in bands:
        reasons.append("tie_open")
    if grant and watch:
        reasons.append(watch)
    if grant and was_barred:
        reasons.append("was_barred")
    if grant and workers is not None and workers >= MANY_WORKERS:
        reasons.append("many_workers")
    return Gravity(bool(reasons), tuple(reasons))
