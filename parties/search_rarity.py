"""Weigh words by how many names of the index carry them: asked of the database for the words at hand only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import DEFAULT_DB_ALIAS

from parties.matching import Rarity, Subject
from parties.matching.filing import key_number, word_numbers
from parties.nameindex import TOTAL
from parties.search_candidates import sizes


def rarity_for(
    subjects: Iterable[Subject], collections: Sequence[int], kind: str, *, using: str = DEFAULT_DB_ALIAS
) -> Rarity:
    """Return how rare the words of these subjects are among all names of a kind in the collections."""
    named = [(name, subject.kind) for subject in subjects for name in subject.all_names()]
    places = word_numbers(named, collections, kind)
    totals = [key_number(TOTAL, collection, kind) for collection in collections]
    found = sizes({*totals, *(number for numbers in places.values() for number in numbers)}, using)
    everything = sum(found.get(number, 0) for number in totals)
    counts: dict[str, int] = {}
    for word, numbers in places.items():
        if (count := sum([found.get(number, 0) for number in numbers])) > 1:
            counts[word] = count
    return Rarity(counts, everything)
