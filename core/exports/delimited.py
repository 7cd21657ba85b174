"""Write CSV in chunks: RFC 4180 with a UTF-8 mark, which spreadsheets need to show every script. Pure."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from core.exports.guarding import guard
from core.exports.values import ExportValue, as_text

CHUNK_BYTES = 64 * 1024


class _Outbox:
    """Collect what a csv.writer writes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0

    def write(self, text: str) -> int:
        self.parts.append(text)
        self.size += len(text)
        return len(text)

    def take(self) -> bytes:
        data = "".join(self.parts).encode("utf-8")
        self.parts, self.size = [], 0
        return data


def csv_cell(value: ExportValue) -> str:
    """Return a value as a CSV cell; only texts can be risky."""
    return guard(as_text(value)) if isinstance(value, str) else as_text(value)


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[ExportValue]], *, mark: bool = True) -> Iterator[bytes]:
    """Yield a CSV file in pieces of some 64 kB; `mark` puts the byte-order mark in front."""
    out = _Outbox()
    if mark:
        out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([csv_cell(name) for name in header])
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
        if out.size >= CHUNK_BYTES:
            yield out.take()
    yield out.take()
