"""Make a backup: one moment of the database, the sealed files its rows name, pictures, and the list of deletions."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from core import deletions
from core.backups.container import Writer
from core.backups.rows import fields_of, read_rows, tables
from core.models import SealedRecord
from core.storage import sealed_storage

PIECE = 1024 * 1024


@dataclass(frozen=True)
class BackedUp:
    """What went into a backup."""

    tables: int
    rows: int
    files: int
    missing: int
    size: int


def back_up(target: Path) -> BackedUp:
    """Write a backup that appears only when it is complete; nobody waits for it meanwhile."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    about = {"made_at": timezone.now().replace(microsecond=0).isoformat(), "database": connection.vendor}
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream, _moment():
            writer = Writer(stream, settings.VAULT_KEY, about)
            writer.add({"migrations": _migrations()})
            number, rows = _write_tables(writer)
            files, missing = _write_sealed(writer)
            files += _write_media(writer)
            writer.add({"deletions": [[e.on.isoformat(), e.kind, e.mark] for e in deletions.entries()]})
            writer.finish({"tables": number, "rows": rows, "files": files})
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return BackedUp(number, rows, files, missing, target.stat().st_size)


@contextmanager
def _moment() -> Iterator[None]:
    """Let this thread read over a connection of its own, which sees one moment and holds up no writer."""
    usual, own = connections[DEFAULT_DB_ALIAS], connections.create_connection(DEFAULT_DB_ALIAS)
    if own.vendor == "sqlite":
        own.transaction_mode = "DEFERRED"  # type: ignore[attr-defined] # SQLite's own: a reader takes no writer's turn
    connections[DEFAULT_DB_ALIAS] = own
    try:
        with transaction.atomic():
            if own.vendor == "postgresql":
                with own.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        own.close()
        connections[DEFAULT_DB_ALIAS] = usual


def _migrations() -> list[list[str]]:
    rows = MigrationRecorder(connection).migration_qs.order_by("id").values_list("app", "name")
    return [[app, name] for app, name in rows]


def _write_tables(writer: Writer) -> tuple[int, int]:
    found, rows = tables(apps), 0
    for model in found:
        names = [field.attname for field in fields_of(model)]
        for batch in read_rows(model):
            writer.add({"table": model._meta.label, "columns": names, "rows": batch})
            rows += len(batch)
    return len(found), rows


def _write_sealed(writer: Writer) -> tuple[int, int]:
    """Write the sealed files that rows name; one destroyed since that moment is missing, and meant to be."""
    files = missing = 0
    names = SealedRecord.objects.exclude(stored_name="").order_by("pk")
    for name in names.values_list("stored_name", flat=True).iterator(chunk_size=1000):
        try:
            data = sealed_storage().read(name)
        except FileNotFoundError:
            missing += 1
            continue
        _write_file(writer, "sealed", name, data)
        files += 1
    return files, missing


def _write_media(writer: Writer) -> int:
    root, files = Path(settings.MEDIA_ROOT), 0
    for path in sorted(root.rglob("*")) if root.exists() else ():
        if path.is_file():
            _write_file(writer, "media", path.relative_to(root).as_posix(), path.read_bytes())
            files += 1
    return files


def _write_file(writer: Writer, area: str, name: str, data: bytes) -> None:
    for begin in range(0, max(len(data), 1), PIECE):
        piece = data[begin : begin + PIECE]
        writer.add({"file": name, "area": area, "last": begin + PIECE >= len(data)}, piece)
