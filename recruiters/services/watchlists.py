"""Bring a watchlist in: a new edition replaces the one before, and says what it added, changed and lost."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import access, audit
from core.actors import Actor
from core.models import User
from core.roles import Role
from core.tabular import TableRefused, read_table
from recruiters.columns import recognise
from recruiters.models import WatchlistLoad, WatchlistSource
from recruiters.services.editions import swap
from recruiters.services.rescreening import start_rescreen
from recruiters.watchrecords import Dropped, WatchRecord, read_ftm, read_table_row

FTM_ENDINGS = (".json", ".jsonl", ".ndjson", ".ijson", ".ftm")


class WatchlistRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A list that is not taken in; the message is for people."""


def read_watchlist(path: Path, dropped: Dropped) -> Iterator[WatchRecord]:
    """Yield the records of a FollowTheMoney or table file; raises WatchlistRefused."""
    if path.name.lower().endswith(FTM_ENDINGS) and _looks_like_entities(path):
        with path.open(encoding="utf-8", errors="replace") as lines:
            yield from read_ftm(lines, dropped)
        return
    try:
        table = read_table(path, name=path.name)
        mapping = recognise(table.columns)
        if "name" not in mapping:
            raise WatchlistRefused(
                _("No column with names was found. The columns are: %(columns)s. Nothing was taken in.")
                % {"columns": ", ".join(table.columns)[:300]}
            )
        seen: set[str] = set()
        for row in table.rows():
            record = read_table_row(row.number, row.values, mapping, dropped)
            if record is None:
                continue
            if record.external_id in seen:
                dropped.note("repeated_id", row.number)
                continue
            seen.add(record.external_id)
            yield record
        for problem in table.problems:
            dropped.note("unreadable_row", problem.number)
    except TableRefused as refusal:
        raise WatchlistRefused(str(refusal)) from refusal


def _looks_like_entities(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as lines:
        first = next((line for line in lines if line.strip()), "")
    return '"properties"' in first or '"schema"' in first


def load_watchlist(
    path: Path,
    *,
    actor: Actor,
    source: str = "",
    name: str = "",
    publisher: str = "",
    list_date: date | None = None,
    max_age_days: int | None = None,
    file_name: str = "",
) -> WatchlistLoad:
    """Read an edition of a list and put it in the place of the one before; return the load with its report.

    Without ``list_date`` the edition counts as of today. Raises WatchlistRefused with nothing changed.
    """
    access.require_role(actor, Role.MINISTRY_OFFICER)
    dropped = Dropped()
    try:
        records = list(read_watchlist(path, dropped))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise WatchlistRefused(_("The file could not be read: %(why)s") % {"why": error.strerror or "?"}) from error
    if not records:
        raise WatchlistRefused(_("No person or organisation was found in this file. Nothing was changed."))
    shown = file_name or path.name
    code = slugify(source or shown.split(".")[0])[:60] or "watchlist"
    return _replace(
        records, dropped, code=code, name=name or source or shown.split(".")[0], publisher=publisher,
        list_date=list_date or timezone.localdate(), max_age_days=max_age_days, file_name=shown, digest=digest,
        actor=actor,
    )  # fmt: skip


@transaction.atomic
def _replace(
    records: list[WatchRecord],
    dropped: Dropped,
    *,
    code: str,
    name: str,
    publisher: str,
    list_date: date,
    max_age_days: int | None,
    file_name: str,
    digest: str,
    actor: Actor,
) -> WatchlistLoad:
    source, _created = WatchlistSource.objects.select_for_update().get_or_create(
        code=code, defaults={"name": name, "publisher": publisher}
    )
    if max_age_days is not None:
        source.max_age_days = max_age_days
    load = WatchlistLoad.objects.create(
        source=source,
        list_date=list_date,
        content_date=_newest(records),
        file_name=file_name[:200],
        sha256=digest,
        records=len(records),
        dropped={"counts": dict(dropped.counts), "lines": dropped.lines},
        loaded_by=actor if isinstance(actor, User) else None,
    )
    swap(source, load, records)
    source.current = load
    source.save()
    audit.record(
        "watchlist.loaded", actor=actor, subject=load.ref, source=code, records=load.records, added=load.added,
        changed=load.changed, gone=load.gone, dropped=sum(dropped.counts.values()), list_date=list_date,
    )  # fmt: skip
    start_rescreen(load, actor=actor)
    return load


def _newest(records: list[WatchRecord]) -> date | None:
    days = [record.last_seen for record in records if record.last_seen]
    try:
        return date.fromisoformat(max(days)) if days else None
    except ValueError:
        return None
