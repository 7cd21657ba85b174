"""Compare two subjects: names first, then what identifiers and countries confirm or contradict.

Versions of the algorithm stand side by side in ``ALGORITHMS``; a result names the one it was judged by, and an old one
is never changed, only followed by a new one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp
from typing import Final

from rapidfuzz import fuzz

from parties.matching.evidence import MEASURES, Evidence, gather
from parties.matching.explain import explain_facts, explain_names
from parties.matching.facts import Facts, compare_facts
from parties.matching.normalise import Reading, read_name
from parties.matching.rarity import NOTHING_LEARNED, Rarity
from parties.matching.result import ALERT, CERTAIN, Match, Verdict
from parties.matching.subject import Kind, Subject
from parties.matching.weights import ORGANISATION_1, PERSON_1, Weights

COUNTRY_AGREES: Final = 0.3
COUNTRY_DIFFERS: Final = -0.9
KIND_DIFFERS: Final = -1.2
BIRTH_AGREES: Final = 1.2
"""Log-odds added by what is known beside the name."""
CONTRADICTED_AT_MOST: Final = 0.80
"""A namesake with another number of the same scheme stays below the automatic match, whatever its name."""
POSSIBLE_AT_MOST: Final = 0.84
"""Another country, or a telling word that is only near, leaves it to a person whether it is the same."""
_NEAR: Final = 0.6
"""The word that tells most about a person is only near below this likeness: Jamal Mia beside Kamal Mia."""
CONFIRMED_AT_LEAST: Final = 0.97
RENAMED_AT_LEAST: Final = 0.75
"""An identifier in common lifts the score to this with a name that agrees, and with one that does not."""


@dataclass(frozen=True, slots=True)
class NameScore:
    """Hold the log-odds that two names are one, and the evidence for it (None where the texts are equal)."""

    odds: float
    evidence: Evidence | None
    query: str
    candidate: str


NameScorer = Callable[[str, str, Kind, Rarity], tuple[float, Evidence | None]]
_SAME_TEXT: Final = 9.0
_RAREST_BOTH: Final = MEASURES.index("rarest_both")
_ROWS: Final = {"person": PERSON_1.row(MEASURES), "organisation": ORGANISATION_1.row(MEASURES)}
_WEIGHTS: Final[dict[str, Weights]] = {"person": PERSON_1, "organisation": ORGANISATION_1}


def chance(odds: float) -> float:
    """Return the score, 0 to 1, of log-odds."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))


def weigh(evidence: Evidence, kind: str) -> float:
    """Return the log-odds that the evidence adds up to."""
    odds = _WEIGHTS[kind].constant
    for weight, measure in zip(_ROWS[kind], evidence.measures, strict=True):
        odds += weight * measure
    return odds


def compare_readings(left: Reading, right: Reading, kind: str, rarity: Rarity) -> tuple[float, Evidence]:
    """Compare two readings in an order of their own, so that it does not matter who asks."""
    if left.said > right.said or (left.said == right.said and repr(left) > repr(right)):
        evidence = gather(right, left, kind, rarity, turned=True)
        return weigh(evidence, kind), evidence
    evidence = gather(left, right, kind, rarity)
    return weigh(evidence, kind), evidence


def name_1(query: str, candidate: str, kind: Kind, rarity: Rarity) -> tuple[float, Evidence | None]:
    """Score two names by aligned, weighted words in every reading; the best reading counts."""
    if query == candidate:
        return _SAME_TEXT, None
    best: tuple[float, Evidence | None] = (-30.0, None)
    for left in read_name(query, kind):
        for right in read_name(candidate, kind):
            found = compare_readings(left, right, kind, rarity)
            if found[0] > best[0]:
                best = found
    return best


def plain_1(query: str, candidate: str, kind: Kind, _rarity: Rarity) -> tuple[float, Evidence | None]:
    """Score two names by their sorted words as strings: the plain method that others are measured against."""
    left = [" ".join(t.text for t in r.tokens) for r in read_name(query, kind)[:1]]
    right = [" ".join(t.text for t in r.tokens) for r in read_name(candidate, kind)[:1]]
    if not left or not right:
        return -30.0, None
    return (fuzz.token_sort_ratio(left[0], right[0]) - 75.0) / 8.0, None


LATEST: Final = "name/1"
ALGORITHMS: Final[dict[str, NameScorer]] = {"name/1": name_1, "plain/1": plain_1}


def similarity(query: str, candidate: str, kind: Kind = "organisation", rarity: Rarity | None = None) -> float:
    """Return how alike two names are, 0 to 1, without reasons; 0 for a name that cannot be read."""
    if not read_name(query, kind) or not read_name(candidate, kind):
        return 0.0
    return round(chance(ALGORITHMS[LATEST](query, candidate, kind, rarity or NOTHING_LEARNED)[0]), 4)


def _best_names(query: Subject, candidate: Subject, kind: Kind, rarity: Rarity, scorer: NameScorer) -> NameScore | None:
    left = [name for name in query.all_names() if read_name(name, kind)]
    right = [name for name in candidate.all_names() if read_name(name, kind)]
    best: NameScore | None = None
    for a in left:
        for b in right:
            odds, evidence = scorer(a, b, kind, rarity)
            if best is None or odds > best.odds:
                best = NameScore(odds, evidence, a, b)
    return best


def evidence_of(query: Subject, candidate: Subject, rarity: Rarity) -> tuple[float, Evidence] | None:
    """Return the log-odds of a comparison, as ``odds_of`` does, and the evidence; None where a name cannot be read."""
    kind: Kind = query.kind if query.kind == candidate.kind else "organisation"
    best = _best_names(query, candidate, kind, rarity, ALGORITHMS[LATEST])
    if best is None:
        return None
    evidence = best.evidence
    if evidence is None:
        (reading, *_others) = read_name(best.query, kind)
        evidence = gather(reading, reading, kind, rarity)
    return best.odds + _beside_the_name(query, candidate), evidence


def odds_of(query: Subject, candidate: Subject, rarity: Rarity, algorithm: str = LATEST) -> float:
    """Return the log-odds of a comparison by names, kinds and countries, without reasons or identifiers."""
    kind: Kind = query.kind if query.kind == candidate.kind else "organisation"
    best = _best_names(query, candidate, kind, rarity, ALGORITHMS[algorithm])
    if best is None:
        return -30.0
    return best.odds + _beside_the_name(query, candidate)


def _beside_the_name(query: Subject, candidate: Subject) -> float:
    odds = KIND_DIFFERS if query.kind != candidate.kind else 0.0
    if query.country and candidate.country:
        same = query.country.strip().casefold() == candidate.country.strip().casefold()
        odds += COUNTRY_AGREES if same else COUNTRY_DIFFERS
    return odds


def _judge(score: float, facts: Facts, doubtful: bool) -> tuple[float, Verdict]:
    """Return the score and the verdict once identifiers have spoken.

    What is ``doubtful`` is never called a match by its name alone, however alike it is written.
    """
    alike = score >= ALERT
    contradicted = facts.contradicting or facts.births_agree is False
    if facts.agreeing and not contradicted:
        if alike:
            return max(score, CONFIRMED_AT_LEAST), Verdict.MATCH
        return max(score, RENAMED_AT_LEAST), Verdict.RENAMED
    if contradicted and not facts.agreeing:
        return (min(score, CONTRADICTED_AT_MOST), Verdict.CONTRADICTED) if alike else (score, Verdict.CLEAR)
    if contradicted:
        return min(max(score, ALERT), CONTRADICTED_AT_MOST), Verdict.POSSIBLE
    if doubtful:
        score = min(score, POSSIBLE_AT_MOST)
    if score >= CERTAIN:
        return score, Verdict.MATCH
    return score, Verdict.POSSIBLE if alike else Verdict.CLEAR


def _only_near(evidence: Evidence | None) -> bool:
    """Tell whether the words that tell most are paired, but not alike enough to be one word written twice."""
    return evidence is not None and 0.0 < evidence.measures[_RAREST_BOTH] < _NEAR


def match(query: Subject, candidate: Subject, rarity: Rarity | None = None, algorithm: str = LATEST) -> Match:
    """Compare two subjects and say why. Raises ``KeyError`` for an algorithm that does not exist."""
    scorer = ALGORITHMS[algorithm]
    kind: Kind = query.kind if query.kind == candidate.kind else "organisation"
    best = _best_names(query, candidate, kind, rarity or NOTHING_LEARNED, scorer)
    facts = compare_facts(query, candidate)
    if best is None:
        return Match(0.0, Verdict.NOT_SCREENED, (), query.name, candidate.name, algorithm)
    odds = best.odds + _beside_the_name(query, candidate) + (BIRTH_AGREES if facts.births_agree else 0.0)
    doubtful = facts.countries_agree is False or (kind == "person" and _only_near(best.evidence))
    score, verdict = _judge(round(chance(odds), 4), facts, doubtful)
    if best.odds == _SAME_TEXT and odds >= best.odds:
        score = 1.0 if verdict is Verdict.MATCH else score
    evidence = best.evidence.upright() if best.evidence else None
    features = explain_names(evidence, _ROWS[kind], best.query, best.candidate, best.odds)
    features += explain_facts(facts, query, candidate, COUNTRY_AGREES, COUNTRY_DIFFERS, KIND_DIFFERS, BIRTH_AGREES)
    return Match(score, verdict, features, best.query, best.candidate, algorithm)
