"""Tell what kind of file it is from its content; its name is only a claim."""

import zipfile

from django.utils.translation import gettext as _

from core.tabular.refusal import TableRefused
from core.tabular.sources import Source
from core.tabular.table import TableKind


def kind_of(source: Source) -> TableKind:
    """Return the kind of a file; raises TableRefused, naming the kind, for one that is no table of ours."""
    head = source.head()
    if not head:
        raise TableRefused(
            _("This file is empty (0 bytes). Nothing was kept. Save the list again and send the saved file."),
            code="empty",
        )
    if head.startswith(b"PK"):
        return _kind_of_package(source)
    refused = _known_other(head)
    if refused:
        raise TableRefused(
            _(
                "This is %(what)s, not a table. Nothing was kept. "
                "Save the list as CSV (UTF-8) or .xlsx and send that file."
            )
            % {"what": refused},
            code="kind",
        )
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    start = start.lstrip()
    if start.startswith(b"{"):
        return "jsonl"
    if start.startswith(b"[") and start[1:].lstrip()[:1] in {b"{", b"]"}:
        return "json"
    return "csv"


def _kind_of_package(source: Source) -> TableKind:
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise TableRefused(
            _(
                "This .xlsx file is damaged: it could not be opened. Nothing was kept. "
                "Open it in your spreadsheet program, save it again and send the new file."
            ),
            code="broken",
        ) from None
    if any(name.startswith("xl/") for name in names):
        if "xl/workbook.bin" in names:
            what = _("a binary workbook (.xlsb)")
        else:
            return "xlsx"
    elif "mimetype" in names:
        what = _("an OpenDocument file (.ods)")
    elif any(name.startswith("word/") for name in names):
        what = _("a text document (.docx)")
    else:
        what = _("a zip archive")
    raise TableRefused(
        _("This is %(what)s. Nothing was kept. Save the list as CSV (UTF-8) or .xlsx and send that file.")
        % {"what": what},
        code="kind",
    )


def _known_other(head: bytes) -> str:
    """Return the name of a well-known kind of file that is not a table, or an empty text."""
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _("an old .xls workbook or one protected by a password")
    if head.startswith(b"%PDF"):
        return _("a PDF document")
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")):
        return _("a picture or a recording")
    if head.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ")):
        return _("a compressed archive")
    start = head[:2000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta")):
        return _("a web page or an XML file")
    return ""
