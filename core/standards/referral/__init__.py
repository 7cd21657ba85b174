"""Referral of a vulnerable migrant to protection and services, with consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.standards.entries import Entry, Standard, pick


@dataclass(frozen=True, kw_only=True)
class ReferralStep(Entry):
    """One of the four steps of a national referral mechanism."""

    number: int
    records: str


@dataclass(frozen=True, kw_only=True)
class Service(Entry):
    """A kind of help. `worker_label` is what the person reads."""

    worker_label: str


@dataclass(frozen=True, kw_only=True)
class Field(Entry):
    """A field of a referral record."""

    required: bool
    sealed: bool = False


@dataclass(frozen=True, kw_only=True)
class State(Entry):
    """Where one referral to one service stands, and who may move it there."""

    moved_by: Literal["sender", "service", "person"]
    final: bool = False


@dataclass(frozen=True, kw_only=True)
class SharingException(Entry):
    """When something may be shared without consent, and under which rule."""

    rule: str


@dataclass(frozen=True, kw_only=True)
class Referral(Standard):
    """Steps, services, safeguards, and the special rules for police and children."""

    steps: tuple[ReferralStep, ...]
    facts: tuple[Entry, ...]
    services: tuple[Service, ...]
    states: tuple[State, ...]
    safeguards: tuple[Entry, ...]
    exceptions: tuple[SharingException, ...]
    police_rules: tuple[Entry, ...]
    police_conditions: tuple[Entry, ...]
    police_never: tuple[Entry, ...]
    child_rules: tuple[Entry, ...]
    child_fields: tuple[Field, ...]
    notify_child_protection_hours: int
    minimum_fields: tuple[Field, ...]
    directory_fields: tuple[Field, ...]
    memorandum: tuple[Entry, ...]
    procedures: tuple[Entry, ...]
    measures: tuple[Entry, ...]

    def service(self, code: str) -> Service:
        """Return a kind of help; raises KeyError."""
        return pick(self.services, code)

    def state(self, code: str) -> State:
        """Return a state; raises KeyError."""
        return pick(self.states, code)
