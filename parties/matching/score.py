"""Compare two subjects (first light: the real rules replace this within the hour; the signatures stay)."""

from __future__ import annotations

from anyascii import anyascii
from rapidfuzz import fuzz

from parties.matching.rarity import Rarity
from parties.matching.result import ALERT, CERTAIN, Feature, Match, Verdict
from parties.matching.subject import Subject

LATEST = "name/1"
ALGORITHMS: tuple[str, ...] = (LATEST,)


def similarity(query: str, candidate: str, kind: str = "organisation", rarity: Rarity | None = None) -> float:
    """Return how alike two names are, 0 to 1, without reasons."""
    return fuzz.token_sort_ratio(anyascii(query).casefold(), anyascii(candidate).casefold()) / 100


def match(query: Subject, candidate: Subject, rarity: Rarity | None = None, algorithm: str = LATEST) -> Match:
    """Compare two subjects and say why."""
    if not query.all_names() or not candidate.all_names():
        return Match(0.0, Verdict.NOT_SCREENED, algorithm=algorithm)
    score, left, right = max(
        (similarity(a, b, query.kind, rarity), a, b) for a in query.all_names() for b in candidate.all_names()
    )
    verdict = Verdict.MATCH if score >= CERTAIN else Verdict.POSSIBLE if score >= ALERT else Verdict.CLEAR
    feature = Feature("name", score, score, "The names are alike: %(query)s and %(candidate)s.", {"query": left, "candidate": right})
    return Match(score, verdict, (feature,), left, right, algorithm)
