"""Write tables to files that appear only when they are complete."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from core.exports.delimited import csv_chunks
from core.exports.lines import jsonl_chunks
from core.exports.values import ExportValue
from core.exports.workbook import xlsx_chunks

Row = Sequence[ExportValue]
T = TypeVar("T")


def write_csv(path: str | Path, header: Sequence[str], rows: Iterable[Row]) -> int:
    """Write a CSV file; return its number of rows."""
    counted = _Counted(rows)
    _write(Path(path), csv_chunks(header, counted))
    return counted.number


def write_xlsx(path: str | Path, header: Sequence[str], rows: Iterable[Row], *, sheet: str = "List") -> int:
    """Write an XLSX file; return its number of rows. Raises TooManyRows past 1,048,575."""
    counted = _Counted(rows)
    _write(Path(path), xlsx_chunks(header, counted, sheet=sheet))
    return counted.number


def write_jsonl(path: str | Path, header: Sequence[str], rows: Iterable[Row]) -> int:
    """Write a JSON Lines file; return its number of rows."""
    counted = _Counted(rows)
    _write(Path(path), jsonl_chunks(header, counted))
    return counted.number


class _Counted(Iterable[Row]):
    """Count rows as they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.number += 1
            yield row


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
