"""Ask the engine, the same that screens lists, for what is alike."""

from collections.abc import Iterable, Sequence
from typing import cast

from parties.matching import LATEST
from recruiters.engine import Dataset, Hit, Query, current_engine
from recruiters.exchange.asked import Asked
from recruiters.screening import name_problem

MOST = 500


def alike_many(
    examples: Sequence[Asked], dataset: str, *, limit: int, threshold: float, algorithm: str = LATEST
) -> list[list[Hit]]:
    """Return for each example entity what is alike by any of its names, each thing once, best first."""
    asked = [(place, query) for place, example in enumerate(examples) for query in queries_of(example)]
    queries, limits = [query for _, query in asked], [limit] * len(asked)
    found = similar_many(queries, dataset, limits=limits, threshold=threshold, algorithm=algorithm)
    best: list[dict[str, Hit]] = [{} for _example in examples]
    for (place, _query), hits in zip(asked, found, strict=True):
        for hit in hits:
            before = best[place].get(hit.target.key)
            if before is None or hit.match.score > before.match.score:
                best[place][hit.target.key] = hit
    return [ranked(one.values()) for one in best]


def queries_of(asked: Asked) -> list[Query]:
    """Return one query of the engine for each kind of thing that the example may mean.

    Without any name its numbers are asked for; with neither there is none.
    """
    names = [name for name in asked.names if not name_problem(name)] or [""]
    queries = [
        Query(
            name=names[0],
            names=tuple(names[1:]),
            kind=kind,
            country=asked.country,
            licence_number=asked.licence_number,
            registration_number=asked.registration_number,
            born=asked.born if kind == "person" else (),
        )
        for kind in asked.kinds
    ]
    return [query for query in queries if query.can_be_sought]


def similar_many(
    queries: Sequence[Query], dataset: str, *, limits: Iterable[int], threshold: float, algorithm: str = LATEST
) -> list[list[Hit]]:
    """Return for each query what the engine finds in a dataset, with few statements for all of them."""
    wide = [min(max(limit, 1), MOST) for limit in limits]
    lists = cast("Dataset", dataset)
    return current_engine().similar_many(queries, dataset=lists, limits=wide, threshold=threshold, algorithm=algorithm)


def ranked(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits best first; equal ones in the order of their keys, so that an answer is always the same."""
    return sorted(hits, key=lambda hit: (-round(hit.match.score, 4), hit.target.key))
