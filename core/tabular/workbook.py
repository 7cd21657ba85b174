"""Read a worksheet of an XLSX file as text: values, never formulas.

A small file cannot unpack into a huge one: sizes are capped. A document type declaration, and with it every external
entity, is refused.
"""

import zipfile
import zlib
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import NamedTuple

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.tabular.refusal import TableRefused
from core.tabular.sources import Source
from core.tabular.table import RawRow
from core.tabular.worksheet import SheetReader, date_shape
from core.tabular.xmlparts import UnsafeMarkup, elements, last_row, texts

MOST_UNPACKED = 200 * 1024 * 1024
MOST_SHARED = 100 * 1024 * 1024
MOST_RATIO = 150
RATIO_FROM = 5 * 1024 * 1024
MOST_ENTRIES = 5_000
_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, ValueError, EOFError, OSError, RuntimeError,
    NotImplementedError, IndexError, OverflowError, zlib.error,
)  # fmt: skip


class Relation(NamedTuple):
    """One part of the package that another part refers to."""

    kind: str
    path: str


class Workbook:
    """One worksheet of an XLSX file, checked once on opening; `rows()` reads it as often as wanted."""

    def __init__(self, source: Source, wanted: str) -> None:
        self.source = source
        self.notes: list[str] = []
        self.sheet = ""
        self.last_row = 0
        self._date1904 = False
        try:
            with source.open() as stream, zipfile.ZipFile(stream) as package:
                _refuse_bomb(package)
                self._open(package, wanted)
                with package.open(self._path) as sheet:
                    self.last_row = last_row(sheet)
        except UnsafeMarkup:
            raise TableRefused(
                _(
                    "This .xlsx file holds a document type declaration, which no spreadsheet program writes and which "
                    "can be used to attack its reader. Nothing was kept. Save the list again from your spreadsheet "
                    "program and send the new file."
                ),
                code="unsafe",
            ) from None
        except _DAMAGE:
            raise TableRefused(
                _(
                    "This .xlsx file is damaged: it could not be read to its end. Nothing was kept. "
                    "Open it in your spreadsheet program, save it again and send the new file."
                ),
                code="broken",
            ) from None

    def rows(self) -> Iterator[RawRow]:
        """Yield the rows that hold anything, by their numbers in the sheet."""
        with self.source.open() as stream, zipfile.ZipFile(stream) as package, package.open(self._path) as sheet:
            yield from SheetReader(self._shared, self._dates, date1904=self._date1904).read(sheet)

    def _open(self, package: zipfile.ZipFile, wanted: str) -> None:
        main = next((part.path for part in _relations(package, "").values() if part.kind == "officeDocument"), "")
        parts = _relations(package, main or "xl/workbook.xml")
        self.sheet, self._path = self._choose(self._sheets(package, main or "xl/workbook.xml", parts), wanted)
        shared = next((part.path for part in parts.values() if part.kind == "sharedStrings"), "")
        styles = next((part.path for part in parts.values() if part.kind == "styles"), "")
        self._shared = _shared_strings(package, shared) if shared else []
        self._dates = dict(_date_styles(package, styles)) if styles else {}

    def _sheets(self, package: zipfile.ZipFile, main: str, parts: dict[str, Relation]) -> list[tuple[str, str]]:
        """Return name and path of the worksheets that can be seen."""
        found = []
        with package.open(main) as stream:
            for tag, attributes in elements(stream):
                if tag == "workbookPr":
                    self._date1904 = attributes.get("date1904") in {"1", "true"}
                elif tag == "sheet" and attributes.get("state", "visible") == "visible":
                    relation = next((value for key, value in attributes.items() if key.endswith(" id")), "")
                    part = parts.get(relation)
                    if part is not None and part.kind == "worksheet":
                        found.append((attributes.get("name", ""), part.path))
        return found

    def _choose(self, sheets: list[tuple[str, str]], wanted: str) -> tuple[str, str]:
        if not sheets:
            raise TableRefused(
                _("This workbook has no sheet that can be seen. Nothing was kept. Show the sheet, save, send again."),
                code="empty",
            )
        chosen = next((sheet for sheet in sheets if sheet[0] == wanted), None) if wanted else sheets[0]
        if chosen is None:
            names = ", ".join(name[:40] for name, _path in sheets[:12])
            raise TableRefused(
                _("This workbook has no sheet '%(wanted)s'. It has: %(names)s. Nothing was kept. Choose one of these.")
                % {"wanted": wanted[:40], "names": names},
                code="empty",
            )
        if len(sheets) > 1 and not wanted:
            self.notes.append(
                _("This workbook has %(count)s sheets; only '%(name)s' was read.")
                % {"count": len(sheets), "name": chosen[0][:60]}
            )
        return chosen


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, Relation]:
    """Return what a part refers to, by its identifiers."""
    folder = dirname(part)
    path = join(folder, "_rels", f"{part.rpartition('/')[2]}.rels")
    with package.open(path) as stream:
        return {
            attributes.get("Id", ""): Relation(
                attributes.get("Type", "").rpartition("/")[2], _resolved(folder, attributes.get("Target", ""))
            )
            for tag, attributes in elements(stream)
            if tag == "Relationship" and attributes.get("TargetMode") != "External"
        }


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


def _refuse_bomb(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    steep = any(
        entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    shared = sum(entry.file_size for entry in entries if entry.filename.lower().endswith("sharedstrings.xml"))
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or shared > MOST_SHARED or steep:
        raise TableRefused(
            _(
                "This .xlsx file would unpack to %(size)s, far more than its list needs. Nothing was kept. "
                "Copy the rows into a new workbook, or save the list as CSV (UTF-8), and send that."
            )
            % {"size": filesizeformat(unpacked)},
            code="unsafe",
        )


def _shared_strings(package: zipfile.ZipFile, path: str) -> list[str]:
    with package.open(path) as stream:
        return list(texts(stream, "si"))


def _date_styles(package: zipfile.ZipFile, path: str) -> Iterator[tuple[int, str]]:
    """Yield which cell styles show a number as a date, a time or both."""
    formats: dict[str, str] = {}
    inside = False
    number = 0
    with package.open(path) as stream:
        for tag, attributes in elements(stream, ends=True):
            if tag == "numFmt":
                formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif tag in {"cellXfs", "/cellXfs"}:
                inside = tag == "cellXfs"
            elif tag == "xf" and inside:
                code = attributes.get("numFmtId", "0")
                shape = date_shape(int(code) if code.isdigit() else 0, formats.get(code, ""))
                if shape:
                    yield number, shape
                number += 1
