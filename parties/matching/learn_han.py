# ruff: noqa: SIM905 (tables of letters stay on their lines)
"""Make the tables of Korean and Cantonese readings: ``python -m parties.matching.learn_han FOLDER``, for
``han_characters.py``.

The folder holds the Unihan database (Unihan_Readings.txt, Unihan_Variants.txt, Unihan_OtherMappings.txt), as in
Debian's package unicode-data. Korean syllables are spelt letter by letter, Cantonese ones as Hong Kong spells names.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

Database = dict[str, dict[str, str]]
_WIDTH = 150
_HEAD = '''# ruff: noqa: E501 (tables of letters stay on their lines)
"""How Korean and Cantonese read characters: a syllable, then its characters. Made by ``learn_han``; do not edit.

Derived, with changes, from the Unihan database of Unicode 15.0.0 (kHangul, kCantonese, variants of characters): the
characters of KS X 1001 and the first level of Big5, with their simplified forms. Copyright 1991-2022 Unicode, Inc.;
used under the Unicode License, whose notice stands in ``han_characters.license.txt``.
"""
'''

_INITIALS = {
    "b": "p", "d": "t", "g": "k", "gw": "kw", "z": "ch", "c": "ch", "j": "y",
}  # fmt: skip
"""How Hong Kong spells a first consonant that Jyutping writes otherwise."""
_FINALS = {
    "aa": "a", "aai": "ai", "aau": "au", "aam": "am", "aan": "an", "aang": "ang", "aap": "ap", "aat": "at", "aak": "ak",
    "ou": "o", "oe": "eu", "oeng": "eung", "oek": "euk", "oet": "eut", "eoi": "ui", "eon": "un", "eot": "ut", "yu": "u",
    "yun": "uen", "yut": "uet",
}  # fmt: skip
_CONSONANTS = ("ng", "gw", "kw", *"bpmfdtnlgkhwzcsj")
_HUSHED = ("i", "ing", "ek", "eng", "eung", "un", "ui", "u", "ik", "euk")
"""Finals before which an s is spelt sh: Shek, Shing, Sheung."""


_FIRST = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_MIDDLE = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_LAST = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p -".replace("-", "").split(" ")


def transcribe(hangul: str) -> str:
    """Return a syllable of Hangul in the letters of the revised spelling of Korean."""
    code = ord(hangul) - 0xAC00
    return _FIRST[code // 588] + _MIDDLE[code % 588 // 28] + _LAST[code % 28]


def cantonese(syllable: str) -> str:
    """Return a syllable of Jyutping, tone and all, as Hong Kong spells it in names: ``zoeng1`` becomes ``cheung``."""
    plain = syllable.rstrip("123456")
    initial = next((c for c in _CONSONANTS if plain.startswith(c) and plain != c), "")
    rest = plain[len(initial) :]
    final = _FINALS.get(rest, rest)
    if initial == "s" and final in _HUSHED:
        return "sh" + final
    if initial == "j" and rest.startswith("yu"):  # jyun is yuen
        return "y" + final
    return _INITIALS.get(initial, initial) + final


def korean(readings: str) -> str:
    """Return the reading that is taught at school, else that of names, of a field such as ``금:0E 김:0N``."""
    found = [reading.split(":") for reading in readings.split()]
    found.sort(key=lambda item: ("E" not in item[1], "N" not in item[1]))
    return transcribe(found[0][0])


def load(folder: Path) -> Database:
    """Return the fields of each character."""
    found: Database = defaultdict(dict)
    for name in ("Readings", "Variants", "OtherMappings"):
        for line in (folder / f"Unihan_{name}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("U+"):
                code, field, value = line.split("\t")
                found[chr(int(code[2:], 16))][field] = value
    return found


def _simplified(fields: dict[str, str], unihan: Database) -> Iterator[str]:
    for code in fields.get("kSimplifiedVariant", "").split():
        letter = chr(int(code[2:], 16))
        if "kGB0" in unihan.get(letter, {}):
            yield letter


def table(unihan: Database, chosen: Iterable[tuple[str, str]]) -> str:
    """Return lines of syllables, each before its characters; simplified forms are read as what they stand for."""
    own = dict(chosen)
    read = dict(own)
    for letter, sound in own.items():
        for plain in _simplified(unihan[letter], unihan):
            read.setdefault(plain, sound)
    rows: dict[str, list[str]] = defaultdict(list)
    for letter, sound in read.items():
        rows[sound].append(letter)
    lines, line = [], ""
    for sound in sorted(rows):
        word = sound + "".join(sorted(rows[sound]))
        if line and len(line) + len(word) > _WIDTH:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def main(folder: Path) -> None:
    """Print the module."""
    unihan = load(folder)
    in_use = {
        letter: fields
        for letter, fields in unihan.items()
        if "kKSC0" in fields or "A440" <= fields.get("kBigFive", "") < "C900"
    }
    in_korea = ((letter, korean(f["kHangul"])) for letter, f in in_use.items() if "kHangul" in f)
    in_hong_kong = ((letter, cantonese(f["kCantonese"])) for letter, f in in_use.items() if "kCantonese" in f)
    out = [_HEAD, 'KOREAN = """', table(unihan, in_korea), '"""', 'CANTONESE = """', table(unihan, in_hong_kong), '"""']
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
