"""Tell which decisions that take effect later can no longer be taken once another is taken before them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recruiters.licensing import (
    ADVERSE,
    ALLOWED,
    ENDED_BY_AUTHORITY,
    NO_LICENCE,
    OPEN_TERM,
    SUSPENDED,
    Change,
    Status,
    standing_on,
)

_BY_CODE: dict[str, str] = {
    Status.REVOKED: "revoke",
    Status.CANCELLED: "revoke",
    Status.RENEWAL_DENIED: "revoke",
    Status.BANNED_PERMANENT: "ban",
    Status.CEASED: "close",
    Status.REFUSED: "refuse",
    **dict.fromkeys(SUSPENDED, "suspend"),
}
_FAVOURABLE = frozenset({NO_LICENCE, Status.APPLIED, Status.DEFERRED, Status.EXPIRED, *OPEN_TERM})


@dataclass(frozen=True, slots=True)
class Numbered:
    """One row of a history with its number."""

    number: int
    change: Change


def overtaken(history: Sequence[Numbered], new: Change) -> tuple[int, ...]:
    """Return the numbers of later rows that cannot follow any more once ``new`` is taken.

    A later suspension, for example, does not follow on a revocation, and a later renewal lifts no suspension of today;
    a later revocation still follows on a suspension. A row whose day brings what it brought before is left alone. What
    was to lift an order that falls away with this lifts nothing else.
    """
    rows = sorted(history, key=lambda row: (row.change.effective_on, row.number))
    before = [row.change for row in rows if row.change.effective_on <= new.effective_on]
    old, now = list(before), [*before, new]
    gone: list[int] = []
    for row in rows:
        later = row.change
        if later.effective_on <= new.effective_on:
            continue
        was, stands = (standing_on(kept, later.effective_on).code for kept in (old, now))
        old.append(later)
        meant = _FAVOURABLE if later.code in OPEN_TERM and _fell_away(was, rows, row, gone) else _from(later.code, was)
        if stands != was and stands not in meant:
            gone.append(row.number)
        else:
            now.append(later)
    return tuple(gone)


def _fell_away(was: str, rows: Sequence[Numbered], row: Numbered, gone: Sequence[int]) -> bool:
    """Tell whether the row that had brought a standing before this one is among those that fall away."""
    earlier = [each for each in rows[: rows.index(row)] if each.change.code == was]
    return bool(earlier) and earlier[-1].number in gone


def _from(code: str, was: str) -> frozenset[str]:
    """Return the standings from which a row of this code may follow, given from which it was meant to."""
    decision = _BY_CODE.get(code, "")
    if decision:
        return ALLOWED[decision]
    if code in OPEN_TERM:
        if was in SUSPENDED:
            return ALLOWED["reinstate"]
        return ALLOWED["restore"] if was in ENDED_BY_AUTHORITY else _FAVOURABLE
    return frozenset({was, *(str(status) for status in Status if status not in ADVERSE)})
