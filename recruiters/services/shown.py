"""Choose which records of a weighed load its page shows: the graver changes first, and what is asked."""

from collections.abc import Iterable
from typing import Any

from recruiters.models import SourceRecord
from recruiters.services.swap import Swap
from recruiters.services.weighing import Weighed

SHOWN = 25
ASKED = 100
Touched = tuple[SourceRecord, Weighed, bool]


def touched_of(swap: Swap) -> list[Touched]:
    """Return what would change with whether it is only linked, graver changes first, then better ones."""
    found = [
        (record, swap.weighed[row.key], linked)
        for pairs, linked in ((swap.tied, True), (swap.altered, False))
        for record, row in pairs
    ]
    return sorted(found, key=lambda each: (not each[1].is_graver, not each[1].is_better))


def asked_of(swap: Swap) -> list[Weighed]:
    """Return the rows whose number is here under another name, in the file's order."""
    weighed: Iterable[Weighed] = (*swap.asked, *swap.weighed.values())
    return sorted((each for each in weighed if each.other_name), key=lambda each: each.row.number)


def shown_keys(swap: Swap) -> dict[str, Any]:
    """Return the keys of the rows and of the gone records that are shown, and how many questions are not."""
    asked = asked_of(swap)
    keys = [row.key for row in swap.fresh[:SHOWN]]
    keys += [weighed.row.key for _record, weighed, _linked in touched_of(swap)[:SHOWN]]
    keys += [each.row.key for each in asked[:ASKED]]
    return {
        "keys": list(dict.fromkeys(keys)),
        "gone": [record.key for record in swap.vanished[:SHOWN]],
        "more_questions": max(len(asked) - ASKED, 0),
    }
