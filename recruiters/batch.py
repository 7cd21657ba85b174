"""Screen a whole file from the command line, in a stream that can be resumed. Reads the database, writes only files."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext as _

from core.exports import csv_chunks, write_csv, write_jsonl, write_xlsx
from core.tabular import Table, TableRefused, read_table
from recruiters.columns import SCREENED, pick, recognise
from recruiters.countries import country_code
from recruiters.engine import Answer, Engine, Query, current_engine, explained
from recruiters.services.screenings import query_of
from recruiters.wording import VERDICTS, problem_sentence, reasons_text, row_reason

HEADER = (
    *("row", "name", "country", "licence_number", "type", "outcome", "score", "reason", "hits", "matched_name"),
    *("matched_ref", "verdict", "list", "list_date", "register_status", "why", "algorithm", "threshold"),
)
EVERY = 250
PIECE = 50


class Refused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A file that cannot be screened; the message is for people."""


class Counts(Counter[str]):
    """How many rows came out how, and what should be said about the lists."""

    sentences: tuple[str, ...] = ()


class ResultFile:
    """Keep what is done while a run goes on, so that an interrupted one goes on where it stopped."""

    ENDINGS = (".csv", ".xlsx", ".jsonl")

    def __init__(self, key: str, *, restart: bool) -> None:
        folder = settings.DATA_DIR / "screening"
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{key}.part"
        if restart:
            self.path.unlink(missing_ok=True)
        self.done = self._whole_lines()
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.stream = os.fdopen(handle, "a", encoding="utf-8")

    def _whole_lines(self) -> int:
        """Return how many rows are done; a last line cut short by a crash is taken off."""
        if not self.path.exists():
            return 0
        data = self.path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) != len(data):
            self.path.write_bytes(whole)
        return whole.count(b"\n")

    def add(self, values: list[Any]) -> None:
        """Add one row's result."""
        self.stream.write(json.dumps(values, ensure_ascii=False) + "\n")

    def sync(self) -> None:
        """Make what is done safe."""
        self.stream.flush()
        os.fsync(self.stream.fileno())

    def rows(self) -> Iterator[list[Any]]:
        """Yield every result so far."""
        self.sync()
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)

    def close(self, *, finished: bool) -> None:
        """Let go of the file; a finished run leaves nothing behind."""
        self.stream.close()
        if finished:
            self.path.unlink(missing_ok=True)


def screen_file(
    path: Path,
    *,
    output: Path | None,
    threshold: float,
    progress: Callable[[int, int | None], None],
    write: Callable[[str], object] | None = None,
    restart: bool = False,
    workers: int = 0,
) -> Counts:
    """Screen every row of a file and write the result as a whole; raises Refused for a file that cannot be read."""
    table, mapping = _table(path)
    engine = current_engine()
    result = ResultFile(_key(path, threshold, engine), restart=restart)
    finished = False
    try:
        _run(table, mapping, threshold, result, progress, workers or os.cpu_count() or 1)
        _write(result, output, write)
        counts = Counts(row[5] for row in result.rows())
        finished = True
    finally:
        result.close(finished=finished)
    names = {state.code: state.name for state in engine.lists}
    counts.sentences = tuple(problem_sentence(problem, names) for problem in engine.problems)
    return counts


def _table(path: Path) -> tuple[Table, dict[str, str]]:
    try:
        table = read_table(path, name=path.name)
    except TableRefused as refusal:
        raise Refused(str(refusal)) from refusal
    except OSError as error:
        raise Refused(_("The file could not be read: %(why)s") % {"why": error.strerror or "?"}) from error
    mapping = recognise(table.columns, SCREENED)
    if "name" not in mapping:
        found = ", ".join(table.columns)[:300]
        raise Refused(
            _("No column “name” was found. The columns are: %(columns)s. Nothing was screened.") % {"columns": found}
        )
    return table, mapping


def _key(path: Path, threshold: float, engine: Engine) -> str:
    stamp = hashlib.sha256(path.read_bytes())
    stamp.update(f"{threshold}|{engine.stamp}".encode())
    return stamp.hexdigest()[:40]


def _run(
    table: Table,
    mapping: dict[str, str],
    threshold: float,
    result: ResultFile,
    progress: Callable[[int, int | None], None],
    workers: int,
) -> None:
    """Screen the rows that are not done yet, in order, whatever the number of workers."""
    todo = (
        (row.number, query_of(row.values, mapping), pick(row.values, mapping, "country"), threshold)
        for row in islice(table.rows(), result.done, None)
    )
    number = result.done
    for number, line in enumerate(_spread(todo, workers), start=result.done + 1):
        result.add(line)
        if number % EVERY == 0:
            result.sync()
            progress(number, table.row_count)
    for place, problem in enumerate(table.problems, start=number + 1):
        if place > result.done:
            (line,) = _screen([(problem.number, Query(""), "", threshold)])
            line[HEADER.index("reason")] = problem.reason
            result.add(line)
            number = place
    progress(number, number)


Todo = tuple[int, Query, str, float]


def _spread(todo: Iterator[Todo], workers: int) -> Iterator[list[Any]]:
    """Yield the rows' results in order, from this process or from several, each with a connection of its own."""
    pieces = iter(lambda: list(islice(todo, PIECE)), [])
    if workers < 2 or connection.in_atomic_block or "fork" not in multiprocessing.get_all_start_methods():
        yield from chain.from_iterable(map(_screen, pieces))
        return
    connections.close_all()  # a child must not come into its parent's open connection
    with multiprocessing.get_context("fork").Pool(workers, initializer=_forget_connections) as pool:
        yield from chain.from_iterable(pool.imap(_screen, pieces))


def _forget_connections() -> None:
    """Let go of whatever open connection a child was born with, without a word to the server: two would share it."""
    for inherited in connections.all(initialized_only=True):
        inherited.connection = None


def _screen(todo: list[Todo]) -> list[list[Any]]:
    engine = current_engine()
    threshold = todo[0][3]
    answers = engine.screen_many([query for _number, query, _country, _threshold in todo], threshold)
    return [
        _line(number, query, country, answer, threshold)
        for (number, query, country, _threshold), answer in zip(todo, answers, strict=True)
    ]


def _line(number: int, query: Query, country: str, answer: Answer, threshold: float) -> list[Any]:
    best = answer.hits[0] if answer.hits else None
    matched = best.target.key.partition(":")[2] if best else ""
    return [
        number,
        query.name,
        country_code(country) or country,
        query.licence_number,
        query.kind,
        answer.result.outcome.value,
        round(answer.result.score, 4),
        row_reason(answer.result.reason),
        len(answer.result.hits),
        best.target.name if best else "",
        matched,
        str(VERDICTS[best.match.verdict.value]) if best else "",
        best.target.list_name if best else "",
        best.target.list_date.isoformat() if best and best.target.list_date else "",
        answer.register_status,
        reasons_text(explained(best.match)) if best else "",
        best.match.algorithm if best else "",
        threshold,
    ]


def _write(result: ResultFile, output: Path | None, write: Callable[[str], object] | None) -> None:
    if output is None:
        if write is not None:
            write(b"".join(csv_chunks(HEADER, result.rows())).decode("utf-8-sig"))
        return
    to_file = {".csv": write_csv, ".xlsx": write_xlsx, ".jsonl": write_jsonl}[output.suffix.lower()]
    try:
        to_file(output, HEADER, result.rows())
    except OSError as error:
        raise Refused(_("The result could not be written: %(why)s") % {"why": error.strerror or "?"}) from error
