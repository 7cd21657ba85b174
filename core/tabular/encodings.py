"""Find out in which encoding a text file was written, and admit it when nobody can tell.

UTF-8 and UTF-16 prove themselves. The one-byte encodings do not: of those in wide use where workers are recruited
(Western, Central European, Cyrillic, Arabic; Greek, Hebrew and Turkish are known so as not to be taken for those) each is
tried, and one is believed only if the words it gives are words in one script with sound capitals, while no other
encoding gives other words that are as sound. What is believed is reported as a guess.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from core.tabular.refusal import TableRefused
from core.tabular.sources import BLOCK_BYTES, Source

SAMPLE_BYTES = 4 * 1024 * 1024
SOUND_SHARE = 0.95
PROFILE_FROM = 12  # letters; below it a script's usual letters say nothing
_WORD = re.compile(rb"[A-Za-z']*[\x80-\xff][A-Za-z\x80-\xff']*")
# What may stand around or inside a word without telling anything about its letters.
_AROUND = (
    "'\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2022\u20ac\u2116\u2122\u00a0\u00ab\u00bb\u00ae\u00a9\u00b0\u00b7"
    "\u060c\u061b\u061f\u200c\u200d\u200e\u200f"
)
_SYMBOLS = "\u00a3\u00a5\u00a7\u00bd\u00bc\u00be\u00b2\u00b3\u00b9\u00d7\u00f7\u00b1\u00b5\u00b6\u00ac"


@dataclass(frozen=True)
class Candidate:
    """Name one encoding, the script it is used for, and letters that make up a good share of any text in it."""

    codec: str
    script: str
    usual: str = ""
    least_share: float = 0.0


CANDIDATES = (
    Candidate("cp1252", "LATIN"),
    Candidate("cp1250", "LATIN"),
    Candidate("cp1254", "LATIN"),
    Candidate("cp1256", "ARABIC", "\u0627\u0644\u064a\u0645\u0646\u0648\u0647\u0631", 0.30),
    Candidate("cp1251", "CYRILLIC", "\u043e\u0435\u0430\u0438\u043d\u0442\u0440\u0456", 0.38),
    Candidate("cp1253", "GREEK", "\u03b1\u03bf\u03b9\u03b5\u03c4\u03c3\u03bd\u03b7\u03c2\u03ac\u03af\u03cc", 0.40),
    Candidate("cp1255", "HEBREW", "\u05d9\u05d5\u05d4\u05dc\u05d0\u05e8\u05ea\u05de", 0.45),
)
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
# Latin encodings differ in few letters; the earlier one is preferred where both give sound words.
_PREFERENCE = {candidate.codec: place for place, candidate in enumerate(CANDIDATES)}
_TURKISH_OR_ICELANDIC = frozenset(b"\xd0\xdd\xde\xf0\xfd\xfe")


@dataclass(frozen=True)
class Encoding:
    """Name the encoding to read with; `guessed` if the file does not prove it."""

    codec: str
    guessed: bool = False
    example: str = ""  # a word as it would be read, for a person to check


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


def _first_bad(source: Source, codec: str) -> int | None:
    """Return the place of the first byte that an encoding cannot read, or None."""
    decoder = codecs.getincrementaldecoder(codec)()
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
            "Nothing was kept. Open the file in the program that made it, save it as CSV (UTF-8) or .xlsx, and send that."
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
                    "Row %(row)s of this file (byte %(byte)s) holds a zero byte, which no text does: the file is damaged "
                    "or is not a table. Nothing was kept. Save the list again as CSV (UTF-8) or .xlsx and send that."
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
    words = sorted(set(_WORD.findall(sample)))[:20_000]
    if _mostly_utf8(words):
        raise _damaged(source, "utf-8", bad)
    sound = {
        candidate.codec: text
        for candidate in CANDIDATES
        if (text := _sound_words(words, candidate)) and _first_bad(source, candidate.codec) is None
    }
    if len({_script(codec) for codec in sound}) != 1:
        raise _undecidable(source, bad)
    readings = {tuple(text) for text in sound.values()}
    if len(readings) > 1 and any(set(word) & _TURKISH_OR_ICELANDIC for word in words):
        raise _undecidable(source, bad)
    codec = min(sound, key=_PREFERENCE.__getitem__)
    example = max(sound[codec][:200], key=len)
    return Encoding(codec, guessed=True, example=example)


def _script(codec: str) -> str:
    return next(candidate.script for candidate in CANDIDATES if candidate.codec == codec)


def _mostly_utf8(words: list[bytes]) -> bool:
    """Return whether the file is UTF-8 with some damage, rather than another encoding."""
    good = 0
    for word in words:
        try:
            word.decode("utf-8")
        except UnicodeDecodeError:
            continue
        good += 1
    return good > 2 and good >= 0.2 * len(words)


def _sound_words(words: list[bytes], candidate: Candidate) -> list[str]:
    """Return the words as an encoding reads them if nearly all of them are sound, else nothing."""
    read: list[str] = []
    sound = 0
    for word in words:
        try:
            text = word.decode(candidate.codec)
        except UnicodeDecodeError:
            return []
        read.append(text)
        sound += _is_sound(text, candidate.script)
    if not words or sound < SOUND_SHARE * len(words):
        return []
    return read if _fits_profile("".join(read).lower(), candidate) else []


def _is_sound(text: str, script: str) -> bool:
    """Return whether a word has letters of one script only, capitals only where words have them, no symbols inside."""
    core = text.strip(_AROUND)
    if not core or (script == "LATIN" and all(character in _SYMBOLS for character in core)):
        return True
    if not all(_belongs(character, script) for character in core if character not in _AROUND):
        return False
    accented = sum(not character.isascii() for character in core)
    if script == "LATIN" and accented > 2 and accented > 0.6 * len(core):
        return False
    return not any(after.isupper() and not after.isascii() and before.islower() for before, after in pairwise(core))


def _belongs(character: str, script: str) -> bool:
    name = unicodedata.name(character, "")
    if script == "LATIN" and character in "\u00aa\u00ba":
        return True
    return name.startswith(f"{script} ") and (" LETTER " in name or script in {"ARABIC", "HEBREW"})


def _fits_profile(text: str, candidate: Candidate) -> bool:
    """Return whether a text's letters come about as often as they do in the languages of an encoding."""
    if not candidate.usual:
        return True
    letters = [character for character in text if not character.isascii() and character.isalpha()]
    if len(letters) < PROFILE_FROM:
        return False
    return sum(character in candidate.usual for character in letters) >= candidate.least_share * len(letters)


def _undecidable(source: Source, bad: int) -> TableRefused:
    return TableRefused(
        _(
            "The letters in row %(row)s of this file (byte %(byte)s) can be read in more than one way, and a wrong guess "
            "would spoil names. Nothing was kept. Save the list as CSV (UTF-8) or .xlsx and send that, or say in which "
            "encoding it was written."
        )
        % {"row": place_in(source, bad), "byte": bad + 1},
        code="encoding",
    )
