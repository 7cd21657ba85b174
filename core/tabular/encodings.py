"""Find out in which encoding a text file was written, and admit it when nobody can tell.

UTF-8 and UTF-16 prove themselves. The one-byte encodings do not: of those in wide use where workers are recruited
(Western, Central European, Turkish, Cyrillic, Greek, Hebrew, Arabic) each is tried, and one is believed only if the
words it gives are sound while no encoding for another script gives sound words too. What is believed is reported as
a guess.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.tabular.refusal import TableRefused
from core.tabular.soundness import CANDIDATES, doubtful_words, sound_words
from core.tabular.sources import BLOCK_BYTES, Source

SAMPLE_BYTES = 4 * 1024 * 1024
MIXED = "safeconduct.western"  # the name under which Python knows what to do with bytes that are not UTF-8
# What a person may say a file was written in, for a choice beside a refused file.
TELLABLE: dict[str, str] = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "cp1252": "Windows Western",
    "cp1250": "Windows Central European",
    "cp1251": "Windows Cyrillic",
    "cp1253": "Windows Greek",
    "cp1254": "Windows Turkish",
    "cp1255": "Windows Hebrew",
    "cp1256": "Windows Arabic",
    "cp1257": "Windows Baltic",
    "cp1258": "Windows Vietnamese",
    "cp874": "Windows Thai",
    "gb18030": "Chinese, simplified (GB18030)",
    "big5": "Chinese, traditional (Big5)",
    "cp932": "Japanese (Shift JIS)",
    "cp949": "Korean",
    "koi8-r": "Cyrillic (KOI8-R)",
    "mac-roman": "Macintosh Western",
    "cp437": "DOS",
    "cp850": "DOS Western",
}
# Bytes that Western and Turkish encodings read differently, and both as letters.
_TURKISH_OR_ICELANDIC = frozenset(b"\xd0\xdd\xde\xf0\xfd\xfe")


def _western(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8 as Windows Western."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error(MIXED, _western)


@dataclass(frozen=True)
class Encoding:
    """Name the encoding to read with; `guessed` if the file does not prove it."""

    codec: str
    errors: str = "strict"
    guessed: bool = False
    example: str = ""  # a word as it would be read, for a person to check

    def __str__(self) -> str:
        """Return the name to show."""
        return "utf-8 + cp1252" if self.errors == MIXED else self.codec


def encoding_of(source: Source, *, told: str = "") -> Encoding:
    """Return a text file's encoding; raises TableRefused where it cannot be told, naming row and byte."""
    if told:
        return _as_told(source, told)
    with source.open() as stream:
        head = stream.read(4096)
    marked = _marked(head)
    if marked:
        _decode_all(source, marked)
        return Encoding(marked)
    wide = _wide(head)
    if wide:
        _decode_all(source, wide)
        return Encoding(wide)
    bad = _first_bad(source, "utf-8")
    if bad is None:
        _refuse_zero_bytes(source)
        return Encoding("utf-8")
    return _guess(source, bad)


def _marked(head: bytes) -> str:
    marks = (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    )
    return next((codec for mark, codec in marks if head.startswith(mark)), "")


def _wide(head: bytes) -> str:
    """Return a UTF-16 without a mark, told by every second byte of its plain letters being zero."""
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * pairs and odd < 0.05 * pairs else ""


def _blocks(source: Source) -> Iterator[bytes]:
    with source.open() as stream:
        while block := stream.read(BLOCK_BYTES):
            yield block


def _first_bad(source: Source, codec: str, errors: str = "strict") -> int | None:
    """Return the place of the first byte that an encoding cannot read, or None."""
    decoder = codecs.getincrementaldecoder(codec)(errors)
    done = 0
    pending = 0
    for block in _blocks(source):
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            return max(done - pending + error.start, 0)
        done += len(block)
        pending = len(decoder.getstate()[0])
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return max(done - pending, 0)
    return None


def _decode_all(source: Source, codec: str) -> None:
    bad = _first_bad(source, codec)
    if bad is not None:
        raise _damaged(source, codec, bad)


def _as_told(source: Source, told: str) -> Encoding:
    codec = told.strip().lower()
    if codec not in TELLABLE:
        raise TableRefused(
            _("'%(name)s' is not an encoding that can be read here.") % {"name": told[:40]}, code="encoding"
        )
    _decode_all(source, codec)
    return Encoding(codec)


def place_in(source: Source, offset: int) -> int:
    """Return the row (line) in which a byte stands, from 1."""
    row, done = 1, 0
    for block in _blocks(source):
        if done + len(block) > offset:
            return row + block[: offset - done].count(b"\n")
        row += block.count(b"\n")
        done += len(block)
    return row


def _damaged(source: Source, codec: str, offset: int) -> TableRefused:
    return TableRefused(
        _(
            "This file is not sound %(codec)s text: row %(row)s (byte %(byte)s of the file) cannot be read. "
            "Nothing was kept. Open it in the program that made it, save it as CSV (UTF-8) or .xlsx, and send that."
        )
        % {"codec": codec.upper(), "row": place_in(source, offset), "byte": offset + 1},
        code="encoding",
    )


def _refuse_zero_bytes(source: Source) -> None:
    done = 0
    for block in _blocks(source):
        at = block.find(b"\x00")
        if at >= 0:
            raise TableRefused(
                _(
                    "Row %(row)s of this file (byte %(byte)s) holds a zero byte, which no text does: the file is "
                    "damaged or not a table. Nothing was kept. Save the list as CSV (UTF-8) or .xlsx and send that."
                )
                % {"row": place_in(source, done + at), "byte": done + at + 1},
                code="broken",
            )
        done += len(block)


def _guess(source: Source, bad: int) -> Encoding:
    """Return the one encoding whose reading is sound, or refuse."""
    with source.open() as stream:
        sample = stream.read(SAMPLE_BYTES)
        if bad >= SAMPLE_BYTES:
            stream.seek(bad - 1000)
            sample += stream.read(SAMPLE_BYTES)
    if b"\x00" in sample:
        _refuse_zero_bytes(source)
    words = doubtful_words(sample)
    proven = [word for word in words if _is_utf8(word)]
    doubtful = [word for word in words if not _is_utf8(word)]
    readings = {
        candidate: read
        for candidate in CANDIDATES
        if (read := sound_words(doubtful, candidate)) and (proven or _first_bad(source, candidate.codec) is None)
    }
    if len({candidate.script for candidate in readings}) != 1:
        raise _damaged(source, "utf-8", bad) if len(proven) > 0.2 * len(words) else _undecidable(source, bad)
    if len(set(map(tuple, readings.values()))) > 1 and any(set(word) & _TURKISH_OR_ICELANDIC for word in doubtful):
        raise _undecidable(source, bad)
    chosen, read = next(iter(readings.items()))
    example = max((word.strip() for word in read[:200]), key=len)
    if not proven or len(proven) < 0.02 * len(words):
        return Encoding(chosen.codec, guessed=True, example=example)
    if chosen.codec != "cp1252" or _first_bad(source, "utf-8", MIXED) is not None:
        raise _damaged(source, "utf-8", bad)
    return Encoding("utf-8", MIXED, guessed=True, example=example)


def _is_utf8(word: bytes) -> bool:
    try:
        word.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _undecidable(source: Source, bad: int) -> TableRefused:
    return TableRefused(
        _(
            "The letters in row %(row)s of this file (byte %(byte)s) can be read in more than one way, and a wrong "
            "guess would spoil names. Nothing was kept. Save the list as CSV (UTF-8) or .xlsx and send that, or say "
            "in which encoding it was written."
        )
        % {"row": place_in(source, bad), "byte": bad + 1},
        code="encoding",
    )
