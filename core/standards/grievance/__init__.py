"""Grievances of migrant workers: what happened, how urgent, which clocks run, who may know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.standards.entries import Entry, Standard, pick


@dataclass(frozen=True, kw_only=True)
class Category(Entry):
    """What a worker says has happened. `label` is for staff; `worker_label` and `worker_hint` are for the worker."""

    worker_label: str
    worker_hint: str
    pictogram: str
    examples: tuple[str, ...]
    indicators: tuple[str, ...]
    default_severity: int
    flags: tuple[str, ...] = ()
    stage: Literal["", "recruitment"] = ""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """How soon each thing is due, in hours after receipt (`update`: between two updates)."""

    acknowledge: int
    human_contact: int
    triage: int
    first_action: int
    update: int
    resolution: int
    safety_plan: int | None = None
    protective_action: int | None = None


@dataclass(frozen=True, kw_only=True)
class SeverityLevel(Entry):
    """One of four levels; 4 is the gravest, and its clock runs day and night."""

    level: int
    test: str
    clock: Clock
    runs_always: bool = False


@dataclass(frozen=True, kw_only=True)
class Measure(Entry):
    """A measure of how well the mechanism works."""

    formula: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Criterion(Entry):
    """One of the eight effectiveness criteria of UNGP 31."""

    considers: tuple[str, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, kw_only=True)
class IdentityMode(Entry):
    """How much of who the worker is may be known, and by whom."""

    worker_label: str
    who_knows: str
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Consent(Entry):
    """One purpose that a worker may agree to, apart from every other."""

    worker_label: str
    default: bool = False


@dataclass(frozen=True, kw_only=True)
class Flow(Entry):
    """Something that leaves a grievance towards others, and every consent that it needs; not asked counts as no."""

    needs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Channel(Entry):
    """A way in."""

    needs: str


@dataclass(frozen=True, kw_only=True)
class State(Entry):
    """Where a case stands; `worker_label` is what the person who reported reads."""

    worker_label: str
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class Practice(Entry):
    """A time limit seen in practice. None is universal law."""

    acknowledgement: str


@dataclass(frozen=True, kw_only=True)
class Grievance(Standard):
    """Everything that a mechanism for migrant workers is judged by and works with."""

    categories: tuple[Category, ...]
    severities: tuple[SeverityLevel, ...]
    clock_rules: tuple[Entry, ...]
    raise_rules: tuple[Entry, ...]
    criteria: tuple[Criterion, ...]
    identity_modes: tuple[IdentityMode, ...]
    consents: tuple[Consent, ...]
    consent_rules: tuple[Entry, ...]
    flows: tuple[Flow, ...]
    retaliation_forms: tuple[Entry, ...]
    protections: tuple[Entry, ...]
    checkin_days: tuple[int, ...]
    channels: tuple[Channel, ...]
    filers: tuple[Entry, ...]
    accessibility: tuple[Entry, ...]
    states: tuple[State, ...]
    closure_reasons: tuple[Entry, ...]
    not_accepted: tuple[Entry, ...]
    never_refuse: tuple[Entry, ...]
    practice: tuple[Practice, ...]
    public_log: tuple[Entry, ...]
    links: tuple[Entry, ...]

    def category(self, code: str) -> Category:
        """Return a category; raises KeyError."""
        return pick(self.categories, code)

    def severity(self, level: int) -> SeverityLevel:
        """Return a severity level by number, 1 to 4; raises KeyError."""
        return pick(self.severities, str(level))

    def flow(self, code: str) -> Flow:
        """Return what leaves a grievance under a code; raises KeyError."""
        return pick(self.flows, code)

    def state(self, code: str) -> State:
        """Return a state; raises KeyError."""
        return pick(self.states, code)
