"""What a migrant worker's written contract must hold, and how to see that it was swapped."""

from __future__ import annotations

from dataclasses import dataclass

from core.standards.entries import Entry, Standard, pick


@dataclass(frozen=True, kw_only=True)
class Element(Entry):
    """One element of a contract. Not required means recommended. `refs` are articles as cited in the research."""

    required: bool
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EarlyEnd(Entry):
    """On what terms a worker may leave early."""

    max_notice_days: int
    no_penalty: bool
    notice_waived_if: tuple[str, ...]
    employer_pays_trip_then: bool


@dataclass(frozen=True, kw_only=True)
class Contract(Standard):
    """Elements, banned clauses, and signs of substitution."""

    elements: tuple[Element, ...]
    when_and_how: tuple[Entry, ...]
    clauses: tuple[Entry, ...]
    early_end: EarlyEnd
    substitution: Entry
    substitution_signs: tuple[Entry, ...]
    worse_if: tuple[Entry, ...]
    detection: tuple[Entry, ...]

    def element(self, code: str) -> Element:
        """Return an element; raises KeyError."""
        return pick(self.elements, code)
