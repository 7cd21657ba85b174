"""Ask the engine, the same that screens lists, for what is alike."""

from collections.abc import Iterable
from typing import cast

from recruiters.engine import Dataset, Hit, Query, current_engine
from recruiters.exchange.asked import Asked
from recruiters.screening import name_problem

MOST = 500


def alike(asked: Asked, dataset: str, *, limit: int, threshold: float) -> list[Hit]:
    """Return what is alike to an example entity by any of its names, each thing once with its best comparison."""
    best: dict[str, Hit] = {}
    for query in queries_of(asked):
        for hit in similar(query, dataset, limit=limit, threshold=threshold):
            before = best.get(hit.target.key)
            if before is None or hit.match.score > before.match.score:
                best[hit.target.key] = hit
    return ranked(best.values())


def queries_of(asked: Asked) -> list[Query]:
    """Return one query of the engine for each kind of thing that the example may mean; none without a usable name."""
    names = [name for name in asked.names if not name_problem(name)]
    if not names:
        return []
    return [
        Query(
            name=names[0],
            names=tuple(names[1:]),
            kind=kind,
            country=asked.country,
            licence_number=asked.licence_number,
            registration_number=asked.registration_number,
        )
        for kind in asked.kinds
    ]


def similar(query: Query, dataset: str, *, limit: int, threshold: float) -> list[Hit]:
    """Return what the engine finds in a dataset (register, watchlists or all)."""
    wide = min(max(limit, 1), MOST)
    return current_engine().similar(query, dataset=cast("Dataset", dataset), limit=wide, threshold=threshold)


def ranked(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits best first; equal ones in the order of their keys, so that an answer is always the same."""
    return sorted(hits, key=lambda hit: (-round(hit.match.score, 4), hit.target.key))
