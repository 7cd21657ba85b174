"""Decide which counts of people may be shown, so that no small number can be read or worked out. Pure.

A count of one to k-1 people is never shown. Where the parts of a total are shown beside it, a hidden part could be
worked out by subtraction: so small parts are gathered into one that is large enough, and a total gives way to parts
that were hidden before it.
"""

from collections.abc import Mapping

HIDDEN = None
OTHER = "other"


def is_small(count: int, k: int) -> bool:
    """Say whether a count is too small to show: some people, but fewer than k."""
    return 0 < count < k


def protect_count(count: int, k: int) -> int | None:
    """Return the count, or None where it is too small to show."""
    return HIDDEN if is_small(count, k) else count


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


def protect_total(parts: Mapping[str, int | None], total: int, k: int) -> int | None:
    """Return a total whose parts were published before, or None if it would give a hidden part away.

    The parts cannot be hidden any more, so the total gives way: it is shown only if nothing is hidden, or if at least
    two parts are hidden that hold at least k people together.
    """
    if is_small(total, k):
        return HIDDEN
    unseen = sum(1 for count in parts.values() if count is HIDDEN)
    rest = total - sum(count for count in parts.values() if count is not None)
    return total if unseen == 0 or (unseen >= 2 and rest >= k) else HIDDEN


def rounded(count: int | None, base: int) -> int | None:
    """Return a count rounded to the nearest multiple of `base`; zero and hidden counts stay what they are."""
    if count is HIDDEN or count == 0 or base <= 1:
        return count
    return max(base, (count + base // 2) // base * base)
