"""Learn the weights of a search's score from questions whose answers are known; only the numbers are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from operator import mul

from parties.matching.evaluate import kind_of, read_lines
from parties.matching.learn import newton
from parties.search_calibration import FEATURES, Values, Weights
from parties.search_file import find

BEST = 8
"""Candidates of each question that are learned from."""
ALERTS = 0.2
"""Share of the questions for what is not there that may raise an alert."""
_ALERT = log(0.7 / 0.3)
_LEAST = 0.005
"""A weight below this tells nothing."""
Row = tuple[Values, bool]
"""The features of a candidate, and whether it was the one meant."""


@dataclass(frozen=True, slots=True)
class Search:
    """One search to learn from: the kind asked for, its best candidates, and whether nothing there was meant."""

    kind: str
    rows: Sequence[Row]
    absent: bool


def learn(searches: Sequence[Search], alerts: float = ALERTS) -> dict[str, Weights]:
    """Learn the weights of each kind by logistic regression on the best candidates of its searches.

    One number is then added to the constants, so that this share of the searches for what is absent reaches 0.7.
    """
    learned: dict[str, tuple[float, ...]] = {}
    for kind in dict.fromkeys(search.kind for search in searches):
        rows = [((1.0, *values), int(right)) for s in searches if s.kind == kind for values, right in s.rows]
        learned[kind] = tuple(newton(rows))
    best = sorted(
        max((sum(map(mul, learned[search.kind], (1.0, *values))) for values, _right in search.rows), default=-30.0)
        for search in searches
        if search.absent
    )
    added = _ALERT - best[int(len(best) * (1.0 - alerts))] if best else 0.0
    return {
        kind: Weights(
            round(beta[0] + added, 3),
            {name: round(worth, 3) for name, worth in zip(FEATURES, beta[1:], strict=True) if abs(worth) >= _LEAST},
        )
        for kind, beta in learned.items()
    }


def learn_weights(lines: Iterable[str]) -> dict[str, Weights]:
    """Return the weights that questions ``{"id", "name", "type", "truth"}`` teach on the register that is open.

    Questions whose truth is among no candidates teach nothing about candidates, and are left out, as are those of
    slices in which the names of one entity have nothing in common.
    """
    searches: list[Search] = []
    for item in read_lines(lines):
        truth = item.get("truth")
        if not isinstance(truth, list) or (truth and item.get("slice", "core") != "core"):
            continue
        kind = kind_of(item.get("type"))
        found = find(str(item.get("name") or ""), kind, BEST)
        searches.append(Search(kind, [(one.values, one.ref in truth) for one in found], absent=not truth))
    return learn(searches)


def told(weights: dict[str, Weights]) -> str:
    """Return the weights as ``search_weights.py`` holds them."""
    out = []
    for kind, learned in weights.items():
        worth = "".join(f'        "{name}": {value},\n' for name, value in learned.worth.items())
        head = f'{kind.upper()}_2: Learned = {{\n    "constant": {learned.constant},\n    "worth": {{\n'
        out.append(head + worth + "    },\n}")
    return "\n".join(out)
