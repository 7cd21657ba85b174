"""Hold what anybody may know of a recruiter, and nothing else: no rating, no hit, no grievance, no person. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LicenceRecord:
    """One licence as the public register shows it on a day."""

    ref: str
    number: str
    authority: str
    country: str
    status: str
    valid: bool
    issued_on: date | None = None
    since: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class RecruiterRecord:
    """One recruiter as the public register shows it on a day."""

    ref: str
    name: str
    kind: str
    country: str
    status: str
    group: str
    valid: bool
    url: str
    since: date | None = None
    valid_until: date | None = None
    registered_on: date | None = None
    other_names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    licences: tuple[LicenceRecord, ...] = ()
    sectors: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    registration_numbers: tuple[tuple[str, str], ...] = ()
    website: str = ""
    is_person: bool = False

    @property
    def principal(self) -> LicenceRecord | None:
        """Return the licence that speaks first: a valid one, else the newest."""
        ranked = sorted(self.licences, key=lambda each: (each.valid, each.since or date.min), reverse=True)
        return ranked[0] if ranked else None
