"""Tell what an uploaded file of JSON speaks: FollowTheMoney or BODS; read a register out of the former. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

FTM, BODS = "ftm", "bods"
HOLDERS = frozenset({"Company", "Organization", "LegalEntity", "PublicBody"})
ROLES = {"Ownership": ("owner", "asset"), "Directorship": ("director", "organization")}
COLUMNS = ("id", "name", "other name", "country", "registration number", "licence number", "authority", "status",
           "issued", "expires", "address", "website", "phone", "email", "owner", "director")  # fmt: skip


def documents(data: bytes) -> Iterator[Any]:
    """Yield the documents of JSON or JSON Lines; None for a line that is none, nothing for what is no JSON at all."""
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return
    if not text.startswith(("{", "[")):
        return
    try:
        whole = json.loads(text)
        yield from whole if isinstance(whole, list) else [whole]
    except RecursionError:
        return
    except ValueError:
        for line in text.splitlines():
            if line.strip():
                try:
                    yield json.loads(line)
                except (ValueError, RecursionError):
                    yield None


def kind_of(data: bytes) -> str:
    """Return which of the two a file speaks, by its first sound document; empty for neither."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return ""
    first = next((each for each in documents(data) if isinstance(each, dict)), {})
    if isinstance(first.get("properties"), dict) and isinstance(first.get("schema"), str):
        return FTM
    return BODS if "statementId" in first or "statementID" in first else ""


def table_of(data: bytes) -> bytes:
    """Return the organisations of FollowTheMoney entities as a table: a row for each licence, or one without."""
    entities = [each for each in documents(data) if _is_entity(each)]
    by_id = {str(each["id"]): each for each in entities}
    licences: dict[str, list[Mapping[str, Any]]] = {}
    people: dict[tuple[str, str], list[str]] = {}
    for each in entities:
        if each["schema"] == "Identification":
            for holder in _texts(each, "holder"):
                licences.setdefault(holder, []).append(each)
        elif each["schema"] in ROLES:
            role, of = ROLES[each["schema"]]
            for whom in _texts(each, of):
                names = [name for who in _texts(each, role) if who in by_id for name in _texts(by_id[who], "name")[:1]]
                people.setdefault((whom, role), []).extend(names)
    out = io.StringIO()
    sheet = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    sheet.writeheader()
    for number, each in by_id.items():
        if each["schema"] in HOLDERS:
            said = {role: "; ".join(people.get((number, role), ())) for role in ("owner", "director")}
            sheet.writerows({**row, **said} for row in _rows(number, each, licences.get(number, [])))
    return ("\ufeff" + out.getvalue()).encode()


def _is_entity(each: Any) -> bool:
    return isinstance(each, dict) and "id" in each and isinstance(each.get("properties"), dict) and "schema" in each


def _texts(entity: Mapping[str, Any], name: str) -> list[str]:
    value = entity["properties"].get(name)
    values = value if isinstance(value, list) else [value]
    return [" ".join(text.split()) for text in values if isinstance(text, str) and text.strip()]


def _first(entity: Mapping[str, Any], *names: str) -> str:
    return next((text for name in names for text in _texts(entity, name)), "")


def _rows(number: str, entity: Mapping[str, Any], licences: list[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    names = [*_texts(entity, "name"), *_texts(entity, "alias"), *_texts(entity, "previousName")]
    caption = str(entity.get("caption") or "")
    name = caption if caption in names else next(iter(names), "")
    common = {
        "name": name,
        "other name": "; ".join(dict.fromkeys(text for text in names if text != name)),
        "country": _first(entity, "country", "jurisdiction", "mainCountry").upper(),
        "registration number": _first(entity, "registrationNumber"),
        **{field: _first(entity, field) for field in ("address", "website", "phone", "email")},
    }
    status = _first(entity, "status")
    for licence in licences:
        told = _first(licence, "description").removeprefix("status: ")
        yield common | {
            "licence number": _first(licence, "number"), "authority": _first(licence, "authority"),
            "status": told or status, "issued": _first(licence, "startDate"), "expires": _first(licence, "endDate"),
        }  # fmt: skip
    if not licences:
        numbers = _texts(entity, "licenseNumber")
        yield from (common | {"licence number": each, "status": status} for each in numbers)
        if not numbers:
            yield common | {"id": number}
