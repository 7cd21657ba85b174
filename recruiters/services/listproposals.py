"""Look at an edition of a watchlist before it replaces the one before; take the last edition back."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core import access, audit, vault
from core.actors import SYSTEM
from core.models import User
from core.roles import Role
from recruiters.models import EntryChange, ListProposal, WatchlistEntry, WatchlistLoad, WatchlistSource
from recruiters.services.editions import Foreseen, foresee
from recruiters.services.watchlists import (
    WatchlistRefused,
    code_of,
    fault_sentence,
    faults,
    read_edition,
    replace_edition,
)
from recruiters.watchrecords import Dropped, Measure, WatchRecord

State = ListProposal.State
SUFFIXES = (".json", ".jsonl", ".ndjson", ".csv", ".xlsx", ".tsv", ".txt", ".ftm")


@transaction.atomic
def propose_edition(
    *,
    actor: User,
    name: str,
    data: bytes,
    file_name: str,
    list_date: date,
    publisher: str = "",
    max_age_days: int | None = None,
) -> ListProposal:
    """Keep an edition (sealed) and work out what it would change; nothing is replaced before ``confirm_edition``.

    Raises WatchlistRefused, keeping nothing, for a file that cannot be read and for a day in the future.
    """
    access.require_role(actor, Role.MINISTRY_OFFICER)
    records, dropped, digest = _read(data, file_name)
    code = code_of(name)
    source = _source(code)
    foreseen = foresee(source, records)
    found = faults(source, list_date, foreseen)
    if "future" in found:
        raise WatchlistRefused(fault_sentence("future", source, list_date))
    proposal = ListProposal.objects.create(
        code=code, name=name, publisher=publisher, list_date=list_date, max_age_days=max_age_days,
        file_name=file_name[:200], upload=vault.seal_file(data, purpose="recruiters.watchlist"), brought_by=actor,
        report={"dropped": {"counts": dict(dropped.counts), "lines": dropped.lines}, "sha256": digest},
    )  # fmt: skip
    audit.record("watchlist.received", actor=actor, subject=proposal.ref, source=code, size=len(data))
    return proposal


def foreseen_of(proposal: ListProposal) -> tuple[Foreseen, tuple[str, ...]]:
    """Return what a waiting edition would change as the list stands now, and what speaks against it."""
    records, _dropped, _digest = _opened(proposal)
    source = _source(proposal.code)
    found = foresee(source, records)
    return found, faults(source, proposal.list_date, found)


@transaction.atomic
def confirm_edition(
    proposal: ListProposal, *, actor: User, allow_drop: bool = False, allow_older: bool = False
) -> WatchlistLoad:
    """Put a looked-at edition in the place of the one before; raises WatchlistRefused for what was not agreed to."""
    access.require(actor, "run", proposal)
    proposal = ListProposal.objects.select_for_update(of=("self",)).select_related("upload").get(pk=proposal.pk)
    if proposal.state != State.WAITING:
        if proposal.load is not None:
            return proposal.load
        raise WatchlistRefused(_("This edition was discarded. Bring it in again."))
    records, dropped, digest = _opened(proposal)
    source = _source(proposal.code)
    for fault in faults(source, proposal.list_date, foresee(source, records)):
        if fault == "future" or (fault == "older" and not allow_older) or (fault == "drops" and not allow_drop):
            raise WatchlistRefused(fault_sentence(fault, source, proposal.list_date))
    proposal.load = replace_edition(
        records, dropped, code=proposal.code, name=proposal.name, publisher=proposal.publisher,
        list_date=proposal.list_date, max_age_days=proposal.max_age_days, file_name=proposal.file_name, digest=digest,
        actor=actor,
    )  # fmt: skip
    _close(proposal, State.APPLIED)
    return proposal.load


@transaction.atomic
def discard_edition(proposal: ListProposal, *, actor: User) -> None:
    """Let go of an edition that was not confirmed; the list stays as it is."""
    access.require(actor, "run", proposal)
    proposal = ListProposal.objects.select_for_update(of=("self",)).select_related("upload").get(pk=proposal.pk)
    if proposal.state == State.WAITING:
        _close(proposal, State.DISCARDED)
        audit.record("watchlist.discarded", actor=actor, subject=proposal.ref, source=proposal.code)


def _close(proposal: ListProposal, state: str) -> None:
    proposal.state = state
    proposal.save()
    if proposal.upload.destroyed_on is None:
        vault.destroy(proposal.upload, actor=SYSTEM)


def _source(code: str) -> WatchlistSource | None:
    return WatchlistSource.objects.select_related("current").filter(code=code).first()


def _opened(proposal: ListProposal) -> tuple[list[WatchRecord], Dropped, str]:
    data = vault.open_bytes(proposal.upload, actor=SYSTEM, reason="watchlist", subject=proposal.ref)
    return _read(data, proposal.file_name)


def _read(data: bytes, file_name: str) -> tuple[list[WatchRecord], Dropped, str]:
    folder: Path = settings.DATA_DIR / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    suffix = Path(file_name).suffix.lower()
    with tempfile.TemporaryDirectory(dir=folder) as place:
        path = Path(place) / f"list{suffix if suffix in SUFFIXES else '.csv'}"
        path.write_bytes(data)
        return read_edition(path)


def may_undo(load: WatchlistLoad | None) -> bool:
    """Tell whether an edition can be taken back: it is in use, not the first, and is no taking back itself."""
    return (
        load is not None and load.source.current_id == load.pk and load.undoes_id is None and before(load) is not None
    )


def before(load: WatchlistLoad) -> WatchlistLoad | None:
    """Return the edition that was in use before."""
    return load.source.loads.filter(pk__lt=load.pk).order_by("-pk").first()


@transaction.atomic
def undo_edition(load: WatchlistLoad, *, actor: User) -> WatchlistLoad:
    """Put the edition before in the place of the one in use, from the account of what it changed.

    It is an edition of its own, of the old one's day: what it touches is screened again, and decisions come back with
    the records they rested on. Raises WatchlistRefused for what cannot be taken back.
    """
    access.require_role(actor, Role.MINISTRY_OFFICER)
    load = WatchlistLoad.objects.select_for_update(of=("self",)).select_related("source__current").get(pk=load.pk)
    former = before(load)
    if former is None or not may_undo(load):
        raise WatchlistRefused(_("Only the edition in use can be taken back, and only where another was here before."))
    dropped = Dropped()
    dropped.counts.update(former.dropped.get("counts", {}))
    dropped.lines.update(former.dropped.get("lines", {}))
    made = replace_edition(
        _records_before(load), dropped, code=load.source.code, name=load.source.name, publisher=load.source.publisher,
        list_date=former.list_date, max_age_days=None, file_name=former.file_name, digest=former.sha256, actor=actor,
        undoes=load,
    )  # fmt: skip
    audit.record("watchlist.undone", actor=actor, subject=load.ref, source=load.source.code, to=former.ref)
    return made


def _records_before(load: WatchlistLoad) -> list[WatchRecord]:
    """Return the list's records as they stood before an edition."""
    kind = EntryChange.Kind
    changes = {change.entry_id: change for change in load.changes.exclude(kind=kind.NEW).select_related("entry")}
    new = set(load.changes.filter(kind=kind.NEW).values_list("entry", flat=True))
    records = []
    for entry in WatchlistEntry.objects.filter(source=load.source).order_by("pk").iterator(chunk_size=2000):
        change = changes.get(entry.pk)
        if change is None:
            if entry.gone_on is None and entry.pk not in new:
                records.append(_record(entry, {}, entry.content_hash))
        elif change.kind != kind.BACK:  # one that came back was not on the list before
            records.append(_record(entry, change.before, change.before_hash))
    return records


def _record(entry: WatchlistEntry, was: dict[str, Any], digest: str) -> WatchRecord:
    def held(name: str) -> Any:
        return was.get(name, getattr(entry, name))

    external_id = str(held("external_id"))
    moved = (entry.external_id,) if external_id != entry.external_id else ()
    return WatchRecord(
        external_id=external_id, kind=held("kind"), name=held("name"), names=tuple(held("names")),
        countries=tuple(held("countries")), identifiers=tuple((a, b) for a, b in held("identifiers")),
        topics=tuple(held("topics")), birth_dates=tuple(held("birth_dates")),
        measures=tuple(Measure(**measure) for measure in held("measures")),
        source_urls=(held("source_url"),) if held("source_url") else (), referents=moved, content_hash=digest,
    )  # fmt: skip
