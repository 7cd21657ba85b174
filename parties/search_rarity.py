"""Weigh words by how many names of the index carry them: asked of the database for the words at hand only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import DEFAULT_DB_ALIAS

from parties.matching import Rarity, Subject
from parties.matching.filing import key_number, word_key
from parties.matching.normalise import read_name
from parties.nameindex import TOTAL
from parties.search_candidates import sizes


def rarity_for(
    subjects: Iterable[Subject], collections: Sequence[int], kind: str, *, using: str = DEFAULT_DB_ALIAS
) -> Rarity:
    """Return how rare the words of these subjects are among all names of a kind in the collections."""
    words = {
        token.key: word_key(token)
        for subject in subjects
        for name in subject.all_names()
        for reading in read_name(name, subject.kind)
        for token in reading.tokens
    }
    places = {word: [key_number(key, collection, kind) for collection in collections] for word, key in words.items()}
    totals = [key_number(TOTAL, collection, kind) for collection in collections]
    found = sizes({*totals, *(number for numbers in places.values() for number in numbers)}, using)
    counts = {word: sum(found.get(number, 0) for number in numbers) for word, numbers in places.items()}
    everything = sum(found.get(number, 0) for number in totals)
    return Rarity({word: count for word, count in counts.items() if count > 1}, everything)
