"""Conclude an assessment against ethical recruitment principles. What was not assessed never counts as conforming."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum


class Outcome(StrEnum):
    """Name the finding on one criterion."""

    CONFORMS = "conforms"
    MINOR_GAP = "minor_gap"
    MAJOR_GAP = "major_gap"
    NOT_ASSESSED = "not_assessed"
    NOT_APPLICABLE = "not_applicable"


class Conclusion(StrEnum):
    """Name the overall result; none of them is a certificate."""

    POSITIVE = "positive"
    POSITIVE_WITH_GAPS = "positive_with_gaps"
    NEGATIVE = "negative"
    INCOMPLETE = "incomplete"


class Maturity(IntEnum):
    """Name how far a practice has grown. The scale is our own proposal; no standard gives it."""

    ABSENT = 0
    WRITTEN = 1
    PRACTISED = 2
    CHECKED = 3
    IMPROVED = 4


NEEDED = {"review": ("documents", "management", "workers"), "surveillance": ("documents", "workers"),
          "documents": ("management", "workers"), "interviews": ("documents",)}  # fmt: skip
"""The looks without which an assessment of a kind is incomplete; a paper review alone never is a positive outcome."""
LOOK_AGAIN_DAYS = {
    Conclusion.POSITIVE: 365,
    Conclusion.POSITIVE_WITH_GAPS: 180,
    Conclusion.NEGATIVE: 90,
    Conclusion.INCOMPLETE: 90,
}
"""After how many days the next look is due."""
MATURE = 3.0
"""From this average on, a positive outcome is looked at again after half as long once more."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion as the standard's edition has it."""

    code: str
    principle: str
    critical: bool


@dataclass(frozen=True, slots=True)
class PrincipleResult:
    """Count one principle's findings."""

    principle: str
    conforming: int
    applicable: int
    assessed: int
    major_gaps: int
    minor_gaps: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Say why the conclusion is what it is; ``rule`` names the sentence."""

    rule: str
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The overall conclusion with its reasons and the count for each principle."""

    conclusion: Conclusion
    reasons: tuple[Reason, ...]
    principles: tuple[PrincipleResult, ...]
    conforming: int
    applicable: int
    assessed: int

    @property
    def positive(self) -> bool:
        """Tell whether nothing blocks: only a complete assessment without a blocking gap."""
        return self.conclusion in (Conclusion.POSITIVE, Conclusion.POSITIVE_WITH_GAPS)


MAJOR_GAPS_ALLOWED = 0
"""Major gaps on criteria that are not critical and yet leave a positive result. One open major gap is one too many."""


def _principle(code: str, criteria: list[Criterion], found: Mapping[str, str]) -> PrincipleResult:
    outcomes = [found[c.code] for c in criteria if c.principle == code]
    applicable = [o for o in outcomes if o != Outcome.NOT_APPLICABLE]
    return PrincipleResult(
        principle=code,
        conforming=applicable.count(Outcome.CONFORMS),
        applicable=len(applicable),
        assessed=len(applicable) - applicable.count(Outcome.NOT_ASSESSED),
        major_gaps=applicable.count(Outcome.MAJOR_GAP),
        minor_gaps=applicable.count(Outcome.MINOR_GAP),
    )


def missing_looks(kind: str, closed: Iterable[str]) -> tuple[str, ...]:
    """Return the looks that an assessment of a kind still lacks; a self-assessment needs none and rates nobody."""
    done = set(closed)
    return tuple(look for look in NEEDED.get(kind, ()) if look not in done)


def maturity_of(levels: Iterable[int]) -> float | None:
    """Return the average maturity of the criteria that were judged, to one decimal; None when none was."""
    kept = list(levels)
    return round(sum(kept) / len(kept), 1) if kept else None


def next_look(conclusion: str, maturity: float | None, on: date, actions_due: Iterable[date] = ()) -> date:
    """Return when a recruiter is to be looked at again: no later than its last corrective action is due."""
    days = LOOK_AGAIN_DAYS[Conclusion(conclusion)]
    if conclusion == Conclusion.POSITIVE and maturity is not None and maturity >= MATURE:
        days += days // 2
    return min([on + timedelta(days=days), *([max(due)] if (due := list(actions_due)) else [])])


def conclude(
    criteria: Iterable[Criterion],
    answers: Mapping[str, str],
    *,
    unexplained: Iterable[str] = (),
    missing: Iterable[str] = (),
) -> Result:
    """Return the conclusion for these answers (criterion code to outcome; a missing answer is ``not_assessed``).

    ``unexplained`` names criteria marked not applicable without a reason; a critical one counts as not assessed.
    A major gap on a critical criterion blocks a positive result whatever else was found. ``missing`` names looks that
    were not held; without them nothing is positive.
    """
    kept = list(criteria)
    found = _found(kept, answers, frozenset(unexplained))
    principles = tuple(_principle(code, kept, found) for code in dict.fromkeys(c.principle for c in kept))

    def having(outcome: Outcome, *, critical: bool | None = None) -> tuple[str, ...]:
        return tuple(c.code for c in kept if found[c.code] == outcome and critical in (None, c.critical))

    by_rule = {
        "critical_major_gap": having(Outcome.MAJOR_GAP, critical=True),
        "major_gap": having(Outcome.MAJOR_GAP, critical=False),
        "not_assessed": having(Outcome.NOT_ASSESSED),
        "look_missing": tuple(missing),
        "minor_gap": having(Outcome.MINOR_GAP),
    }
    applicable = sum(p.applicable for p in principles)
    reasons = [Reason(rule, codes) for rule, codes in by_rule.items() if codes]
    return Result(
        conclusion=_conclusion(by_rule, applicable),
        reasons=tuple(reasons or [Reason("all_conform" if applicable else "nothing_applicable")]),
        principles=principles,
        conforming=sum(p.conforming for p in principles),
        applicable=applicable,
        assessed=sum(p.assessed for p in principles),
    )


def _found(criteria: list[Criterion], answers: Mapping[str, str], silent: frozenset[str]) -> dict[str, str]:
    """Return every criterion's outcome; a critical one that is not applicable without a reason was not assessed."""
    found = {c.code: answers.get(c.code, Outcome.NOT_ASSESSED) for c in criteria}
    for criterion in criteria:
        if criterion.critical and criterion.code in silent and found[criterion.code] == Outcome.NOT_APPLICABLE:
            found[criterion.code] = Outcome.NOT_ASSESSED
    return found


def _conclusion(by_rule: Mapping[str, tuple[str, ...]], applicable: int) -> Conclusion:
    if by_rule["critical_major_gap"] or len(by_rule["major_gap"]) > MAJOR_GAPS_ALLOWED:
        return Conclusion.NEGATIVE
    if by_rule["not_assessed"] or by_rule["look_missing"] or applicable == 0:
        return Conclusion.INCOMPLETE
    return Conclusion.POSITIVE_WITH_GAPS if by_rule["minor_gap"] else Conclusion.POSITIVE
