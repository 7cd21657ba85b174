"""Choose among the names of an index those that may be meant: what their keys tell, then how they sound. Pure.

The keys of a question are read from the rarest on, within a budget; names that meet it under many rare keys are
compared by how they sound. What the database holds (how many names a key has, which ones, their sketches) is handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Final

from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.process import extract

from parties.matching.filing import KINDS, asked_keys, key_number, sounds_of
from parties.matching.normalise import read_name

FIRST: Final = 96
FIRST_OTHER: Final = 10
"""Names of the short list that are compared first where a search may end early; the second, of the other kind."""
OPEN: Final = 800
"""Once so many names are in the running, commoner keys only confirm them and bring no new ones."""
OTHER_POSTINGS: Final = 1_000
OTHER_SHORTLIST: Final = 30
OTHER_WORTH: Final = 0.8
"""What is read where people are looked for among organisations, or the reverse: only what agrees well is found."""
SHARED: Final = 0.42
SOUNDS: Final = 0.58
"""What nearness is made of: the share of the question's words that a name has, and how alike the two sound."""
WAYS: Final = 2
MANY: Final = 4
"""Ways to say a found name that are compared where the asked one can be said in many (more than a name in Latin letters
has): two scripts that leave much open would else meet in every way of the one and of the other."""
OTHER_KIND: Final = 0.15
"""Taken off the nearness of a name of the other kind."""

Row = tuple[int, str]
"""The owner of a name, and its sketch: how it sounds, in each way to say it."""
Ranked = tuple[int, float, bool]
"""The row a name belongs to, how near it sounds (0 to 1), and whether an identifier ties it."""


class Plan:
    """Hold one name of one question: what its keys are worth, and what they brought."""

    __slots__ = ("chosen", "most", "near", "other", "rest", "short", "told", "votes", "ways")

    def __init__(self, ways: list[str], told: list[dict[int, float]], other: bool = False) -> None:
        self.ways = ways
        self.told = told
        self.other = other
        self.most = 0.0
        self.chosen: list[int] = []
        self.votes: dict[int, float] = {}
        self.short: list[int] = []
        self.rest: list[int] = []
        self.near: dict[int, float] = {}

    def part(self) -> None:
        """Set aside for later those of the short list that share less with the question."""
        most = FIRST_OTHER if self.other else FIRST
        self.short, self.rest = self.short[:most], self.short[most:]


def plans_of(collection: int, names: Sequence[str], kind: str, other_kind: bool = True) -> list[Plan]:
    """Return what is looked for among names of the question's own kind, and where wanted among those of the other."""
    plans: list[Plan] = []
    for name in names:
        readings = read_name(name, kind)
        if not readings:
            continue
        ways = sounds_of(readings)
        asked = asked_keys(readings)
        for each in KINDS if other_kind else (kind,):
            least = OTHER_WORTH if each != kind else 0.0
            told: list[dict[int, float]] = []
            for keys in asked.values():
                numbered: dict[int, float] = {}
                for key, worth in keys.items():
                    if worth >= least:
                        numbered[key_number(key, collection, each)] = worth
                told.append(numbered)
            plans.append(Plan(ways, told, each != kind))
    return plans


def choose(plan: Plan, size: dict[int, int], limit: int, most_postings: int) -> None:
    """Choose the keys that are read: the rarest ones, up to the budget of entries, and at least one."""
    keys: set[int] = set()
    for told in plan.told:
        keys.update(told)
    found: list[tuple[int, int]] = []
    for key in keys:
        count = size.get(key, 0)
        if count > 0:
            found.append((count, key))
    found.sort()
    most = max(OTHER_POSTINGS if plan.other else most_postings, 8 * limit)
    chosen: list[int] = []
    looked_at = 0
    for count, key in found:
        looked_at += count
        if looked_at > most and chosen:
            break
        chosen.append(key)
    plan.chosen = chosen


def vote(
    plan: Plan, postings: dict[int, list[int]], size: dict[int, int], whole: float, limit: int, shortlist: int
) -> None:
    """Choose the short list: who shares most of what tells. Of all keys that tell the same, the best one counts.

    ``whole`` is the logarithm of how many names there are.
    """
    running: set[int] = set()
    open_to = max(OPEN, 4 * limit)
    for key in plan.chosen:
        if len(running) >= open_to:
            break
        met = postings.get(key)
        if met is not None:
            running.update(met)
    votes: dict[int, float] = {}
    most_told = 0.0
    for told in plan.told:
        worths: list[tuple[float, int]] = []
        for key, worth in told.items():
            rare = whole - log(size.get(key, 0) + 1.0)
            worths.append((worth * (rare if rare > 0.1 else 0.1), key))
        if not worths:
            continue
        worths.sort(reverse=True)
        most_told += worths[0][0]
        counted: set[int] = set()
        for value, key in worths:
            met = postings.get(key)
            if met is None:
                continue
            both = running.intersection(met) - counted
            for row in both:
                votes[row] = votes.get(row, 0.0) + value
            counted |= both
    plan.votes, plan.most = votes, most_told
    most = max(limit, OTHER_SHORTLIST if plan.other else shortlist)
    if len(votes) > most:
        least = sorted(votes.values(), reverse=True)[most - 1]
        short = [row for row, worth in votes.items() if worth >= least]
    else:
        short = list(votes)
    short.sort()  # among equals the lower number goes first, whatever order a database answers in
    short.sort(key=votes.__getitem__, reverse=True)
    plan.short = short[:most]


def hear(plan: Plan, some: Sequence[int], rows: dict[int, Row]) -> None:
    """Note how near each of these names sounds, 0 to 1, in the best of the ways to say the one and the other.

    What it shares of all that the question could share counts, and how alike the words sound; the shares of the two
    were learned from searches whose answer is known. All are compared at once.
    """
    heard: list[int] = []
    sounds: list[str] = []
    few = len(plan.ways) > MANY
    for row in some:
        held = rows.get(row)
        if held is not None:
            ways = held[1].split("|")
            if few:
                del ways[WAYS:]
            sounds += ways
            heard += [row] * len(ways)
    alike = [0.0] * len(heard)
    for way in plan.ways:
        found: list[tuple[str, float, int]] = extract(way, sounds, scorer=token_set_ratio, limit=None)
        for _text, score, place in found:
            if score > alike[place]:
                alike[place] = score
    near, votes, most = plan.near, plan.votes, plan.most
    less = OTHER_KIND if plan.other else 0.0
    for row, score in zip(heard, alike, strict=True):
        shared = votes[row] / most if most else 0.0
        nearness = SHARED * (shared if shared < 1.0 else 1.0) + SOUNDS * score / 100.0 - less
        if nearness > near.get(row, -1.0):
            near[row] = nearness


def nearest(plans: Sequence[Plan]) -> float:
    """Return how near the nearest name sounds that any of these heard, 0 to 1."""
    return max([value for plan in plans for value in plan.near.values()], default=0.0)


def ranked(plans: Sequence[Plan], tied: Sequence[int], rows: dict[int, Row], limit: int) -> list[Ranked]:
    """Return the rows that the names heard belong to, nearest first; those tied by an identifier lead."""
    best: dict[int, float] = {}
    for plan in plans:
        for row, near in plan.near.items():
            owner = rows[row][0]
            if near > best.get(owner, -1.0):
                best[owner] = near
    leading: dict[int, bool] = {}
    for row in tied:
        held = rows.get(row)
        if held is not None:
            leading[held[0]] = True
    order = [(-near, owner) for owner, near in best.items() if owner not in leading]
    order.sort()
    ties: list[Ranked] = [(owner, best.get(owner, 0.0), True) for owner in leading]
    rest: list[Ranked] = [(owner, -near, False) for near, owner in order[:limit]]
    return ties[:limit] + rest
