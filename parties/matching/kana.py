"""Read kana: small letters change the syllable before them, and a long mark lengthens it."""

from __future__ import annotations

import re

from anyascii import anyascii

_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_PALATAL = re.compile(r"(sh|ch|j)i?y")


def _hiragana(word: str) -> str:
    return "".join(chr(ord(c) - 0x60) if 0x30A1 <= ord(c) <= 0x30F6 else c for c in word)


def read_kana(word: str) -> tuple[str, ...]:
    """Return the reading of one word in hiragana or katakana."""
    out = ""
    for letter in _hiragana(word):
        if letter in "ーっ・":
            continue
        if letter in _SMALL and out:
            vowel = _SMALL[letter]
            out = (out[:-1] + vowel) if out[-1] in "aiueo" else out + vowel
            continue
        out += "".join(c for c in anyascii(letter).lower() if c.isalnum())
    out = _PALATAL.sub(r"\1", out)
    return (out,) if out else ()
