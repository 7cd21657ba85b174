"""Weigh what the index found: the pairs in full, a part at a time, until what is left cannot reach the first ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from parties.matching import Rarity, Subject
from parties.matching.score import evidence_of
from parties.search_calibration import Values, features, search_odds
from parties.search_candidates import Likely

BREADTH = 64
"""Candidates of one question that are weighed at most."""
ENOUGH = 0.7
"""A name so near (0 to 1) lets a search leave aside those that share less with what is asked."""
PARTS = (10, 18, 36)
"""Candidates whose texts are fetched at a time: first few, among which the one meant mostly is."""
SURE = 2.0
"""With one of these log-odds in a part, the parts that follow are left aside."""
FIRST, PATIENCE, GAP = 5, 8, 3.0
"""Weighing ends once so many in a row stay this far (in log-odds) below the fifth best: later ones are less near."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One candidate: its row, the pair's log-odds, what was weighed, and the log-odds that it is the one meant."""

    owner: int
    subject: Subject
    odds: float
    values: Values
    search_odds: float


def _parts(near: Sequence[Likely]) -> Iterator[Sequence[Likely]]:
    start = 0
    for size in chain(PARTS, repeat(PARTS[-1])):
        if start >= len(near):
            return
        yield near[start : start + size]
        start += size


Fetch = Callable[[Sequence[int]], Mapping[int, Subject]]
RarityOf = Callable[[Sequence[Subject]], Rarity]


def weigh(asked: Subject, near: Sequence[Likely], fetch: Fetch, rarity_of: RarityOf) -> list[Weighed]:
    """Return the candidates that were weighed, best first; ``fetch`` returns the subjects of rows that still stand."""
    found: list[Weighed] = []
    best: list[float] = []
    in_vain = 0
    for part in _parts(near):
        subjects = fetch([one.owner for one in part])
        rarity = rarity_of([asked, *subjects.values()])
        for one in part:
            subject = subjects.get(one.owner)
            compared = evidence_of(asked, subject, rarity) if subject else None
            if subject is None or compared is None:
                continue
            odds, evidence = compared
            values = features(evidence, one.nearness, asked, subject)
            told = search_odds(values, asked.kind)
            found.append(Weighed(one.owner, subject, odds, values, told))
            in_vain = 0 if len(best) < FIRST or told >= best[-1] - GAP or one.tied else in_vain + 1
            best = sorted([*best, told], reverse=True)[:FIRST]
            if in_vain >= PATIENCE:
                break
        if in_vain >= PATIENCE or best[:1] > [SURE]:
            break
    found.sort(key=lambda one: (-one.search_odds, one.subject.ref, one.owner))
    return found
