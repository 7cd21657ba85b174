"""Bring a register in: the whole file to staging, then one swap. Nothing is half done and nothing doubles."""

import hashlib
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import access, audit, jobs, vault
from core.actors import SYSTEM, Actor
from core.models import Job, User
from core.roles import Role
from recruiters.exchange.incoming import BODS, FTM, kind_of, table_of
from recruiters.models import RegisterLoad, RegisterSource
from recruiters.services.confirming import let_go, propose, swap_in
from recruiters.services.ownershiploads import receive_ownership
from recruiters.services.staging import LoadRefused, open_table, read_rows, stage
from recruiters.writtendates import ASK, DAY_FIRST, EITHER, MONTH_FIRST

CHUNK = 5000
READ_JOB = "recruiters.read_register"
State = RegisterLoad.State
KEPT_IN_REPORT = ("columns", "notes", "heads")


def load_register(
    path: Path,
    *,
    source: str,
    actor: Actor,
    dry_run: bool = False,
    allow_drop: bool = False,
    default_country: str = "",
    day: date | None = None,
    authority: str = "",
    dates: str = "",
    accept_names: bool = False,
) -> RegisterLoad:
    """Read a register's whole file into staging, then swap it in as one step; return the load with its report.

    ``authority`` says whose own register it is, ``dates`` how a date such as 03/04/2029 is read; both are remembered.
    Without that, rows with such dates are rejected unless another date of the file shows its order. ``accept_names``
    takes a known number under another name for the same organisation renamed; else such rows are left out.
    Raises LoadRefused, with nothing changed, when the file cannot be read, or holds more than 10 % fewer records than
    the same source's last one (unless ``allow_drop``). ``dry_run`` stops before the swap.
    """
    access.require_role(actor, Role.MINISTRY_OFFICER)
    known = _known(source) if dry_run else remember(source, authority=authority, dates=dates)
    order = dates or known.dates or ASK
    table, mapping = open_table(path, path.name)
    reading, _last = read_rows(table, mapping, default_country=default_country, dates=order)
    if order == ASK and (shown := shown_by(reading.ways)):
        order = shown
        table, mapping = open_table(path, path.name)
        reading, _last = read_rows(table, mapping, default_country=default_country, dates=order)
    if not reading.rows:
        raise LoadRefused(_("No row of this file could be taken in. Nothing was changed."))
    with transaction.atomic():
        load = RegisterLoad.objects.create(
            source=source,
            file_name=path.name[:200],
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            country=default_country,
            report={"columns": mapping, "notes": list(table.notes), "dates": order, "accept_names": accept_names},
            loaded_by=actor if isinstance(actor, User) else None,
        )
        stage(load, reading)
        load.save()
    return swap_in(load, reading.rows, actor=actor, allow_drop=allow_drop, dry_run=dry_run, day=day)


@transaction.atomic
def receive_register(
    *, actor: User, source: str, data: bytes, file_name: str, country: str = "", authority: str = ""
) -> RegisterLoad:
    """Keep a register's file (sealed) and start reading it into staging; raises LoadRefused, keeping nothing.

    Nothing of the register changes before ``confirm_load``.
    """
    access.require_role(actor, Role.MINISTRY_OFFICER)
    speaks = kind_of(data)
    if speaks == BODS:
        return receive_ownership(actor=actor, source=source, data=data, file_name=file_name)
    if speaks == FTM:
        data, file_name = table_of(data), f"{file_name}.csv"
    table, mapping = open_table(io.BytesIO(data), file_name)
    name = slugify(source)[:60]
    if not name:
        raise LoadRefused(_("The register's name needs letters or figures of the Latin script, such as “nepal-dofe”."))
    known = remember(name, authority=authority)
    load = RegisterLoad.objects.create(
        source=name,
        file_name=file_name[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        country=country,
        state=State.READING,
        upload=vault.seal_file(data, purpose="recruiters.register"),
        report={
            "columns": mapping,
            "notes": list(table.notes),
            "heads": list(table.columns),
            "dates": known.dates or ASK,
        },
        loaded_by=actor,
    )
    load.job = jobs.start(READ_JOB, owner=actor, total=table.row_count or 0, payload={"load": load.pk, "after": 0})
    load.save(update_fields=["job"])
    audit.record("register.received", actor=actor, subject=load.ref, source=name, size=len(data))
    return load


@jobs.handler(READ_JOB)
def read_chunk(job: Job) -> bool:
    """Read the next rows into staging; at the end, work out what would change."""
    load = RegisterLoad.objects.select_for_update().get(pk=job.payload["load"])
    if load.state != State.READING or load.upload is None:
        return False
    data = vault.open_bytes(load.upload, actor=SYSTEM, reason="register", subject=load.ref)
    table, mapping = open_table(io.BytesIO(data), load.file_name)
    reading, last = read_rows(
        table, mapping, default_country=load.country, after=job.payload["after"], most=CHUNK,
        dates=load.report.get("dates", ASK),
    )  # fmt: skip
    stage(load, reading)
    job.done, job.payload = load.read, {**job.payload, "after": last}
    again = not last and _dates_unsettled(load)
    if not last and not again and load.state == State.READING:
        propose(load)
    load.save()
    return bool(last) or again


def _dates_unsettled(load: RegisterLoad) -> bool:
    """Tell whether the file is to be read again by the order that its own dates show; else ask where none is shown."""
    ways, order = load.report.get("ways", {}), load.report.get("dates", ASK)
    if not ways.get(EITHER) or load.report.get("dates_answered"):
        return False
    shown = shown_by(ways)
    if shown and order == ASK:
        _read_anew(load, shown)
        load.report["dates_shown"] = True
        return True
    if order == ASK or (shown != order and any(ways.get(way) for way in (DAY_FIRST, MONTH_FIRST))):
        load.state = State.ASKING
    return False


def _read_anew(load: RegisterLoad, order: str) -> None:
    """Forget what was read, so that it is read by another order of dates."""
    load.staged.all().delete()
    load.rejected_rows.all().delete()
    load.read = load.accepted = load.rejected = 0
    kept = {name: value for name, value in load.report.items() if name in KEPT_IN_REPORT}
    load.report = {**kept, "dates": order}


def shown_by(ways: Mapping[str, int]) -> str:
    """Return the order that a file's other dates show, where all that show one show the same; else nothing."""
    shown = [way for way in (DAY_FIRST, MONTH_FIRST) if ways.get(way)]
    return shown[0] if len(shown) == 1 and ways.get(EITHER) else ""


def _known(source: str) -> RegisterSource:
    return RegisterSource.objects.filter(source=source).first() or RegisterSource(source=source)


def remember(source: str, *, authority: str = "", dates: str = "") -> RegisterSource:
    """Return what is known of a register, with what is told anew written down."""
    known, _new = RegisterSource.objects.get_or_create(source=source)
    told = {"authority": " ".join(authority.split())[:200], "dates": dates}
    for name, value in told.items():
        if value:
            setattr(known, name, value)
    known.save()
    return known


@transaction.atomic
def answer_dates(load: RegisterLoad, *, dates: str, actor: User) -> RegisterLoad:
    """Say how the register writes its dates, and read the file by that; it is remembered for the next edition."""
    access.require(actor, "run", load)
    load = RegisterLoad.objects.select_for_update().get(pk=load.pk)
    if load.state != State.ASKING or dates not in (DAY_FIRST, MONTH_FIRST):
        return load
    remember(load.source, dates=dates)
    total = load.read
    _read_anew(load, dates)
    load.report["dates_answered"] = True
    load.state = State.READING
    load.job = jobs.start(READ_JOB, owner=actor, total=total, payload={"load": load.pk, "after": 0})
    load.save()
    audit.record("register.dates_told", actor=actor, subject=load.ref, source=load.source, dates=dates)
    return load


@transaction.atomic
def discard_load(load: RegisterLoad, *, actor: User) -> RegisterLoad:
    """Let go of a load that was read and not confirmed; the register stays as it is."""
    access.require(actor, "run", load)
    load = RegisterLoad.objects.select_for_update().get(pk=load.pk)
    if load.state in (State.STAGED, State.READING, State.ASKING):
        load.state = State.DISCARDED
        load.staged.all().delete()
        let_go(load)
        load.save()
        audit.record("register.discarded", actor=actor, subject=load.ref, source=load.source)
    return load
