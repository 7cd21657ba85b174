"""Decide which numbers of a release are told, so that no small one follows from all that was ever told. Pure.

Primary: a count of one to k-1 people is kept back. Complementary: as long as anybody could narrow such a count down, by
subtracting parts from totals, one release from another or a table from its neighbour, the smallest neighbour that was
not told before is kept back too. What an earlier release told or kept back is given, and never changes.

The rule is a protection of intervals: by everything that was ever told, a count that is protected could be as little as
nought and as much as k. Of one that an earlier release kept back everybody may know that it is small: then it could be
anything below k, and nothing is known of it besides. No count can be more than all who were told of.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cms.statistics.region import Equation, Region, is_whole

LEAST = 0
"""As little as this every protected count must be able to be: one, in each of four quarters, would be four a year."""


@dataclass(frozen=True)
class Cell:
    """One count of people.

    `told` says what an earlier release did: True shown, False kept back as small, None nothing yet. A cell that is not
    `open` is never told at all, but must not follow from others either.
    """

    count: int
    k: int
    told: bool | None = None
    open: bool = True
    kept_back: bool = False  # for a reason of its own, such as a zero among few
    dear: bool = False  # other tables rest on it: the last to be hidden beside a small one
    room: int | None = None  # how many there are in all, where that was told: no part of them is more

    @property
    def small(self) -> bool:
        """Say whether these are some people, and too few to be told of."""
        return 0 < self.count < self.k

    @property
    def protected(self) -> bool:
        """Say whether nobody may work it out: a small count, or a zero that tells of the few who are there."""
        return self.small or self.kept_back or self._known_small

    @property
    def bounds(self) -> tuple[int, int | None]:
        """Return what somebody may know of it while it is kept back: at worst, that it is small."""
        return (0, self.k - 1) if self._known_small else (0, None)

    @property
    def must_reach(self) -> int:
        """Return how large it must be able to be: k, or the largest small number where everybody knows it is small."""
        most = self.k - 1 if self._known_small else self.k
        return most if self.room is None else min(most, self.room)

    def is_safe_between(self, low: int, high: int) -> bool:
        """Say whether a protected count tells nothing where it is known to lie between these."""
        return low <= LEAST and high >= self.must_reach

    @property
    def _known_small(self) -> bool:
        return self.told is False and self.count < self.k


@dataclass(frozen=True)
class Sum:
    """That parts add up to a total."""

    total: str
    parts: tuple[str, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """Return the total and its parts."""
        return (self.total, *self.parts)


@dataclass
class System:
    """Counts and the sums that tie them together."""

    cells: dict[str, Cell] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)

    def add(self, name: str, cell: Cell) -> None:
        """Add a cell."""
        self.cells[name] = cell

    def tie(self, total: str, parts: Iterable[str]) -> None:
        """Say that parts add up to a total; raises ValueError where they do not."""
        found = Sum(total, tuple(parts))
        if sum(self.cells[part].count for part in found.parts) != self.cells[total].count:
            raise ValueError(f"the parts of {total} do not add up")
        self.sums.append(found)


def mask(system: System) -> frozenset[str]:
    """Return the names of the cells that may be told in this release."""
    hidden = {name for name, cell in system.cells.items() if _hidden_from_the_start(cell)}
    totals = {each.total for each in system.sums}
    while True:
        weak = next(_weak_cells(system, hidden), None)
        if weak is None:
            return frozenset(name for name, cell in system.cells.items() if name not in hidden and cell.told is None)
        hidden.add(_next_to_hide(system, hidden, weak, totals))


def _hidden_from_the_start(cell: Cell) -> bool:
    if cell.told is not None:
        return not cell.told
    return cell.small or cell.kept_back or not cell.open


def _weak_cells(system: System, hidden: set[str]) -> Iterator[tuple[str, set[str]]]:
    """Yield protected cells that could be narrowed down, where more can be hidden, each with what hangs on it."""
    for names, sums in _islands(system, hidden):
        endangered = sorted(name for name in names if system.cells[name].protected)
        if endangered and _candidates(system, hidden, names):
            for name in narrowed(system, names, sums, endangered):
                yield name, names


def _next_to_hide(system: System, hidden: set[str], weak: tuple[str, set[str]], totals: set[str]) -> str:
    """Return the smallest neighbour: a part before a total, in a sum of the weak cell before one further away."""
    name, island = weak
    near = _candidates(system, hidden, {name})

    def cost(each: str) -> tuple[bool, bool, bool, int, str]:
        cell = system.cells[each]
        return (cell.dear, each not in near, each in totals, cell.count, each)

    return min(_candidates(system, hidden, island), key=cost)


def _candidates(system: System, hidden: set[str], names: set[str]) -> set[str]:
    found = {member for each in system.sums if names & set(each.members) for member in each.members}
    return {name for name in found if name not in hidden and system.cells[name].told is None}


def _islands(system: System, hidden: set[str]) -> Iterator[tuple[set[str], list[Sum]]]:
    """Yield the hidden cells that sums tie together, with those sums."""
    left = [each for each in system.sums if hidden & set(each.members)]
    while left:
        sums = [left.pop()]
        names = hidden & set(sums[0].members)
        grown = True
        while grown:
            touching = [each for each in left if names & set(each.members)]
            grown = bool(touching)
            left = [each for each in left if each not in touching]
            sums += touching
            names |= {member for each in touching for member in each.members if member in hidden}
        yield names, sums


def narrowed(system: System, names: set[str], sums: Sequence[Sum], endangered: Sequence[str]) -> Iterator[str]:
    """Yield the cells that somebody could narrow down to less than they must be able to be."""
    region = _region(system, names, sums)
    seen: dict[str, tuple[int, int]] = {name: (system.cells[name].count,) * 2 for name in endangered}
    for name in endangered:
        cell = system.cells[name]
        if seen[name][1] < cell.must_reach and not _widen(region, name, seen, up=True):
            seen[name] = (seen[name][0], cell.must_reach)  # there is no end to it
        if seen[name][0] > LEAST:
            _widen(region, name, seen, up=False)
        if not cell.is_safe_between(*seen[name]):
            yield name


def most_of(system: System, told: frozenset[str], name: str) -> int | None:
    """Return how much a cell that is not told could be, by all that is told; None where there is no end to it."""
    hidden = {each for each, cell in system.cells.items() if not (cell.told or each in told)}
    names, sums = next((found for found in _islands(system, hidden) if name in found[0]), ({name}, []))
    region = _region(system, names, sums)
    corner = region.push(name, up=True)
    return None if corner is None else int(corner[region.place[name]])


def _region(system: System, names: set[str], sums: Sequence[Sum]) -> Region:
    return Region(
        sorted(names),
        [_equation(system, each, names) for each in sums],
        {name: system.cells[name].bounds for name in names},
    )


def _widen(region: Region, name: str, seen: dict[str, tuple[int, int]], *, up: bool) -> bool:
    """Note what every endangered cell is at one more corner; say whether there is such a corner."""
    corner = region.push(name, up=up)
    if corner is None:
        return False
    if is_whole(corner):
        for other, (low, high) in seen.items():
            value = int(corner[region.place[other]])
            seen[other] = (min(low, value), max(high, value))
    return True


def _equation(system: System, each: Sum, names: set[str]) -> Equation:
    signs: dict[str, int] = {}
    known = 0
    for name, sign in ((each.total, 1), *((part, -1) for part in each.parts)):
        if name in names:
            signs[name] = signs.get(name, 0) + sign
        else:
            known -= sign * system.cells[name].count
    return Equation(signs, known)


def shown(system: System, told: frozenset[str]) -> Mapping[str, int]:
    """Return what somebody sees who has this release and every earlier one."""
    return {name: cell.count for name, cell in system.cells.items() if cell.told or name in told}
