"""Suppliers, sites, ownership and the public sources on risk."""

from __future__ import annotations

from dataclasses import dataclass

from core.standards.entries import Entry, Standard, pick


@dataclass(frozen=True, kw_only=True)
class Identifier(Entry):
    """A scheme of identifiers; `pattern` is a regular expression for a whole value, empty when anything goes."""

    pattern: str = ""


@dataclass(frozen=True, kw_only=True)
class SiteField(Entry):
    """A field of a site's record."""

    group: str


@dataclass(frozen=True, kw_only=True)
class RiskSource(Entry):
    """A public source on risk, with its cycle and licence as far as known."""

    publisher: str = ""
    content: str = ""
    edition: str = ""
    cycle: str
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class SupplyChain(Standard):
    """Record structures and sources for supply chains."""

    identifiers: tuple[Identifier, ...]
    site_fields: tuple[SiteField, ...]
    tiers: tuple[Entry, ...]
    labour_chain: tuple[Entry, ...]
    interests: tuple[Entry, ...]
    unknown_reasons: tuple[Entry, ...]
    exchange: tuple[Entry, ...]
    control_methods: tuple[Entry, ...]
    classifications: tuple[Entry, ...]
    sector_guidance: tuple[Entry, ...]
    risk_sources: tuple[RiskSource, ...]
    risk_rules: tuple[Entry, ...]

    def identifier(self, code: str) -> Identifier:
        """Return a scheme; raises KeyError."""
        return pick(self.identifiers, code)

    def risk_source(self, code: str) -> RiskSource:
        """Return a source; raises KeyError."""
        return pick(self.risk_sources, code)
