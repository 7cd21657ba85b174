"""Write CSV in chunks: RFC 4180 with a UTF-8 mark, which spreadsheets need to show every script. Pure."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from core.exports.guarding import guard
from core.exports.values import ExportValue, as_text, in_its_cell

CHUNK_BYTES = 64 * 1024
# What ends a text for many readers of CSV, commands a terminal, or breaks a line where nobody sees it.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


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
    """Return a value as a CSV cell; only texts can be risky, and what nobody could see in one becomes a mark."""
    if not isinstance(value, str):
        return as_text(value)
    text = in_its_cell(as_text(value))
    return guard(_UNSEEN.sub("\ufffd", text) if _UNSEEN.search(text) else text)


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
