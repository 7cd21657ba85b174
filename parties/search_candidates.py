"""Find likely names through the index in the database: a fixed number of statements for any number of questions.

What is read here, ``parties.matching.shortlist`` weighs. Nothing is kept in memory between questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log

from django.db import DEFAULT_DB_ALIAS

from core.numberlists import among, plain_cursor
from parties.matching.filing import KINDS, key_number, number_filed
from parties.matching.shortlist import Row, choose, hear, nearest, plans_of, ranked, vote
from parties.models import IndexedName, NamePosting
from parties.nameindex import TOTAL, unpack

MOST_POSTINGS = 6_000
"""Entries looked at for one question before its commoner keys are left aside."""
SHORTLIST = 500
"""Names whose sound is compared for one question."""
TOGETHER = 2_000
"""Values in one statement."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: names of one subject, and plain identifiers."""

    names: tuple[str, ...]
    kind: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likely:
    """One answer: the row the name belongs to, how near it sounds (0 to 1), and whether an identifier ties it."""

    owner: int
    nearness: float
    tied: bool = False


def _parts(values: Iterable[int]) -> Iterable[list[int]]:
    rest = iter(values)
    while part := list(islice(rest, TOGETHER)):
        yield part


def sizes(keys: Iterable[int], using: str = DEFAULT_DB_ALIAS) -> dict[int, int]:
    """Return under each key how many names are filed; keys without any are left out."""
    found: dict[int, int] = {}
    table = NamePosting._meta.db_table
    with plain_cursor(using) as cursor:
        for part in _parts(keys):
            where, values = among("key", part, using)
            cursor.execute(f"SELECT key, SUM(size) FROM {table} WHERE {where} GROUP BY key", values)  # noqa: S608
            found.update((key, int(size)) for key, size in cursor.fetchall())
    return found


def total(collection: int, *kinds: str, using: str = DEFAULT_DB_ALIAS) -> int:
    """Return how many names of these kinds (of any when none is named) a collection holds."""
    return sum(sizes([key_number(TOTAL, collection, kind) for kind in kinds or KINDS], using).values())


def _postings(keys: Iterable[int], using: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    table = NamePosting._meta.db_table
    with plain_cursor(using) as cursor:
        for part in _parts(keys):
            where, values = among("key", part, using)
            cursor.execute(f"SELECT key, names FROM {table} WHERE {where}", values)  # noqa: S608
            for key, names in cursor.fetchall():
                found.setdefault(key, []).extend(unpack(names))
    return found


def _rows(ids: Iterable[int], using: str) -> dict[int, Row]:
    """Return owner and sketch of each name that is still there."""
    found: dict[int, Row] = {}
    table = IndexedName._meta.db_table
    with plain_cursor(using) as cursor:
        for part in _parts(ids):
            where, values = among("id", part, using)
            cursor.execute(f"SELECT id, owner, sketch FROM {table} WHERE {where}", values)  # noqa: S608
            found.update((pk, (owner, sketch)) for pk, owner, sketch in cursor.fetchall())
    return found


def likely(
    collection: int,
    questions: Sequence[Asked],
    limit: int = 40,
    *,
    enough: float | None = None,
    other_kind: bool = True,
    using: str = DEFAULT_DB_ALIAS,
) -> list[list[Likely]]:
    """Return for each question the rows of likely names, likeliest first; those tied by an identifier lead.

    Where a name sounds as near as ``enough`` (0 to 1), those that share less with the question are left aside. Only a
    search for the one that is meant may ask so; a screening, which must not miss a second one, leaves it out. Names of
    the other kind (a firm for a person asked) are found too unless ``other_kind`` is False.
    """
    plans = [plans_of(collection, question.names, question.kind, other_kind) for question in questions]
    numbers = [[key_number(number_filed(n), collection) for n in question.numbers] for question in questions]
    everything = [plan for some in plans for plan in some]
    totals = {key_number(TOTAL, collection, kind) for kind in KINDS}
    size = sizes({key for plan in everything for told in plan.told for key in told} | totals, using)
    whole = log(sum(size.get(key, 0) for key in totals) + 2.0)
    for plan in everything:
        choose(plan, size, limit, MOST_POSTINGS)
    wanted = {key for plan in everything for key in plan.chosen} | {key for keys in numbers for key in keys}
    postings = _postings(wanted, using)
    for plan in everything:
        vote(plan, postings, size, whole, limit, SHORTLIST)
    tied = [[row for key in keys for row in postings.get(key, ())[:SHORTLIST]] for keys in numbers]
    if enough is not None:
        for plan in everything:
            plan.part()
    rows = _rows({row for plan in everything for row in plan.short} | {row for some in tied for row in some}, using)
    for plan in everything:
        hear(plan, plan.short, rows)
    unsure = [plan for some in plans if enough is not None and nearest(some) < enough for plan in some]
    rows |= _rows({row for plan in unsure for row in plan.rest}, using)
    for plan in unsure:
        hear(plan, plan.rest, rows)
    return [[Likely(*one) for one in ranked(some, ties, rows, limit)] for some, ties in zip(plans, tied, strict=True)]
