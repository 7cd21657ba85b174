"""Judge whether a one-byte encoding gives sound words. Pure.

A word is sound if its letters belong to one script, its capitals stand where capitals stand, and no symbol is inside
it. A text in a script of its own must also use that script's letters about as often as its languages do.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

SOUND_SHARE = 0.95
PROFILE_FROM = 12  # letters; below it a script's usual letters say nothing
_WORD = re.compile(rb"[A-Za-z'\x80-\xff]{1,60}")
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


def doubtful_words(data: bytes) -> list[bytes]:
    """Return the different words of a text that are not plain ASCII, at most 20,000."""
    return sorted({word for word in _WORD.findall(data) if not word.isascii()})[:20_000]


def sound_words(words: Sequence[bytes], candidate: Candidate) -> list[str]:
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
    if script == "LATIN" and accented > 3 and accented > 0.6 * len(core):
        return False
    return not any(after.isupper() and not after.isascii() and before.islower() for before, after in pairwise(core))


@cache
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
