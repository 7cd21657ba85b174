"""Send tables to a browser as they are made."""

from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse
from django.utils.translation import get_language_bidi

from core.exports.delimited import csv_chunks
from core.exports.lines import jsonl_chunks
from core.exports.naming import content_disposition
from core.exports.values import ExportValue
from core.exports.workbook import xlsx_chunks

Rows = Iterable[Sequence[ExportValue]]


def csv_response(filename: str, header: Sequence[str], rows: Rows, *, mark: bool = True) -> StreamingHttpResponse:
    """Return a CSV download; `mark=False` leaves out the byte-order mark, for readers that are programs."""
    return _download(filename, csv_chunks(header, rows, mark=mark), "text/csv; charset=utf-8")


def xlsx_response(filename: str, header: Sequence[str], rows: Rows, *, sheet: str = "List") -> StreamingHttpResponse:
    """Return an XLSX download, laid out from the right where the reader's language is."""
    chunks = xlsx_chunks(header, rows, sheet=sheet, rtl=get_language_bidi())
    return _download(filename, chunks, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def jsonl_response(filename: str, header: Sequence[str], rows: Rows) -> StreamingHttpResponse:
    """Return a JSON Lines download."""
    return _download(filename, jsonl_chunks(header, rows), "application/x-ndjson; charset=utf-8")


def _download(filename: str, chunks: Iterator[bytes], content_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(chunks, content_type=content_type)
    response["Content-Disposition"] = content_disposition(filename)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
