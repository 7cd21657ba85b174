"""Keep outside of the database that something was destroyed, so that an older backup cannot bring it back.

One line for each thing: a day, a kind and a keyed mark. Whoever reads the file learns how much was deleted and when,
and nothing else. `restore` goes through it before anything is served.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

NAME = "deletions.jsonl"
_writing = threading.Lock()


@dataclass(frozen=True)
class Deletion:
    """That something of a kind, known by its mark alone, was destroyed on a day."""

    on: date
    kind: str
    mark: str


def place() -> Path:
    """Return where the list lies: beside the database, never in it."""
    return Path(settings.DATA_DIR, NAME)


def mark_of(name: str) -> str:
    """Return the mark of a thing by its reference or key; only this installation can make it."""
    key = hashlib.blake2b(settings.VAULT_KEY.encode(), person=b"deletion-marks", digest_size=32).digest()
    return hashlib.blake2b(name.encode(), key=key, digest_size=16).hexdigest()


def note(kind: str, name: str, *, on: date | None = None) -> None:
    """Put a thing on the list once the transaction that destroys it is certain."""
    entry = Deletion(on or timezone.localdate(), kind, mark_of(name))
    transaction.on_commit(lambda: append([entry]))


def append(entries: Iterable[Deletion]) -> None:
    """Write entries, synced to the disk; several processes may write at the same time."""
    text = "".join(
        json.dumps({"on": entry.on.isoformat(), "kind": entry.kind, "mark": entry.mark}) + "\n" for entry in entries
    )
    if not text:
        return
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    with _writing:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, text.encode())
            os.fsync(handle)
        finally:
            os.close(handle)


def entries(path: Path | None = None) -> list[Deletion]:
    """Return what is on the list; a last line that a power cut left unfinished is passed over."""
    source = path or place()
    return list(read_lines(source.read_text(encoding="ascii").splitlines())) if source.exists() else []


def read_lines(lines: Iterable[str]) -> Iterator[Deletion]:
    """Yield the deletions that lines hold; a line that is none is passed over."""
    for line in lines:
        try:
            values = json.loads(line)
            yield Deletion(date.fromisoformat(values["on"]), str(values["kind"]), str(values["mark"]))
        except (ValueError, KeyError, TypeError):
            continue
