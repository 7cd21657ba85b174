"""Learn the weights of a search's score from questions whose answers are known; only the numbers are kept."""

from __future__ import annotations

from collections.abc import Iterable

from parties.matching.evaluate import kind_of, read_lines
from parties.search_calibration import Row, Weights, learn, scripts_of
from parties.search_file import find

BEST = 8
"""Candidates of each question that are learned from."""


def learn_weights(lines: Iterable[str]) -> Weights:
    """Return the weights that questions ``{"id", "name", "type", "truth"}`` teach on the register that is open.

    Questions whose truth is among no candidates teach nothing about candidates, and are left out, as are those of
    slices in which the names of one entity have nothing in common.
    """
    searches: list[list[Row]] = []
    absent: list[bool] = []
    for item in read_lines(lines):
        truth = item.get("truth")
        if not isinstance(truth, list) or (truth and item.get("slice", "core") != "core"):
            continue
        name = str(item.get("name") or "")
        found = find(name, kind_of(item.get("type")), BEST)
        searches.append([(one.odds, one.nearness, scripts_of(name, one.name), one.ref in truth) for one in found])
        absent.append(not truth)
    return learn(searches, absent)
