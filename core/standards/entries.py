"""What every piece of a standard is: an entry with a code for ever, a label in our words, and a mark of certainty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, TypeVar


class Basis(StrEnum):
    """How we know what an entry says."""

    FOUND = "found"
    FOUND_SECONDARY = "found-secondary"
    HANDBOOK = "handbook"
    RECALL = "recall"
    SYNTHESIS = "synthesis"
    DESIGN = "design"
    UNCERTAIN = "uncertain"


CERTAINTY_NOTES: dict[Basis, str] = {
    Basis.FOUND: "",
    Basis.HANDBOOK: "",
    Basis.FOUND_SECONDARY: "Read in a secondary source, not in the standard itself.",
    Basis.RECALL: "From general knowledge; not yet checked against the standard.",
    Basis.SYNTHESIS: "Our own summary of several sources; not the standard's words.",
    Basis.DESIGN: "Our own proposal; it is not part of the standard.",
    Basis.UNCERTAIN: "Sources differ or the rule is changing; check before you rely on it.",
}

Confidence = Literal["", "high", "medium", "low"]
Nature = Literal["treaty", "standard", "guidance", "law", "collection", "proposal"]
TextField = Literal["label", "worker_label", "worker_hint", "public_label"]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a fact was read, and how much of the text was seen."""

    key: str
    title: str
    url: str = ""
    read: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One coded piece of a standard."""

    code: str
    label: str
    basis: Basis
    sources: tuple[Source, ...]
    note: str = ""
    confidence: Confidence = ""

    def __str__(self) -> str:
        return self.code

    @property
    def source(self) -> str:
        """Cite the sources in one line."""
        return "; ".join(source.title for source in self.sources)

    @property
    def verified(self) -> bool:
        """Say whether the text was seen in the standard itself or in the IOM Handbook."""
        return not self.certainty_note

    @property
    def certainty_note(self) -> str:
        """Return the sentence that must stand beside an unverified label, or nothing."""
        return CERTAINTY_NOTES[self.basis]


@dataclass(frozen=True, kw_only=True)
class Standard:
    """One edition of one standard, as loaded from its file."""

    name: str
    title: str
    edition: str
    owner: str
    nature: Nature
    effective_from: date
    sources: tuple[Source, ...]
    digest: str
    effective_to: date | None = None
    caution: str = ""

    def walk(self) -> Iterator[tuple[str, Entry]]:
        """Yield every entry with the dotted path of the list that it stands in."""
        yield from _walk(self, "")

    def entry(self, code: str) -> Entry:
        """Return the entry of that code; raises KeyError when there is none or when several lists use the code."""
        found = self._by_code.get(code, ())
        if len(found) != 1:
            raise KeyError(f"{self.name} {self.edition} has {len(found)} entries with the code {code!r}")
        return found[0]

    @cached_property
    def _by_code(self) -> dict[str, tuple[Entry, ...]]:
        index: dict[str, tuple[Entry, ...]] = {}
        for _, entry in self.walk():
            index[entry.code] = (*index.get(entry.code, ()), entry)
        return index


E = TypeVar("E", bound="Entry")


def pick(entries: Iterable[E], code: str) -> E:
    """Return the entry of that code out of a list; raises KeyError."""
    for entry in entries:
        if entry.code == code:
            return entry
    raise KeyError(code)


def _walk(thing: object, path: str) -> Iterator[tuple[str, Entry]]:
    if isinstance(thing, Entry):
        yield path, thing
    for name, value in _parts(thing):
        where = f"{path}.{name}" if path else name
        for part in value if isinstance(value, tuple) else (value,):
            yield from _walk(part, where)


def _parts(thing: object) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, Entry | Standard) or hasattr(thing, "__dataclass_fields__"):
        for each in fields(thing):  # type: ignore[arg-type]
            yield each.name, getattr(thing, each.name)
