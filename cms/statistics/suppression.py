"""Decide which counts of people may be shown, so that no small number can be read or worked out. Pure.

A count of one to k-1 people is never shown. Where only the parts matter (countries, outcomes), small ones are gathered
into one that is large enough. Tables with margins, and years beside their quarters, are the business of `masking`.
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


def rounded(count: int | None, base: int, least: int, lot: int) -> int | None:
    """Return a count rounded up or down to a multiple of `base`, never below `least`; zero and hidden stay.

    Rounding takes from whoever knows the rules what exact numbers would let him conclude from what is hidden. The
    lot, from nought to `base` - 1, decides which way: up where it is less than what is left over, so that on average
    nothing is added. Rounding to the nearest multiple would tell of the table before it: which numbers round up is
    known. Which way a drawn lot fell is not.
    """
    if count is HIDDEN or count == 0 or base <= 1:
        return count
    below, left = count // base * base, count % base
    return max(base, -(-least // base) * base, below + (base if lot < left else 0))
