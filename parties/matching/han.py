"""Read names in Han characters and kana: family name apart from given name, and the ways each community reads them.

The tables hold common family names and the syllables that recur in given names, as a reader of names knows them, and
for all other characters what a dictionary says.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from anyascii import anyascii

from parties.matching import han_characters as characters
from parties.matching.han_foreign import SERVANT, foreign_name, foreign_parts
from parties.matching.han_names import COMPOUND, FAMILY, JAPANESE, TRADITIONAL
from parties.matching.han_readings import CANTONESE, HOKKIEN, HOKKIEN_FAMILY, KOREAN, by_letter, korean_spellings

_WADE: Final = (("zh", "ch"), ("q", "ch"), ("x", "hs"), ("ch", "ch"), ("c", "ts"))


@cache
def _table(community: str) -> dict[str, str]:
    """Return the readings of one community, made when the first name in Han characters is read."""
    if community == "korean":
        return by_letter(characters.KOREAN) | KOREAN
    return by_letter(characters.CANTONESE) | CANTONESE


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


def _as_in_taiwan(syllable: str) -> str:
    """Return a syllable of pinyin with the letters that another spelling of Mandarin has for it: ``hs`` for ``x``."""
    for letter, other in _WADE:
        if syllable.startswith(letter):
            return other + syllable[len(letter) :]
    return syllable


def given_readings(word: str) -> tuple[str, ...]:
    """Return the readings of a given name: Mandarin, then those whose tables know every character."""
    syllables = [_pinyin(letter) for letter in word]
    korean = _joined(word, _table("korean"))
    found = [_apart(syllables), JAPANESE.get(word, ""), _joined(word, _table("cantonese")), _joined(word, HOKKIEN)]
    if korean:
        found[2:2] = korean_spellings(korean)
    found.append(_apart([_as_in_taiwan(syllable) for syllable in syllables]))
    return tuple(dict.fromkeys(reading for reading in found if reading))


def family_readings(word: str) -> tuple[str, ...]:
    """Return the readings of a family name."""
    plain = TRADITIONAL.get(word, word)
    mandarin = "".join(_pinyin(letter) for letter in word)
    tables = (_table("cantonese"), _table("korean")) if len(word) == 1 else ()
    others = [table.get(word, "") or table.get(plain, "") for table in tables]
    found = (
        mandarin,
        *FAMILY.get(plain, ()),
        *HOKKIEN_FAMILY.get(plain, ()),
        *filter(None, (JAPANESE.get(word), *others)),
    )
    return tuple(dict.fromkeys(found))


def foreign_readings(word: str) -> tuple[str, ...]:
    """Return the readings of a part of a foreign name: what it is known to stand for, then Mandarin."""
    found = (foreign_name(word), _apart([_pinyin(letter) for letter in word]))
    return tuple(dict.fromkeys(reading for reading in found if reading))


def split_han(word: str) -> list[list[tuple[str, ...]]]:
    """Return the ways to cut one run of Han characters into parts; each part is a tuple of readings."""
    size = len(word)
    if size == 1:
        return [[family_readings(word)]]
    parts = foreign_parts(word)
    foreign = [_of_servants(list(map(foreign_readings, parts)))] if len(parts) > 1 or foreign_name(word) else []
    ways = foreign + _japanese(word) + [[given_readings(word)]] if size > _LONGEST else _as_at_home(word) + foreign
    return [[part for part in way if any(part)] for way in ways]


_LONGEST: Final = 4
"""Characters of a name beyond which it is a foreign one."""


def _of_servants(parts: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Join the servant-of names as they are joined in other scripts."""
    out: list[tuple[str, ...]] = []
    for part in parts:
        if out and out[-1][0] == SERVANT:
            out[-1] = tuple("abd" + reading for reading in part)
        else:
            out.append(part)
    return out


def _as_at_home(word: str) -> list[list[tuple[str, ...]]]:
    """Return the ways to cut a name of two to four characters into family and given name."""
    ways: list[list[tuple[str, ...]]] = []
    size = len(word)
    if word[:2] in COMPOUND and size > 2:
        ways.append([family_readings(word[:2]), given_readings(word[2:])])
    else:
        ways.append([family_readings(word[0]), given_readings(word[1:])])
    if size in (2, 3) and word not in JAPANESE and word[0] not in FAMILY and TRADITIONAL.get(word[0]) not in FAMILY:
        ways.append([given_readings(word)])
    if word in JAPANESE:
        ways.insert(0, [(JAPANESE[word],)])
    return ways + _japanese(word)


def _japanese(word: str) -> list[list[tuple[str, ...]]]:
    """Return the way to cut a name after a Japanese family name."""
    for cut in (2, 1, 3):
        if len(word) > cut and word[:cut] in JAPANESE and len(word) - cut <= _MOST_GIVEN:
            return [[(JAPANESE[word[:cut]],), given_readings(word[cut:])]]
    return []


_MOST_GIVEN: Final = 3
"""Characters of a Japanese given name."""
