"""Tell what a licence's dated history means on a day: may this recruiter recruit, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum


class Status(StrEnum):
    """Name what a licence is. Codes are for ever; the words of a register are kept beside them."""

    APPLIED = "applied"
    DEFERRED = "deferred"
    REFUSED = "refused"
    PROVISIONAL = "provisional"
    ACTIVE = "active"
    ACTIVE_CONDITIONS = "active_conditions"
    EXPIRED = "expired"
    RENEWAL_PENDING = "renewal_pending"
    RENEWAL_DENIED = "renewal_denied"
    SUSPENDED_ADMIN = "suspended_admin"
    SUSPENDED_DISCIPLINARY = "suspended_disciplinary"
    SUSPENDED_PREVENTIVE = "suspended_preventive"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    BANNED_PERMANENT = "banned_permanent"
    CEASED = "ceased"
    DELISTED = "delisted"
    INACTIVE = "inactive"
    UNKNOWN = "unknown"


NO_LICENCE = "none"
"""The standing of an organisation that has no licence on record."""

MAY_RECRUIT = frozenset({Status.PROVISIONAL, Status.ACTIVE, Status.ACTIVE_CONDITIONS})
FLAGGED = frozenset({Status.PROVISIONAL, Status.ACTIVE_CONDITIONS})
SUSPENDED = frozenset({Status.SUSPENDED_ADMIN, Status.SUSPENDED_DISCIPLINARY, Status.SUSPENDED_PREVENTIVE})
ENDED_BY_AUTHORITY = frozenset({Status.REVOKED, Status.CANCELLED, Status.BANNED_PERMANENT, Status.RENEWAL_DENIED})
ADVERSE = SUSPENDED | ENDED_BY_AUTHORITY
OPEN_TERM = MAY_RECRUIT | {Status.RENEWAL_PENDING}
"""Statuses whose term can run out; an order, a refusal or an application does not expire."""


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one row of a licence's history: what it was from ``effective_on``, and when its term ends."""

    code: str
    effective_on: date
    expires_on: date | None = None
    raw: str = ""
    reason_code: str = ""
    until: date | None = None
    """The last day of a suspension for a fixed time; afterwards what was before applies again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Answer for one day. ``turns_on`` is the next day on which the answer changes by itself, ``then`` to what."""

    code: str
    valid: bool
    flagged: bool = False
    since: date | None = None
    expires_on: date | None = None
    raw: str = ""
    turns_on: date | None = None
    then: str = ""


NOTHING = Standing(code=NO_LICENCE, valid=False)


GROUPS: dict[str, frozenset[str]] = {
    "valid": frozenset(map(str, MAY_RECRUIT)),
    "suspended": frozenset(map(str, SUSPENDED)),
    "ended": frozenset(map(str, ENDED_BY_AUTHORITY | {Status.DELISTED})),
    "expired": frozenset({str(Status.EXPIRED), str(Status.RENEWAL_PENDING)}),
    "none": frozenset({NO_LICENCE}),
}
"""What people ask for, as groups of codes; everything else is ``unclear``."""
UNCLEAR = "unclear"


def group_of(code: str) -> str:
    """Return the group of a status code; one that no group names is unclear."""
    return next((group for group, codes in GROUPS.items() if code in codes), UNCLEAR)


def may_recruit(code: str) -> bool:
    """Tell whether a status lets its holder recruit; a word that is not mapped never does."""
    return code in MAY_RECRUIT


def _in_effect(history: Sequence[Change], day: date) -> Change | None:
    """Return the row that rules on a day: the newest begun one whose fixed time, if any, is not over."""
    begun = [
        change for change in history if change.effective_on <= day and (change.until is None or day <= change.until)
    ]
    return begun[-1] if begun else None


def _code_on(history: Sequence[Change], day: date) -> tuple[str, Change | None]:
    change = _in_effect(history, day)
    if change is None:
        return NO_LICENCE, None
    if change.code in OPEN_TERM and change.expires_on is not None and change.expires_on < day:
        return Status.EXPIRED, change
    return change.code, change


def _turning_days(history: Iterable[Change], day: date) -> list[date]:
    one = timedelta(days=1)
    days = set()
    for change in history:
        days.add(change.effective_on)
        if change.expires_on is not None and change.code in OPEN_TERM:
            days.add(change.expires_on + one)
        if change.until is not None:
            days.add(change.until + one)
    return sorted(turn for turn in days if turn > day)


def standing_on(history: Iterable[Change], day: date) -> Standing:
    """Return what a licence is on a day, judged by status and term together, never by a register's own "valid" flag."""
    rows = sorted(history, key=lambda change: change.effective_on)
    code, change = _code_on(rows, day)
    turns_on, then = None, ""
    for turn in _turning_days(rows, day):
        later, _ = _code_on(rows, turn)
        if later != code:
            turns_on, then = turn, str(later)
            break
    if change is None:
        return Standing(code=NO_LICENCE, valid=False, turns_on=turns_on, then=then)
    since = change.effective_on
    if code == Status.EXPIRED and change.expires_on is not None:
        since = change.expires_on + timedelta(days=1)
    return Standing(
        code=str(code),
        valid=may_recruit(code),
        flagged=code in FLAGGED or (may_recruit(code) and change.expires_on is None),
        since=since,
        expires_on=change.expires_on,
        raw=change.raw,
        turns_on=turns_on,
        then=then,
    )


def principal(standings: Sequence[Standing]) -> Standing:
    """Return the standing that speaks for a recruiter with several licences.

    A ban speaks always, and so does a suspension while it stands: no licence beside it makes it good. A licence that
    was taken away speaks unless a valid one began after it. Otherwise a valid licence speaks, then the newest.
    """
    if not standings:
        return NOTHING

    def began(standing: Standing) -> date:
        return standing.since or date.min

    for always in (frozenset({Status.BANNED_PERMANENT}), SUSPENDED):
        if speaking := [s for s in standings if s.code in always]:
            return max(speaking, key=began)
    valid = [s for s in standings if s.valid]
    newest_valid = max(valid, key=began, default=None)
    ordered = [s for s in standings if s.code in ADVERSE and (newest_valid is None or began(s) >= began(newest_valid))]
    return max(ordered, key=began, default=None) or newest_valid or max(standings, key=began)


def joint_standing(histories: Iterable[Iterable[Change]], day: date) -> Standing:
    """Return the standing of a recruiter over all its licences on a day, with the next day on which it changes."""
    kept = [list(history) for history in histories]
    now = principal([standing_on(history, day) for history in kept])
    for turn in sorted({turn for history in kept for turn in _turning_days(history, day)}):
        later = principal([standing_on(history, turn) for history in kept])
        if later.code != now.code:
            return _turned(now, turn, later.code)
    return _turned(now, None, "")


def _turned(standing: Standing, turns_on: date | None, then: str) -> Standing:
    return replace(standing, turns_on=turns_on, then=then)


ALLOWED: dict[str, frozenset[str]] = {
    "grant": frozenset({NO_LICENCE, Status.APPLIED, Status.DEFERRED, Status.EXPIRED, Status.RENEWAL_PENDING}),
    "renew": frozenset({*OPEN_TERM, Status.EXPIRED}),
    "condition": MAY_RECRUIT,
    "suspend": frozenset({*OPEN_TERM, Status.EXPIRED, Status.UNKNOWN, Status.INACTIVE}),
    "reinstate": SUSPENDED,
    "revoke": frozenset({*OPEN_TERM, *SUSPENDED, Status.EXPIRED, Status.UNKNOWN, Status.INACTIVE}),
    "ban": frozenset({*OPEN_TERM, *SUSPENDED, Status.EXPIRED, Status.UNKNOWN, Status.INACTIVE, Status.REVOKED,
                      Status.CANCELLED, Status.RENEWAL_DENIED}),
    "refuse": frozenset({NO_LICENCE, Status.APPLIED, Status.DEFERRED}),
    "close": frozenset({*OPEN_TERM, *SUSPENDED, Status.EXPIRED, Status.INACTIVE, Status.UNKNOWN}),
    "restore": frozenset({Status.REVOKED, Status.CANCELLED, Status.BANNED_PERMANENT, Status.RENEWAL_DENIED}),
}  # fmt: skip
"""Which decision may be taken from which standing; ``restore`` is reinstatement after an appeal was upheld."""

ON_APPEAL: dict[str, frozenset[str]] = {
    "stay": frozenset(ADVERSE),
    "resume": frozenset({*OPEN_TERM, Status.EXPIRED}),
}
"""What an appeal does by itself: an order that does not hold meanwhile is stayed, and resumed if it is dismissed."""


def decisions_from(code: str) -> tuple[str, ...]:
    """Return the decisions that may be taken about a licence that is ``code``, in the order of the law's ladder."""
    return tuple(decision for decision, codes in ALLOWED.items() if code in codes)
