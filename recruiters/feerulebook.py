"""Read the reviewed file of national fee rules; a broken entry stops the load and names itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from recruiters.feerules import PARTS, NationalRule

PATH = Path(__file__).parent / "data" / "fee_rules.yaml"
WORK = ("domestic", "sea", "land")
BASES = ("found", "found-secondary", "recall", "uncertain")
CONFIDENCES = ("high", "medium", "low")
_KNOWN = frozenset(
    {"code", "jurisdiction", "origin", "destinations", "categories", "part_of", "work", "worker_max", "wage_share",
     "currency", "starts", "since_year", "ends", "receipt_required", "disclosure_required", "basis", "confidence",
     "source", "url"}
)  # fmt: skip


class BrokenRule(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """An entry of the rules' file that may not be used; its message names entry and field."""


def _decimal(entry: Mapping[str, Any], name: str) -> Decimal | None:
    if name not in entry:
        return None
    value = Decimal(str(entry[name]))
    if value < 0:
        raise BrokenRule(f"{entry['code']}: {name} is below zero")
    return value


def _check(entry: Mapping[str, Any]) -> None:
    code = entry.get("code", "?")
    unknown = set(entry) - _KNOWN
    for wrong, what in (
        (unknown, f"unknown fields {sorted(unknown)}"),
        (not entry.get("source"), "no source"),
        (entry.get("basis") not in BASES, "basis"),
        (entry.get("confidence") not in CONFIDENCES, "confidence"),
        (len(str(entry.get("jurisdiction", ""))) != 2, "jurisdiction"),
        (not (entry.get("origin") or entry.get("destinations")), "neither origin nor destination"),
        ("worker_max" in entry and "wage_share" in entry, "two limits"),
        ("worker_max" in entry and not entry.get("currency"), "no currency"),
        (set(entry.get("work", ())) - set(WORK), "work"),
        (
            set(entry.get("part_of", ())) - {f"{code}/{part}" for code, parts in PARTS.items() for part in parts},
            "part_of",
        ),
        (not isinstance(entry.get("receipt_required"), bool), "receipt_required"),
    ):
        if wrong:
            raise BrokenRule(f"{code}: {what}")


def read(text: str) -> tuple[NationalRule, ...]:
    """Return the rules of a file's text, one for each destination; raises BrokenRule."""
    found: list[NationalRule] = []
    seen: set[str] = set()
    for entry in yaml.safe_load(text)["rules"]:
        _check(entry)
        if entry["code"] in seen:
            raise BrokenRule(f"{entry['code']}: code used twice")
        seen.add(entry["code"])
        starts, ends = entry.get("starts"), entry.get("ends")
        if "since_year" in entry:
            starts = date(entry["since_year"] + 1, 1, 1)  # within its first year the day is not known
        if not all(day is None or type(day) is date for day in (starts, ends)) or (starts and ends and ends < starts):
            raise BrokenRule(f"{entry['code']}: days")
        found += [
            NationalRule(
                origin=entry.get("origin", ""),
                destination=destination,
                worker_max=_decimal(entry, "worker_max"),
                currency=entry.get("currency", ""),
                starts=starts,
                ends=ends,
                receipt_required=entry["receipt_required"],
                source=entry["source"],
                code=entry["code"],
                jurisdiction=entry["jurisdiction"],
                categories=tuple(entry.get("categories", ())),
                part_of=tuple(entry.get("part_of", ())),
                work=tuple(entry.get("work", ())),
                wage_share=_decimal(entry, "wage_share"),
                disclosure_required=bool(entry.get("disclosure_required", False)),
                basis=entry["basis"],
                confidence=entry["confidence"],
                source_url=entry.get("url", ""),
            )
            for destination in entry.get("destinations", [""])
        ]
    return tuple(found)


@cache
def reviewed() -> tuple[NationalRule, ...]:
    """Return the rules that ship with the product; none of them is confirmed."""
    return read(PATH.read_text(encoding="utf-8"))
