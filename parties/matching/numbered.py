"""Judge pairs in which a number speaks without a name, or under another country than the record's."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from parties.matching.explain import explain_facts, gettext_noop
from parties.matching.facts import compare_facts, plain_identifier
from parties.matching.result import ALERT, Feature, Match, Verdict
from parties.matching.score import (
    BIRTH_AGREES,
    CONTRADICTED_AT_MOST,
    COUNTRY_AGREES,
    COUNTRY_DIFFERS,
    KIND_DIFFERS,
    POSSIBLE_AT_MOST,
)
from parties.matching.subject import Subject

ALGORITHM: Final = "number/1"
NAME_ABSENT: Final = gettext_noop("No name was given, so only the number was compared.")
ELSEWHERE: Final = gettext_noop(
    "The same number, %(value)s, but another country: %(left)s against %(right)s. One of the two may be a slip."
)
NEAR_BY_NAME: Final = 0.3
"""A short number of nothing but digits occurs in every country: it counts only beside a name at least so alike."""
FEWEST_DIGITS, ENOUGH_DIGITS = 2, 6


def match_numbers(query: Subject, candidate: Subject) -> Match:
    """Compare a subject without a name by its numbers; a person has to confirm what no name confirms."""
    facts = compare_facts(query, candidate)
    features = (
        *explain_facts(facts, query, candidate, COUNTRY_AGREES, COUNTRY_DIFFERS, KIND_DIFFERS, BIRTH_AGREES),
        Feature("name_absent", 0.0, 0.0, NAME_ABSENT),
    )
    if facts.agreeing:
        score = CONTRADICTED_AT_MOST if facts.contradicting or not query.country else POSSIBLE_AT_MOST
        return Match(score, Verdict.POSSIBLE, features, "", candidate.name, ALGORITHM)
    return elsewhere(Match(0.0, Verdict.CLEAR, features, "", candidate.name, ALGORITHM), query, candidate)


def elsewhere(found: Match, query: Subject, candidate: Subject) -> Match:
    """Return a comparison as it is where one number stands under two countries: a question, never clear, no match.

    A wrong country in a list must not make a known licence number unknown. What says too little is left as it was.
    """
    if found.verdict in (Verdict.MATCH, Verdict.RENAMED, Verdict.CONTRADICTED):
        return found
    shared = _under_two_countries(query, candidate)
    if shared is None or not (_tells(shared[0]) or found.score >= NEAR_BY_NAME):
        return found
    value, left, right = shared
    feature = Feature("identifier_elsewhere", 1.0, 0.0, ELSEWHERE, {"value": value, "left": left, "right": right})
    return replace(
        found,
        score=min(max(found.score, ALERT), CONTRADICTED_AT_MOST),
        verdict=Verdict.CONTRADICTED,
        features=(feature, *found.features),
    )


def _under_two_countries(query: Subject, candidate: Subject) -> tuple[str, str, str] | None:
    """Return a number that both have as one kind of number of two countries, with these."""
    for scheme, value in query.identifiers:
        kind, _colon, ours = scheme.partition(":")
        plain = plain_identifier(value)
        for other, held in candidate.identifiers:
            same_kind, _colon, theirs = other.partition(":")
            apart = ours and theirs and ours.casefold() != theirs.casefold()
            if same_kind == kind and apart and plain and plain == plain_identifier(held):
                return value, ours, theirs
    return None


def _tells(number: str) -> bool:
    """Tell whether a number is long enough, or has letters enough, not to occur in any country's register."""
    digits = sum(sign.isdigit() for sign in number)
    return digits >= ENOUGH_DIGITS or (digits >= FEWEST_DIGITS and any(sign.isalpha() for sign in number))
