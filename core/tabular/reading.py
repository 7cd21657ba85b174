"""Read a table, whatever it is: the one front door."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from core.exports.guarding import unguard
from core.tabular.delimited import csv_rows, sniff_delimiter
from core.tabular.encodings import Encoding, encoding_of
from core.tabular.headers import LOOK_AT, Header, column_letters, header_of, refuse_columns_above_limit
from core.tabular.kinds import kind_of
from core.tabular.lines import COLUMNS_FROM, json_rows, jsonl_rows
from core.tabular.refusal import TableRefused
from core.tabular.sources import Source
from core.tabular.table import RawRow, Row, RowProblem, Table
from core.tabular.workbook import Workbook

LONGEST_CELL = 100_000  # characters
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_UNWANTED = re.compile("[\x00-\x1f\x7f\ufeff\ud800-\udfff]")
_EDGES = " \t\r\n\x0b\x0c\u00a0\u200b\ufeff"

RawRows = Callable[[], Iterator[RawRow]]
NamedRows = Callable[[], Iterator["Row | RowProblem"]]


def read_table(
    file: str | Path | IO[bytes],
    *,
    name: str = "",
    encoding: str = "",
    sheet: str = "",
    max_bytes: int | None = None,
) -> Table:
    """Return the table in an uploaded file or at a path; raises TableRefused with a message for people.

    Its content says what kind of file it is. An upload over settings.UPLOAD_TABLE_MAX_BYTES (or `max_bytes`) is
    refused. The whole file is read through once before this returns, so that a broken one is refused before anything
    is taken in.
    """
    source = Source(file, name=name, max_bytes=max_bytes)
    kind = kind_of(source)
    if kind == "xlsx":
        return _workbook_table(source, sheet)
    written = encoding_of(source, told=encoding)
    if kind == "csv":
        return _csv_table(source, written)
    rows = jsonl_rows if kind == "jsonl" else json_rows
    table = _object_table(lambda: rows(source, written))
    table.kind = kind
    return _with_encoding(table, written)


def _csv_table(source: Source, written: Encoding) -> Table:
    delimiter = sniff_delimiter(source, written)

    def rows() -> Iterator[RawRow]:
        for row in csv_rows(source, written, delimiter):
            row.cells = [unguard(cell) if "'" in cell else cell for cell in row.cells]
            yield row

    header = header_of(list(islice(rows(), LOOK_AT)))
    count = sum(row.number > header.number for row in csv_rows(source, written, delimiter))
    if not count and source.name.lower().endswith(WORKBOOKS):
        raise TableRefused(
            _(
                "This file is called a workbook, but it cannot be read as one. Nothing was kept. Open it in your "
                "spreadsheet program, save it again and send the new file."
            ),
            code="broken",
        )
    table = Table(header.names, "csv", _stream(rows, header), row_count=count, delimiter=delimiter)
    table.notes.extend(header.notes)
    return _with_encoding(table, written)


def _workbook_table(source: Source, sheet: str) -> Table:
    workbook = Workbook(source, sheet)
    header = header_of(list(islice(workbook.rows(), LOOK_AT)))
    count = max(workbook.last_row - header.number, 0)
    table = Table(header.names, "xlsx", _stream(workbook.rows, header), row_count=count, sheet=workbook.sheet)
    table.notes.extend((*workbook.notes, *header.notes))
    return table


def _object_table(rows: NamedRows) -> Table:
    columns: dict[str, None] = {}
    count = 0
    for item in rows():
        count += 1
        if isinstance(item, Row) and count <= COLUMNS_FROM:
            columns.update(dict.fromkeys(item.values))
            refuse_columns_above_limit(len(columns))
    if not columns:
        raise TableRefused(
            _("This file has no rows that can be read. Nothing was kept. Write one object a line and send it again."),
            code="empty",
        )

    def stream(table: Table) -> Iterator[Row]:
        for item in rows():
            if isinstance(item, RowProblem):
                table.problems.append(item)
                continue
            values = {name: item.values.get(name, "") for name in table.columns} | item.values
            yield Row(item.number, {name: _clean(value) for name, value in values.items()})

    return Table(tuple(columns), "jsonl", stream, row_count=count)


def _with_encoding(table: Table, written: Encoding) -> Table:
    table.encoding, table.encoding_guessed = str(written), written.guessed
    if written.guessed:
        table.notes.append(
            _("The file does not say how its letters are written; it was read as %(codec)s. Check a word: %(example)s")
            % {"codec": str(written), "example": written.example[:60]}
        )
    return table


def _stream(rows: RawRows, header: Header) -> Callable[[Table], Iterator[Row]]:
    def stream(table: Table) -> Iterator[Row]:
        pairs = tuple(zip(header.names, header.places, strict=True))
        width = max(header.places) + 1
        for raw in rows():
            if raw.number <= header.number:
                continue
            problem = raw.problem or _problem(raw, header, width)
            if problem is not None:
                table.problems.append(problem)
                continue
            cells = raw.cells + [""] * (width - len(raw.cells))
            values = {name: _clean(cells[place]) for name, place in pairs}
            if any(values.values()):
                yield Row(raw.number, values)

    return stream


def _problem(raw: RawRow, header: Header, width: int) -> RowProblem | None:
    """Return what makes a row unreadable: cells beyond the last column, or one of absurd length."""
    if len(raw.cells) > width:
        beyond = [place for place, cell in enumerate(raw.cells) if place >= width and cell.strip()]
        if beyond:
            return RowProblem(
                raw.number,
                column_letters(beyond[0] + 1),
                _("The row has %(cells)s cells, but the header names only %(columns)s columns.")
                % {"cells": beyond[-1] + 1, "columns": width},
            )
    for name, place in zip(header.names, header.places, strict=True):
        if place < len(raw.cells) and len(raw.cells[place]) > LONGEST_CELL:
            return RowProblem(raw.number, name, _("The cell holds more than 100,000 characters."))
    return None


def _clean(cell: str) -> str:
    """Return a cell without the spaces around it; signs that no text holds become spaces, line breaks stay."""
    cell = cell.strip(_EDGES)
    if not _UNWANTED.search(cell):
        return cell
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub(lambda found: found[0] if found[0] in "\n\t" else " ", cell).strip(_EDGES)
