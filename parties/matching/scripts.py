# ruff: noqa: E501 (tables of letters stay on their lines)
"""Tell scripts apart and read each word in Latin letters, in as many readings as it has."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from parties.matching.arabic import read_arabic, read_hebrew
from parties.matching.cyrillic import make_cyrillic, read_cyrillic, read_greek, undo_lookalikes
from parties.matching.hangul import read_hangul
from parties.matching.indic import read_indic
from parties.matching.kana import read_kana

ALPHABETIC: Final = 0
VOWELLESS: Final = 1
LOSSY: Final = 2
"""What a script leaves out: nothing much; short vowels; or distinctions between sounds."""

_RANGES: Final = (
    (0x0000, 0x024F, "latin"), (0x0250, 0x02FF, "latin"), (0x0370, 0x03FF, "greek"), (0x0400, 0x052F, "cyrillic"),
    (0x0530, 0x058F, "armenian"), (0x0590, 0x05FF, "hebrew"), (0x0600, 0x06FF, "arabic"), (0x0750, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"), (0x0900, 0x0B7F, "indic"), (0x0B80, 0x0BFF, "tamil"), (0x0C00, 0x0D7F, "indic"),
    (0x0D80, 0x0DFF, "sinhala"), (0x0E00, 0x0EFF, "thai"), (0x1000, 0x109F, "myanmar"), (0x10A0, 0x10FF, "georgian"),
    (0x1100, 0x11FF, "hangul"), (0x1200, 0x139F, "ethiopic"), (0x1780, 0x17FF, "khmer"), (0x1C90, 0x1CBF, "georgian"),
    (0x1E00, 0x1EFF, "latin"), (0x1F00, 0x1FFF, "greek"), (0x3040, 0x30FF, "kana"), (0x3400, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "hangul"), (0xF900, 0xFAFF, "han"), (0xFB50, 0xFDFF, "arabic"), (0xFE70, 0xFEFF, "arabic"),
    (0x20000, 0x323AF, "han"),
)  # fmt: skip
_LOSS: Final = {
    "arabic": VOWELLESS, "hebrew": VOWELLESS, "tamil": LOSSY, "han": LOSSY, "hangul": LOSSY, "kana": LOSSY, "khmer": LOSSY,
    "thai": LOSSY, "myanmar": LOSSY, "sinhala": VOWELLESS, "ethiopic": ALPHABETIC,
}  # fmt: skip
_LATIN: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ə": "a", "ħ": "h",
     "ŋ": "ng", "ƒ": "f", "ơ": "o", "ư": "u", "ŧ": "t", "ĸ": "k", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ǝ": "e"}
)  # fmt: skip
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})


class _Scripts(dict[str, str]):
    """Remember the script of each letter seen: there are few enough of them."""

    def __missing__(self, letter: str) -> str:
        code = ord(letter)
        found = next((name for start, end, name in _RANGES if start <= code <= end), "other")
        self[letter] = found
        return found


_SCRIPTS: Final = _Scripts()
script_of = _SCRIPTS.__getitem__
"""Return the script of one letter."""


def word_script(word: str) -> str:
    """Return the script of a word: that of its first letter that has one."""
    if word.isascii():
        return "latin"
    for letter in word:
        if letter.isalpha():
            return _SCRIPTS[letter]
    return "other"


def loss_of(script: str) -> int:
    """Return what words in a script leave out."""
    return _LOSS.get(script, ALPHABETIC)


def fold_latin(word: str) -> str:
    """Return a Latin word without accents, in a to z and digits."""
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word.translate(_LATIN))
    return "".join([c for c in plain if c.isascii() and c.isalnum()])


def _plain(word: str) -> tuple[str, ...]:
    reading = anyascii(word).lower()
    if not reading.isalnum():
        reading = "".join([c for c in reading if c.isalnum()])
    return (reading,) if reading else ()


@lru_cache(maxsize=8192)
def read_word(word: str) -> tuple[str, ...]:
    """Return the readings of one casefolded word in Latin letters, the likeliest first; empty if it has none."""
    if word.isascii():
        return (word,)
    script = word_script(word)
    if script == "latin":
        if not _CYRILLIC.isdisjoint(word):
            return _mixed(word, _cyrillic_letters(word))
        folded = fold_latin(word)
        return (folded,) if folded else _plain(word)
    if script == "cyrillic":
        if not _CYRILLIC.issuperset(word):
            cyrillic = _cyrillic_letters(word)
            if cyrillic < sum(map(str.isalpha, word)):
                return _mixed(word, cyrillic)
        return read_cyrillic(word) or _plain(word)
    if script == "arabic":
        return read_arabic(word) or _plain(word)
    if script == "hebrew":
        return read_hebrew(word) or _plain(word)
    if script in ("indic", "tamil"):
        return read_indic(word) or _plain(word)
    if script == "greek":
        return read_greek(unicodedata.normalize("NFC", _without_marks(word))) or _plain(word)
    if script == "kana":
        return read_kana(word) or _plain(word)
    if script == "hangul":
        return read_hangul(word) or _plain(word)
    return _plain(word)


_CYRILLIC: Final = frozenset(map(chr, range(0x0400, 0x0530)))


def _cyrillic_letters(word: str) -> int:
    return sum([letter in _CYRILLIC for letter in word])


def _mixed(word: str, cyrillic: int) -> tuple[str, ...]:
    """Read a word that mixes Latin and Cyrillic letters as what most of its letters are."""
    if 2 * cyrillic >= sum(map(str.isalpha, word)):
        return read_cyrillic(make_cyrillic(word))
    return (fold_latin(undo_lookalikes(word)),)


def _without_marks(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
