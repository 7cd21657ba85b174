"""Judge ties between a recruiter and others that were suspended, revoked, banned or listed: does one rise from another?

Pure. Strengths are ours, not a law's: they order what an officer looks at first, and never decide anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from parties.paths import Graph, Path, Tie, neighbouring, paths_between

RULESET = "ties-1"

STRENGTHS = {
    "owner": 0.95,
    "director": 0.85,
    "officer": 0.8,
    "successor_of": 0.95,
    "sub_agent_of": 0.75,
    "identifier": 0.97,
    "guarantee": 0.8,
    "email": 0.85,
    "phone": 0.8,
    "website": 0.75,
    "address": 0.65,
    "same_name": 0.9,
}
"""How much each kind of tie tells by itself. ``same_name`` is multiplied by how alike the two names are."""
THINGS = ("identifier", "guarantee", "email", "phone", "website", "address")
LISTED = "listed"
"""The status of a party that stands on a watchlist by a decided true match; no applicant is told of such a tie."""
SHOWN_FROM = 0.15
STRONG, MEDIUM = 0.6, 0.35
YEAR = 365


class Band(StrEnum):
    """Say how strong a tie is."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Barred:
    """Hold why a party is one that nobody should rise from: its status, from when, and by which list."""

    node: str
    code: str
    since: date | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One remark about a path: a code, and what it is about (days of a gap, how many share, a node)."""

    rule: str
    number: int = 0
    node: str = ""
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class JudgedPath:
    """A path to a barred party, how strong it is, and why."""

    path: Path
    barred: Barred
    strength: float
    band: Band
    reasons: tuple[Reason, ...]

    @property
    def key(self) -> str:
        """Return a digest of what the path leads through, so that a decision about it is found again."""
        told = [self.path.nodes[0], *(part for tie, node in zip(self.path.ties, self.path.nodes[1:], strict=True)
                for part in (tie.kind, node))]  # fmt: skip
        return hashlib.sha256("|".join(told).encode()).hexdigest()[:32]

    @property
    def grounds(self) -> tuple[str, ...]:
        """Return the kinds of tie that it rests on, without who or what: what an applicant may be told."""
        return tuple(dict.fromkeys(self.path.kinds))


def band_of(strength: float) -> Band:
    """Return the word for a strength."""
    return Band.STRONG if strength >= STRONG else Band.MEDIUM if strength >= MEDIUM else Band.WEAK


def _after_leaving(days: int) -> float:
    """Return how much a tie to a barred party counts that had been over for so many days when it was barred."""
    for years, factor in ((1, 0.9), (2, 0.65), (5, 0.4)):
        if days <= years * YEAR:
            return factor
    return 0.2


def _between(days: int) -> float:
    """Return how much meeting in a thing counts when so many days lay between the two uses."""
    for years, factor in ((1, 0.95), (3, 0.7), (6, 0.4)):
        if days <= years * YEAR:
            return factor
    return 0.2


def judge_path(path: Path, barred: Barred, graph: Graph) -> JudgedPath:
    """Judge one path: when its ties held, how many share what it leads through, and whether it reached the fall."""
    strength = path.strength
    reasons: list[Reason] = []
    for first, node, second in neighbouring(path):
        if not graph.is_thing(node):
            continue
        gap = first.gap_to(second)
        factor = _between(gap) if gap else 1.0
        if gap or _dated(first, second):
            reasons.append(Reason("used_after" if gap else "used_together", gap, node, factor))
        share = graph.weight_of(node)
        if share < 1:
            reasons.append(Reason("shared_by_many", graph.sharing(node), node, share))
        strength *= factor
    last = path.ties[-1]
    if barred.since is not None:
        days = last.gap_to_day(barred.since)
        if days > 0:
            factor = _after_leaving(days)
            reasons.append(Reason("left_before", days, "", factor))
            strength *= factor
        elif days < 0:
            reasons.append(Reason("began_after", -days, "", 0.7))
            strength *= 0.7
        else:
            known = last.starts is not None or last.ends is not None
            reasons.append(Reason("held_on_the_day" if known else "dates_not_known"))
    if "same_name" in path.kinds:
        alike = min(tie.strength for tie in path.ties if tie.kind == "same_name")
        reasons.append(Reason("only_alike", round(alike / STRENGTHS["same_name"] * 100)))
    strength = round(strength, 4)
    return JudgedPath(path, barred, strength, band_of(strength), tuple(reasons))


def _dated(*ties: Tie) -> bool:
    return all(tie.starts is not None or tie.ends is not None for tie in ties)


def find_ties(
    ties: Iterable[Tie],
    start: str,
    barred: Iterable[Barred],
    *,
    sharers: Mapping[str, int] | None = None,
    most_each: int = 4,
    things: Collection[str] = THINGS,
) -> list[JudgedPath]:
    """Return the judged paths from a party to barred ones, strongest first; what is too weak to show is left out."""
    graph = Graph(ties, shared=things, sharers=sharers)
    wanted = {one.node: one for one in barred if one.node != start}
    passed = {
        one.node for one in wanted.values() if one.code != LISTED
    }  # a listed person may lead on to a fallen agency
    found = [
        judge_path(path, one, graph)
        for one in wanted.values()
        if one.node in graph.ties
        for path in paths_between(graph, start, one.node, most=most_each, avoid=passed - {one.node})
    ]
    shown = [judged for judged in found if judged.strength >= SHOWN_FROM]
    return sorted(shown, key=lambda judged: (-judged.strength, judged.path.nodes))
