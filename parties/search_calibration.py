"""Turn what a search found into a score: how alike two names are, and how near the index brought them. Pure.

The chance that a pair is one and the same is not the chance that the best of a million names is the one meant: among so
many, somebody is nearly always alike. So a search has weights of its own, learned on what searches bring
(``search_names --learn``). How near the index brought a name tells how much of the asked name's rare words it shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import exp, log

from parties.matching.scripts import word_script

EAST_ASIAN = ("han", "hangul", "kana")

Row = tuple[float, float, "Scripts", bool]
"""Log-odds of the pair, nearness of the candidate, how it is written, and whether it was the one meant."""


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


@dataclass(frozen=True, slots=True)
class Weights:
    """Say what counts: log-odds for each unit of the pair's own log-odds, of nearness, and for each of ``Scripts``."""

    constant: float
    odds: float
    nearness: float
    scripts: tuple[float, ...] = (0.0,) * len(Scripts)


SEARCH_1 = Weights(-3.14, 0.97, 3.2, (0.0, -0.84, -2.11, -1.39, -2.63))
"""Learned as ``search_names --learn`` does on 3,594 searches of 238,430 names with, and 1,062 without, an answer; the
constant lets a score of 0.7 raise an alert for one in five names that are not in the register."""
ALERTS = 0.2
_LIMITS = (-8.0, 9.0)
_ROUNDS, _RIDGE = 30, 1.0


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


def search_odds(odds: float, nearness: float, scripts: Scripts, weights: Weights = SEARCH_1) -> float:
    """Return the log-odds that a candidate is the one meant."""
    within = min(max(odds, _LIMITS[0]), _LIMITS[1])
    return weights.constant + weights.odds * within + weights.nearness * nearness + weights.scripts[scripts]


def search_score(odds: float, nearness: float, scripts: Scripts, weights: Weights = SEARCH_1) -> float:
    """Return the score, 0 to 1, of a candidate: at 0.7 a person should look at it."""
    return 1.0 / (1.0 + exp(-search_odds(odds, nearness, scripts, weights)))


def learn(searches: Sequence[Sequence[Row]], absent: Sequence[bool], alerts: float = ALERTS) -> Weights:
    """Learn the weights by logistic regression on each search's best candidates.

    ``absent`` says of each search that nothing in the register was meant; the constant is then set so that this share
    of those searches reaches 0.7.
    """
    rows = [row for search in searches for row in search]
    beta = [0.0] * _COLUMNS
    for _ in range(_ROUNDS):
        beta = _step(rows, beta)
    plain = Weights(0.0, beta[1], beta[2], (0.0, *beta[3:]))
    best = sorted(
        max((search_odds(odds, near, scripts, plain) for odds, near, scripts, _right in search), default=-30.0)
        for search, missing in zip(searches, absent, strict=True)
        if missing
    )
    edge = best[int(len(best) * (1.0 - alerts))] if best else -beta[0]
    told = tuple(round(value, 2) for value in plain.scripts)
    return Weights(round(log(0.7 / 0.3) - edge, 2), round(beta[1], 2), round(beta[2], 2), told)


_COLUMNS = 2 + len(Scripts)


def _values(odds: float, near: float, scripts: Scripts) -> tuple[float, ...]:
    marks = (float(scripts == place) for place in range(1, len(Scripts)))
    return (1.0, min(max(odds, _LIMITS[0]), _LIMITS[1]), near, *marks)


def _step(rows: Sequence[Row], beta: list[float]) -> list[float]:
    """Return the next estimate by Newton's method."""
    slope = [-_RIDGE * b for b in beta]
    bend = [[_RIDGE * (i == j) for j in range(_COLUMNS)] for i in range(_COLUMNS)]
    for odds, near, scripts, right in rows:
        values = _values(odds, near, scripts)
        told = sum(b * v for b, v in zip(beta, values, strict=True))
        p = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, told))))
        for i in range(_COLUMNS):
            slope[i] += (right - p) * values[i]
            for j in range(_COLUMNS):
                bend[i][j] += p * (1.0 - p) * values[i] * values[j]
    return [b + step for b, step in zip(beta, _solve(bend, slope), strict=True)]


def _solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    rows = [[*line, value] for line, value in zip(matrix, vector, strict=True)]
    for place in range(len(rows)):
        for other in range(len(rows)):
            if other != place:
                factor = rows[other][place] / rows[place][place]
                rows[other] = [x - factor * y for x, y in zip(rows[other], rows[place], strict=True)]
    return [row[-1] / row[place] for place, row in enumerate(rows)]
