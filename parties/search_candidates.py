"""Find likely names through the index in the database: a fixed number of statements for any number of questions.

The keys of a question are read from the rarest on, within a budget; names that meet it under many rare keys are
compared by how they sound; the best are returned. Nothing is kept in memory between questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import log

from django.db import DEFAULT_DB_ALIAS, connections
from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.process import extract

from core.numberlists import among
from parties.matching.filing import asked_keys, key_number, number_filed, sounds_of
from parties.matching.normalise import read_name
from parties.models import IndexedName, NamePosting
from parties.nameindex import TOTAL, unpack

MOST_POSTINGS = 6_000
"""Entries looked at for one question before its commoner keys are left aside."""
SHORTLIST = 500
"""Names whose sound is compared for one question."""
FIRST, FIRST_OTHER = 96, 10
"""Names of the short list that are compared first where a search may end early; the second, of the other kind."""
OPEN = 800
"""Once so many names are in the running, commoner keys only confirm them and bring no new ones."""
OTHER_POSTINGS, OTHER_SHORTLIST, OTHER_WORTH = 1_000, 30, 0.8
"""The same where people are looked for among organisations, or the reverse: only what agrees well is found there."""
SHARED, SOUNDS = 0.42, 0.58
"""What nearness is made of: the share of the question's words that a name has, and how alike the two sound."""
WAYS, MANY = 2, 4
"""Ways to say a found name that are compared where the asked one can be said in many (more than a name in Latin letters
has): two scripts that leave much open would else meet in every way of the one and of the other."""
OTHER_KIND = 0.15
"""Taken off the nearness of a name of the other kind."""
KINDS = ("person", "organisation")
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


@dataclass(slots=True)
class _Plan:
    """One name of one question: what its keys are worth, and what they brought."""

    ways: list[str]
    told: list[dict[int, float]]
    other: bool = False
    most: float = 0.0
    chosen: list[int] = field(default_factory=list)
    votes: dict[int, float] = field(default_factory=dict)
    short: list[int] = field(default_factory=list)
    rest: list[int] = field(default_factory=list)
    near: dict[int, float] = field(default_factory=dict)

    def part(self) -> None:
        """Set aside for later those of the short list that share less with the question."""
        most = FIRST_OTHER if self.other else FIRST
        self.short, self.rest = self.short[:most], self.short[most:]


def _parts(values: Iterable[int]) -> Iterable[list[int]]:
    rest = iter(values)
    while part := list(islice(rest, TOGETHER)):
        yield part


def sizes(keys: Iterable[int], using: str = DEFAULT_DB_ALIAS) -> dict[int, int]:
    """Return under each key how many names are filed; keys without any are left out."""
    found: dict[int, int] = {}
    table = NamePosting._meta.db_table
    with connections[using].cursor() as cursor:
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
    with connections[using].cursor() as cursor:
        for part in _parts(keys):
            where, values = among("key", part, using)
            cursor.execute(f"SELECT key, names FROM {table} WHERE {where}", values)  # noqa: S608
            for key, names in cursor.fetchall():
                found.setdefault(key, []).extend(unpack(names))
    return found


def _rows(ids: Iterable[int], using: str) -> dict[int, tuple[int, str]]:
    """Return owner and sketch of each name that is still there."""
    found: dict[int, tuple[int, str]] = {}
    table = IndexedName._meta.db_table
    with connections[using].cursor() as cursor:
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
    plans = [_plans(collection, question, other_kind) for question in questions]
    numbers = [[key_number(number_filed(n), collection) for n in question.numbers] for question in questions]
    everything = [plan for some in plans for plan in some]
    totals = {key_number(TOTAL, collection, kind) for kind in KINDS}
    size = sizes({key for plan in everything for told in plan.told for key in told} | totals, using)
    whole = log(sum(size.get(key, 0) for key in totals) + 2.0)
    for plan in everything:
        plan.chosen = _choose(plan, size, limit)
    wanted = {key for plan in everything for key in plan.chosen} | {key for keys in numbers for key in keys}
    postings = _postings(wanted, using)
    for plan in everything:
        _vote(plan, postings, size, whole, limit)
    tied = [[row for key in keys for row in postings.get(key, ())[:SHORTLIST]] for keys in numbers]
    if enough is not None:
        for plan in everything:
            plan.part()
    rows = _rows({row for plan in everything for row in plan.short} | {row for some in tied for row in some}, using)
    for plan in everything:
        _hear(plan, plan.short, rows)
    unsure = [plan for some in plans if enough is not None and _nearest(some) < enough for plan in some]
    rows |= _rows({row for plan in unsure for row in plan.rest}, using)
    for plan in unsure:
        _hear(plan, plan.rest, rows)
    return [_best(some, ties, rows, limit) for some, ties in zip(plans, tied, strict=True)]


def _nearest(plans: list[_Plan]) -> float:
    return max((near for plan in plans for near in plan.near.values()), default=0.0)


def _plans(collection: int, question: Asked, other_kind: bool) -> list[_Plan]:
    """Return what is looked for among names of the question's own kind, and where wanted among those of the other."""
    plans = []
    for name in question.names:
        readings = read_name(name, question.kind)
        if not readings:
            continue
        ways = sounds_of(readings)
        asked = asked_keys(readings)
        for kind in KINDS if other_kind else (question.kind,):
            other = kind != question.kind
            told = [
                {
                    key_number(key, collection, kind): value
                    for key, value in keys.items()
                    if not other or value >= OTHER_WORTH
                }
                for keys in asked.values()
            ]
            plans.append(_Plan(ways, told, other))
    return plans


def _choose(plan: _Plan, size: Mapping[int, int], limit: int) -> list[int]:
    """Return the keys that are read: the rarest ones, up to the budget, and at least one."""
    keys = {key for told in plan.told for key in told}
    found = sorted((count, key) for key in keys if (count := size.get(key, 0)) > 0)
    most = max(OTHER_POSTINGS if plan.other else MOST_POSTINGS, 8 * limit)
    chosen: list[int] = []
    looked_at = 0
    for count, key in found:
        looked_at += count
        if looked_at > most and chosen:
            break
        chosen.append(key)
    return chosen


def _vote(plan: _Plan, postings: Mapping[int, list[int]], size: Mapping[int, int], whole: float, limit: int) -> None:
    """Choose the short list: who shares most of what tells. Of all keys that tell the same, the best one counts."""
    running: set[int] = set()
    for key in plan.chosen:
        if len(running) >= max(OPEN, 4 * limit):
            break
        running.update(postings.get(key, ()))
    votes: dict[int, float] = {}
    get = votes.get
    for told in plan.told:
        worths = sorted(
            ((worth * max(0.1, whole - log(size.get(key, 0) + 1.0)), key) for key, worth in told.items()), reverse=True
        )
        plan.most += worths[0][0] if worths else 0.0
        rest = running.copy()
        for worth, key in worths:
            met = rest.intersection(postings.get(key, ()))
            if met:
                rest -= met
                for row in met:
                    votes[row] = get(row, 0.0) + worth
    plan.votes = votes
    most = max(limit, OTHER_SHORTLIST if plan.other else SHORTLIST)
    # Among equals the lower number goes first, whatever order a database answers in. Of so many quicker than a heap.
    plan.short = sorted(sorted(votes), key=votes.__getitem__, reverse=True)[:most]


def _hear(plan: _Plan, some: Sequence[int], rows: Mapping[int, tuple[int, str]]) -> None:
    """Note how near each of these names sounds, 0 to 1, in the best of the ways to say the one and the other.

    What it shares of all that the question could share counts, and how alike the words sound; the shares of the two
    were learned from searches whose answer is known. All are compared at once.
    """
    owners: list[int] = []
    sounds: list[str] = []
    most = WAYS if len(plan.ways) > MANY else None
    for row in some:
        if (held := rows.get(row)) is not None:
            ways = held[1].split("|")[:most]
            sounds += ways
            owners += [row] * len(ways)
    alike = [0.0] * len(owners)
    for way in plan.ways:
        for _text, score, place in extract(way, sounds, scorer=token_set_ratio, limit=None):
            if score > alike[place]:
                alike[place] = score
    for row, score in zip(owners, alike, strict=True):
        shared = min(1.0, plan.votes[row] / plan.most) if plan.most else 0.0
        found = SHARED * shared + SOUNDS * score / 100.0 - (OTHER_KIND if plan.other else 0.0)
        if found > plan.near.get(row, -1.0):
            plan.near[row] = found


def _best(plans: list[_Plan], tied: list[int], rows: Mapping[int, tuple[int, str]], limit: int) -> list[Likely]:
    best: dict[int, float] = {}
    for plan in plans:
        for row, near in plan.near.items():
            owner = rows[row][0]
            if near > best.get(owner, -1.0):
                best[owner] = near
    leading = dict.fromkeys(rows[row][0] for row in tied if row in rows)
    ranked = sorted((o for o in best if o not in leading), key=lambda owner: (-best[owner], owner))[:limit]
    ties = [Likely(owner, best.get(owner, 0.0), tied=True) for owner in leading]
    return ties[:limit] + [Likely(owner, best[owner]) for owner in ranked]
