"""Decide which counts of people may be shown, so that no small number can be read or worked out. Pure.

A count of one to k-1 people is never shown. Where the parts of a total are shown beside it, a hidden part could be
worked out by subtraction: so small parts are gathered into one that is large enough, and a total gives way to parts
that were hidden before it.
"""

from collections.abc import Mapping, Sequence

HIDDEN = None
OTHER = "other"


def is_small(count: int, k: int) -> bool:
    """Say whether a count is too small to show: some people, but fewer than k."""
    return 0 < count < k


def protect_count(count: int, k: int) -> int | None:
    """Return the count, or None where it is too small to show."""
    return HIDDEN if is_small(count, k) else count


def protect_part(count: int, k: int, *, population: int, zero_needs: int) -> int | None:
    """Return a count out of a population, or None where it is small, or a zero among so few that it tells."""
    tells = count == 0 and 0 < population < zero_needs
    return HIDDEN if tells else protect_count(count, k)


def pool_small(cells: Mapping[str, int], k: int) -> dict[str, int]:
    """Gather parts of fewer than k people into OTHER, so that not even their names tell that somebody spoke.

    Where the gathered part is itself too small, the smallest part still shown joins it. Of a total that is too small,
    nothing is left.
    """
    total = sum(cells.values())
    shown = {name: count for name, count in cells.items() if count >= k}
    gathered = total - sum(shown.values())
    while is_small(gathered, k) and shown:
        gathered += shown.pop(min(shown, key=lambda name: (shown[name], name)))
    if gathered >= k:
        shown[OTHER] = gathered
    return shown


def protect_total(parts: Sequence[int | None], total: int, k: int, *, untold: int = 0) -> int | None:
    """Return a total some of whose parts were published before, or None if it would give a hidden part away.

    Hidden parts cannot be hidden better any more, so the total gives way unless each of them could still be many a
    number. `untold` parts were never published: together with what is hidden they must hold no one, or k people.
    """
    hidden = sum(1 for count in parts if count is HIDDEN)
    rest = total - sum(count for count in parts if count is not None)
    if is_small(total, k):
        return HIDDEN
    if untold:
        return HIDDEN if is_small(rest, k) else total
    return total if hidden == 0 or _possible(rest, hidden, k) >= k // 2 else HIDDEN


def _possible(rest: int, hidden: int, k: int) -> int:
    """Return how many numbers each of the hidden parts, all from 1 to k-1, could be if they add up to `rest`."""
    others = hidden - 1
    return min(k - 1, rest - others) - max(1, rest - others * (k - 1)) + 1


def rounded(count: int | None, base: int) -> int | None:
    """Return a count rounded to the nearest multiple of `base`; zero and hidden counts stay what they are."""
    if count is HIDDEN or count == 0 or base <= 1:
        return count
    return max(base, (count + base // 2) // base * base)
