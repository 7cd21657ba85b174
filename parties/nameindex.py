"""Keep the tolerant index of names in the database: file, take out, tidy. Called by services in their transaction."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Count, F, Q, Sum

from parties.matching.filing import KINDS, Filing, filing_of, key_number, number_filed
from parties.models import Collection, IndexedName, NamePosting

SLICE = 20_000
"""Names whose postings are put together in memory before they are written."""
BLOCK = 470
"""Names in one block of postings: what a page of either database holds beside its row."""
LOOSE = 4
"""Blocks under one key from which on they may be merged."""
TOTAL = "names/5"
"""The key that counts names; a new number after the stroke makes an older index count nothing until it is made anew."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name to be filed: the row it belongs to, its text and kind, and plain identifiers that lead to it."""

    owner: int
    text: str
    kind: str
    numbers: tuple[str, ...] = ()


def pack(numbers: Iterable[int]) -> bytes:
    """Return row numbers as they are stored in a block."""
    packed = array("I", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def unpack(data: bytes | memoryview) -> array[int]:
    """Return the row numbers of a block."""
    packed = array("I")
    packed.frombytes(bytes(data))
    if sys.byteorder == "big":
        packed.byteswap()
    return packed


Read = Callable[[Entry], Filing | None]


def read_entry(entry: Entry) -> Filing | None:
    """Return what is stored of a name; nothing for one that cannot be read."""
    return filing_of(entry.text, entry.kind)


def file_names(
    collection: int,
    entries: Iterable[Entry],
    *,
    using: str = DEFAULT_DB_ALIAS,
    reader: Callable[[Read, list[Entry]], Iterable[Filing | None]] = map,
) -> int:
    """File names so that the search finds them once the transaction commits; return how many could be read.

    ``reader`` works like ``map``; one that shares the reading among processes may be given.
    """
    rest = iter(entries)
    filed = 0
    while batch := list(islice(rest, SLICE)):
        with transaction.atomic(using=using):
            filed += _file(collection, batch, using, reader(read_entry, batch))
    return filed


def _file(collection: int, entries: list[Entry], using: str, filings: Iterable[Filing | None]) -> int:
    read = [(entry, filing) for entry, filing in zip(entries, filings, strict=True) if filing is not None]
    rows = IndexedName.objects.using(using).bulk_create(
        [
            IndexedName(
                collection=collection,
                is_person=entry.kind == "person",
                owner=entry.owner,
                sketch=filing.sketch,
            )
            for entry, filing in read
        ],
        batch_size=5000,
    )
    for kind in KINDS:
        postings: dict[int, array[int]] = {}
        count = 0
        for row, (entry, filing) in zip(rows, read, strict=True):
            if entry.kind != kind:
                continue
            count += 1
            for key in filing.keys:
                _add(postings, key_number(key, collection, kind), row.pk)
            for number in entry.numbers:
                _add(postings, key_number(number_filed(number), collection), row.pk)
        _write(_blocks(postings), using)
        _count(collection, kind, count, using)
    return len(rows)


def _add(postings: dict[int, array[int]], key: int, row: int) -> None:
    held = postings.get(key)
    if held is None:
        held = postings[key] = array("I")
    held.append(row)


def _blocks(postings: dict[int, array[int]]) -> Iterator[tuple[int, int, bytes]]:
    for key, numbers in postings.items():
        for start in range(0, len(numbers), BLOCK):
            block = numbers[start : start + BLOCK]
            yield key, len(block), pack(block)


def _count(collection: int, kind: str, names: int, using: str) -> None:
    """Note how many names came (or, below zero, went): a block without names, summed when the number is asked for."""
    if names:
        _write([(key_number(TOTAL, collection, kind), names, b"")], using)


def _write(blocks: Iterable[tuple[int, int, bytes]], using: str) -> None:
    """Add blocks: in key order, so that large loads go through the index once."""
    table = NamePosting._meta.db_table
    connection = connections[using]
    rest = iter(sorted(blocks))
    with connection.cursor() as cursor:
        while part := list(islice(rest, 10_000)):
            if connection.vendor == "postgresql":
                keys, sizes, names = (list(column) for column in zip(*part, strict=True))
                cursor.execute(
                    f"INSERT INTO {table} (key, size, names) SELECT * FROM unnest(%s::int[], %s::int[], %s::bytea[])",  # noqa: S608
                    [keys, sizes, names],
                )
            else:
                cursor.executemany(f"INSERT INTO {table} (key, size, names) VALUES (%s, %s, %s)", part)  # noqa: S608


def add_numbers(collection: int, numbers: Mapping[int, Iterable[str]], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """File identifiers for names that are already filed, by the row each belongs to."""
    rest = iter(numbers)
    while owners := list(islice(rest, 500)):
        rows = IndexedName.objects.using(using).filter(collection=collection, owner__in=owners)
        postings: dict[int, array[int]] = {}
        for row, owner in rows.order_by("pk").values_list("pk", "owner"):
            for number in numbers[owner]:
                _add(postings, key_number(number_filed(number), collection), row)
        _write(_blocks(postings), using)


def drop_names(collection: int, owners: Iterable[int], *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Take all names of these rows out of the search; return how many were there."""
    rest = iter(owners)
    dropped = 0
    while batch := list(islice(rest, 500)):
        found = IndexedName.objects.using(using).filter(collection=collection, owner__in=batch).order_by()
        counts = Counter(found.values_list("is_person", flat=True))
        dropped += found.delete()[0]
        for is_person, count in counts.items():
            _count(collection, "person" if is_person else "organisation", -count, using)
    return dropped


def is_missing(collection: int, using: str = DEFAULT_DB_ALIAS) -> bool:
    """Tell whether nothing of a collection is filed in the way that this version reads."""
    keys = [key_number(TOTAL, collection, kind) for kind in KINDS]
    return not NamePosting.objects.using(using).filter(key__in=keys).exists()


def clear(using: str = DEFAULT_DB_ALIAS) -> None:
    """Empty the whole index; what the collections hold is to be filed anew in the same transaction."""
    NamePosting.objects.using(using).all().delete()
    IndexedName.objects.using(using).all().delete()


def merge_blocks(*, using: str = DEFAULT_DB_ALIAS, most: int = 50_000) -> int:
    """Merge the small blocks of keys that have many, without names that are gone; return how many keys."""
    rows = NamePosting.objects.using(using).order_by()
    loose = rows.values("key").annotate(blocks=Count("pk"), entries=Sum("size"))
    counting = [key_number(TOTAL, collection, kind) for collection in Collection for kind in KINDS]
    # Each change of a register notes how many names came and went, and each search sums those notes.
    many = Q(blocks__gt=F("entries") * 2 / BLOCK + 1) | Q(key__in=counting)
    loose = loose.filter(many, blocks__gt=LOOSE)
    keys = list(loose.order_by("-blocks").values_list("key", flat=True)[:most])
    there = _standing(using) if keys else bytearray()
    for start in range(0, len(keys), 200):
        with transaction.atomic(using=using):
            _merge(keys[start : start + 200], there, using)
    return len(keys)


def _standing(using: str) -> bytearray:
    """Return a byte for every row number, 1 where a name has it: read once, as nearly all of them stand."""
    there = bytearray()
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT MAX(id) FROM {IndexedName._meta.db_table}")  # noqa: S608
        there = bytearray(int(cursor.fetchone()[0] or 0) + 1)
        cursor.execute(f"SELECT id FROM {IndexedName._meta.db_table}")  # noqa: S608
        while rows := cursor.fetchmany(10_000):
            for (row,) in rows:
                if row < len(there):
                    there[row] = 1
    return there


def _merge(keys: list[int], there: bytearray, using: str) -> None:
    blocks = NamePosting.objects.using(using).filter(key__in=keys).select_for_update().order_by("key", "pk")
    postings: dict[int, array[int]] = {}
    counts: Counter[int] = Counter()
    merged: list[int] = []
    for pk, key, size, names in blocks.values_list("pk", "key", "size", "names"):
        found = unpack(names)
        merged.append(pk)
        counts[key] += size - len(found)  # a block without names only counts
        postings.setdefault(key, array("I")).extend(found)
    # A name that came since may have any number: those not known to stand are asked for one by one.
    asked = sorted({row for found in postings.values() for row in found if row >= len(there) or not there[row]})
    came: set[int] = set()
    for start in range(0, len(asked), 500):
        rows = IndexedName.objects.using(using).filter(pk__in=asked[start : start + 500])
        came.update(rows.values_list("pk", flat=True))
    known = len(there)
    kept = {
        key: array("I", sorted({row for row in found if (row < known and there[row]) or row in came}))
        for key, found in postings.items()
    }
    for start in range(0, len(merged), 500):
        NamePosting.objects.using(using).filter(pk__in=merged[start : start + 500]).delete()
    _write([*_blocks(kept), *((key, count, b"") for key, count in counts.items() if count)], using)
