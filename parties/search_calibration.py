"""Turn what a search found into a score: how alike two names are, and how near the index brought them. Pure.

The chance that a pair is one and the same is not the chance that the best of a million names is the one meant: among so
many, somebody is nearly always alike. So a search has weights of its own, learned on what searches bring
(``search_names --learn``). How near the index brought a name tells how much of the asked name's rare words it shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

Row = tuple[float, float, bool]
"""Log-odds of the pair, nearness of the candidate, and whether it was the one meant."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Say what counts: log-odds for each unit of the pair's own log-odds, and of nearness."""

    constant: float
    odds: float
    nearness: float


SEARCH_1 = Weights(-6.89, 0.79, 7.03)
"""Learned on 1,600 searches of 238,430 names with, and 700 without, an answer; the constant lets a score of 0.7 raise
an alert for one in five names that are not in the register."""
ALERTS = 0.2
_LIMITS = (-8.0, 9.0)
_ROUNDS, _RIDGE = 30, 1.0


def search_odds(odds: float, nearness: float, weights: Weights = SEARCH_1) -> float:
    """Return the log-odds that a candidate is the one meant."""
    return weights.constant + weights.odds * min(max(odds, _LIMITS[0]), _LIMITS[1]) + weights.nearness * nearness


def search_score(odds: float, nearness: float, weights: Weights = SEARCH_1) -> float:
    """Return the score, 0 to 1, of a candidate: at 0.7 a person should look at it."""
    return 1.0 / (1.0 + exp(-search_odds(odds, nearness, weights)))


def learn(searches: Sequence[Sequence[Row]], absent: Sequence[bool], alerts: float = ALERTS) -> Weights:
    """Learn the weights by logistic regression on each search's best candidates.

    ``absent`` says of each search that nothing in the register was meant; the constant is then set so that this share
    of those searches reaches 0.7.
    """
    rows = [row for search in searches for row in search]
    beta = [0.0, 0.0, 0.0]
    for _ in range(_ROUNDS):
        beta = _step(rows, beta)
    plain = Weights(0.0, beta[1], beta[2])
    best = sorted(
        max((search_odds(odds, near, plain) for odds, near, _right in search), default=-30.0)
        for search, missing in zip(searches, absent, strict=True)
        if missing
    )
    edge = best[int(len(best) * (1.0 - alerts))] if best else -beta[0]
    return Weights(round(log(0.7 / 0.3) - edge, 2), round(beta[1], 2), round(beta[2], 2))


def _step(rows: Sequence[Row], beta: list[float]) -> list[float]:
    """Return the next estimate by Newton's method."""
    slope = [-_RIDGE * b for b in beta]
    bend = [[_RIDGE * (i == j) for j in range(3)] for i in range(3)]
    for odds, near, right in rows:
        values = (1.0, min(max(odds, _LIMITS[0]), _LIMITS[1]), near)
        told = sum(b * v for b, v in zip(beta, values, strict=True))
        p = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, told))))
        for i in range(3):
            slope[i] += (right - p) * values[i]
            for j in range(3):
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
