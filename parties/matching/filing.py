"""File a name under keys and ask for it under keys, so that a database finds likely names. Pure.

A word is filed under its consonant skeleton (``.``), the skeleton with one consonant left out (``-``), its coarser
class (``~``) and its sound or its beginning where there are few consonants (``=``, ``^``). Two words of a name are
filed together as well (``+``), and all of its words (``!``), so that names made only of common words meet through few
rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import combinations, islice, pairwise, product
from typing import Final, NamedTuple
from zlib import crc32

from parties.matching.keys import coarse
from parties.matching.normalise import Reading, Token, read_name
from parties.matching.wordtoken import Form

MOST_PAIRED: Final = 5
"""Words of a name that are filed in pairs: the first ones."""
LONG: Final = 4
"""Consonants from which on a word is also filed with one of them left out."""
SYLLABLE: Final = 6
"""Letters up to which two neighbours may be one given name written apart, as Korean and Chinese ones are."""
SYLLABLES: Final = (3, 4)
"""Words of a name in which neighbours may be such a name: family and given name, and one of another language."""
_SYLLABLE: Final = re.compile(r"[^aeiouy]{0,4}[aeiouyw]{1,4}[^aeiouy]{0,2}")
MOST_CLASSES: Final = 5
MOST_WAYS: Final = 10
"""Readings of one word, and ways to say a name, that are kept where a script leaves open how it is read."""
MOST_SKETCH: Final = 400
_LEADING_ZEROS: Final = re.compile(r"(?<![0-9])0+(?=[0-9])")
EXACT: Final = 0.8
CLASS: Final = 0.5
SOUND: Final = 0.8
START: Final = 0.35
LESS: Final = 0.35
MORE: Final = 0.35
TWICE: Final = 0.25
JOINED: Final = 0.5
JOINED_CLASS: Final = 0.4
PAIR: Final = 0.9
WHOLE: Final = 0.9


KINDS: Final[tuple[str, ...]] = ("person", "organisation")
"""The kinds of names, which are filed apart."""


class Filing(NamedTuple):
    """Hold what is stored of a name: its keys, and how its words sound."""

    keys: tuple[str, ...]
    sketch: str


def key_number(key: str, collection: int, kind: str = "") -> int:
    """Return a key as a signed 32-bit number; another one for each collection and kind of names."""
    return crc32(key.encode(), (2 * collection + (kind == "person")) * 0x9E3779B1 & 0xFFFFFFFF) - 0x80000000


def word_key(token: Token) -> str:
    """Return the key under which a word's occurrences are counted."""
    return "." + token.skeleton if len(token.skeleton) > 2 else "=" + token.sound


def word_numbers(names: Iterable[tuple[str, str]], collections: Sequence[int], kind: str) -> dict[str, list[int]]:
    """Return under which numbers the words of these names (text, kind) are counted among each collection's of a kind.

    The words go by their keys (``Token.key``).
    """
    found: dict[str, list[int]] = {}
    for text, of_kind in names:
        for reading in read_name(text, of_kind):
            for token in reading.tokens:
                if token.key not in found:
                    key = word_key(token)
                    found[token.key] = [key_number(key, collection, kind) for collection in collections]
    return found


def _classed(token: Token) -> list[Form]:
    """Return the readings of a word that differ in their classes."""
    if len(token.base) == 1:
        return [token.base[0]]
    found: dict[str, Form] = {}
    for form in token.base:
        found.setdefault(_part(form[0], form[2]), form)
    return list(islice(found.values(), MOST_CLASSES))


def _part(sound: str, shape: str) -> str:
    return shape if len(shape) > 1 else sound


def _parts(token: Token, abroad: bool = False) -> list[str]:
    """Return by what a word is known in a pair; ``abroad`` by what its spelling may stand for in another script too."""
    forms = [*_classed(token), *(token.forms[len(token.base) :] if abroad else ())]
    return list(dict.fromkeys(_part(sound, shape) for sound, _bones, shape in forms))


def _paired(left: Iterable[str], right: Iterable[str]) -> Iterable[str]:
    return ("+" + "+".join(sorted(pair)) for pair in product(left, right))


def _without_one(bones: str) -> Iterable[str]:
    return {bones[:place] + bones[place + 1 :] for place in range(len(bones))}


def _token_keys(token: Token) -> dict[str, float]:
    """Return the keys a word is filed under, each with what meeting there is worth."""
    if token.number or token.initial:
        return {"=" + token.text: 0.5}
    keys: dict[str, float] = {}
    for sound, bones, shape in token.forms:
        if len(shape) > 1:
            keys["~" + shape] = CLASS
        if len(bones) < 3:
            keys["=" + sound] = SOUND
    for sound, bones, _shape in token.base:
        if len(bones) >= LONG:
            for less in _without_one(bones):
                keys["-" + less] = TWICE
        elif len(sound) > 3:
            keys["^" + sound[:4]] = START
        if len(bones) > 1:
            keys["." + bones] = EXACT
    keys[word_key(token)] = EXACT
    return keys


def _asking_keys(token: Token) -> dict[str, float]:
    """Return more keys to ask for: names whose word has one consonant more, or one less."""
    keys: dict[str, float] = {}
    if token.number or token.initial:
        return keys
    for _sound, bones, _shape in token.base:
        if len(bones) >= LONG - 1:
            keys["-" + bones] = MORE
        if len(bones) >= LONG:
            for less in _without_one(bones):
                keys["." + less] = LESS
    return keys


def _pairs(tokens: tuple[Token, ...], abroad: bool = False) -> Iterable[tuple[str, dict[str, float]]]:
    """Yield for two words the keys of both together, in any order, and for two neighbours those of both as one.

    ``abroad`` adds what Latin spellings may stand for in another script, as is done for what is asked.
    """
    words = [token for token in tokens if not token.initial]
    known = [_parts(token, abroad) for token in words[:MOST_PAIRED]]
    for (first, left), (second, right) in combinations(enumerate(known), 2):
        yield _both(words[first], words[second]), dict.fromkeys(_paired(left, right), PAIR)
    for place, (first_word, second_word) in enumerate(pairwise(words)):
        sound, bones = first_word.sound + second_word.sound, first_word.skeleton + second_word.skeleton
        shape = coarse(first_word.coarse + second_word.coarse)
        keys: dict[str, float] = {}
        if 2 < len(bones) < 12:
            keys["." + bones] = JOINED
        if 2 < len(shape) < 12:
            keys["~" + shape] = JOINED_CLASS
        if len(words) in SYLLABLES and (abroad or max(len(first_word.sound), len(second_word.sound)) < SYLLABLE):
            for other, parts in enumerate(known):
                if other not in (place, place + 1):
                    keys.update(dict.fromkeys(_paired([_part(sound, shape)], parts), PAIR))
            if len(bones) < 3:
                keys["=" + sound] = JOINED
        yield _both(first_word, second_word), keys


def _both(first: Token, second: Token) -> str:
    return "+".join(sorted((first.text, second.text)))


def _whole_keys(readings: tuple[Reading, ...]) -> Iterable[str]:
    return ("!" + shape for _said, shape in ways_of(readings))


def _merge(keys: dict[str, float], more: dict[str, float]) -> None:
    for key, worth in more.items():
        if worth > keys.get(key, 0.0):
            keys[key] = worth


def filing_of(name: str, kind: str) -> Filing | None:
    """Return what is stored of a name in every reading; nothing for one that cannot be read."""
    readings = read_name(name, kind)
    if not readings:
        return None
    keys: dict[str, float] = {}
    for reading in readings:
        for _both_words, found in _pairs(reading.tokens):
            keys.update(found)
        for token in reading.tokens:
            keys.update(_token_keys(token))
    keys.update(dict.fromkeys(_whole_keys(readings), WHOLE))
    return Filing(tuple(keys), sketch_of(readings))


def asked_keys(readings: tuple[Reading, ...]) -> dict[str, dict[str, float]]:
    """Return the keys that a query asks for, each with what meeting there is worth, by what they tell of.

    All keys of one word, of two words, and of the whole name tell the same thing: only the best of them counts.
    """
    found: dict[str, dict[str, float]] = {}
    for reading in readings:
        for both, keys in _pairs(reading.tokens, abroad=True):
            _merge(found.setdefault(both, {}), keys)
        for token in reading.tokens:
            told = found.setdefault(token.text, {})
            _merge(told, _token_keys(token))
            _merge(told, _asking_keys(token))
    found["!"] = dict.fromkeys(_whole_keys(readings), WHOLE)
    return found


def number_filed(number: str) -> str:
    """Return the key an identifier is filed under: without blanks, signs and leading zeros."""
    folded = unicodedata.normalize("NFKC", number).upper()
    digits = "".join(str(unicodedata.digit(ch)) if ch.isdigit() and not ch.isascii() else ch for ch in folded)
    return "#" + _LEADING_ZEROS.sub("", "".join(ch for ch in digits if ch.isalnum()))


def sketch_of(readings: tuple[Reading, ...]) -> str:
    """Return how a name sounds: the sounds of its words in alphabetical order, for each way to say it."""
    sketch = ""
    for said in sounds_of(readings):
        if len(sketch) + len(said) + 1 > MOST_SKETCH:
            break
        sketch += f"|{said}" if sketch else said
    return sketch or said_of(readings[0])[:MOST_SKETCH]


def sounds_of(readings: tuple[Reading, ...]) -> list[str]:
    """Return how a name may sound, the likeliest first."""
    return list(dict.fromkeys(said for said, _shape in ways_of(readings)))


def ways_of(readings: tuple[Reading, ...]) -> list[tuple[str, str]]:
    """Return the ways to say a name, the likeliest first: sounds and classes of its words, in alphabetical order."""
    ways = [(said_of(reading), shape_of(reading)) for reading in readings[:3]]
    for reading in readings[:2]:
        if not reading.loss:
            ways += _as_one(reading.tokens)
        if all(len(token.base) == 1 for token in reading.tokens):
            continue
        choices = [list(enumerate(_classed(token))) for token in reading.tokens[:MOST_PAIRED]]
        for way in sorted(islice(product(*choices), 60), key=lambda way: sum(place for place, _form in way)):
            forms = [form for _place, form in way]
            ways.append((
                " ".join(sorted(sound for sound, _bones, _shape in forms)),
                " ".join(sorted(shape or sound for sound, _bones, shape in forms)),
            ))  # fmt: skip
    return list(dict.fromkeys(ways))[:MOST_WAYS]


def _as_one(tokens: tuple[Token, ...]) -> list[tuple[str, str]]:
    """Return the ways to say a name with two neighbours as one, where they may be the syllables of a given name."""
    if len(tokens) not in SYLLABLES:
        return []
    ways = []
    for place, (first, second) in enumerate(pairwise(tokens)):
        if _SYLLABLE.fullmatch(first.text) and _SYLLABLE.fullmatch(second.text):
            rest = tokens[:place] + tokens[place + 2 :]
            sound, shape = first.sound + second.sound, coarse(first.coarse + second.coarse)
            ways.append((
                " ".join(sorted([sound, *(token.sound for token in rest)])),
                " ".join(sorted([shape or sound, *(token.coarse or token.sound for token in rest)])),
            ))  # fmt: skip
    return ways


def said_of(reading: Reading) -> str:
    """Return the sounds of a name's words in alphabetical order."""
    return " ".join(sorted(token.sound for token in reading.tokens))


def shape_of(reading: Reading) -> str:
    """Return the consonant classes of a name's words in alphabetical order."""
    return " ".join(sorted(token.coarse or token.sound for token in reading.tokens))
