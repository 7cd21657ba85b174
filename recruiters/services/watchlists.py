"""Bring a watchlist in: a new edition replaces the one before, and says what it added, changed and lost."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import access, audit
from core.actors import Actor
from core.models import User
from core.roles import Role
from core.tabular import TableRefused, read_table
from recruiters.columns import recognise
from recruiters.models import WatchlistLoad, WatchlistSource
from recruiters.services.editions import Foreseen, foresee, swap
from recruiters.services.rescreening import start_rescreen
from recruiters.watchrecords import Dropped, WatchRecord, read_ftm, read_table_row

MOST_DROPPED = 0.10
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
    allow_drop: bool = False,
    allow_older: bool = False,
) -> WatchlistLoad:
    """Read an edition of a list and put it in the place of the one before; return the load with its report.

    Without ``list_date`` the edition counts as of today. Raises WatchlistRefused with nothing changed: for a day in the
    future, for an edition older than the one here and for one that loses more than 10 % of its records (unless those
    are allowed).
    """
    access.require_role(actor, Role.MINISTRY_OFFICER)
    records, dropped, digest = read_edition(path)
    shown = file_name or path.name
    code = code_of(source or shown.split(".")[0])
    day = list_date or timezone.localdate()
    known = WatchlistSource.objects.select_related("current").filter(code=code).first()
    for fault in faults(known, day, foresee(known, records)):
        if fault == "future" or (fault == "older" and not allow_older) or (fault == "drops" and not allow_drop):
            raise WatchlistRefused(fault_sentence(fault, known, day))
    return replace_edition(
        records, dropped, code=code, name=name or source or shown.split(".")[0], publisher=publisher,
        list_date=day, max_age_days=max_age_days, file_name=shown, digest=digest, actor=actor,
    )  # fmt: skip


def read_edition(path: Path) -> tuple[list[WatchRecord], Dropped, str]:
    """Return the records of a file, what of it was left out, and its digest; raises WatchlistRefused."""
    dropped = Dropped()
    try:
        records = list(read_watchlist(path, dropped))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise WatchlistRefused(_("The file could not be read: %(why)s") % {"why": error.strerror or "?"}) from error
    if not records:
        raise WatchlistRefused(_("No person or organisation was found in this file. Nothing was changed."))
    return records, dropped, digest


def code_of(name: str) -> str:
    """Return the code of a list's name."""
    return slugify(name)[:60] or "watchlist"


def faults(source: WatchlistSource | None, day: date, foreseen: Foreseen) -> tuple[str, ...]:
    """Return what speaks against an edition: a day in the future, older than the one here, too much gone."""
    found = ["future"] if day > timezone.localdate() else []
    current = source.current if source else None
    if current is not None and day < current.list_date:
        found.append("older")
    if foreseen.counts["gone"] > foreseen.counts["standing"] * MOST_DROPPED:
        found.append("drops")
    return tuple(found)


def fault_sentence(fault: str, source: WatchlistSource | None, day: date) -> str:
    """Return what speaks against an edition, in words."""
    current = source.current if source else None
    words = {"day": date_format(day, "DATE_FORMAT"),
             "here": date_format(current.list_date, "DATE_FORMAT") if current else "–"}  # fmt: skip
    return {
        "future": _("An edition cannot be dated in the future (%(day)s). Give the day for which it is complete."),
        "older": _("This edition, of %(day)s, is older than the one here, of %(here)s. Nothing was changed."),
        "drops": _("More than a tenth of this list's records would disappear. Is the file complete?"),
    }[fault] % words


@transaction.atomic
def replace_edition(
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
    undoes: WatchlistLoad | None = None,
) -> WatchlistLoad:
    """Put records in the place of a list's edition, and start screening again what it touches; the caller judged it."""
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
        undoes=undoes,
    )
    swap(source, load, records)
    source.current, source.is_active = load, True
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
