"""Rate a recruiter from facts by a ruleset, with a reason for every point and what would lower it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from recruiters.licensing import Status
from recruiters.rulesets import Ruleset, newest, rulesets

RULESET = newest().name
FLOORS = ("floor_suspended", "floor_ended", "floor_unknown_word")


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
    """What would have to be put right: every fact of one source, joined by a plus sign."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer: a score from 0 to 100, its band, the account line by line, and what would lower it."""

    ruleset: str
    score: int
    band: str
    lines: tuple[Line, ...]
    relief: tuple[Relief, ...] = ()


def severity_of(word: str, rules: Ruleset | None = None) -> Severity:
    """Return our severity for a word of another scale; a word that is not known counts as serious, never as nothing."""
    wanted = word.strip().casefold()
    for severity, words in (rules or newest()).severity_words.items():
        if wanted in words:
            return Severity(severity)
    return Severity.SERIOUS


def decay(origin: str, severity: Severity, age_days: int, rules: Ruleset | None = None) -> float:
    """Return the share of its points that a fact of this age still counts for, 0 to 1."""
    kept = rules or newest()
    if origin in kept.lasting or age_days <= 0:
        return 1.0
    half_life = kept.half_life_days.get(origin, kept.half_life_days["default"])
    share: float = 0.5 ** (age_days / half_life)
    if severity is Severity.CRITICAL:
        return max(share, kept.lasting_share)
    if severity in (Severity.MINOR, Severity.MODERATE) and age_days > kept.forgotten_after_days:
        return 0.0
    return share


def _fact_line(fact: Fact, day: date, rules: Ruleset, *, repeated: bool) -> Line:
    severity = severity_of(fact.severity, rules)
    age = max(0, (day - fact.occurred_on).days)
    base = rules.points[severity] if fact.weight is None else max(0.0, min(float(fact.weight), 100.0))
    share = decay(fact.origin, severity, age, rules) * rules.state_share[State(fact.state)]
    share *= rules.repeat_share if repeated else 1.0
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


def _fact_lines(facts: Iterable[Fact], day: date, rules: Ruleset) -> list[Line]:
    """Return a line per fact in an order of their own; of one source the gravest counts in full, others as repeats."""
    pairs = [(_fact_line(fact, day, rules, repeated=False), fact) for fact in facts if fact.occurred_on <= day]
    pairs.sort(key=lambda pair: (-pair[0].points, pair[0].source_ref, pair[0].code, pair[0].age_days, str(pair[1])))
    seen: set[str] = set()
    lines = []
    for line, fact in pairs:
        repeated = bool(fact.source_ref) and fact.source_ref in seen
        lines.append(_fact_line(fact, day, rules, repeated=True) if repeated else line)
        seen.add(fact.source_ref)
    return lines


def band_of(score: int, rules: Ruleset | None = None) -> Band:
    """Return the band of a score."""
    return next(Band(name) for name, least in (rules or newest()).bands.items() if score >= least)


def _credit_line(facts: Sequence[Fact], credits: Sequence[Credit], day: date, rules: Ruleset) -> Line | None:
    assessed = [c for c in credits if c.origin == "assessment" and c.held_on <= day]
    newest_one = max(assessed, key=lambda c: (c.held_on, not c.positive, c.source_ref), default=None)
    if newest_one is None or not newest_one.positive:
        return None
    age = (day - newest_one.held_on).days
    contradicted = any(
        fact.occurred_on > newest_one.held_on
        and fact.state != State.WITHDRAWN
        and severity_of(fact.severity, rules) in rules.credit_lost_by
        for fact in facts
    )
    if age > rules.credit_lasts_days or contradicted:
        return None
    points, ref = -rules.credit_points, newest_one.source_ref
    return Line(rule="credit", points=points, origin="assessment", source_ref=ref, age_days=age)


def _floor_line(standing: str, total: int, rules: Ruleset) -> Line | None:
    for floor in rules.floors:
        if standing in floor.statuses and total < floor.least:
            return Line(rule=floor.rule, points=floor.least - total, code=standing, origin="licence")
    return None


def _judge(facts: Sequence[Fact], credits: Sequence[Credit], standing: str, day: date, rules: Ruleset) -> Judgement:
    lines = _fact_lines(facts, day, rules)
    credit = _credit_line(facts, credits, day, rules)
    if credit is not None:
        lines.append(credit)
    total = max(0, min(100, sum(line.points for line in lines)))
    floor = _floor_line(standing, total, rules)
    if floor is not None:
        lines.append(floor)
        total += floor.points
    band: Band = band_of(total, rules)
    looked = any(c.origin in rules.looks and 0 <= (day - c.held_on).days <= rules.looks_last_days for c in credits)
    if band is Band.LOW and not looked:
        band = Band.UNKNOWN
        lines.append(Line(rule="too_little_known", points=0))
    return Judgement(rules.name, total, band.value, tuple(lines))


def _remedies(
    facts: Sequence[Fact], credits: Sequence[Credit], standing: str, day: date, rules: Ruleset, now: Judgement
) -> list[Relief]:
    """Return what putting right each source would do."""
    found = []
    open_facts = [fact for fact in facts if fact.state in (State.STANDING, State.DISPUTED)]
    for ref in sorted({fact.source_ref for fact in open_facts}):
        remedied = [replace(f, state=State.REMEDIED) if f.source_ref == ref and f in open_facts else f for f in facts]
        then = _judge(remedied, credits, standing, day, rules)
        code = "+".join(sorted({fact.code for fact in open_facts if fact.source_ref == ref}))
        if then.score < now.score:
            found.append(Relief("remedy", then.score, then.band, ref, code))
    return found


def _relief(
    facts: Sequence[Fact], credits: Sequence[Credit], standing: str, day: date, rules: Ruleset, now: Judgement
) -> list[Relief]:
    found = _remedies(facts, credits, standing, day, rules, now)
    if not any(line.rule == "credit" for line in now.lines):
        credited = [*credits, Credit("assessment", "", day, positive=True)]
        then = _judge(facts, credited, standing, day, rules)
        if then.score < now.score or (now.band == Band.UNKNOWN and then.band != Band.UNKNOWN):
            found.append(Relief("assessment", then.score, then.band))
    if any(line.rule in FLOORS for line in now.lines):
        then = _judge(facts, credits, Status.ACTIVE, day, rules)
        found.append(Relief("licence_restored", then.score, then.band))
    later = date.fromordinal(day.toordinal() + 365)
    then = _judge(facts, credits, standing, later, rules)
    if then.score < now.score:
        found.append(Relief("year_without_new_facts", then.score, then.band))
    return sorted(found, key=lambda relief: (relief.score, relief.rule, relief.source_ref))


def rate(
    facts: Iterable[Fact], credits: Iterable[Credit], standing: str, day: date, *, ruleset: str = RULESET
) -> Judgement:
    """Judge a recruiter on a day by a ruleset; ``standing`` is its licence's status code on that day.

    Facts dated after the day are not seen, so that any past day can be judged again from the same rows. Raises KeyError
    for a ruleset that is not on file.
    """
    rules = rulesets()[ruleset]
    kept = [fact for fact in facts if fact.occurred_on <= day]
    looked = [credit for credit in credits if credit.held_on <= day]
    now = _judge(kept, looked, standing, day, rules)
    return replace(now, relief=tuple(_relief(kept, looked, standing, day, rules, now)))
