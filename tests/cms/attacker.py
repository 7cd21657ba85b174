"""Somebody who collects every release, adds and subtracts: what could each number that was kept back be?"""

from collections.abc import Iterator, Mapping, Sequence

from cms.statistics.masking import System
from cms.statistics.region import Equation, Region


def possible(
    unknowns: Sequence[str], equations: Sequence[Equation], most: Mapping[str, int]
) -> Iterator[dict[str, int]]:
    """Yield every way in which whole numbers up to `most` fit all equations: by trying them all."""
    order = list(unknowns)
    last = [max((order.index(name) for name in each.signs), default=-1) for each in equations]

    def go(number: int, chosen: dict[str, int]) -> Iterator[dict[str, int]]:
        if number == len(order):
            yield dict(chosen)
            return
        for value in range(most[order[number]] + 1):
            chosen[order[number]] = value
            closed = [each for each, end in zip(equations, last, strict=True) if end == number]
            if all(sum(sign * chosen[name] for name, sign in each.signs.items()) == each.known for each in closed):
                yield from go(number + 1, chosen)
        del chosen[order[number]]

    yield from go(0, {})


def equations_of(system: System, seen: Mapping[str, int]) -> list[Equation]:
    """Return what the sums say once the shown numbers are put in."""
    found = []
    for each in system.sums:
        signs: dict[str, int] = {}
        known = 0
        for name, sign in ((each.total, 1), *((part, -1) for part in each.parts)):
            if name in seen:
                known -= sign * seen[name]
            else:
                signs[name] = signs.get(name, 0) + sign
        found.append(Equation(signs, known))
    return found


def intervals(
    system: System, seen: Mapping[str, int], bounds: Mapping[str, tuple[int, int | None]], wanted: Sequence[str]
) -> dict[str, tuple[int, int | None]]:
    """Return for each wanted cell the least and the greatest number that it could be; None where there is no end."""
    unknowns = sorted(set(system.cells) - set(seen))
    region = Region(unknowns, [each for each in equations_of(system, seen) if each.signs], bounds)
    found: dict[str, tuple[int, int | None]] = {}
    for name in wanted:
        low, high = region.push(name, up=False), region.push(name, up=True)
        assert low is not None
        found[name] = (int(low[region.place[name]]), None if high is None else int(high[region.place[name]]))
    return found
