"""The IRIS Standard for ethical recruitment: principles, criteria and the outcomes that our own review may give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.standards.entries import Entry, Standard, pick


@dataclass(frozen=True, kw_only=True)
class Criterion(Entry):
    """One thing that a recruiter is assessed on."""

    official_id: str | None = None
    evidence: tuple[str, ...]
    proposed_critical: bool

    @property
    def local_id(self) -> str:
        """Return our own permanent code; show `official_id` to people only where there is one."""
        return self.code

    @property
    def principle(self) -> str:
        """Return the code of the principle that the criterion belongs to."""
        return self.code.split("-")[1]


@dataclass(frozen=True, kw_only=True)
class Principle(Entry):
    """One of the seven principles."""

    kind: Literal["general", "specific"]
    scope: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome(Entry):
    """An answer on a criterion. Only outcomes with `counts` enter a score; only `conforming` ones raise it."""

    conforming: bool
    counts: bool


@dataclass(frozen=True, kw_only=True)
class Iris(Standard):
    """The whole standard."""

    principles: tuple[Principle, ...]
    outcomes: tuple[Outcome, ...]
    outcome_rule: Entry
    management: tuple[Entry, ...]
    assurance: tuple[Entry, ...]
    not_a_certificate: Entry

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return every criterion in order."""
        return tuple(criterion for principle in self.principles for criterion in principle.criteria)

    def principle(self, code: str) -> Principle:
        """Return a principle; raises KeyError."""
        return pick(self.principles, code)

    def criterion(self, code: str) -> Criterion:
        """Return a criterion by our own code; raises KeyError."""
        return pick(self.criteria, code)
