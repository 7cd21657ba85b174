"""Fold a name of any script to plain search keys. Pure."""

import re
import unicodedata

from anyascii import anyascii

_WORD = re.compile(r"[a-z0-9]+")
MAX_KEY = 40


def fold(text: str) -> str:
    """Return a name in plain lower-case Latin letters and digits, words separated by single spaces."""
    latin = anyascii(unicodedata.normalize("NFKC", text)).lower().replace("'", "").replace("`", "")
    return " ".join(_WORD.findall(latin))


def search_keys(text: str) -> frozenset[str]:
    """Return the keys under which a name is found: its folded words, and all of them joined."""
    words = fold(text).split()
    joined = "".join(words)
    return frozenset(word[:MAX_KEY] for word in [*words, joined] if word)


def script_of(text: str) -> str:
    """Return the ISO 15924-like script of a name's letters, such as Latn, Arab or Deva; '' without letters."""
    for character in text:
        if character.isalpha():
            name = unicodedata.name(character, "").split(" ")[0]
            return {"CJK": "Hani", "DEVANAGARI": "Deva", "ARABIC": "Arab", "LATIN": "Latn", "BENGALI": "Beng"}.get(
                name, name[:4].capitalize()
            )
    return ""
