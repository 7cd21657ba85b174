"""Publishing counts about workers without telling on anyone; how long each kind of record is kept."""

from __future__ import annotations

from dataclasses import dataclass

from core.standards.entries import Entry, Standard, pick


@dataclass(frozen=True, kw_only=True)
class Tier(Entry):
    """For one audience: no count of people below `k` is shown (none when k is missing)."""

    audience: str
    k: int | None
    rounding: int | None = None
    zero_needs_population: int | None = None
    minimum_workforce: int | None = None
    minimum_reporters: int | None = None
    delay_days: int | None = None
    geography: str = ""
    period: str = ""


@dataclass(frozen=True, kw_only=True)
class AgeBand(Entry):
    """An age band, both ends included; a missing end is open."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, kw_only=True)
class Retention(Entry):
    """How long one kind of record is kept after `counted_from`; None: for ever, or as national law says."""

    counted_from: str
    keep_months: int | None
    then: str
    hold: str = ""
    keep_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Statistics(Standard):
    """Suppression, disaggregation, data protection and retention."""

    mandate: tuple[Entry, ...]
    tiers: tuple[Tier, ...]
    sensitive: tuple[str, ...]
    sexes: tuple[Entry, ...]
    age_bands: tuple[AgeBand, ...]
    dimensions: tuple[Entry, ...]
    dimension_rules: tuple[Entry, ...]
    steps: tuple[Entry, ...]
    attack_tests: tuple[Entry, ...]
    traps: tuple[Entry, ...]
    marks: tuple[Entry, ...]
    thresholds: tuple[Entry, ...]
    synthetic: tuple[Entry, ...]
    principles: tuple[Entry, ...]
    gdpr: tuple[Entry, ...]
    retention_facts: tuple[Entry, ...]
    retention: tuple[Retention, ...]
    retention_rules: tuple[Entry, ...]
    release_fields: tuple[Entry, ...]
    caveats: tuple[Entry, ...]

    def tier(self, code: str) -> Tier:
        """Return a tier; raises KeyError."""
        return pick(self.tiers, code)
