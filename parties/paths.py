"""Find how two parties are tied: a graph of dated ties in, the best paths with their reasons out. Pure."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise

MAX_STEPS = 4
"""A path of more ties than this says more about the size of a country than about two agencies."""
SHARED_BY_MOST = 2
"""A telephone or address that more than so many parties share counts for less with each of them."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One dated tie between two nodes; ``kind`` says which, ``strength`` (0 to 1) how much it tells by itself.

    A node is a party or a thing that several parties may share, such as a telephone number. ``told`` is how the party
    itself wrote that thing: two parties write one number in two ways.
    """

    a: str
    b: str
    kind: str
    strength: float
    starts: date | None = None
    ends: date | None = None
    source: str = ""
    told: str = ""

    def other(self, node: str) -> str:
        """Return the end that is not this one."""
        return self.b if node == self.a else self.a

    def gap_to(self, later: Tie) -> int:
        """Return how many days lie between the times of two ties; 0 where they overlap or a day is not known."""
        for first, second in ((self, later), (later, self)):
            if first.ends is not None and second.starts is not None and first.ends < second.starts:
                return (second.starts - first.ends).days
        return 0

    def gap_to_day(self, day: date) -> int:
        """Return how many days a tie had been over on a day; 0 where it held, negative where it began later."""
        if self.ends is not None and self.ends < day:
            return (day - self.ends).days
        if self.starts is not None and self.starts > day:
            return -(self.starts - day).days
        return 0


@dataclass(frozen=True, slots=True)
class Path:
    """One way from a node to another: the nodes in order, the tie between each two, and what the ties tell together."""

    nodes: tuple[str, ...]
    ties: tuple[Tie, ...]
    strength: float

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return what the ties are, in order."""
        return tuple(tie.kind for tie in self.ties)


class Graph:
    """Ties by node. Nothing but a lookup; built once for a question."""

    def __init__(self, ties: Iterable[Tie], *, shared: Collection[str] = (), sharers: Mapping[str, int] | None = None):
        """Take the ties; ``shared`` names the prefixes of nodes that are things, ``sharers`` how many have each."""
        self.ties: dict[str, list[Tie]] = defaultdict(list)
        for tie in ties:
            if tie.a != tie.b:
                self.ties[tie.a].append(tie)
                self.ties[tie.b].append(tie)
        self._things = tuple(f"{prefix}:" for prefix in shared)
        self._sharers = sharers or {}

    def is_thing(self, node: str) -> bool:
        """Tell whether a node is something that parties share, not a party."""
        return node.startswith(self._things) if self._things else False

    def weight_of(self, node: str) -> float:
        """Return how much meeting in this node tells: less where many meet."""
        if not self.is_thing(node):
            return 1.0
        sharing = self.sharing(node)
        return 1.0 if sharing <= SHARED_BY_MOST else max(0.05, SHARED_BY_MOST / sharing)

    def sharing(self, node: str) -> int:
        """Return how many parties share a thing; where it was counted from outside, that count holds."""
        return self._sharers.get(node) or len({tie.other(node) for tie in self.ties[node]})


def best_path(
    graph: Graph, start: str, goal: str, *, avoid: Collection[str] = (), most: int = MAX_STEPS, floor: float = 0.05
) -> Path | None:
    """Return the strongest path of at most so many ties; None below the floor. Circles cannot trap it.

    The search keeps, for each node and number of steps, only the strongest way there: its cost grows with the number
    of ties, not with the number of paths.
    """
    order = count()  # ties of equal strength are taken in the order in which they were met
    queue: list[tuple[float, int, str, tuple[str, ...], tuple[Tie, ...]]] = [(-1.0, 0, start, (start,), ())]
    settled: dict[str, int] = {}
    while queue:
        negative, _order, node, nodes, ties = heapq.heappop(queue)
        if node == goal:
            return Path(nodes, ties, round(-negative, 4))
        if settled.get(node, most + 1) <= len(ties) or len(ties) == most:
            continue
        settled[node] = len(ties)
        for tie in graph.ties[node]:
            after = tie.other(node)
            if after in nodes or after in avoid:
                continue
            strength = -negative * tie.strength * (graph.weight_of(after) if after != goal else 1.0)
            if strength >= floor:
                heapq.heappush(queue, (-strength, next(order) + 1, after, (*nodes, after), (*ties, tie)))
    return None


def paths_between(
    graph: Graph, start: str, goal: str, *, most: int = 5, avoid: Collection[str] = (), longest: int = MAX_STEPS
) -> list[Path]:
    """Return the strongest paths that have no party or thing between the ends in common, strongest first."""
    found: list[Path] = []
    used: set[str] = set(avoid)
    direct: set[Tie] = set()
    while len(found) < most:
        path = best_path(_without(graph, direct), start, goal, avoid=used, most=longest)
        if path is None:
            break
        found.append(path)
        if len(path.nodes) == 2:
            direct.add(path.ties[0])
        used.update(path.nodes[1:-1])
    return found


def _without(graph: Graph, ties: Collection[Tie]) -> Graph:
    if not ties:
        return graph
    left = Graph((), sharers=graph._sharers)
    left._things = graph._things
    left.ties = defaultdict(list, {node: [t for t in own if t not in ties] for node, own in graph.ties.items()})
    return left


def neighbouring(path: Path) -> Iterator[tuple[Tie, str, Tie]]:
    """Yield each two ties that meet in a path, with the node in which they meet."""
    for (first, second), node in zip(pairwise(path.ties), path.nodes[1:-1], strict=True):
        yield first, node, second
