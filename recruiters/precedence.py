"""Decide what a register's file may change about a licence that is here already. Pure.

An order given here goes before every file; the register of the licence's own authority goes before other registers;
between words of the same weight the later day decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from recruiters.licensing import ADVERSE, ENDED_BY_AUTHORITY, MAY_RECRUIT, SUSPENDED, Status


class Weight(IntEnum):
    """Name who speaks, the lightest first."""

    OTHER = 0
    OWN = 1
    ORDER = 2


class Outcome(StrEnum):
    """Name what becomes of what a file says."""

    APPLY = "apply"
    SAME = "same"
    ORDER = "order"
    OTHER_REGISTER = "other_register"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a licence: its status, the end of its term, from which day, and with what weight."""

    code: str
    expires_on: date | None
    on: date
    weight: Weight


def outcome(stands: Said | None, file: Said) -> Outcome:
    """Return whether a file's word replaces what stands."""
    if stands is None:
        return Outcome.APPLY
    if (stands.code, stands.expires_on) == (file.code, file.expires_on):
        return Outcome.SAME
    if stands.weight is Weight.ORDER and stands.code in ADVERSE and not graver(stands.code, file.code):
        return Outcome.ORDER
    if file.weight < min(stands.weight, Weight.OWN):
        return Outcome.ORDER if stands.weight is Weight.ORDER else Outcome.OTHER_REGISTER
    if file.on < stands.on:
        return Outcome.ORDER if stands.weight is Weight.ORDER else Outcome.OLDER
    return Outcome.APPLY


def _ladder(code: str) -> int:
    if code in MAY_RECRUIT:
        return 0
    if code == Status.BANNED_PERMANENT:
        return 4
    if code in ENDED_BY_AUTHORITY or code == Status.DELISTED:
        return 3
    return 2 if code in SUSPENDED else 1


def graver(before: str, after: str) -> bool:
    """Tell whether a status is worse for its holder than another."""
    return _ladder(after) > _ladder(before)


def better(before: str, after: str) -> bool:
    """Tell whether a status is better for its holder than another."""
    return _ladder(after) < _ladder(before)
