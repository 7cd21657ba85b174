"""Say what changed between two states of one list record. Pure: values in, named differences out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FIELDS = ("name", "names", "kind", "countries", "identifiers", "topics", "birth_dates", "measures", "standing")
"""What a decision about a hit rests on, in the order in which it is told."""

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is no longer what it was: the values that went, and those that came."""

    field: str
    went: tuple[str, ...]
    came: tuple[str, ...]

    def stored(self) -> dict[str, Any]:
        """Return the difference as it is kept."""
        return {"field": self.field, "went": list(self.went), "came": list(self.came)}


def differences(before: Content, after: Content) -> tuple[Difference, ...]:
    """Return every field that differs, with what went and what came; the order of values means nothing.

    A main name that only changed places with another name is no difference.
    """
    found = []
    for field in FIELDS:
        if field == "name":
            continue
        old, new = _values(before, field), _values(after, field)
        went = tuple(value for value in old if value not in new)
        came = tuple(value for value in new if value not in old)
        if went or came:
            found.append(Difference(field, went, came))
    return tuple(found)


def _values(content: Content, field: str) -> tuple[str, ...]:
    if field == "names":
        given = [content.get("name") or "", *(content.get("names") or [])]
        return tuple(dict.fromkeys(text for text in given if text))
    value = content.get(field)
    values: Sequence[Any] = value if isinstance(value, list | tuple) else [value] if value else []
    return tuple(dict.fromkeys(_as_text(field, each) for each in values if each))


def _as_text(field: str, value: Any) -> str:
    if field == "measures" and isinstance(value, Mapping):
        days = f"{value.get('starts') or ''} – {value.get('ends') or ''}".strip(" –")
        parts = (value.get("authority") or value.get("programme") or "", days if days else "")
        return ", ".join(part for part in parts if part) or "–"
    if field == "identifiers" and isinstance(value, list | tuple):
        return " ".join(str(part) for part in value)
    return str(value)


@dataclass(frozen=True, slots=True)
class Merge:
    """What an edition does with the ids it absorbed: the entry that goes on, and those that are merged into it."""

    keeps: str
    absorbs: tuple[str, ...]


def merges(known: Sequence[str], records: Sequence[tuple[str, Sequence[str]]]) -> dict[str, Merge]:
    """Return, for each record's id, which known id goes on as that record and which known ids it absorbs.

    A record keeps the entry of its own id; without one, that of the first id which it says it absorbed. An id that
    still stands on the list by itself is absorbed by nobody, and none is absorbed twice.
    """
    standing = {external_id for external_id, _former in records}
    there, taken = set(known), set[str]()
    found: dict[str, Merge] = {}
    for external_id, former in records:
        old = [one for one in dict.fromkeys(former) if one in there and one not in standing and one not in taken]
        keeps = external_id if external_id in there else (old[0] if old else "")
        taken.update(old)
        if keeps:
            found[external_id] = Merge(keeps, tuple(one for one in old if one != keeps))
    return found
