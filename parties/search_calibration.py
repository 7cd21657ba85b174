"""Turn what a search found into a score: what two names have in common, and how near the index brought them. Pure.

The chance that a pair is one and the same is not the chance that the best of a million names is the one meant: among so
many, somebody is nearly always alike. So a search weighs the evidence of the matcher by weights of its own, learned on
what searches bring (``search_names --learn``), for people and for organisations apart. How near the index brought a
name tells how much of the asked name's rare words it shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from math import exp
from operator import mul

from parties.matching import Subject
from parties.matching.evidence import MEASURES, Evidence
from parties.matching.scripts import word_script
from parties.search_weights import ORGANISATION_2, PERSON_2

EAST_ASIAN = ("han", "hangul", "kana")
FEATURES = (
    "nearness",
    # how the two names are written
    "one_script",
    "read_from_east_asian",
    "asked_in_east_asian",
    "both_east_asian",
    # what else tells them apart
    "other_kind",
    "words_more",
    "words_fewer",
    "one_word_asked",
    "one_word_found",
    *MEASURES,
)
"""What is weighed, in this order; the last ones are the matcher's own measures."""

Values = tuple[float, ...]


class Scripts(IntEnum):
    """How the scripts of the asked name and of the one found stand to each other.

    Among a million names a difference in one and the same script is most often another name; between scripts it is most
    often a matter of spelling. Han, Hangul and kana are read in so many ways that one of them often fits by chance.
    """

    APART = 0
    SAME = 1
    READ_FROM_EAST_ASIAN = 2
    ASKED_IN_EAST_ASIAN = 3
    BOTH_EAST_ASIAN = 4


_SCRIPTS = {place: tuple(float(place == each) for each in Scripts if each) for place in Scripts}


@dataclass(frozen=True, slots=True)
class Weights:
    """Say what counts: log-odds for each unit of a feature, by its name."""

    constant: float
    worth: Mapping[str, float]

    def row(self) -> Values:
        """Return the worths in the order of the features."""
        return tuple(self.worth.get(name, 0.0) for name in FEATURES)


SEARCH_2 = {"person": Weights(**PERSON_2), "organisation": Weights(**ORGANISATION_2)}
"""Learned as ``search_names --learn`` does on 3,594 searches of 238,430 names with, and 1,062 without, an answer; the
constants let a score of 0.7 raise an alert for one in five names that are not in the register."""
_MOST_WORDS = 4.0


def scripts_of(asked: str, found: str) -> Scripts:
    """Return how the scripts of two names stand to each other."""
    left, right = _script(asked), _script(found)
    if left == right:
        return Scripts.SAME
    if left in EAST_ASIAN:
        return Scripts.BOTH_EAST_ASIAN if right in EAST_ASIAN else Scripts.ASKED_IN_EAST_ASIAN
    return Scripts.READ_FROM_EAST_ASIAN if right in EAST_ASIAN else Scripts.APART


def _script(name: str) -> str:
    if name.isascii():
        return "latin"
    return next((script for word in name.split() if (script := word_script(word)) != "other"), "other")


def features(evidence: Evidence, nearness: float, asked: Subject, found: Subject) -> Values:
    """Return what is weighed of one candidate, in the order of ``FEATURES``."""
    words, others = len(evidence.left.tokens), len(evidence.right.tokens)
    if evidence.turned:
        words, others = others, words
    return (
        nearness,
        *_SCRIPTS[scripts_of(asked.name, found.name)],
        1.0 if asked.kind != found.kind else 0.0,
        min(max(others - words, 0.0), _MOST_WORDS),
        min(max(words - others, 0.0), _MOST_WORDS),
        1.0 if words == 1 else 0.0,
        1.0 if others == 1 else 0.0,
        *evidence.measures,
    )


@cache
def _row(kind: str) -> Values:
    return SEARCH_2[kind].row()


def search_odds(values: Values, kind: str) -> float:
    """Return the log-odds that a candidate is the one meant by a name of this kind."""
    return sum(map(mul, _row(kind), values), SEARCH_2[kind].constant)


def search_score(odds: float) -> float:
    """Return the score, 0 to 1, of a search's log-odds: at 0.7 a person should look at it."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))
