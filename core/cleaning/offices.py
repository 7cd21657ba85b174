"""Rewrite a Word or Excel file part by part: authors, dates, paths, templates, previews and hidden parts are gone."""

import io
import re
import zipfile
from pathlib import PurePosixPath
from xml.parsers import expat

from core.cleaning.reasons import NOT_READABLE, PARTS, TOO_LARGE, NotCleaned
from core.cleaning.segments import bare_jpeg, bare_png

LARGEST_PART = 30 * 1024 * 1024
_DROPPED = re.compile(
    r"^(docProps|customXml|_xmlsignatures)/|/(printerSettings|persons|threadedComments|revisions)/"
    r"|/(people|commentsExtended|commentsIds|commentsExtensible|connections|vbaData)\.xml$|/thumbnail\.\w+$"
)
_HELD = re.compile(r"/(embeddings|activeX|ctrlProps|externalLinks|queryTables|webextensions|model|slicers)/")
_NAMED = rb"(?:author|initials|lastModifiedBy|userName|userId|providerId|displayName|creator)"
_EDITS = (
    (re.compile(rb"(\s(?:\w+:)?" + _NAMED + rb')="[^"]*"'), rb'\1=""'),
    (re.compile(rb"(\s(?:\w+:)?" + _NAMED + rb")='[^']*'"), rb"\1=''"),
    (re.compile(rb"""\s(?:\w+:)?(?:date|dateUtc|rsid\w*)=(?:"[^"]*"|'[^']*')"""), b""),
    (re.compile(rb"<((?:\w+:)?author)>[^<]*</"), rb"<\1></"),
    (re.compile(rb"<w:(rsids|docVars|mailMerge)>.*?</w:\1>", re.DOTALL), b""),
    (re.compile(rb"<(?:w:attachedTemplate|\w+:absPath|w:docVars|\w*:?fileSharing)\b[^>]*/>"), b""),
    (re.compile(rb"(<(?:\w+:)?pageSetup\b[^>]*?)\s\w+:id=\"[^\"]*\""), rb"\1"),
)
_LINK = re.compile(rb"<Relationship\b[^>]*/>")
_OVERRIDE = re.compile(rb"<Override\b[^>]*/>")
__all__ = ["NotCleaned", "clean", "prepare"]


def prepare() -> None:
    """Load what rewriting needs, before the walls close."""
    with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("a", b"a")
    _check(b"<a/>")


def clean(data: bytes) -> tuple[bytes, str]:
    """Return the file with its visible parts alone; raises NotCleaned."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            names = [part.filename for part in source.infolist() if not part.is_dir()]
            if len(set(names)) != len(names) or any(_HELD.search(name) for name in names):
                raise NotCleaned(PARTS)
            for part in source.infolist():
                if part.is_dir() or _DROPPED.search(part.filename):
                    continue
                if part.file_size > LARGEST_PART:
                    raise NotCleaned(TOO_LARGE)
                # A part of our own making: no time, no system, no comment comes along.
                target.writestr(zipfile.ZipInfo(_name(part.filename)), _part(part.filename, source.read(part)),
                                zipfile.ZIP_DEFLATED)  # fmt: skip
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, expat.ExpatError) as error:
        raise NotCleaned(NOT_READABLE) from error
    return out.getvalue(), "docx" if "word/document.xml" in names else "xlsx"


def _name(name: str) -> str:
    if name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts:
        raise NotCleaned(PARTS)
    return name


def _part(name: str, data: bytes) -> bytes:
    ending = name.rpartition(".")[2].lower()
    if ending in {"jpg", "jpeg"}:
        return bare_jpeg(data)
    if ending == "png":
        return bare_png(data)
    if ending not in {"xml", "rels", "vml"}:
        raise NotCleaned(PARTS)
    _check(data)
    if ending == "rels":
        data = _LINK.sub(lambda found: _link(name, found[0]), data)
    elif name == "[Content_Types].xml":
        data = _OVERRIDE.sub(lambda found: b"" if _DROPPED.search(_of(b"PartName", found[0]).lstrip("/")) else found[0],
                             data)  # fmt: skip
    else:
        for pattern, instead in _EDITS:
            data = pattern.sub(instead, data)
    _check(data)
    return data


def _of(attribute: bytes, element: bytes) -> str:
    found = re.search(rb"\s" + attribute + rb"""=["']([^"']*)""", element)
    return found[1].decode() if found else ""


def _link(rels: str, element: bytes) -> bytes:
    """Keep a relationship within the file; of one that leads outside, keep that it is there and not where to."""
    target = _of(b"Target", element)
    if _of(b"TargetMode", element) == "External":
        if not _of(b"Type", element).endswith("/hyperlink"):
            return b""
        return re.sub(rb"""(\sTarget=)(?:"[^"]*"|'[^']*')""", rb'\1"about:blank"', element)
    folder = PurePosixPath(rels).parent.parent
    path = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
    return b"" if _DROPPED.search(path) else element


def _joined(folder: PurePosixPath, target: str) -> str:
    parts: list[str] = []
    for part in [*folder.parts, *target.split("/")]:
        if part == ".." and parts:
            parts.pop()
        elif part not in {"", ".", ".."}:
            parts.append(part)
    return "/".join(parts)


def _check(data: bytes) -> None:
    """Refuse what is not plain, well-formed XML in UTF-8: nothing may hide from the edits, nor declare entities."""
    data.decode("utf-8")
    if b"<!DOCTYPE" in data or re.match(rb"""\s*<\?xml[^>]*encoding=["'](?!utf-8["'])""", data[:200], re.IGNORECASE):
        raise NotCleaned(PARTS)
    expat.ParserCreate().Parse(data, True)  # noqa: FBT003 - the parser's own signature: this is all of it
