"""Hand out a published version as JSON, CSV and PDF: the same values as its page."""

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents import Document
from core.exports import csv_chunks
from duediligence.content import Content, leaves
from duediligence.display import Reader
from duediligence.labels import LINES, NOTES, SECTIONS
from duediligence.layout import Section, Table, layout
from duediligence.models import Publication, Withdrawal
from duediligence.wording import WITHDRAWALS, say

CSV_HEAD = ("path", "value")


def as_csv(publication: Publication) -> bytes:
    """Return every value with its path, one a row, safe to open in a spreadsheet."""
    return b"".join(csv_chunks(CSV_HEAD, ((leaf.path, leaf.text) for leaf in leaves(publication.data))))


def as_csv_metadata(address: str) -> dict[str, Any]:
    """Return the CSV on the Web description of that file."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": address,
        "tableSchema": {
            "columns": [
                {"name": "path", "titles": "path", "datatype": "string", "required": True},
                {"name": "value", "titles": "value", "datatype": "string"},
            ],
            "primaryKey": "path",
        },
    }


def as_pdf(publication: Publication) -> bytes:
    """Return the paper form in the report's own language; equal versions give equal bytes."""
    with translation.override(publication.language):
        paper: bytes = _document(publication).render()
    return paper


def _document(publication: Publication) -> Document:
    data, reader = publication.data, Reader(publication.language)
    reference = f"{publication.report.ref} · {_('Version')} {publication.version}"
    document = Document(
        title=_("Due-diligence report: %(company)s") % {"company": data["company"]["name"]},
        language=publication.language,
        reference=reference,
    )
    document.facts([(_("Digest of this version (SHA-256 of its JSON)"), publication.digest)])
    for section in layout(data):
        _write(document, section, reader)
    return document


def _write(document: Document, section: Section, reader: Reader) -> None:
    title = reader.show(section.title) if section.title else say(SECTIONS, section.code)
    prefix = f"{section.number} " if section.title and section.number else ""
    document.heading(prefix + title, section.level - 1)
    if section.note:
        document.paragraph(say(NOTES, section.note))
    if section.lines:
        document.facts([(say(LINES, line.label), reader.show(line.value)) for line in section.lines])
    for table in section.tables:
        _write_table(document, table, reader)


def _write_table(document: Document, table: Table, reader: Reader) -> None:
    heads = [say(LINES, table.key_head), *(say(LINES, head) for head in table.heads)]
    rows = [
        [reader.show(key), *("" if cell is None else reader.show(cell) for cell in row)]
        for key, row in zip(table.keys, table.rows, strict=True)
    ]
    document.table(heads, rows)


def withdrawal_words(withdrawal: Withdrawal) -> str:
    """Return the reason of a withdrawal in the active language."""
    return say(WITHDRAWALS, withdrawal.reason)


def period_words(data: Content) -> str:
    """Return the period of a report in the active language."""
    start, end = (date_format(date.fromisoformat(data["period"][key]), "DATE_FORMAT") for key in ("start", "end"))
    return f"{start} – {end}"
