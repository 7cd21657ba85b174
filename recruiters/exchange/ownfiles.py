"""Read our own files back: the register's JSON Lines, its table of recruiters and its table of licences. Pure.

A line of JSON Lines nests its licences: it becomes a row for each. The table of recruiters tells one licence of each;
a recruiter with several is left out by name, for the other two files tell them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_RECRUITERS = frozenset({"id", "name", "status_group", "may_recruit", "url"})
_LICENCES = frozenset({"id", "recruiter", "recruiter_name", "number"})
_NESTED = ("id", "number", "authority", "status", "since", "issued_on", "valid_until")
_WHO = {"id": "id", "name": "name", "native_name": "other_names", "country": "country", "address": "addresses",
        "sector": "sectors", "destinations": "destinations"}  # fmt: skip
_LINE = {
    **_WHO, "website": "website", "registration_number": "registration_numbers",
    "licence_number": "licences.number", "authority": "licences.authority", "status": "licences.status",
    "status_on": "licences.since", "issued_on": "licences.issued_on", "expires_on": "licences.valid_until",
}  # fmt: skip
_ROW = {
    **_WHO, "licence_number": "licence_number", "authority": "authority", "status": "status",
    "status_on": "status_since", "issued_on": "issued_on", "expires_on": "valid_until",
}  # fmt: skip
_LICENCE_ROW = {
    "id": "id", "name": "recruiter_name", "country": "country", "licence_number": "number", "authority": "authority",
    "status": "status", "status_on": "status_since", "issued_on": "issued_on", "expires_on": "valid_until",
}  # fmt: skip
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One licence with who holds it, or a recruiter without any; ``rule`` says why column ``column`` cannot be read."""

    cells: Cells
    column: str = ""
    rule: str = ""


def own_columns(heads: Iterable[str]) -> dict[str, str]:
    """Return which column gives each field (field to head) where the heads are those of a file of ours; else none."""
    found = set(heads)
    if found >= _LICENCES:
        return dict(_LICENCE_ROW)
    if not found >= _RECRUITERS:
        return {}
    return dict(_ROW if "licence_number" in found else _LINE)


def own_rows(cells: Cells, mapping: Mapping[str, str]) -> list[OwnRow]:
    """Return what a line of a file of ours tells, licence by licence; a line of any other file as it is.

    ``id`` becomes the recruiter's reference, with the licence's after a slash where there is one.
    """
    if mapping == _LICENCE_ROW:
        return [OwnRow({**cells, "id": _joined(cells["recruiter"], cells["id"])})]
    if mapping == _ROW:
        return [_of_row(cells)]
    return _of_line(cells) if mapping == _LINE else [OwnRow(cells)]


def _joined(holder: str, licence: str) -> str:
    return f"{holder.strip()}/{licence.strip()}" if licence.strip() else holder.strip()


def _of_row(cells: Cells) -> OwnRow:
    refs = [ref for ref in cells.get("licences", "").split("|") if ref.strip()]
    if len(refs) > 1:
        return OwnRow(cells, "licences", "several_licences")
    told = {**cells, "id": _joined(cells["id"], "".join(refs)), "addresses": cells.get("addresses", "").split("|")[0]}
    if cells.get("status") == "none":
        told |= dict.fromkeys(("status", "status_since", "valid_until"), "")
    return OwnRow(told)


def _of_line(cells: Cells) -> list[OwnRow]:
    numbers = _objects(cells.get("registration_numbers", ""))
    if numbers is None:
        return [OwnRow(cells, "registration_numbers", "not_as_exported")]
    licences = _objects(cells.get("licences", ""))
    if licences is None:
        return [OwnRow(cells, "licences", "not_as_exported")]
    number = _text(numbers[0].get("number")) if numbers else ""
    who = {**cells, "registration_numbers": number, "addresses": cells.get("addresses", "").split("; ")[0]}
    if not licences:
        return [OwnRow(who)]
    return [
        OwnRow(
            {**who, "id": _joined(cells["id"], _text(each.get("id"))),
             **{f"licences.{name}": _text(each.get(name)) for name in _NESTED[1:]}}
        )
        for each in licences
    ]  # fmt: skip


def _objects(text: str) -> list[dict[str, Any]] | None:
    """Return the objects nested in a cell; None where it holds anything else."""
    if not text.strip():
        return []
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not all(isinstance(each, dict) and _is_plain(each) for each in found):
        return None
    return found


def _is_plain(item: Mapping[str, Any]) -> bool:
    return not any(isinstance(item.get(name), dict | list) for name in _NESTED)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
