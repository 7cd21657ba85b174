"""Write XLSX in chunks, straight into the zip: no temporary file, no workbook in memory. Pure.

Equal rows give equal bytes. Cells are inline texts, numbers, booleans or dates; nothing is ever written as a formula.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from core.exports.values import ExportValue, as_text, in_its_cell

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
CUT_MARK = " [… cut: a spreadsheet cell holds no more. The CSV and JSON Lines files hold all of it.]"
WIDTH_SAMPLE = 100
CHUNK_BYTES = 64 * 1024
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's dates have no time zone
_FIRST_SOUND_DAY = dt.date(1900, 3, 1)  # before it, spreadsheets disagree by a day
_STAMP = (1980, 1, 1, 0, 0, 0)
_MARKUP = re.compile("[&<>]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELS}/styles" Target="styles.xml"/></Relationships>'
    ),
    # Styles: 0 as it comes, 1 bold for the header, 2 a date, 3 a date with time.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
        '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/>'
        '<name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}


class TooManyRows(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """More rows than a worksheet can hold; the message is for people."""


class _Outbox:
    """Stand in for a file that cannot be rewound; hand out what was written since the last time."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: there is no file below."""

    def take(self) -> bytes:
        data = b"".join(self.parts)
        self.parts = []
        return data


def xlsx_chunks(
    header: Sequence[str], rows: Iterable[Sequence[ExportValue]], *, sheet: str = "List", rtl: bool = False
) -> Iterator[bytes]:
    """Yield an XLSX file in pieces; raises TooManyRows past a worksheet's 1,048,576."""
    out = _Outbox()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:  # type: ignore[call-overload]
        for name, content in {**_PARTS, "xl/workbook.xml": _workbook(sheet)}.items():
            package.writestr(_entry(name), _HEAD + content)
        with package.open(_entry("xl/worksheets/sheet1.xml"), "w") as stream:
            waiting: list[str] = []
            size = 0
            for piece in _sheet(header, rows, rtl=rtl):
                waiting.append(piece)
                size += len(piece)
                if size >= CHUNK_BYTES:
                    stream.write("".join(waiting).encode("utf-8"))
                    waiting, size = [], 0
                    yield out.take()
            stream.write("".join(waiting).encode("utf-8"))
    yield out.take()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _workbook(sheet: str) -> str:
    title = re.sub(r"[\[\]:*?/\\']", " ", sheet)[:31].strip() or "List"
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>'
        f'<sheet name="{_escaped(title).replace(chr(34), "&quot;")}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _sheet(header: Sequence[str], rows: Iterable[Sequence[ExportValue]], *, rtl: bool) -> Iterator[str]:
    rows = iter(rows)
    sample = list(islice(rows, WIDTH_SAMPLE))
    direction = ' rightToLeft="1"' if rtl else ""
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{direction}>'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    )
    yield _widths(header, sample)
    yield "<sheetData><row>" + "".join(_text_cell(name, ' s="1"') for name in header) + "</row>"
    number = 1
    for row in chain(sample, rows):
        number += 1
        if number > MOST_ROWS:
            raise TooManyRows("A worksheet holds at most 1,048,575 rows. Choose CSV or JSON Lines for this list.")
        yield "<row>" + "".join(map(_cell, row)) + "</row>"
    yield "</sheetData>"
    if header:
        yield f'<autoFilter ref="A1:{_column_letters(len(header))}{number}"/>'
    yield "</worksheet>"


def _widths(header: Sequence[str], sample: Sequence[Sequence[ExportValue]]) -> str:
    if not header:
        return ""
    widths = [len(name) + 3 for name in header]
    for row in sample:
        for place, value in enumerate(row[: len(widths)]):
            widths[place] = max(widths[place], min(len(as_text(value)) + 1, 60))
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    return f"<cols>{columns}</cols>"


def _cell(value: ExportValue) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        return _text_cell(value)
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>" if abs(value) < 10**15 else _text_cell(str(value))
    if isinstance(value, float):
        return f"<c><v>{value!r}</v></c>" if value - value == 0 else _text_cell(str(value))
    return _date_cell(value)


def _date_cell(value: dt.date) -> str:
    if isinstance(value, dt.datetime):
        moment = value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
        style = 3
    else:
        moment = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
        style = 2
    if moment.date() < _FIRST_SOUND_DAY:
        return _text_cell(value.isoformat())
    gap = moment - _EPOCH
    serial = gap.days + (gap.seconds + gap.microseconds / 1e6) / 86400
    return f'<c s="{style}"><v>{serial:.10f}</v></c>' if style == 3 else f'<c s="2"><v>{gap.days}</v></c>'


def _text_cell(text: str, attributes: str = "") -> str:
    text = in_its_cell(as_text(text))
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS - len(CUT_MARK)] + CUT_MARK
    keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'<c t="inlineStr"{attributes}><is><t{keep}>{_escaped(text)}</t></is></c>'


def _escaped(text: str) -> str:
    """Return text as XML; what XML cannot hold is written the spreadsheet's own way, _x0001_."""
    if _UNWRITABLE.search(text):
        text = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if _MARKUP.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
