"""Recognise the columns of a list by their heads, in the ways that offices write them."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from importlib.resources import files

FIELDS: dict[str, tuple[str, ...]] = {
    name: tuple(heads)
    for name, heads in tomllib.loads(
        files("recruiters").joinpath("data/column_heads.toml").read_text(encoding="utf-8")
    ).items()
}
"""Field to column heads, from the reviewed file data/column_heads.toml."""

SCREENED = ("name", "country", "licence_number", "registration_number", "type", "id")
"""Fields that a list to be screened may give; only ``name`` is needed."""


def plain(head: str) -> str:
    """Return a column head without case, marks and punctuation, words parted by one blank."""
    text = unicodedata.normalize("NFKC", head).casefold()
    kept = "".join(ch if ch.isalnum() or unicodedata.category(ch).startswith("M") else " " for ch in text)
    return " ".join(kept.split())


def _key(head: str) -> str:
    return plain(head).replace(" ", "")


_FIELD_OF = {_key(way): field for field, ways in FIELDS.items() for way in ways}


def recognise(heads: Iterable[str], wanted: Iterable[str] = tuple(FIELDS)) -> dict[str, str]:
    """Return which column gives each wanted field (field to column head); the first column that fits wins."""
    allowed = frozenset(wanted)
    found: dict[str, str] = {}
    for head in heads:
        field = _FIELD_OF.get(_key(head), "")
        if field in allowed:
            found.setdefault(field, head)
    return found


def pick(values: Mapping[str, str], mapping: Mapping[str, str], field: str) -> str:
    """Return a row's value for a field, trimmed; empty when the list has no such column."""
    column = mapping.get(field)
    return " ".join((values.get(column) or "").split()) if column else ""


def kind_of(text: str) -> str:
    """Return ``person`` or ``organisation`` for a type as written; whatever is not called a person is the latter."""
    word = plain(text)
    people = ("person", "individual", "natural person", "people", "p", "human", "شخص", "व्यक्ति", "ব্যক্তি")
    return "person" if word in people else "organisation"
