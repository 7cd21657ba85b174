"""Put one edition of a watchlist in the place of the one before, and write down what it did to each record."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from recruiters.listchanges import Merge, differences, merges
from recruiters.models import EntryChange, WatchlistEntry, WatchlistLoad, WatchlistSource
from recruiters.screening import Gravity, gravity_of_topics
from recruiters.services.carrying import content_of
from recruiters.services.filing import file_entries
from recruiters.watchrecords import WatchRecord

BATCH = 1000
MOST_IDS = 200
CONTENT = ["external_id", "kind", "name", "names", "countries", "identifiers", "topics", "birth_dates", "measures",
           "referents", "source_url", "gravity", "alert_until", "content_hash", "changed_load", "gone_on",
           "merged_into"]  # fmt: skip


@dataclass
class Swap:
    """What an edition does: entries to write anew, to alter and to take off, and the account of it."""

    fresh: list[WatchlistEntry] = field(default_factory=list)
    altered: list[WatchlistEntry] = field(default_factory=list)
    gone: list[WatchlistEntry] = field(default_factory=list)
    changes: list[EntryChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be known of every entry of a list to see what a new edition changes."""

    pk: int
    content_hash: str
    is_gone: bool


def swap(source: WatchlistSource, load: WatchlistLoad, records: Sequence[WatchRecord]) -> None:
    """Replace a list's entries by those of an edition; each new, changed, merged or gone one is a row of its account.

    Of a list's first edition no account is kept: everything on it is new.
    """
    known = {
        external_id: Known(pk, digest, gone is not None)
        for pk, external_id, digest, gone in source.entries.values_list(
            "pk", "external_id", "content_hash", "gone_on"
        ).iterator(chunk_size=BATCH * 5)
    }
    plan = merges(tuple(known), [(record.external_id, record.referents) for record in records])
    seen = {known[merge.keeps].pk for merge in plan.values()}
    made = Swap()
    _write_fresh(source, load, [record for record in records if record.external_id not in plan], made)
    for some in _batches([record for record in records if record.external_id in plan]):
        _alter(load, some, plan, known, made)
    absorbed = {known[old].pk: known[merge.keeps].pk for merge in plan.values() for old in merge.absorbs}
    leaving = [each.pk for each in known.values() if not each.is_gone and each.pk not in seen]
    for start in range(0, len(leaving), BATCH):
        _take_off(load, leaving[start : start + BATCH], absorbed, made)
    first = not known
    if not first:
        EntryChange.objects.bulk_create(made.changes, batch_size=BATCH)
    file_entries(made.fresh, [*made.altered, *made.gone])
    load.added, load.gone = len(made.fresh), len(made.gone)
    load.changed = len(made.altered)
    load.save()


@dataclass(frozen=True)
class Foreseen:
    """What an edition would do: how many records are new, changed and gone, with the first names of each."""

    counts: dict[str, int]
    samples: dict[str, list[str]]


def foresee(source: WatchlistSource | None, records: Sequence[WatchRecord], most: int = 25) -> Foreseen:
    """Return what an edition would change; writes nothing."""
    entries = source.entries if source else WatchlistEntry.objects.none()
    rows = entries.values_list("pk", "external_id", "content_hash", "gone_on", "name")
    known = {external_id: (Known(pk, digest, gone is not None), name) for pk, external_id, digest, gone, name in rows}
    plan = merges(tuple(known), [(record.external_id, record.referents) for record in records])
    found: dict[str, list[str]] = {"new": [], "changed": [], "gone": []}
    for record in records:
        merge = plan.get(record.external_id)
        if merge is None or known[merge.keeps][0].is_gone:
            found["new"].append(record.name)
        elif merge.absorbs or known[merge.keeps][0].content_hash != record.content_hash:
            found["changed"].append(record.name)
    seen = {known[merge.keeps][0].pk for merge in plan.values()}
    found["gone"] = [name for each, name in known.values() if not each.is_gone and each.pk not in seen]
    counts = {kind: len(names) for kind, names in found.items()}
    standing = sum(not each.is_gone for each, _name in known.values())
    return Foreseen(
        counts | {"standing": standing, "records": len(records)},
        {kind: sorted(names)[:most] for kind, names in found.items()},
    )


def _batches(records: list[WatchRecord]) -> Iterator[list[WatchRecord]]:
    for start in range(0, len(records), BATCH):
        yield records[start : start + BATCH]


def _write_fresh(source: WatchlistSource, load: WatchlistLoad, records: list[WatchRecord], made: Swap) -> None:
    fresh = [
        WatchlistEntry(source=source, first_load=load, changed_load=load, **values_of(record, load.list_date))
        for record in records
    ]
    WatchlistEntry.objects.bulk_create(fresh, batch_size=BATCH)
    made.fresh += fresh
    made.changes += [EntryChange(load=load, entry=entry, kind=EntryChange.Kind.NEW, name=entry.name) for entry in fresh]


def _alter(
    load: WatchlistLoad, records: list[WatchRecord], plan: dict[str, Merge], known: dict[str, Known], made: Swap
) -> None:
    """Write what is different about entries that stay; an entry that took another id over keeps its decisions."""
    wanted: dict[int, WatchRecord] = {}
    for record in records:
        merge = plan[record.external_id]
        was = known[merge.keeps]
        if merge.keeps != record.external_id or merge.absorbs or was.is_gone or was.content_hash != record.content_hash:
            wanted[was.pk] = record
    altered = []
    for entry in WatchlistEntry.objects.filter(pk__in=list(wanted)).order_by("pk"):
        record = wanted[entry.pk]
        before, former_id, was_gone, digest = content_of(entry), entry.external_id, entry.gone_on, entry.content_hash
        url = entry.source_url
        ids = [*entry.referents, former_id, *plan[record.external_id].absorbs, *record.referents]
        for name, value in values_of(record, load.list_date).items():
            setattr(entry, name, value)
        kept = dict.fromkeys(old for old in ids if old != entry.external_id)
        entry.referents, entry.gone_on, entry.merged_into = list(kept)[:MOST_IDS], None, None
        altered.append(entry)
        fields = [each.field for each in differences(before, content_of(entry))]
        if former_id != entry.external_id:
            fields.append("id")
        if plan[record.external_id].absorbs:
            fields.append("absorbs")
        if was_gone is not None or fields or digest != entry.content_hash:
            entry.changed_load = load
            kind = EntryChange.Kind.BACK if was_gone is not None else EntryChange.Kind.CHANGED
            made.changes.append(
                EntryChange(load=load, entry=entry, kind=kind, name=entry.name, fields=fields,
                            before=before | {"external_id": former_id, "source_url": url}, before_hash=digest)
            )  # fmt: skip
    WatchlistEntry.objects.bulk_update(altered, CONTENT, batch_size=200)
    made.altered += altered


def _take_off(load: WatchlistLoad, leaving: list[int], absorbed: dict[int, int], made: Swap) -> None:
    gone = list(WatchlistEntry.objects.filter(pk__in=leaving).order_by("pk"))
    for entry in gone:
        entry.gone_on, entry.merged_into_id = load.list_date, absorbed.get(entry.pk)
        kind = EntryChange.Kind.MERGED if entry.merged_into_id else EntryChange.Kind.GONE
        made.changes.append(
            EntryChange(load=load, entry=entry, kind=kind, name=entry.name, before=content_of(entry),
                        before_hash=entry.content_hash)
        )  # fmt: skip
    WatchlistEntry.objects.bulk_update(gone, ["gone_on", "merged_into"], batch_size=500)
    made.gone += gone


def values_of(record: WatchRecord, day: date) -> dict[str, Any]:
    """Return a record as its entry holds it, judged on a day: whose measures have all ended is history."""
    ends = [measure.ends[:10] for measure in record.measures]
    return {
        "external_id": record.external_id[:160],
        "kind": record.kind,
        "name": record.name[:500],
        "names": list(record.names),
        "countries": list(record.countries),
        "identifiers": [list(pair) for pair in record.identifiers],
        "topics": list(record.topics),
        "birth_dates": list(record.birth_dates),
        "measures": [asdict(measure) for measure in record.measures],
        "referents": [old for old in record.referents if old != record.external_id][:MOST_IDS],
        "source_url": record.source_urls[0][:500] if record.source_urls else "",
        "gravity": _gravity(record, day),
        "alert_until": _day(max(ends)) if ends and all(ends) else None,
        "content_hash": record.content_hash,
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _gravity(record: WatchRecord, day: date) -> str:
    """Return how much an entry matters; one whose measures have all ended is history."""
    if record.measures and not any(measure.in_force(day) for measure in record.measures):
        return Gravity.INFO
    return gravity_of_topics(record.topics)
