"""Search a register given as a file: by an index like the product's own, in a file kept for next time."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import connections

from parties import matching, nameindex
from parties.matching import Kind, Rarity, Subject
from parties.matching.evaluate import kind_of, read_lines
from parties.models import IndexedName, NamePosting
from parties.nameindex import Entry, file_names, merge_blocks
from parties.search_calibration import Values, search_score
from parties.search_candidates import Asked, likely
from parties.search_rarity import rarity_for
from parties.search_weighing import BREADTH, ENOUGH, weigh

ALIAS = "names_file"
_COLLECTION = 1
MERGED = 50_000
"""Keys whose blocks are merged at a time."""
_PRAGMAS = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-20000;"
_TEXTS = "CREATE TABLE texts (id INTEGER PRIMARY KEY, ref TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL)"


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate: the register's id and name, what was weighed, and the log-odds that it is the one meant."""

    ref: str
    name: str
    values: Values
    search_odds: float


def open_register(path: Path) -> int:
    """Open the index of a register in JSON Lines (id, name, type), made first if it is not there; return its names."""
    kept = _folder() / f"names-{_digest(path)}.sqlite3"
    if not kept.exists():
        part = kept.with_suffix(f".{os.getpid()}")
        part.unlink(missing_ok=True)
        _use(part)
        _build(path)
        connections[ALIAS].close()
        del connections[ALIAS]
        part.replace(kept)
    _use(kept)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM texts")
        return int(cursor.fetchone()[0])


def _folder() -> Path:
    """Return a folder that only this user can read."""
    folder = Path(tempfile.gettempdir()) / f"safeconduct-names-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else.")
    return folder


def _digest(path: Path) -> str:
    """Return what changes when the register or the way of reading names changes."""
    seen = hashlib.sha256(path.read_bytes())
    code = [*Path(matching.__file__).parent.rglob("*.*"), Path(nameindex.__file__), Path(__file__)]
    for file in sorted(code):
        if file.is_file() and "__pycache__" not in file.parts:
            seen.update(file.read_bytes())
    return seen.hexdigest()[:24]


def _use(path: Path) -> None:
    settings = dict(connections["default"].settings_dict)
    settings.update(
        ENGINE="django.db.backends.sqlite3", NAME=str(path), OPTIONS={"init_command": _PRAGMAS}, CONN_MAX_AGE=None
    )
    connections.databases[ALIAS] = settings


def _build(path: Path) -> None:
    """Write texts and index; names are read by as many processes as there are cores."""
    with connections[ALIAS].schema_editor() as editor:
        editor.create_model(IndexedName)
        editor.create_model(NamePosting)
        editor.execute(_TEXTS)
    workers = os.cpu_count() or 1
    with path.open(encoding="utf-8") as lines, multiprocessing.get_context("fork").Pool(workers) as pool:
        file_names(
            _COLLECTION, _entries(lines), using=ALIAS, reader=lambda read, some: pool.imap(read, some, chunksize=500)
        )
    while merge_blocks(using=ALIAS, most=MERGED) == MERGED:
        pass


def _entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Yield what is filed, and write each text down beside it."""
    cursor = connections[ALIAS].cursor()
    for number, item in enumerate(read_lines(lines), start=1):
        name, kind = str(item.get("name") or ""), kind_of(item.get("type"))
        cursor.execute("INSERT INTO texts VALUES (%s, %s, %s, %s)", [number, str(item["id"]), kind, name])
        yield Entry(number, name, kind)


def find(name: str, kind: Kind, limit: int = 10) -> list[Found]:
    """Return the best candidates for a name, best first, each of the register's ids once."""
    near = likely(_COLLECTION, [Asked((name,), kind)], BREADTH, enough=ENOUGH, using=ALIAS)[0]
    best: dict[str, Found] = {}
    for one in weigh(Subject(name, kind), near, _subjects, partial(_rarity, kind=kind)):
        best.setdefault(one.subject.ref, Found(one.subject.ref, one.subject.name, one.values, one.search_odds))
    return list(best.values())[:limit]


def _subjects(owners: Sequence[int]) -> dict[int, Subject]:
    with connections[ALIAS].cursor() as cursor:
        marks = ",".join(["%s"] * len(owners))
        cursor.execute(f"SELECT id, ref, kind, text FROM texts WHERE id IN ({marks})", owners)  # noqa: S608
        return {pk: Subject(text, "person" if held == "person" else "organisation", ref=ref)
                for pk, ref, held, text in cursor.fetchall()}  # fmt: skip


def _rarity(subjects: Sequence[Subject], kind: Kind) -> Rarity:
    return rarity_for(subjects, (_COLLECTION,), kind, using=ALIAS)


def search_lines(lines: Iterable[str], limit: int = 10) -> Iterator[str]:
    """Yield an answer line ``{"id", "results": [{"id", "score"}]}`` for each line ``{"id", "name", "type"}``."""
    for item in read_lines(lines):
        found = find(str(item.get("name") or ""), kind_of(item.get("type")), limit)
        results = [{"id": one.ref, "score": round(search_score(one.search_odds), 6)} for one in found]
        yield json.dumps({"id": item["id"], "results": results})


__all__ = ["ALIAS", "Found", "find", "open_register", "search_lines"]
