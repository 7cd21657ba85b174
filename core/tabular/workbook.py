"""Read a worksheet of an XLSX file as text: values only, never formulas; capped, so that a small file cannot unpack into a
huge one; any document type declaration, and with it every external entity, refused.
"""

import zipfile
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import IO

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.tabular.refusal import TableRefused
from core.tabular.sources import Source
from core.tabular.table import RawRow
from core.tabular.worksheet import SheetReader
from core.tabular.xmlparts import UnsafeMarkup, elements, texts

MOST_UNPACKED = 400 * 1024 * 1024
MOST_SHARED = 100 * 1024 * 1024
MOST_RATIO = 150
RATIO_FROM = 5 * 1024 * 1024
MOST_ENTRIES = 5_000


class Workbook:
    """One worksheet of an XLSX file, checked once on opening; `rows()` reads it as often as wanted."""

    def __init__(self, source: Source, wanted: str) -> None:
        self.source = source
        self.notes: list[str] = []
        self.last_row = 0
        try:
            with source.open() as stream, zipfile.ZipFile(stream) as package:
                _refuse_bomb(package)
                self.sheet, self._path, self._date1904 = self._choose(package, wanted)
                self._shared = _shared_strings(package)
                self._dates = _date_styles(package)
            for row in self.rows():
                self.last_row = row.number
        except UnsafeMarkup:
            raise TableRefused(
                _("This .xlsx file holds a document type declaration, which no spreadsheet program writes and which can "
                  "be used to attack the reader. Nothing was kept. Save the list again from your spreadsheet program."),
                code="unsafe",
            ) from None  # fmt: skip
        except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, ValueError, EOFError, OSError, RuntimeError,
                NotImplementedError, IndexError, OverflowError):  # fmt: skip
            raise TableRefused(
                _("This .xlsx file is damaged: it could not be read to its end. Nothing was kept. "
                  "Open it in your spreadsheet program, save it again and send the new file."),
                code="broken",
            ) from None  # fmt: skip

    def rows(self) -> Iterator[RawRow]:
        """Yield the rows that hold anything, by their numbers in the sheet."""
        with self.source.open() as stream, zipfile.ZipFile(stream) as package, package.open(self._path) as sheet:
            yield from SheetReader(self._shared, self._dates, date1904=self._date1904).read(sheet)

    def _choose(self, package: zipfile.ZipFile, wanted: str) -> tuple[str, str, bool]:
        """Return name, path and calendar of the sheet asked for, or of the first one that can be seen."""
        sheets: list[tuple[str, str]] = []
        date1904 = False
        with package.open("xl/workbook.xml") as stream:
            for tag, attributes in elements(stream):
                if tag == "sheet" and attributes.get("state", "visible") == "visible":
                    relation = next((value for key, value in attributes.items() if key.endswith(" id")), "")
                    sheets.append((attributes.get("name", ""), relation))
                elif tag == "workbookPr":
                    date1904 = attributes.get("date1904") in {"1", "true"}
        with package.open("xl/_rels/workbook.xml.rels") as stream:
            targets = {
                attributes.get("Id", ""): attributes for tag, attributes in elements(stream) if tag == "Relationship"
            }
        tables = [
            (name, _path(targets[relation]["Target"]))
            for name, relation in sheets
            if targets.get(relation, {}).get("Type", "").endswith("/worksheet")
        ]
        chosen = [table for table in tables if table[0] == wanted] if wanted else tables[:1]
        if not chosen:
            raise TableRefused(
                _("This workbook has no sheet '%(wanted)s'. It has: %(names)s. Nothing was kept.")
                % {"wanted": wanted[:40], "names": ", ".join(name for name, _p in tables[:12])}
                if wanted
                else _(
                    "This workbook has no sheet that can be seen. Nothing was kept. Show the sheet, save and send it again."
                ),
                code="empty",
            )
        if len(tables) > 1 and not wanted:
            self.notes.append(
                _("This workbook has %(count)s sheets; only '%(name)s' was read.")
                % {"count": len(tables), "name": chosen[0][0][:60]}
            )
        return (*chosen[0], date1904)


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(dirname("xl/workbook.xml"), target))


def _refuse_bomb(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    steep = any(
        entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    shared = sum(entry.file_size for entry in entries if entry.filename.endswith("sharedStrings.xml"))
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or shared > MOST_SHARED or steep:
        raise TableRefused(
            _("This .xlsx file would unpack to %(size)s, far more than a list needs. Nothing was kept. "
              "Copy the rows into a new workbook, or save the list as CSV (UTF-8), and send that.")
            % {"size": filesizeformat(unpacked)},
            code="unsafe",
        )  # fmt: skip


def _shared_strings(package: zipfile.ZipFile) -> list[str]:
    name = next((name for name in package.namelist() if name.lower() == "xl/sharedstrings.xml"), "")
    if not name:
        return []
    with package.open(name) as stream:
        return list(texts(stream, "si"))


def _date_styles(package: zipfile.ZipFile) -> dict[int, str]:
    """Return which cell styles show a number as a date, a time or both."""
    if "xl/styles.xml" not in package.namelist():
        return {}
    stream: IO[bytes]
    with package.open("xl/styles.xml") as stream:
        return dict(_styles(stream))


def _styles(stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    formats: dict[str, str] = {}
    inside = False
    number = 0
    for tag, attributes in elements(stream, ends=True):
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag in {"cellXfs", "/cellXfs"}:
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            code = attributes.get("numFmtId", "0")
            shape = _shape(code, formats.get(code, ""))
            if shape:
                yield number, shape
            number += 1


def _shape(code: str, pattern: str) -> str:
    from core.tabular.worksheet import date_shape

    return date_shape(int(code) if code.isdigit() else 0, pattern)
