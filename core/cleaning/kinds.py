"""Say from its content what a file is; its name and what the browser says of it count for nothing. Pure."""

import io
import zipfile
from dataclasses import dataclass

MOST_PARTS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200


@dataclass(frozen=True)
class Kind:
    """A kind of file that we keep: our extension for it, its type, and which way of cleaning fits."""

    extension: str
    content_type: str
    way: str


class Unsafe(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A file that would unpack into far more than it weighs."""


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    kind.extension: kind
    for kind in (
        Kind("jpg", "image/jpeg", "picture"),
        Kind("png", "image/png", "picture"),
        Kind("webp", "image/webp", "picture"),
        Kind("heic", "image/heic", "picture"),
        Kind("pdf", "application/pdf", "paper"),
        Kind("docx", _OFFICE + "wordprocessingml.document", "office"),
        Kind("xlsx", _OFFICE + "spreadsheetml.sheet", "office"),
        Kind("mp3", "audio/mpeg", "sound"),
        Kind("aac", "audio/aac", "sound"),
        Kind("m4a", "audio/mp4", "sound"),
        Kind("ogg", "audio/ogg", "sound"),
        Kind("webm", "audio/webm", "sound"),
        Kind("wav", "audio/wav", "sound"),
        Kind("amr", "audio/amr", "sound"),
        Kind("3gp", "audio/3gpp", "sound"),
        Kind("flac", "audio/flac", "sound"),
        Kind("txt", "text/plain", "text"),
    )
}
_STARTS = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"%PDF-", "pdf"),
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"\x1a\x45\xdf\xa3", "webm"),
    (b"#!AMR", "amr"),
    (b"fLaC", "flac"),
)
# Pages, programs and pictures that happen to be written in letters.
_NO_TEXT = ("<", "#!", "%!PS", "{\\rtf", "GIF8", "MZ\x90")
_PICTURE_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}


def recognise(data: bytes) -> Kind | None:
    """Return what a file is, or None for a kind that we do not keep; raises Unsafe for one that unpacks without end."""
    for start, extension in _STARTS:
        if data.startswith(start):
            return KINDS[extension]
    for look in (_riff, _boxes, _frames, _parcel, _text):
        found = look(data)
        if found:
            return KINDS[found]
    return None


def _riff(data: bytes) -> str:
    return {b"WEBP": "webp", b"WAVE": "wav"}.get(data[8:12], "") if data[:4] == b"RIFF" else ""


def _boxes(data: bytes) -> str:
    if data[4:8] != b"ftyp":
        return ""
    brand = data[8:12]
    if brand in _PICTURE_BRANDS:
        return "heic"
    return "3gp" if brand[:3] in {b"3gp", b"3g2"} else "m4a"


def _frames(data: bytes) -> str:
    """Tell MPEG sound without any header by its first frame: layer III, or AAC in ADTS."""
    if len(data) < 4 or data[0] != 0xFF:
        return ""
    if data[1] & 0xF6 == 0xF0:
        return "aac"
    return "mp3" if data[1] & 0xE6 == 0xE2 and data[2] >> 4 not in {0, 15} else ""


def _parcel(data: bytes) -> str:
    """Tell a Word or Excel file by its parts; any other parcel, and one with programs in it, is none that we keep."""
    if not data.startswith(b"PK\x03\x04"):
        return ""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if end < 0 or int.from_bytes(data[end + 10 : end + 12], "little") > MOST_PARTS:
        raise Unsafe
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            parts = parcel.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unsafe from error
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unsafe
    if any(part.file_size > MOST_RATIO * max(part.compress_size, 1_000) for part in parts):
        raise Unsafe
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""
    return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if not data or "\x00" in text or text.lstrip("\ufeff \t\r\n").startswith(_NO_TEXT) else "txt"


def plain(data: bytes) -> bytes:
    """Return a text without what steers a screen or a terminal; letters of every script stay."""
    text = data.decode("utf-8", errors="replace").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or not _steers(c)).encode()


def _steers(c: str) -> bool:
    return c < " " or "\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"
