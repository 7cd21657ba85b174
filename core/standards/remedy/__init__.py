"""Remedy: its forms, IOM's six steps, repayment of fees, and when a case may be closed."""

from __future__ import annotations

from dataclasses import dataclass

from core.standards.entries import Entry, Standard, pick


@dataclass(frozen=True, kw_only=True)
class RemedyForm(Entry):
    """One form that remedy can take."""

    worker_label: str
    who: str
    examples: tuple[str, ...]
    record: tuple[str, ...]
    confirm: str
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class RemedyStep(Entry):
    """One of the six steps of remediation, with the OECD actions that it serves."""

    number: int
    record: tuple[str, ...]
    oecd: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RepaymentMethod(Entry):
    """A way to work out what is owed; the higher the strength the closer to each worker's own truth."""

    use: str
    strength: int


@dataclass(frozen=True, kw_only=True)
class Milestone(Entry):
    """A step of repayment and the days after the finding by which it should be done."""

    days: int


@dataclass(frozen=True, kw_only=True)
class Remedy(Standard):
    """Forms, steps and rules of remedy."""

    forms: tuple[RemedyForm, ...]
    steps: tuple[RemedyStep, ...]
    principles: tuple[Entry, ...]
    stages: tuple[Entry, ...]
    delivery_rules: tuple[Entry, ...]
    closure: tuple[Entry, ...]
    closure_rules: tuple[Entry, ...]
    worker_confirmation: tuple[Entry, ...]
    repayment_facts: tuple[Entry, ...]
    cost_heads: tuple[Entry, ...]
    repayment_methods: tuple[RepaymentMethod, ...]
    repayment_rules: tuple[Entry, ...]
    repayment_timeline: tuple[Milestone, ...]
    repayment_fields: tuple[Entry, ...]
    verification: tuple[Entry, ...]
    measures: tuple[Entry, ...]
    barriers: tuple[Entry, ...]
    actors: tuple[Entry, ...]

    def form(self, code: str) -> RemedyForm:
        """Return a form of remedy; raises KeyError."""
        return pick(self.forms, code)
