# ruff: noqa: E501 (patterns of name endings stay on their lines)
"""One word of a name: what it is, how it reads in Latin letters, and the forms in which it is compared.

Most names are made of words seen before, so each word is looked at once and remembered, with marks that say whether a
name that holds it needs more than splitting at blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import Final, TypeVar

from parties.matching import tokens as words
from parties.matching.keys import coarse, foreign_spellings, phonetic, skeleton
from parties.matching.legal_forms import apart, may_start_form
from parties.matching.scripts import ALPHABETIC, fold_latin, loss_of, read_word, word_script

Form = tuple[str, str, str]
"""How a word sounds, its consonants, and its consonant classes."""

_ARTICLE: Final = re.compile(r"[ae]l[bcdfghjkmnqrstz][a-z]{3}")
_PATRONYMIC: Final = (
    "ovich", "evich", "ivich", "ovych", "evych", "yovych", "ovna", "evna", "ivna", "ichna", "inichna", "ovic", "evic",
    "avich", "auna", "eyevna", "ovits",
)  # fmt: skip
_PATRONYMIC_ENDS: Final = "achs"
_MOST_READINGS: Final = 9
_LETTERS: Final = {letter: 1 << place for place, letter in enumerate("kspltmnhwjcgxzbfvdr")}
_FOREIGN: Final = _LETTERS["s"] | _LETTERS["k"]
_H: Final = _LETTERS["h"]
_MANY: Final = (1 << len(_LETTERS)) - 1


MOST_WORDS: Final = 12_000
"""What is remembered of words is forgotten beyond this many; a hot word is soon seen again."""


class _Classes(dict[str, str]):
    """Remember the consonant classes of each skeleton: words share few of them."""

    def __missing__(self, bones: str) -> str:
        if len(self) >= MOST_WORDS:
            self.clear()
        found = self[bones] = coarse(bones)
        return found


_CLASSES: Final = _Classes()


def form_of(reading: str) -> Form:
    """Return the three comparable forms of a romanised word."""
    sound = phonetic(reading)
    bones = skeleton(sound)
    return sound, bones, _CLASSES[bones]


_SERIALS: Final = count(1)


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
        self.sound, bones, shape = base[0]
        self.skeleton = bones
        self.coarse = shape
        self.loss = ALPHABETIC if script == "latin" else loss_of(script)
        self.initial = len(text) == 1
        self.number = sort == "number"
        self.shortest = self.longest = length = len(bones)
        self.key = bones if length > 2 else self.sound
        self.letters, self.firsts, self.span, self.spare, self.variety = _BITS[shape]
        self.single = True
        self.marks = self.letters | _H if "h" in bones else self.letters
        self._forms: tuple[Form, ...] | None = base
        if len(base) > 1:
            self._read_otherwise()
        self.span_abroad = self.span
        if foreign:
            self._spell_abroad()
        self.prior: float | None = None
        self.serial = next(_SERIALS)

    def _read_otherwise(self) -> None:
        """Widen what bounds a likeness by the readings after the first."""
        self.single = False
        for _sound, more, shape in self.base[1:]:
            self.shortest = min(self.shortest, len(more))
            self.longest = max(self.longest, len(more))
            letters, first, span, spare, _variety = _BITS[shape]
            self.letters |= letters
            self.firsts |= first
            self.span = min(self.span, span)
            self.spare = max(self.spare, spare)
            self.marks |= letters | _H if "h" in more else letters
        self.variety = self.letters.bit_count()

    def _spell_abroad(self) -> None:
        """Widen what bounds a likeness by what a Latin spelling may stand for in another script."""
        text = self.text
        if "g" in text or "j" in text or "ch" in text:
            self.letters |= _FOREIGN
            self.marks |= _FOREIGN
            self.firsts |= _FOREIGN
            self.variety = self.letters.bit_count()
            self.single = False
            self._forms = None
        if "r" in text:
            self.span_abroad = self.span - text.count("r")
            self.single = False
            self._forms = None

    @property
    def forms(self) -> tuple[Form, ...]:
        """Return all forms, those that only count across scripts included."""
        if self._forms is None:
            more = [form for form in map(form_of, foreign_spellings(self.text)) if form not in self.base]
            self._forms = (*self.base, *more)
        return self._forms

    def __repr__(self) -> str:
        return f"Token({self.text!r}, {self.sort})"


class _Bits(dict[str, tuple[int, int, int, int, int]]):
    """Remember which consonant classes occur in a shape and which comes first, as bits (all where there is none); how
    many there are; how many repeat; how many there are of different ones.
    """

    def __missing__(self, shape: str) -> tuple[int, int, int, int, int]:
        if len(self) >= MOST_WORDS:
            self.clear()
        found = _MANY, _MANY, 0, 0, _MANY.bit_count()
        if shape:
            bits = 0
            for letter in shape:
                bits |= _LETTERS.get(letter, _MANY)
            variety = bits.bit_count()
            found = bits, _LETTERS.get(shape[0], _MANY), len(shape), max(0, len(shape) - variety), variety
        self[shape] = found
        return found


_BITS: Final = _Bits()


def build_token(readings: tuple[str, ...], script: str, kind: str) -> Token:
    """Build the token of a word from its readings."""
    reading = readings[0]
    forms = [form_of(reading)]
    if len(readings) > 1:
        forms = list(dict.fromkeys(map(form_of, readings[:_MOST_READINGS])))
    first = reading.replace("'", "")
    if "w" in reading and "w" in reading[1:] and script in ("latin", "cyrillic"):
        forms.append(form_of(reading.replace("w", "v")))
    if first[1:2] == "l" and _ARTICLE.match(first):
        forms.append(form_of(first[2:]))
    sort = "word"
    if first.isdigit():
        sort = "number"
    elif first in words.WEAK:
        sort = "weak"
    elif kind == "person" and first[-1:] in _PATRONYMIC_ENDS and first.endswith(_PATRONYMIC):
        sort = "patronymic"
    return Token(first, tuple(forms), script, sort, script == "latin" and len(first) > 2)


make_token = lru_cache(maxsize=8_192)(build_token)
"""Build a token that several words share, as the spellings of one name do."""

_NUMBERS: Final = words.ROMAN_NUMERALS | words.NUMBER_WORDS
_LATIN_KNOWN: Final = {
    "person": words.SPELLINGS,
    "organisation": _NUMBERS | {s: form for s, form in words.SPELLINGS.items() if len(s) > 2} | words.ABBREVIATIONS,
}
"""The form of a word in plain Latin letters, by the kind of name it stands in."""


def _tokenise(word: str, kind: str) -> Token | None:
    if word.isascii():
        known = _LATIN_KNOWN[kind].get(word)
        if known:
            return make_token((known,), "latin", kind)
        nick = words.NICKNAMES.get(word) if kind == "person" else None
        return build_token((word, nick) if nick else (word,), "latin", kind)
    return _tokenise_other(word, kind)


def _tokenise_other(word: str, kind: str) -> Token | None:
    """Return the token of a word that is not in plain Latin letters."""
    script = word_script(word)
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
            or _NUMBERS.get(first)
        )
    elif not known and script == "latin":
        nick = words.NICKNAMES.get(first)
        if nick:
            readings = (first, nick)
    return make_token((known,), "latin", kind) if known else build_token(readings, script, kind)


ABD_WORDS: Final = frozenset(
    [
        "abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdur", "abdu", "abdus", "عبد", "абд", "абдул",
        "আব্দুল", "আবদুল", "আব্দুর", "আবদুর", "আব্দুস", "আবদুস", "अब्दुल", "अब्दुर", "ಅಬ್ದುಲ್", "అబ్దుల్", "അബ്ദുൽ", "அப்துல்", "අබ්දුල්",
    ]
)  # fmt: skip
DIN_WORDS: Final = frozenset(
    [
        "din", "deen", "dine", "dien", "eddine", "eddin", "uddin", "ud-din", "addin", "aldin", "ed-dine", "eldin", "eldeen",
        "দ্দিন", "উদ্দিন", "উদ্দীন", "الدين", "الدین", "دين", "دین",
    ]
)  # fmt: skip
ALLAH_WORDS: Final = frozenset(["ullah", "allah", "ulla", "oullah", "উল্লাহ", "উল্লা", "الله", "اللہ"])
DIN_ENDING: Final = re.compile(r"(?<=[a-z]{3})[aeiou]?d?-?d(?:i|ee|y)n[e]?$")
_DIN_ENDS: Final = ("in", "ne", "en", "yn")
EAST_ASIAN: Final = ("han", "hangul", "kana")
GENERIC: Final = words.ORGANISATIONS_COMMON | words.COUNTRY_WORDS | words.TRADE_WORDS
"""Words of organisations that say what many are or where, and not which one it is."""


ALONE: Final = 0
DROPPED: Final = 1
CAREFUL: Final = 2
"""A word that is taken as it is wherever it stands; a title or particle of a person's name; one that needs more care."""


_CARE: Final = {
    "organisation": dict.fromkeys(words.PARTICLES | words.HEADS, CAREFUL),
    "person": dict.fromkeys(words.PARTICLES | words.TITLES, DROPPED)
    | dict.fromkeys(ABD_WORDS | DIN_WORDS | ALLAH_WORDS, CAREFUL),
}


def _care(word: str, kind: str) -> int:
    """Return how much care a word needs, so that a name of words that stand alone is read by looking them up."""
    found = _CARE[kind].get(word)
    if found:
        return found
    if not word.isascii() and word_script(word) in EAST_ASIAN:
        return CAREFUL
    if kind == "organisation":
        return ALONE if len(word) > 1 and not may_start_form(word) and len(apart(word)) == 1 else CAREFUL
    if len(word) > 6 and word.startswith(("abd", "عبدال")):
        return CAREFUL
    if word[-2:] in _DIN_ENDS and word.isascii() and DIN_ENDING.search(word):
        return CAREFUL
    return ALONE


_Value = TypeVar("_Value")


class _Words(dict[str, _Value]):
    """Remember what each word of names of one kind is, and forget all when there are too many."""

    def __init__(self, ask: Callable[[str, str], _Value], kind: str) -> None:
        super().__init__()
        self.ask, self.kind = ask, kind

    def __missing__(self, word: str) -> _Value:
        if len(self) >= MOST_WORDS:
            self.clear()
        found = self[word] = self.ask(word, self.kind)
        return found


_KINDS: Final = ("person", "organisation")
TOKENS: Final = {kind: _Words(_tokenise, kind) for kind in _KINDS}
"""The token of each casefolded word, by the kind of name: None for a word without letters or digits."""
CARE: Final = {kind: _Words(_care, kind) for kind in _KINDS}
"""The care that each casefolded word needs, by the kind of name."""


def word_token(word: str, kind: str) -> Token | None:
    """Return the token of one casefolded word, None for one without letters or digits."""
    return TOKENS[kind][word]
