"""Rate a recruiter from facts, with a reason for every point and what would lower it. Ruleset risk/1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from recruiters.licensing import ENDED_BY_AUTHORITY, SUSPENDED, Status

RULESET = "risk/1"


class Severity(StrEnum):
    """Name how grave a fact is."""

    MINOR = "minor"
    MODERATE = "moderate"
    SERIOUS = "serious"
    CRITICAL = "critical"


class Band(StrEnum):
    """Name what a score means for an officer. ``unknown`` is not ``low``: too little is known."""

    UNKNOWN = "unknown"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class State(StrEnum):
    """Name what became of a fact."""

    STANDING = "standing"
    DISPUTED = "disputed"
    REMEDIED = "remedied"
    WITHDRAWN = "withdrawn"


_SEVERITY_WORDS = {
    Severity.MINOR: ("minor", "low", "minor_gap", "1", "weak", "advice"),
    Severity.MODERATE: ("moderate", "medium", "2"),
    Severity.SERIOUS: ("serious", "major", "high", "major_gap", "3", "strong"),
    Severity.CRITICAL: ("critical", "severe", "emergency", "immediate", "zero_tolerance", "4"),
}
POINTS = {Severity.MINOR: 4, Severity.MODERATE: 10, Severity.SERIOUS: 22, Severity.CRITICAL: 40}
"""Points of one fresh fact."""

HALF_LIFE_DAYS = {"grievance": 540, "inspection": 720, "licence": 900, "assessment": 720, "fee": 720, "contract": 720}
"""After so many days a fact of this origin counts half. What stands on a watchlist does not fade."""
DEFAULT_HALF_LIFE = 720
LASTING = frozenset({"screening"})
FORGOTTEN_AFTER_DAYS = 5 * 365
"""A minor or moderate fact older than this no longer counts."""
LASTING_SHARE = 0.25
"""A critical fact never counts less than this share of its points."""
REPEAT_SHARE = 0.5
"""The second and later facts of one source (one case, one visit) count at this share: one event is not many."""
STATE_SHARE = {State.STANDING: 1.0, State.DISPUTED: 1.0, State.REMEDIED: 0.4, State.WITHDRAWN: 0.0}
CREDIT_POINTS = 10
CREDIT_LASTS_DAYS = 540
"""A positive assessment takes points off for so long; it never lifts a floor."""
EVIDENCE_LASTS_DAYS = 730
"""Without an inspection or an assessment in this time nothing may be called low."""
BAND_FROM = ((75, Band.CRITICAL), (45, Band.HIGH), (20, Band.MEDIUM), (0, Band.LOW))

_FLOORS: tuple[tuple[frozenset[Status], int, str], ...] = (
    (frozenset({Status.BANNED_PERMANENT, Status.REVOKED, Status.CANCELLED}), 75, "floor_ended"),
    (ENDED_BY_AUTHORITY, 60, "floor_ended"),
    (SUSPENDED, 45, "floor_suspended"),
    (frozenset({Status.UNKNOWN}), 20, "floor_unknown_word"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is held against a recruiter, as on the day of the rating."""

    code: str
    severity: str
    origin: str
    source_ref: str
    occurred_on: date
    weight: float | None = None
    state: str = State.STANDING


@dataclass(frozen=True, slots=True)
class Credit:
    """An assessment or inspection that looked closely; ``positive`` when it found nothing that blocks."""

    origin: str
    source_ref: str
    held_on: date
    positive: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the account: ``points`` and the rule that gave them, with what the sentence needs."""

    rule: str
    points: int
    code: str = ""
    severity: str = ""
    origin: str = ""
    source_ref: str = ""
    age_days: int = 0
    share_percent: int = 100
    state: str = ""


@dataclass(frozen=True, slots=True)
class Relief:
    """Say what would lower the score, to what."""

    rule: str
    score: int
    band: str
    source_ref: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer: a score from 0 to 100, its band, the account line by line, and what would lower it."""

    ruleset: str
    score: int
    band: str
    lines: tuple[Line, ...]
    relief: tuple[Relief, ...] = ()


def severity_of(word: str) -> Severity:
    """Return our severity for a word of another scale; a word that is not known counts as serious, never as nothing."""
    wanted = word.strip().casefold()
    for severity, words in _SEVERITY_WORDS.items():
        if wanted in words:
            return severity
    return Severity.SERIOUS


def decay(origin: str, severity: Severity, age_days: int) -> float:
    """Return the share of its points that a fact of this age still counts for, 0 to 1."""
    if origin in LASTING or age_days <= 0:
        return 1.0
    share: float = 0.5 ** (age_days / HALF_LIFE_DAYS.get(origin, DEFAULT_HALF_LIFE))
    if severity is Severity.CRITICAL:
        return max(share, LASTING_SHARE)
    if severity in (Severity.MINOR, Severity.MODERATE) and age_days > FORGOTTEN_AFTER_DAYS:
        return 0.0
    return share


def _fact_line(fact: Fact, day: date, *, repeated: bool) -> Line:
    severity = severity_of(fact.severity)
    age = max(0, (day - fact.occurred_on).days)
    base = POINTS[severity] if fact.weight is None else max(0.0, min(float(fact.weight), 100.0))
    share = decay(fact.origin, severity, age) * STATE_SHARE[State(fact.state)] * (REPEAT_SHARE if repeated else 1.0)
    return Line(
        rule="repeat" if repeated else "fact",
        points=round(base * share),
        code=fact.code,
        severity=severity.value,
        origin=fact.origin,
        source_ref=fact.source_ref,
        age_days=age,
        share_percent=round(share * 100),
        state=fact.state,
    )


def _fact_lines(facts: Iterable[Fact], day: date) -> list[Line]:
    """Return a line per fact; of one source the gravest counts in full, the others as repeats."""
    known = [fact for fact in facts if fact.occurred_on <= day]
    singles = [_fact_line(fact, day, repeated=False) for fact in known]
    order = sorted(range(len(known)), key=lambda i: (-singles[i].points, known[i].source_ref, known[i].code))
    seen: set[str] = set()
    lines = []
    for i in order:
        ref = known[i].source_ref
        repeated = bool(ref) and ref in seen
        lines.append(_fact_line(known[i], day, repeated=True) if repeated else singles[i])
        seen.add(ref)
    return lines


def band_of(score: int) -> Band:
    """Return the band of a score."""
    return next(band for least, band in BAND_FROM if score >= least)


def _credit_line(credits: Sequence[Credit], day: date) -> Line | None:
    assessed = [c for c in credits if c.origin == "assessment" and c.held_on <= day]
    newest = max(assessed, key=lambda c: (c.held_on, not c.positive), default=None)
    if newest is None or not newest.positive:
        return None
    age = (day - newest.held_on).days
    if age > CREDIT_LASTS_DAYS:
        return None
    return Line(rule="credit", points=-CREDIT_POINTS, origin=newest.origin, source_ref=newest.source_ref, age_days=age)


def _floor_line(standing: str, total: int) -> Line | None:
    for codes, least, rule in _FLOORS:
        if standing in codes and total < least:
            return Line(rule=rule, points=least - total, code=standing, origin="licence")
    return None


def _judge(facts: Sequence[Fact], credits: Sequence[Credit], standing: str, day: date) -> Judgement:
    lines = _fact_lines(facts, day)
    credit = _credit_line(credits, day)
    if credit is not None:
        lines.append(credit)
    total = max(0, min(100, sum(line.points for line in lines)))
    floor = _floor_line(standing, total)
    if floor is not None:
        lines.append(floor)
        total += floor.points
    band: Band = band_of(total)
    looked = any(0 <= (day - c.held_on).days <= EVIDENCE_LASTS_DAYS for c in credits)
    if band is Band.LOW and not looked:
        band = Band.UNKNOWN
        lines.append(Line(rule="too_little_known", points=0))
    return Judgement(RULESET, total, band.value, tuple(lines))


def _relief(facts: Sequence[Fact], credits: Sequence[Credit], standing: str, day: date, now: Judgement) -> list[Relief]:
    found = []
    standing_facts = [f for f in facts if f.state in (State.STANDING, State.DISPUTED) and f.occurred_on <= day]
    refs = sorted({fact.source_ref for fact in standing_facts})
    for ref in refs:
        remedied = [
            replace(f, state=State.REMEDIED) if f.source_ref == ref and f in standing_facts else f for f in facts
        ]
        then = _judge(remedied, credits, standing, day)
        code = next(f.code for f in standing_facts if f.source_ref == ref)
        if then.score < now.score:
            found.append(Relief("remedy", then.score, then.band, ref, code))
    if not any(line.rule == "credit" for line in now.lines):
        credited = [*credits, Credit("assessment", "", day, positive=True)]
        then = _judge(facts, credited, standing, day)
        if then.score < now.score or (now.band == Band.UNKNOWN and then.band != Band.UNKNOWN):
            found.append(Relief("assessment", then.score, then.band))
    if any(line.rule in ("floor_suspended", "floor_ended", "floor_unknown_word") for line in now.lines):
        then = _judge(facts, credits, Status.ACTIVE, day)
        found.append(Relief("licence_restored", then.score, then.band))
    later = date.fromordinal(day.toordinal() + 365)
    then = _judge(facts, credits, standing, later)
    if then.score < now.score:
        found.append(Relief("year_without_new_facts", then.score, then.band))
    return sorted(found, key=lambda relief: (relief.score, relief.rule, relief.source_ref))


def rate(facts: Iterable[Fact], credits: Iterable[Credit], standing: str, day: date) -> Judgement:
    """Judge a recruiter on a day by ruleset risk/1; ``standing`` is its licence's status code on that day.

    Facts dated after the day are not seen, so that any past day can be judged again from the same rows.
    """
    kept = [fact for fact in facts if fact.occurred_on <= day]
    looked = [credit for credit in credits if credit.held_on <= day]
    now = _judge(kept, looked, standing, day)
    return replace(now, relief=tuple(_relief(kept, looked, standing, day, now)))


RULESETS = {RULESET: rate}
"""Versions live side by side; a rating names the one that made it."""
