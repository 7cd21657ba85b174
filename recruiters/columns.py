"""Recognise the columns of a list by their heads, in the ways that offices write them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files

CountryTest = Callable[[str], bool]

FIELDS: dict[str, tuple[str, ...]] = {
    name: tuple(heads)
    for name, heads in tomllib.loads(
        files("recruiters").joinpath("data/column_heads.toml").read_text(encoding="utf-8")
    ).items()
}
"""Field to column heads, from the reviewed file data/column_heads.toml."""

SCREENED = ("name", "country", "licence_number", "registration_number", "type", "birth_date", "id")
"""Fields that a list to be screened may give; only ``name`` is needed."""


def plain(head: str) -> str:
    """Return a column head without case, marks and punctuation, words parted by one blank."""
    text = unicodedata.normalize("NFKC", head).casefold()
    kept = "".join(ch if ch.isalnum() or unicodedata.category(ch).startswith("M") else " " for ch in text)
    return " ".join(kept.split())


def _key(head: str) -> str:
    return plain(head).replace(" ", "")


_FIELD_OF = {_key(way): field for field, ways in FIELDS.items() for way in ways}


_ASIDE = re.compile(r"[(\[{（【].*?[)\]}）】]|[*:：]")


def recognise(heads: Iterable[str], wanted: Iterable[str] = tuple(FIELDS)) -> dict[str, str]:
    """Return which column gives each wanted field (field to column head); the first column that fits wins.

    A head is also read without what stands in brackets, and either half of one in two languages counts.
    """
    allowed = frozenset(wanted)
    found: dict[str, str] = {}
    for head in heads:
        readings = (head, _ASIDE.sub(" ", head), *re.split(r"[/|\n]", head))
        field = next((f for reading in readings if (f := _FIELD_OF.get(_key(reading), "")) in allowed), "")
        if field:
            found.setdefault(field, head)
    return found


def guess(
    columns: Sequence[str], samples: Sequence[Mapping[str, str]], found: Mapping[str, str], is_country: CountryTest
) -> dict[str, str]:
    """Return columns for name and country where no head told, from what stands in the first rows.

    Countries are a column most of whose values are countries; names the column with the most letters in it.
    """
    free = [column for column in columns if column not in found.values()]
    guessed: dict[str, str] = {}
    values = {column: [row.get(column, "").strip() for row in samples] for column in free}
    if "country" not in found:
        for column in free:
            given = [value for value in values[column] if value]
            if given and sum(map(is_country, given)) * 3 >= len(given) * 2:
                guessed["country"] = column
                break
    if "name" not in found:
        letters = {
            column: sum(sum(ch.isalpha() for ch in value) for value in set(values[column]))
            for column in free
            if column != guessed.get("country")
        }
        best = max(letters, key=lambda column: letters[column], default="")
        if best and letters[best]:
            guessed["name"] = best
    return guessed


def pick(values: Mapping[str, str], mapping: Mapping[str, str], field: str) -> str:
    """Return a row's value for a field, trimmed; empty when the list has no such column."""
    column = mapping.get(field)
    return " ".join((values.get(column) or "").split()) if column else ""


def kind_of(text: str) -> str:
    """Return ``person`` or ``organisation`` for a type as written; whatever is not called a person is the latter."""
    word = plain(text)
    people = ("person", "individual", "natural person", "people", "p", "human", "شخص", "व्यक्ति", "ব্যক্তি")
    return "person" if word in people else "organisation"
