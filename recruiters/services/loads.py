"""Bring a register in: the whole file to staging, then one swap. Nothing is half done and nothing doubles."""

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit
from core.actors import Actor
from core.models import User
from core.roles import Role
from core.tabular import TableRefused, read_table
from recruiters.columns import recognise
from recruiters.models import RegisterLoad, SourceRecord, StagedRow
from recruiters.registerrows import ReadRow, RegisterRow, read_row
from recruiters.services.swap import Swap

MOST_DROPPED = 0.10
BATCH = 2000
KEPT_REJECTIONS = 5000


class LoadRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A register that is not taken in; the message is for people. ``load`` is the refused load, if it got so far."""

    def __init__(self, message: str, load: RegisterLoad | None = None) -> None:
        super().__init__(message)
        self.load = load


@dataclass
class Reading:
    """Collect what reading the file brought: rows by key, rejections, words nobody mapped."""

    rows: dict[str, RegisterRow] = field(default_factory=dict)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    kept_keys: set[str] = field(default_factory=set)
    read: int = 0
    repeated: int = 0

    def take(self, number: int, result: ReadRow) -> None:
        """Sort one row in."""
        self.read += 1
        if result.row is None:
            if result.key:
                self.kept_keys.add(result.key)
            self.rejected += [{"row": number, "column": p.column, "rule": p.rule} for p in result.problems]
            return
        earlier = self.rows.get(result.row.key)
        if earlier is None:
            self.rows[result.row.key] = result.row
        elif earlier.digest == result.row.digest:
            self.repeated += 1
            self.rejected.append({"row": number, "column": "", "rule": "repeats_row", "other": earlier.number})
        else:
            self.rejected.append({"row": number, "column": "", "rule": "same_number_as_row", "other": earlier.number})


def read_register(path: Path, *, default_country: str = "") -> tuple[Reading, dict[str, str], list[str]]:
    """Return what a file holds, the columns recognised, and notes worth showing; raises LoadRefused."""
    try:
        table = read_table(path, name=path.name)
        mapping = recognise(table.columns)
        if "name" not in mapping:
            raise LoadRefused(
                _("No column with the recruiters' names was found. The columns are: %(columns)s. Nothing was taken in.")
                % {"columns": ", ".join(table.columns)[:300]}
            )
        reading = Reading()
        for row in table.rows():
            reading.take(row.number, read_row(row.number, row.values, mapping, default_country=default_country))
        for problem in table.problems:
            reading.read += 1
            reading.rejected.append({"row": problem.number, "column": problem.column, "rule": problem.reason})
    except TableRefused as refusal:
        raise LoadRefused(str(refusal)) from refusal
    except OSError as error:
        raise LoadRefused(_("The file could not be read: %(why)s") % {"why": error.strerror or "?"}) from error
    reading.rejected.sort(key=lambda rejection: rejection["row"])
    if not reading.rows:
        raise LoadRefused(_("No row of this file could be taken in. Nothing was changed."))
    return reading, mapping, list(table.notes)


def load_register(
    path: Path,
    *,
    source: str,
    actor: Actor,
    dry_run: bool = False,
    allow_drop: bool = False,
    default_country: str = "",
    day: date | None = None,
) -> RegisterLoad:
    """Read a register's whole file into staging, then swap it in as one step; return the load with its report.

    Raises LoadRefused, with nothing changed, when the file cannot be read, or holds more than 10 % fewer records than
    the same source's last one (unless ``allow_drop``). ``dry_run`` stops before the swap.
    """
    access.require_role(actor, Role.MINISTRY_OFFICER)
    on = day or timezone.localdate()
    reading, mapping, notes = read_register(path, default_country=default_country)
    load = _stage(path, source, reading, mapping, notes, actor)
    present = SourceRecord.objects.filter(source=source, gone_on__isnull=True).count()
    stay = len(reading.rows) + len(reading.kept_keys - reading.rows.keys())
    if present and stay < present * (1 - MOST_DROPPED) and not allow_drop:
        _close(load, RegisterLoad.State.REFUSED)
        raise LoadRefused(
            _(
                "The register “%(source)s” has %(present)s records here and this file only %(now)s: more than 10 %% "
                "would disappear. Nothing was changed. If this is right, run it again with --allow-drop."
            )
            % {"source": source, "present": present, "now": stay},
            load,
        )
    with transaction.atomic():
        swap = Swap(load, reading.rows, reading.kept_keys, actor=actor, day=on, write=not dry_run)
        swap.run()
        load.added, load.changed, load.unchanged, load.gone = swap.added, swap.changed, swap.unchanged, swap.gone
        load.report = {**load.report, **swap.report()}
        _close(load, RegisterLoad.State.TRIED if dry_run else RegisterLoad.State.APPLIED)
        if not dry_run:
            audit.record(
                "register.loaded", actor=actor, subject=load.ref, source=source, rows=load.read, added=load.added,
                changed=load.changed, gone=load.gone, rejected=load.rejected,
            )  # fmt: skip
    return load


@transaction.atomic
def _stage(
    path: Path, source: str, reading: Reading, mapping: dict[str, str], notes: list[str], actor: Actor
) -> RegisterLoad:
    load = RegisterLoad.objects.create(
        source=source,
        file_name=path.name[:200],
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        read=reading.read,
        accepted=len(reading.rows),
        rejected=len({rejection["row"] for rejection in reading.rejected}),
        report={
            "columns": mapping,
            "notes": notes,
            "rejected": reading.rejected[:KEPT_REJECTIONS],
            "rejected_by_rule": dict(Counter(rejection["rule"] for rejection in reading.rejected)),
        },
        loaded_by=actor if isinstance(actor, User) else None,
    )
    StagedRow.objects.bulk_create(
        (
            StagedRow(load=load, number=row.number, key=row.key, digest=row.digest, content=_plain(row))
            for row in reading.rows.values()
        ),
        batch_size=BATCH,
    )
    return load


def _plain(row: RegisterRow) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items() if value
    }


def _close(load: RegisterLoad, state: str) -> None:
    load.state = state
    load.save()
    load.staged.all().delete()
