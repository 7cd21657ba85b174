"""Bring an empty instance to where a backup was, delete again what was deleted since, and only then let it serve."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps as current_apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from core import audit, deletions, settling, vault
from core.backups import rows
from core.backups.again import RESTORE, run_all
from core.backups.container import Head, about, messages
from core.deletions import Deletion
from core.models import AuditEntry, SealedRecord, User
from core.storage import sealed_storage

SEALED_KIND = "sealed"


class RestoreRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A restore that is not begun; the message says why and what to do."""


@dataclass
class Restored:
    """What a restore brought back, and what it deleted again."""

    made_at: str
    rows: int = 0
    files: int = 0
    later: int = 0
    destroyed: int = 0
    said: list[str] = field(default_factory=list)


def restore(source: Path, *, lists: Sequence[Path] = ()) -> Restored:
    """Restore a backup into an empty instance; `lists` are further lists of deletions.

    Raises RestoreRefused for an instance that is not empty, BackupUnreadable for a file that is damaged: then nothing
    is kept, for all rows are written in one transaction.
    """
    _must_be_empty()
    with source.open("rb") as stream:
        head = about(stream)
        done = Restored(made_at=str(head.get("made_at", "")))
        put: list[Path] = []
        try:
            known = _load(messages(stream, settings.VAULT_KEY, head), done, put)
        except BaseException:
            for path in put:
                path.unlink(missing_ok=True)
            raise
    call_command("migrate", verbosity=0, interactive=False)
    outside = [*deletions.entries(), *(entry for path in lists for entry in deletions.entries(path))]
    done.later = len(set(outside) - set(known))
    together = sorted({*known, *outside}, key=lambda entry: (entry.on, entry.kind, entry.mark))
    _delete_again(together, done)
    here = set(deletions.entries())
    deletions.append(entry for entry in together if entry not in here)
    settling.settle()
    return done


def _must_be_empty() -> None:
    try:
        used = User.objects.exists() or AuditEntry.objects.exists()
    except DatabaseError:
        return  # no tables yet: as empty as can be
    if used:
        raise RestoreRefused(
            "This instance is not empty: somebody has signed in here, or something was done. Restore into a new "
            "database (another DATABASE_URL or DATA_DIR), look at it, and then let it take the place of this one."
        )


def _load(found: Iterator[tuple[Head, bytes]], done: Restored, put: list[Path]) -> list[Deletion]:
    """Write rows and files as the backup has them; return the deletions that it knew of."""
    first, _data = next(found)
    apps = _migrate_to([(app, name) for app, name in first["migrations"]])
    known: list[Deletion] = []
    pieces: list[bytes] = []
    with transaction.atomic():
        models = rows.tables(apps)
        by_label = {model._meta.label: model for model in models}
        rows.empty(models)
        for head, data in found:
            if "table" in head and head["table"] in by_label:
                rows.write_rows(by_label[head["table"]], head["columns"], head["rows"])
                done.rows += len(head["rows"])
            elif "file" in head:
                pieces.append(data)
                if head["last"]:
                    put.append(_put(head["area"], head["file"], b"".join(pieces)))
                    pieces.clear()
                    done.files += 1
            elif "deletions" in head:
                known = [Deletion(date.fromisoformat(on), kind, mark) for on, kind, mark in head["deletions"]]
        rows.go_on_counting(models)
    ContentType.objects.clear_cache()
    return known


def _migrate_to(names: list[tuple[str, str]]) -> Any:
    """Bring the database to the form that it had when the backup was made; return the models of that time."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    unknown = [f"{key[0]}.{key[1]}" for key in names if key not in graph.nodes and key not in _replaced(executor)]
    if unknown:
        raise RestoreRefused(
            f"This backup was made by a newer version of Safeconduct: {unknown[0]} is not known here. Install that "
            "version or a later one, and restore again."
        )
    held, leaves = set(names), graph.leaf_nodes()
    if all(key in held for key in leaves):
        if executor.migration_plan(leaves):
            executor.migrate(leaves)
        return current_apps
    newest = [key for key in held if key in graph.nodes and not _has_later(graph, key, held)]
    executor.migrate(newest)
    return MigrationExecutor(connection).loader.project_state(newest).apps


def _has_later(graph: Any, key: tuple[str, str], held: set[tuple[str, str]]) -> bool:
    return any(child.key in held and child.key[0] == key[0] for child in graph.node_map[key].children)


def _replaced(executor: MigrationExecutor) -> set[tuple[str, str]]:
    """Return the migrations that a squashed one stands for."""
    return {key for squashed in executor.loader.replacements.values() for key in squashed.replaces}


def _put(area: str, name: str, data: bytes) -> Path:
    """Write one file where it was; a name that leads elsewhere is refused."""
    root = sealed_storage().folder if area == "sealed" else Path(settings.MEDIA_ROOT)
    target = (root / name).resolve()
    if not target.is_relative_to(root.resolve()):
        raise RestoreRefused("A file in this backup would be written outside of its folder. Nothing was restored.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    return target


def _delete_again(known: Sequence[Deletion], done: Restored) -> None:
    """Let every app delete its own again, destroy whatever sealed record is left on the list, and write it down."""
    done.said = run_all(known)
    marks = {entry.mark for entry in known if entry.kind == SEALED_KIND}
    living = SealedRecord.objects.filter(destroyed_on__isnull=True) if marks else SealedRecord.objects.none()
    for record in [each for each in living.iterator(chunk_size=1000) if deletions.mark_of(each.pk.hex) in marks]:
        vault.destroy(record, actor=RESTORE)
        done.destroyed += 1
    with transaction.atomic():
        audit.record("backup.restored", actor=RESTORE, subject="database", rows=done.rows, destroyed=done.destroyed)
