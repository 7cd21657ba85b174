"""The six steps of the OECD Due Diligence Guidance for Responsible Business Conduct and their practical actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.standards.entries import Entry, Standard, pick


@dataclass(frozen=True, kw_only=True)
class Action(Entry):
    """One practical action and what a company's record of it should hold. `short` fits a task list."""

    short: str
    evidence: tuple[str, ...]
    decision: str
    owner: str
    dates: tuple[str, ...]
    fields: tuple[str, ...]
    good: str
    poor: str
    content: tuple[str, ...] = ()

    @property
    def step(self) -> int:
        """Return the number of the step, 1 to 6."""
        return int(self.code.split(".")[0])


@dataclass(frozen=True, kw_only=True)
class Step(Entry):
    """One of the six steps."""

    number: int
    actions: tuple[Action, ...]


@dataclass(frozen=True, kw_only=True)
class Ladder(Entry):
    """A severity factor or likelihood with our five rungs, 0 to 4. The factor is the standard's; the rungs are ours."""

    asks: str
    ladder: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Involvement(Entry):
    """How a company is involved in a harm, and what that asks of it."""

    test: str
    demands: tuple[str, ...]
    remedy: Literal["required", "voluntary"]
    weighing: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Oecd(Standard):
    """The steps, and how to rank impacts and decide on relationships."""

    steps: tuple[Step, ...]
    principles: tuple[Entry, ...]
    record_fields: tuple[Entry, ...]
    severity_factors: tuple[Ladder, ...]
    likelihood: Ladder
    priority_rules: tuple[Entry, ...]
    involvement: tuple[Involvement, ...]
    decisions: tuple[Entry, ...]
    decision_factors: tuple[Entry, ...]
    assurance: tuple[Entry, ...]
    disclosure_classes: tuple[Entry, ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return every practical action in order."""
        return tuple(action for step in self.steps for action in step.actions)

    def action(self, code: str) -> Action:
        """Return a practical action such as 2.4; raises KeyError."""
        return pick(self.actions, code)
