"""Learn the weights of the latest algorithm from labelled pairs: ``python -m parties.matching.learn PAIRS``.

PAIRS holds JSON Lines with query, candidate, type and label; the open screening set's pairs.jsonl gave what stands in
``weights.py``, where the output replaces the two ``Weights``; run ``learn_words`` first. Only numbers come out of it:
no name is kept. The learning is plain logistic regression by Newton's method, in Python alone. It starts from the
weights that stand there, which choose among the readings of a name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from math import exp, log

from parties.matching.evidence import MEASURES, gather
from parties.matching.fictional import agency_pairs
from parties.matching.fictional_people import people_pairs
from parties.matching.normalise import read_name
from parties.matching.rarity import NOTHING_LEARNED
from parties.matching.result import ALERT
from parties.matching.score import weigh

Row = tuple[tuple[float, ...], int]
KINDS = {"person": "person", "org": "organisation", "organisation": "organisation"}
AGENCIES = 400
"""Fictional agencies written otherwise, and half as many as pairs that only look alike: enough to be heard among some
four thousand labelled pairs."""
PEOPLE = 800
"""Fictional people, each as another clerk writes her and most with a namesake or two."""
_LOOKS, _LOOKS_ALIKE = ("shorter_covered", "whole_alike", "sorted_alike"), 2.0
SIGNS = dict.fromkeys(MEASURES, 1.0) | dict.fromkeys(
    ("loss_of_pairs", "against_both", "against_one", "one_word", "common_alone", "numbers_differ", "forms_differ",
     "out_of_order",
     "words_left_both", "numbers_one_side", "only_common", "part_of_name", "common_words_differ",
     "trade_differs", "trade_and_more", "trade_and_near"),
    -1.0,
)  # fmt: skip
for _free in ("other_script", "script_without_vowels", "script_with_loss", "han_script"):
    SIGNS.pop(_free)
SLACK = {"person": 0.003, "organisation": 0.012}
"""F1 given up for fewer false alarms: registers of agencies hold many names made of the same few words."""
AT_LEAST_AGAINST = {"person": {"common_alone": -0.5}, "organisation": {"trade_and_more": -3.0}}
"""By judgement, not by learning: what lists of aliases hardly hold must speak against sameness at least this much."""
_RIDGE = 0.3
_ROUNDS = 12


def rows_of(lines: Iterable[dict[str, object]], kind: str) -> list[Row]:
    """Return the measures of the best readings of each pair of a kind, with its label."""
    out: list[Row] = []
    for line in lines:
        if KINDS.get(str(line["type"])) != kind:
            continue
        found = [
            gather(left, right, kind, NOTHING_LEARNED)
            for left in read_name(str(line["query"]), kind)
            for right in read_name(str(line["candidate"]), kind)
        ]
        if found:
            best = max(found, key=lambda evidence: weigh(evidence, kind))
            out.append(((1.0, *best.measures), 1 if line["label"] else 0))
    return out


def _solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """Solve a small linear system by elimination with pivoting."""
    size = len(vector)
    rows = [[*line, value] for line, value in zip(matrix, vector, strict=True)]
    for place in range(size):
        pivot = max(range(place, size), key=lambda r: abs(rows[r][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        head = rows[place]
        for other in range(place + 1, size):
            factor = rows[other][place] / head[place]
            if factor:
                rows[other] = [x - factor * y for x, y in zip(rows[other], head, strict=True)]
    out = [0.0] * size
    for place in range(size - 1, -1, -1):
        known = sum(rows[place][k] * out[k] for k in range(place + 1, size))
        out[place] = (rows[place][size] - known) / rows[place][place]
    return out


def fit(rows: list[Row]) -> list[float]:
    """Return the constant and the weights that make the labels likeliest, none against its measure's meaning.

    What speaks for sameness may not get a negative weight, nor what speaks against it a positive one: such measures are
    left out and the rest learned again, so that every weight can be read and defended.
    """
    kept = list(range(len(MEASURES) + 1))
    while True:
        small = newton([(tuple(values[i] for i in kept), label) for values, label in rows])
        wrong = {i: abs(b) for i, b in zip(kept, small, strict=True) if i and b * SIGNS.get(MEASURES[i - 1], b) < 0}
        if not wrong:
            weights = dict(zip(kept, small, strict=True))
            return [weights.get(i, 0.0) for i in range(len(MEASURES) + 1)]
        kept.remove(max(wrong, key=wrong.__getitem__))


def newton(rows: list[Row]) -> list[float]:
    """Return the weights of logistic regression by Newton's method."""
    size = len(rows[0][0])
    beta = [0.0] * size
    for _ in range(_ROUNDS):
        slope = [0.0 if i == 0 else -_RIDGE * b for i, b in enumerate(beta)]
        bend = [[_RIDGE if i == j and i else 1e-9 if i == j else 0.0 for j in range(size)] for i in range(size)]
        for values, label in rows:
            odds = sum(b * v for b, v in zip(beta, values, strict=True))
            p = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))
            w = p * (1.0 - p) + 1e-9
            present = [i for i, v in enumerate(values) if v]
            for i in present:
                slope[i] += (label - p) * values[i]
                scaled, line = w * values[i], bend[i]
                for j in present:
                    line[j] += scaled * values[j]
        step = _solve(bend, slope)
        beta = [b + s for b, s in zip(beta, step, strict=True)]
        if max(map(abs, step)) < 1e-4:
            break
    return beta


def best_threshold(scored: list[tuple[float, int]], slack: float) -> tuple[float, float]:
    """Return the strictest log-odds whose F1 is within ``slack`` of the best, and the best F1."""
    total = sum(label for _, label in scored)
    hits, best = 0, 0.0
    curve: list[tuple[float, float]] = []
    for place, (odds, label) in enumerate(sorted(scored, reverse=True), start=1):
        hits += label
        f1 = 2 * hits / (place + total)
        curve.append((odds, f1))
        best = max(best, f1)
    return next(odds for odds, f1 in curve if f1 >= best - slack), best


def agency_rows() -> list[Row]:
    """Return measures of fictional agencies: some as others write them, and those of different ones that look alike.

    The labelled pairs come from lists of other kinds of organisations; in a register of agencies most names differ in
    one word, and the words of the trade say nothing.
    """
    alike: list[Row] = []
    same: list[Row] = []
    for left, right, label in agency_pairs():
        if label:
            same += rows_of([{"query": left, "candidate": right, "type": "org", "label": 1}], "organisation")
            continue
        one, other = read_name(left, "organisation")[0], read_name(right, "organisation")[0]
        measures = gather(one, other, "organisation", NOTHING_LEARNED).measures
        if sum(measures[MEASURES.index(name)] for name in _LOOKS) > _LOOKS_ALIKE:
            alike.append(((1.0, *measures), 0))
    step = max(1, len(alike) // (2 * AGENCIES))
    return same[:AGENCIES] + alike[::step][: 2 * AGENCIES]


def people_rows() -> list[Row]:
    """Return measures of fictional people: some as others write them, and their namesakes, who are somebody else."""
    lines = [{"query": a, "candidate": b, "type": "person", "label": label} for a, b, label in people_pairs(PEOPLE)]
    return rows_of(lines, "person")


def load_pairs(path: str) -> list[dict[str, object]]:
    """Return the labelled pairs of a file that can be told from the names alone."""
    with open(path, encoding="utf-8") as file:
        return [line for text in file if (line := json.loads(text)).get("slice", "core") == "core"]


def main(path: str) -> None:
    """Print the weights for both kinds, the constant moved so that the best threshold is the alert threshold."""
    lines = load_pairs(path)
    for kind in ("person", "organisation"):
        rows = rows_of(lines, kind)
        beta = fit(rows + (agency_rows() if kind == "organisation" else people_rows()))
        for name, worth in AT_LEAST_AGAINST[kind].items():
            place = 1 + MEASURES.index(name)
            beta[place] = min(beta[place], worth)
        scored = [(sum(b * v for b, v in zip(beta, values, strict=True)), label) for values, label in rows]
        threshold, f1 = best_threshold(scored, SLACK[kind])
        constant = beta[0] - threshold + log(ALERT / (1 - ALERT))
        out = [f"# {kind}: {len(rows)} pairs, best F1 {f1:.4f}", f"{kind.upper()}_1 = Weights("]
        out += [f"    constant={constant:.3f},", "    worth={"]
        out += [
            f'        "{name}": {value:.3f},'
            for name, value in zip(MEASURES, beta[1:], strict=True)
            if abs(value) >= 0.005
        ]
        sys.stdout.write("\n".join([*out, "    },", ")", ""]))


if __name__ == "__main__":
    main(sys.argv[1])
