"""Say by which day an appeal must be decided, and whether it lifts an order meanwhile: from reviewed data. Pure.

Both go by country, kind of decision and the day lodged.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "data" / "appeal_terms.toml"
AGAINST = ("application", "order", "claim")
BASES = ("found", "design")


class BrokenTerm(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """An entry of the terms' file that may not be used; its message names entry and field."""


@dataclass(frozen=True, slots=True)
class Term:
    """Within so many days appeals against these things are decided, in a country or (blank) in any other.

    ``lifts`` says that the law lets an order rest while an appeal against it is open; without such a law it holds.
    """

    code: str
    against: frozenset[str]
    days: int
    starts: date
    source: str
    basis: str
    country: str = ""
    lifts: bool = False


def decide_by(terms: Iterable[Term], *, against: str, country: str, lodged: date) -> tuple[date, Term]:
    """Return the last day to decide an appeal and the term that says so; raises LookupError where none covers it."""
    fitting = [
        term
        for term in terms
        if against in term.against and term.country in ("", country) and term.starts <= lodged
    ]  # fmt: skip
    if not fitting:
        raise LookupError(f"No term covers an appeal against {against} lodged on {lodged}.")
    term = max(fitting, key=lambda term: (bool(term.country), term.starts, term.code))
    return lodged + timedelta(days=term.days), term


def lifts_orders(terms: Iterable[Term], *, country: str, lodged: date) -> bool:
    """Tell whether a country's law lets an order rest while an appeal lodged on this day is open."""
    return decide_by(terms, against="order", country=country, lodged=lodged)[1].lifts


def read(text: str) -> tuple[Term, ...]:
    """Return the terms of a file's text; raises BrokenTerm."""
    terms = tuple(_term(entry) for entry in tomllib.loads(text)["term"])
    if len({term.code for term in terms}) != len(terms):
        raise BrokenTerm("two entries have one code")
    covered = {kind for term in terms if not term.country for kind in term.against}
    if covered != set(AGAINST):
        raise BrokenTerm(f"nothing covers {sorted(set(AGAINST) - covered)} in any country")
    return terms


def _term(entry: dict[str, Any]) -> Term:
    code, days, country = entry.get("code", "?"), entry.get("days"), entry.get("country", "")
    for wrong, what in (
        (not entry.get("source"), "no source"),
        (entry.get("basis") not in BASES, "basis"),
        (not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= 730, "days"),
        (not isinstance(entry.get("starts"), date), "starts"),
        (country and len(country) != 2, "country"),
        (not isinstance(entry.get("lifts", False), bool), "lifts"),
        (entry.get("lifts") and (not country or entry.get("basis") != "found"), "lifts without a country's own law"),
        (not entry.get("against") or set(entry["against"]) - set(AGAINST), "against"),
    ):
        if wrong:
            raise BrokenTerm(f"{code}: {what}")
    return Term(
        code, frozenset(entry["against"]), entry["days"], entry["starts"], entry["source"], entry["basis"], country,
        entry.get("lifts", False),
    )  # fmt: skip


@cache
def appeal_terms() -> tuple[Term, ...]:
    """Return the reviewed terms."""
    return read(PATH.read_text(encoding="utf-8"))
