"""Read a register's file into staging: row by row, in one go or in chunks, with every rejected row kept as it stood."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from core.tabular import Table, TableRefused, read_table
from recruiters.columns import pick, recognise
from recruiters.exchange.ownfiles import own_columns, own_rows
from recruiters.models import RegisterLoad, RejectedRow, StagedRow
from recruiters.registerrows import DATES, Problem, ReadRow, RegisterRow, read_row
from recruiters.writtendates import ASK, EITHER, way_of

BATCH = 2000
KEPT_WORDS = 50
KEPT_REJECTIONS = 5000
EXAMPLES = 5
_DATES = frozenset({"issued_on", "expires_on", "status_on"})
_LISTS = frozenset({"other_names", "owners", "directors", "destinations"})
_NAMES = tuple(each.name for each in fields(RegisterRow))


class LoadRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A register that is not taken in, or a load that is not reversed; the message is for people.

    ``load`` is the refused load, if it got so far; ``reasons`` say what stands in the way, one sentence each.
    """

    def __init__(self, message: str, load: RegisterLoad | None = None, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.load, self.reasons = load, reasons


@dataclass
class Reading:
    """Collect what reading the file brought: rows by key, rejections, keys of rejected rows that are still there."""

    rows: dict[str, RegisterRow] = field(default_factory=dict)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    cells: dict[int, dict[str, str]] = field(default_factory=dict)
    kept_keys: set[str] = field(default_factory=set)
    ways: Counter[str] = field(default_factory=Counter)
    examples: list[dict[str, Any]] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    read: int = 0

    def take(self, number: int, result: ReadRow, cells: Mapping[str, str]) -> None:
        """Sort one row in."""
        self.read += 1
        if result.row is None:
            if result.key:
                self.kept_keys.add(result.key)
            self.reject(number, cells, [{"column": p.column, "rule": p.rule} for p in result.problems])
            return
        self.passed_over.update(word[:60] for word in result.passed_over)
        earlier = self.rows.setdefault(result.row.key, result.row)
        if earlier is not result.row:
            self.repeats(result.row, earlier.number, earlier.digest, cells)

    def note_ways(self, number: int, cells: Mapping[str, str], mapping: Mapping[str, str]) -> None:
        """Count which way the dates of a row are written, with the first few that may be read in two ways."""
        for name in DATES:
            text = pick(cells, mapping, name)
            way = way_of(text) if "/" in text else ""
            if way:
                self.ways[way] += 1
                if way == EITHER and len(self.examples) < EXAMPLES:
                    self.examples.append({"row": number, "column": mapping[name], "text": text[:20]})

    def repeats(self, row: RegisterRow, number: int, digest: str, cells: Mapping[str, str]) -> None:
        """Reject a row whose record came before, in another row."""
        rule = "repeats_row" if digest == row.digest else "same_number_as_row"
        self.reject(row.number, cells, [{"column": "", "rule": rule, "other": number}])

    def reject(self, number: int, cells: Mapping[str, str], problems: list[dict[str, Any]]) -> None:
        """Note what is wrong with a row, and the row itself."""
        found = ({"row": number, **problem} for problem in problems)
        self.rejected += [each for each in found if each not in self.rejected[-20:]]
        self.cells[number] = dict(cells)


def open_table(file: Path | IO[bytes], name: str) -> tuple[Table, dict[str, str]]:
    """Return a file's table and the columns recognised in it; raises LoadRefused."""
    try:
        table = read_table(file, name=name)
    except TableRefused as refusal:
        raise LoadRefused(str(refusal)) from refusal
    except OSError as error:
        raise LoadRefused(_("The file could not be read: %(why)s") % {"why": error.strerror or "?"}) from error
    mapping = own_columns(table.columns) or recognise(table.columns)
    if "name" not in mapping:
        raise LoadRefused(
            _("No column with the recruiters' names was found. The columns are: %(columns)s. Nothing was taken in.")
            % {"columns": ", ".join(table.columns)[:300]}
        )
    return table, mapping


def read_rows(
    table: Table,
    mapping: dict[str, str],
    *,
    default_country: str = "",
    after: int = 0,
    most: int | None = None,
    dates: str = ASK,
) -> tuple[Reading, int]:
    """Return what the rows after a row number hold, at most ``most`` of them, and the last number (0 at the end)."""
    reading, last = Reading(), 0
    try:
        for row in table.rows():
            if row.number <= after:
                continue
            if most is not None and reading.read >= most:
                break
            for told in own_rows(row.values, mapping):
                read = read_row(row.number, told.cells, mapping, default_country=default_country, dates=dates)
                if told.rule:
                    read = ReadRow(None, (Problem(told.column, told.column, told.rule), *read.problems), read.key)
                reading.take(row.number, read, told.cells)
                reading.note_ways(row.number, told.cells, mapping)
            last = row.number
        else:
            last = 0
    except TableRefused as refusal:
        raise LoadRefused(str(refusal)) from refusal
    for problem in table.problems:
        if problem.number > after and (not last or problem.number <= last):
            reading.read += 1
            reading.reject(problem.number, {}, [{"column": problem.column, "rule": problem.reason}])
    reading.rejected.sort(key=lambda rejection: rejection["row"])
    return reading, last


def stage(load: RegisterLoad, reading: Reading) -> None:
    """Write rows into staging and rejected ones beside them; a record that an earlier chunk had is rejected here."""
    for start in range(0, len(reading.rows), 500):
        keys = list(reading.rows)[start : start + 500]
        for earlier in load.staged.filter(key__in=keys):
            row = reading.rows.pop(earlier.key)
            reading.repeats(row, earlier.number, earlier.digest, {})
    StagedRow.objects.bulk_create(
        (
            StagedRow(load=load, number=row.number, key=row.key, digest=row.digest, content=plain_row(row))
            for row in reading.rows.values()
        ),
        batch_size=BATCH,
    )
    by_row: dict[int, list[dict[str, Any]]] = {}
    for rejection in reading.rejected:
        found = {name: value for name, value in rejection.items() if name != "row"}
        by_row.setdefault(rejection["row"], []).append(found)
    room = max(KEPT_REJECTIONS - load.rejected, 0)
    RejectedRow.objects.bulk_create(
        RejectedRow(load=load, number=number, problems=problems, values=reading.cells.get(number, {}))
        for number, problems in sorted(by_row.items())[:room]
    )
    load.read += reading.read
    load.accepted += len(reading.rows)
    load.rejected += len(by_row)
    report = load.report
    report["rejected"] = sorted(
        [*report.get("rejected", []), *reading.rejected][:KEPT_REJECTIONS], key=lambda each: each["row"]
    )
    rules = report.setdefault("rejected_by_rule", {})
    for rejection in reading.rejected:
        rules[rejection["rule"]] = rules.get(rejection["rule"], 0) + 1
    ways = report.setdefault("ways", {})
    for way, count in reading.ways.items():
        ways[way] = ways.get(way, 0) + count
    words = Counter(dict(report.get("passed_over", []))) + reading.passed_over
    report["passed_over"] = words.most_common(KEPT_WORDS)
    report["date_examples"] = [*report.get("date_examples", []), *reading.examples][:EXAMPLES]
    report["kept_keys"] = sorted({*report.get("kept_keys", ()), *reading.kept_keys})


def leave_out(load: RegisterLoad, left: Sequence[tuple[RegisterRow, dict[str, Any]]]) -> None:
    """Write rows that were read and yet not taken in beside the rejected ones, as they are understood."""
    heads: dict[str, str] = load.report.get("columns", {})
    found = [(row, {"column": "", **problem}) for row, problem in left]
    taken = set(load.rejected_rows.values_list("number", flat=True))
    first = {row.number: (row, problem) for row, problem in reversed(found)}
    RejectedRow.objects.bulk_create(
        RejectedRow(
            load=load, number=row.number, problems=[problem],
            values={
                heads[name]: "; ".join(value) if isinstance(value, list | tuple) else str(value)
                for name, value in plain_row(row).items() if name in heads
            },
        )
        for number, (row, problem) in sorted(first.items()) if number not in taken
    )  # fmt: skip
    report = load.report
    added = [{"row": row.number, **problem} for row, problem in found]
    report["rejected"] = sorted([*report.get("rejected", []), *added], key=lambda each: each["row"])[:KEPT_REJECTIONS]
    load.rejected += len(found)
    load.accepted -= len(found)


def plain_row(row: RegisterRow) -> dict[str, Any]:
    """Return a row as staging keeps it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items() if value
    }


def staged_rows(load: RegisterLoad, only: Collection[str] | None = None) -> dict[str, RegisterRow]:
    """Return the rows in staging by key, in the file's order; ``only`` some of them."""
    staged = load.staged.order_by("number")
    if only is not None:
        staged = staged.filter(key__in=only)
    return {each.key: _row_of(each.content) for each in staged.iterator(chunk_size=BATCH)}


def _row_of(content: Mapping[str, Any]) -> RegisterRow:
    given: dict[str, Any] = {name: value for name, value in content.items() if name in _NAMES}
    for name in _DATES & given.keys():
        given[name] = date.fromisoformat(given[name])
    for name in _LISTS & given.keys():
        given[name] = tuple(given[name])
    return RegisterRow(**{"country": "", **given})
