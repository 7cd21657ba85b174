"""Read names in Han characters and kana: family name apart from given name, and the ways each community reads them.

The tables hold common family names and the syllables that recur in given names, as a reader of names knows them.
"""

from __future__ import annotations

from functools import lru_cache

from anyascii import anyascii

from parties.matching.han_names import COMPOUND, FAMILY, JAPANESE, TRADITIONAL
from parties.matching.han_readings import CANTONESE, HOKKIEN, HOKKIEN_FAMILY, KOREAN, korean_spellings


@lru_cache(maxsize=8192)
def _pinyin(letter: str) -> str:
    return anyascii(letter).lower()


def _joined(word: str, table: dict[str, str]) -> str:
    """Return the reading of all characters by one community's table, empty if it lacks one of them."""
    sounds = [table.get(letter) or table.get(TRADITIONAL.get(letter, letter)) for letter in word]
    return _apart([sound for sound in sounds if sound]) if all(sounds) else ""


def _apart(sounds: list[str]) -> str:
    """Join syllables, with an apostrophe where two letters would else be read as one: ``ming'hao``."""
    return "".join("'" + sound if place and sound[:1] == "h" else sound for place, sound in enumerate(sounds))


def given_readings(word: str) -> tuple[str, ...]:
    """Return the readings of a given name: Mandarin, then those whose tables know every character."""
    mandarin = _apart([_pinyin(letter) for letter in word])
    korean = _joined(word, KOREAN)
    found = [mandarin, JAPANESE.get(word, ""), _joined(word, CANTONESE), _joined(word, HOKKIEN)]
    if korean:
        found[2:2] = korean_spellings(korean)
    return tuple(dict.fromkeys(reading for reading in found if reading))


def family_readings(word: str) -> tuple[str, ...]:
    """Return the readings of a family name."""
    plain = TRADITIONAL.get(word, word)
    mandarin = "".join(_pinyin(letter) for letter in word)
    others = [table.get(word, "") or table.get(plain, "") for table in (CANTONESE, KOREAN)] if len(word) == 1 else []
    found = (
        mandarin,
        *FAMILY.get(plain, ()),
        *HOKKIEN_FAMILY.get(plain, ()),
        *filter(None, (JAPANESE.get(word), *others)),
    )
    return tuple(dict.fromkeys(found))


def split_han(word: str) -> list[list[tuple[str, ...]]]:
    """Return the ways to cut one run of Han characters into parts; each part is a tuple of readings."""
    ways: list[list[tuple[str, ...]]] = []
    size = len(word)
    if size == 1:
        return [[family_readings(word)]]
    if word[:2] in COMPOUND and size > 2:
        ways.append([family_readings(word[:2]), given_readings(word[2:])])
    elif size <= 4:
        ways.append([family_readings(word[0]), given_readings(word[1:])])
    else:
        ways.append([given_readings(word)])
    if size in (2, 3) and word not in JAPANESE and word[0] not in FAMILY and TRADITIONAL.get(word[0]) not in FAMILY:
        ways.append([given_readings(word)])
    if word in JAPANESE:
        ways.insert(0, [(JAPANESE[word],)])
    for cut in (2, 1, 3):
        if size > cut and word[:cut] in JAPANESE and size - cut <= 3:
            ways.append([(JAPANESE[word[:cut]],), given_readings(word[cut:])])
            break
    return [[part for part in way if any(part)] for way in ways]
