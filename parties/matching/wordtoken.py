# ruff: noqa: E501 (patterns of name endings stay on their lines)
"""One word of a name: what it is, how it reads in Latin letters, and the forms in which it is compared.

Most names are made of words seen before, so each word is looked at once and remembered, with marks that say whether a
name that holds it needs more than splitting at blanks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count

from parties.matching import tokens as words
from parties.matching.keys import coarse, foreign_spellings, phonetic, skeleton
from parties.matching.legal_forms import may_start_form
from parties.matching.scripts import fold_latin, loss_of, read_word, word_script

Form = tuple[str, str, str]
"""How a word sounds, its consonants, and its consonant classes."""

_ARTICLE = re.compile(r"[ae]l[bcdfghjkmnqrstz][a-z]{3}")
_FOREIGN_SPELT = re.compile(r"[gjr]|ch")
_PATRONYMIC = (
    "ovich", "evich", "ivich", "ovych", "evych", "yovych", "ovna", "evna", "ivna", "ichna", "inichna", "ovic", "evic",
    "avich", "auna", "eyevna", "ovits",
)  # fmt: skip
_MOST_READINGS = 9
_LETTERS = {letter: 1 << place for place, letter in enumerate("kspltmnhwjcgxzbfvdr")}
_FOREIGN = _LETTERS["s"] | _LETTERS["k"]
_H = _LETTERS["h"]
_MANY = (1 << len(_LETTERS)) - 1


def form_of(reading: str) -> Form:
    """Return the three comparable forms of a romanised word."""
    sound = phonetic(reading)
    bones = skeleton(sound)
    return sound, bones, coarse(bones)


_SERIALS = count(1)


class Token:
    """Hold one word of a name: its romanised text, its forms (sound, skeleton, class), and what sort of word it is.

    ``base`` are the forms compared within one script; ``forms`` add what a Latin spelling may stand for in another.
    ``letters`` are the consonant classes that occur in any form, as bits, and ``firsts`` those that come first.
    ``serial`` is a number that no other token of this process has. What bounds a likeness before it is measured:
    ``marks`` are ``letters`` and h, ``spare`` the most classes that repeat, ``span`` the fewest classes of any form
    (``span_abroad`` of those that count across scripts too).
    """

    __slots__ = (
        "_forms", "base", "coarse", "firsts", "initial", "key", "letters", "longest", "loss", "marks", "number", "prior", "script",
        "serial", "shortest", "single", "skeleton", "sort", "sound", "span", "span_abroad", "spare", "text", "variety",
    )  # fmt: skip

    def __init__(self, text: str, base: tuple[Form, ...], script: str, sort: str, foreign: bool = False) -> None:
        self.text = text
        self.base = base
        self.script = script
        self.sort = sort
        self.sound, bones, self.coarse = base[0]
        self.skeleton = bones
        self.loss = loss_of(script)
        self.initial = len(text) == 1
        self.number = sort == "number"
        self.shortest = self.longest = len(bones)
        self.key = bones if self.longest > 2 else self.sound
        self.letters, self.firsts, self.span, self.spare = _bits(self.coarse)
        heard = "h" in bones
        for _sound, more, shape in base[1:]:
            self.shortest = min(self.shortest, len(more))
            self.longest = max(self.longest, len(more))
            letters, first, span, spare = _bits(shape)
            self.letters |= letters
            self.firsts |= first
            self.span = min(self.span, span)
            self.spare = max(self.spare, spare)
            heard = heard or "h" in more
        if foreign and ("g" in text or "j" in text or "ch" in text):
            self.letters |= _FOREIGN
            self.firsts |= _FOREIGN
        self.variety = self.letters.bit_count()
        self.marks = self.letters | _H if heard else self.letters
        self.span_abroad = self.span - text.count("r") if foreign else self.span
        self._forms = None if foreign else base
        self.single = len(base) == 1 and not (foreign and _FOREIGN_SPELT.search(text))
        self.prior: float | None = None
        self.serial = next(_SERIALS)

    @property
    def forms(self) -> tuple[Form, ...]:
        """Return all forms, those that only count across scripts included."""
        if self._forms is None:
            more = [form for form in map(form_of, foreign_spellings(self.text)) if form not in self.base]
            self._forms = (*self.base, *more)
        return self._forms

    def __repr__(self) -> str:
        return f"Token({self.text!r}, {self.sort})"


@lru_cache(maxsize=8192)
def _bits(shape: str) -> tuple[int, int, int, int]:
    """Return which consonant classes occur and which comes first, as bits (all where there is none); how many; repeats."""
    if not shape:
        return _MANY, _MANY, 0, 0
    bits = 0
    for letter in shape:
        bits |= _LETTERS.get(letter, _MANY)
    return bits, _LETTERS.get(shape[0], _MANY), len(shape), max(0, len(shape) - bits.bit_count())


def build_token(readings: tuple[str, ...], script: str, kind: str) -> Token:
    """Build the token of a word from its readings."""
    reading = readings[0]
    forms = [form_of(reading)]
    if len(readings) > 1:
        forms = list(dict.fromkeys(map(form_of, readings[:_MOST_READINGS])))
    first = reading.replace("'", "")
    if "w" in reading[1:] and script in ("latin", "cyrillic"):
        forms.append(form_of(reading.replace("w", "v")))
    if first[1:2] == "l" and _ARTICLE.match(first):
        forms.append(form_of(first[2:]))
    sort = "word"
    if first.isdigit():
        sort = "number"
    elif first in words.WEAK:
        sort = "weak"
    elif kind == "person" and first.endswith(_PATRONYMIC):
        sort = "patronymic"
    return Token(first, tuple(forms), script, sort, script == "latin" and len(first) > 2)


make_token = lru_cache(maxsize=20_000)(build_token)
"""Build a token that several words share, as the spellings of one name do."""


def _tokenise(word: str, kind: str) -> Token | None:
    script = word_script(word)
    first = word
    readings: tuple[str, ...] = (word,)
    if not word.isascii():
        if script == "indic" and word in words.LETTER_NAMES:
            return make_token((words.LETTER_NAMES[word],), "latin", kind)
        readings = tuple([r for r in map(fold_latin, read_word(word)) if r])
        if not readings:
            return None
        first = readings[0]
    known = words.SPELLINGS.get(word) or words.SPELLINGS.get(first)
    if kind == "organisation":
        known = (
            words.ABBREVIATIONS.get(word)
            or words.ABBREVIATIONS.get(first)
            or (known if known and len(first) > 2 else None)
        )
        known = known or words.NUMBER_WORDS.get(first) or words.ROMAN_NUMERALS.get(first)
    elif not known and script == "latin":
        nick = words.NICKNAMES.get(first)
        if nick:
            readings = (first, nick)
    return make_token((known,), "latin", kind) if known else build_token(readings, script, kind)


@lru_cache(maxsize=50_000)
def word_token(word: str, kind: str) -> Token | None:
    """Return the token of one casefolded word, None for one without letters or digits."""
    return _tokenise(word, kind)


ABD_WORDS = frozenset(
    ["abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdur", "abdu", "abdus", "عبد", "абд", "абдул"]
)
DIN_WORDS = frozenset(
    [
        "din", "deen", "dine", "dien", "eddine", "eddin", "uddin", "ud-din", "addin", "aldin", "ed-dine", "eldin", "eldeen",
        "দ্দিন", "উদ্দিন", "উদ্দীন", "الدين", "الدین", "دين", "دین",
    ]
)  # fmt: skip
ALLAH_WORDS = frozenset(["ullah", "allah", "ulla", "oullah", "উল্লাহ", "উল্লা", "الله", "اللہ"])
DIN_ENDING = re.compile(r"(?<=[a-z]{3})[aeiou]?d?-?d(?:i|ee|y)n[e]?$")
EAST_ASIAN = ("han", "hangul", "kana")
_GENERIC = words.ORGANISATIONS_COMMON | words.COUNTRY_WORDS | words.TRADE_WORDS


@lru_cache(maxsize=50_000)
def stands_alone(word: str, kind: str) -> bool:
    """Tell whether a word is taken as it is wherever it stands, so that a name of such words needs no more care."""
    if word in words.PARTICLES or word_script(word) in EAST_ASIAN:
        return False
    if kind == "organisation":
        return len(word) > 1 and not may_start_form(word)
    if word in words.TITLES or word in ABD_WORDS or word in DIN_WORDS or word in ALLAH_WORDS:
        return False
    if word.startswith(("abd", "عبدال")) and len(word) > 6:
        return False
    return not (word[-2:] in ("in", "ne", "en", "yn") and word.isascii() and DIN_ENDING.search(word))


def is_generic(word: str) -> bool:
    """Tell whether a word of an organisation says what many are or where, and not which one it is."""
    return word in _GENERIC
