"""Disclosure, due-diligence and ban regimes, item by item, with the OECD actions that answer each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from core.standards.entries import Entry, Standard, pick

Obligation = Literal["must", "may", "comply_or_explain", "on_request", "guidance", "alternative"]


@dataclass(frozen=True, kw_only=True)
class RegimeItem(Entry):
    """One thing that a regime asks for. `code` holds regime and item: UK-MSA:s.54(5)(a)."""

    oecd: tuple[str, ...]
    obligation: Obligation
    effective_from: date | None = None
    effective_to: date | None = None
    timing: str = ""

    @property
    def regime(self) -> str:
        """Return the code of the regime."""
        return self.code.split(":", 1)[0]

    @property
    def item_code(self) -> str:
        """Return the item's own code within the regime."""
        return self.code.split(":", 1)[1]

    def in_force(self, day: date) -> bool:
        """Say whether the item binds on that day; an open end counts as in force."""
        started = self.effective_from is None or self.effective_from <= day
        return started and (self.effective_to is None or day <= self.effective_to)


@dataclass(frozen=True, kw_only=True)
class Regime(Entry):
    """One regime. `jurisdiction` is an ISO 3166 code, or EU."""

    jurisdiction: str
    kind: Literal["disclosure", "due_diligence", "sustainability_report", "market_ban", "import_ban"]
    who: str
    obligation: str
    items: tuple[RegimeItem, ...]
    approval: tuple[Entry, ...] = ()
    timing: tuple[Entry, ...] = ()
    enforcement: tuple[Entry, ...] = ()
    facts: tuple[Entry, ...] = ()
    checks: tuple[Entry, ...] = ()
    caution: str = ""
    effective_from: date | None = None
    effective_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class MapsTo:
    """Items of one regime that a report section answers."""

    regime: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Section(Entry):
    """One section of the report's spine, shared by several regimes."""

    oecd: tuple[str, ...]
    maps: tuple[MapsTo, ...]


@dataclass(frozen=True, kw_only=True)
class Regimes(Standard):
    """All regimes and the rules that hold across them."""

    sections: tuple[Section, ...]
    regimes: tuple[Regime, ...]
    rules: tuple[Entry, ...]
    statuses: tuple[Entry, ...]

    @property
    def items(self) -> tuple[RegimeItem, ...]:
        """Return every item of every regime in order."""
        return tuple(item for regime in self.regimes for item in regime.items)

    def regime(self, code: str) -> Regime:
        """Return a regime; raises KeyError."""
        return pick(self.regimes, code)

    def items_for(self, action: str, day: date | None = None) -> tuple[RegimeItem, ...]:
        """Return the items that an OECD action such as 2.1 answers, of those in force on the day if one is given."""
        return tuple(item for item in self.items if action in item.oecd and (day is None or item.in_force(day)))
