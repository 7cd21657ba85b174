"""Bilateral labour agreements by component, and national action plans."""

from __future__ import annotations

from dataclasses import dataclass

from core.standards.entries import Entry, Standard, pick


@dataclass(frozen=True, kw_only=True)
class Component(Entry):
    """One component of an agreement; the one without a number is desirable beyond the list."""

    group: str
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Numbered(Entry):
    """A numbered step or intervention."""

    number: int


@dataclass(frozen=True, kw_only=True)
class Bla(Standard):
    """Components of an agreement, interventions, and what a national action plan holds."""

    groups: tuple[Entry, ...]
    components: tuple[Component, ...]
    scale: tuple[Entry, ...]
    lifecycle: tuple[Entry, ...]
    limits: tuple[Entry, ...]
    interventions: tuple[Numbered, ...]
    plan_elements: tuple[Entry, ...]
    plan_columns: tuple[Entry, ...]
    plan_intro: tuple[Entry, ...]
    plan_process: tuple[Numbered, ...]
    plan_consultees: tuple[Entry, ...]
    plan_statuses: tuple[Entry, ...]

    def component(self, code: str) -> Component:
        """Return a component; raises KeyError."""
        return pick(self.components, code)
