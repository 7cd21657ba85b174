"""Read names in Han characters and kana: family name apart from given name, and the ways each community reads them.

The tables hold common family names and the syllables that recur in given names, as a reader of names knows them.
"""

from __future__ import annotations

from functools import lru_cache

from anyascii import anyascii

from parties.matching.han_names import CANTONESE_SYLLABLES, COMPOUND, FAMILY, JAPANESE, KOREAN_SYLLABLES, TRADITIONAL


@lru_cache(maxsize=8192)
def _pinyin(letter: str) -> str:
    return anyascii(letter).lower()


def _joined(word: str, table: dict[str, str]) -> str:
    """Return the reading of all characters by one community's table, empty if it lacks one of them."""
    sounds = [table.get(TRADITIONAL.get(letter, letter)) for letter in word]
    return "".join(sound for sound in sounds if sound) if all(sounds) else ""


def given_readings(word: str) -> tuple[str, ...]:
    """Return the readings of a given name: Mandarin, then those whose tables know every character."""
    mandarin = "".join(_pinyin(letter) for letter in word)
    found = (mandarin, JAPANESE.get(word, ""), _joined(word, KOREAN_SYLLABLES), _joined(word, CANTONESE_SYLLABLES))
    return tuple(dict.fromkeys(reading for reading in found if reading))


def family_readings(word: str) -> tuple[str, ...]:
    """Return the readings of a family name."""
    plain = TRADITIONAL.get(word, word)
    mandarin = "".join(_pinyin(letter) for letter in word)
    found = (mandarin, *FAMILY.get(plain, ()), *filter(None, (JAPANESE.get(word),)))
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
    return ways
