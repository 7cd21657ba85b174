# ruff: noqa: E501 (patterns of name endings stay on their lines)
"""Turn a name as written into comparable tokens, in every reading it has."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from parties.matching import tokens as words
from parties.matching.han import split_han
from parties.matching.hangul import FAMILY as HANGUL_FAMILY
from parties.matching.hangul import read_hangul
from parties.matching.keys import coarse, foreign_spellings, phonetic, skeleton
from parties.matching.legal_forms import split_legal_forms
from parties.matching.scripts import LOSSY, fold_latin, loss_of, read_word, script_of, word_script

MAX_LENGTH = 300
"""Characters of a name that are read; longer ones are cut."""
MAX_TOKENS = 14
_MAX_READINGS = 4


Form = tuple[str, str, str]
"""How a word sounds, its consonants, and its consonant classes."""


class Token:
    """Hold one word of a name: its romanised text, its forms (sound, skeleton, class), and what sort of word it is."""

    __slots__ = (
        "base", "coarse", "firsts", "forms", "initial", "key", "longest", "loss", "number", "script", "shortest", "skeleton",
        "sort", "sound", "text",
    )  # fmt: skip

    def __init__(self, text: str, forms: tuple[Form, ...], script: str, sort: str, base: int = 0) -> None:
        self.text = text
        self.forms = forms
        self.base = forms[: base or len(forms)]
        self.script = script
        self.firsts = frozenset(form[2][:1] for form in forms)
        self.shortest = min(len(form[1]) for form in forms)
        self.longest = max(len(form[1]) for form in forms)
        self.sound, self.skeleton, self.coarse = forms[0]
        self.loss = loss_of(script)
        self.sort = sort
        self.initial = len(text) == 1
        self.number = text.isdigit()
        self.key = self.skeleton if len(self.skeleton) > 2 else self.sound

    def __repr__(self) -> str:
        return f"Token({self.text!r}, {self.sort})"


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold one way to read a name."""

    tokens: tuple[Token, ...]
    legal: frozenset[str]
    script: str
    partial: bool = False


class _Table(dict[int, int | str | None]):
    """Keep letters, marks and digits; delete apostrophes and invisible signs; turn the rest into blanks."""

    def __missing__(self, code: int) -> int | str | None:
        letter = chr(code)
        category = unicodedata.category(letter)
        value: int | str | None
        if letter in "'’‘`´ʼʾʿ‛ˈʹ′ʻ\u02bd״׳\u0640\u05f3" or category == "Cf" or letter in "ـ":
            value = None
        elif category[0] in "LNM":
            value = code
        else:
            value = " "
        self[code] = value
        return value


_KEEP = _Table()
_ALIAS = re.compile(
    r"\s*(?:[(\[]?\b(?:a\.?\s?k\.?\s?a\.?|f\.?k\.?a\.?|alias|also known as|formerly|or|née?)[\s:]+|[;|\n]|\s/\s)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]?")
_ENUMERATION = re.compile(r"^\s*\(?[a-z0-9]{1,2}\)")
_MESSRS = re.compile(r"^\s*m\s*/\s*s\b\.?|^\s*messrs\b\.?", re.IGNORECASE)
_PATRONYMIC = re.compile(
    r"(?:ovich|evich|ivich|ovych|evych|yovych|ovna|evna|ivna|ichna|inichna|ovic|evic|avich|auna|eyevna|ovits)$"
)
_GENERIC = words.ORGANISATIONS_COMMON | words.COUNTRY_WORDS
_ARTICLE = re.compile(r"[ae]l[bcdfghjkmnqrstz][a-z]{3}")
_ABD = re.compile(r"^abd[aeiou]?(?:l|r(?=r)|s(?=s|h)|n(?=n)|z(?=z))?")


def _compact(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:MAX_LENGTH]).casefold().replace("\u0307", "")


def split_words(text: str) -> list[str]:
    """Return the words of a casefolded name, signs removed, runs of single letters kept apart."""
    return text.translate(_KEEP).split()


def _join_singles(parts: list[str]) -> list[str]:
    """Join runs of single letters: ``p c c`` becomes ``pcc``; for organisations."""
    out: list[str] = []
    run = ""
    for part in parts:
        if len(part) == 1 and part.isalpha():
            run += part
            continue
        if run:
            out.append(run)
            run = ""
        out.append(part)
    if run:
        out.append(run)
    return out


def form_of(reading: str) -> Form:
    """Return the three comparable forms of a romanised word."""
    sound = phonetic(reading)
    bones = skeleton(sound)
    return sound, bones, coarse(bones)


@lru_cache(maxsize=65536)
def make_token(readings: tuple[str, ...], script: str, kind: str) -> Token:
    """Build the token of a word from its readings."""
    forms = list(dict.fromkeys(form_of(reading) for reading in readings[:5]))
    first = readings[0].replace("'", "")
    if script in ("latin", "cyrillic"):
        forms.extend(form_of(reading.replace("w", "v")) for reading in readings[:1] if "w" in reading[1:])
    if _ARTICLE.match(first):
        forms.append(form_of(first[2:]))
    base = len(forms)
    if script == "latin" and len(first) > 2:
        forms.extend(form for form in map(form_of, foreign_spellings(first)) if form not in forms)
    sort = "word"
    if first.isdigit():
        sort = "number"
    elif first in words.WEAK:
        sort = "weak"
    elif kind == "person" and _PATRONYMIC.search(first):
        sort = "patronymic"
    return Token(first, tuple(forms), script, sort, base)


def _word_token(word: str, kind: str) -> Token | None:
    script = word_script(word)
    readings = tuple(r for r in (fold_latin(r) for r in read_word(word)) if r)
    if not readings:
        return None
    first = readings[0]
    if script == "indic" and word in words.LETTER_NAMES:
        letter = words.LETTER_NAMES[word]
        return make_token((letter,), "latin", kind)
    known = words.SPELLINGS.get(word) or words.SPELLINGS.get(first)
    if kind == "organisation":
        known = words.ABBREVIATIONS.get(first) or (known if known and len(first) > 2 else None)
        known = known or words.NUMBER_WORDS.get(first) or words.ROMAN_NUMERALS.get(first)
    elif not known and script == "latin":
        nick = words.NICKNAMES.get(first)
        if nick:
            readings = (first, nick)
    if known:
        return make_token((known,), "latin", kind)
    return make_token(readings, script, kind)


def _merge_abd(parts: list[str]) -> list[str]:
    """Join the servant-of names: ``abd al rahman``, ``abdul rahman`` and ``abdurrahman`` become ``abdrahman``."""
    out: list[str] = []
    place = 0
    while place < len(parts):
        word = parts[place]
        if word in (
            "abd",
            "abdul",
            "abdel",
            "abdal",
            "abdol",
            "abdoul",
            "abdur",
            "abdu",
            "abdus",
            "عبد",
            "абд",
            "абдул",
        ):
            step = 1
            while place + step < len(parts) - 1 and parts[place + step] in words.PARTICLES:
                step += 1
            if place + step < len(parts) and len(parts[place + step]) > 2:
                rest = parts[place + step]
                out.append(("عبد" + rest.removeprefix("ال")) if word == "عبد" else "abd" + "".join(read_word(rest)[:1]))
                place += step + 1
                continue
        if word.startswith("عبدال") and len(word) > 6 and word != "عبدالله":
            word = "عبد" + word[5:]
        elif word.startswith("abd") and len(word) > 6 and word not in words.SPELLINGS:
            word = "abd" + (_ABD.sub("", word) or word)
        out.append(word)
        place += 1
    return out


_DIN = re.compile(r"(?<=[a-z]{3})[aeiou]?d?-?d(?:i|ee|y)n[e]?$")
_DIN_WORDS = frozenset(
    [
        "din",
        "deen",
        "dine",
        "dien",
        "eddine",
        "eddin",
        "uddin",
        "ud-din",
        "addin",
        "aldin",
        "ed-dine",
        "eldin",
        "eldeen",
        "দ্দিন",
        "উদ্দিন",
        "উদ্দীন",
        "الدين",
        "الدین",
        "دين",
        "دین",
    ]
)
_ALLAH_WORDS = frozenset(["ullah", "allah", "ulla", "oullah", "উল্লাহ", "উল্লা", "الله", "اللہ"])


def _attach_endings(parts: list[str]) -> list[str]:
    """Write the -uddin and -ullah names as one word: ``nur al din``, ``nuruddin`` and ``noureddine`` become one shape."""
    out: list[str] = []
    for part in parts:
        plain = part in _DIN_WORDS or part in _ALLAH_WORDS
        if plain and out:
            while len(out) > 1 and out[-1] in words.PARTICLES:
                out.pop()
            ending = "din" if part in _DIN_WORDS else "ullah"
            before = read_word(out[-1])[:1]
            if before and word_script(out[-1]) != "han":
                out[-1] = (
                    (before[0] + ending)
                    if word_script(out[-1]) not in ("arabic",)
                    else out[-1] + ("دين" if ending == "din" else "الله")
                )
                continue
        if part.isascii() and len(part) > 6 and not plain:
            out.append(_DIN.sub("din", part))
        else:
            out.append(part)
    return out


def _drop(parts: list[str], unwanted: frozenset[str]) -> list[str]:
    kept = [part for part in parts if part not in unwanted]
    return kept or parts


def _drop_particles(parts: list[str]) -> list[str]:
    """Drop particles of a person's name, but not the short ones that may be a family name at the edge."""
    last = len(parts) - 1
    kept = [
        part
        for place, part in enumerate(parts)
        if part not in words.PARTICLES
        or (part in words.NAMES_TOO and (last < 2 or place in (0, last)) and part not in ("al", "ud", "ur", "as", "ad"))
    ]
    return kept or parts


def _east_asian(parts: list[str], kind: str) -> list[list[Token]]:
    """Return readings of a name that holds Han or Hangul words."""
    ways: list[list[Token]] = [[]]
    alone = sum(1 for p in parts if word_script(p) in ("han", "hangul", "kana")) == 1
    for part in parts:
        script = word_script(part)
        options: list[list[Token]]
        if script == "han" and kind == "person" and alone:
            options = [
                [make_token(tuple(fold_latin(x) for x in r), "han", kind) for r in way] for way in split_han(part)
            ]
        elif script == "hangul" and kind == "person" and alone and 2 <= len(part) <= 4 and part[0] in HANGUL_FAMILY:
            family = HANGUL_FAMILY[part[0]]
            split = [
                make_token(family, "hangul", kind),
                make_token(read_hangul(part[1:]) or ("",), "hangul", kind),
            ]
            whole = _word_token(part, kind)
            options = [[t for t in split if t.sound], [whole] if whole else []]
        else:
            token = _word_token(part, kind)
            options = [[token] if token else []]
        ways = [way + option for way in ways for option in options][:_MAX_READINGS]
    ways = [[token for token in way if token.text] for way in ways]
    return [way for way in ways if way]


def _read(text: str, kind: str) -> list[Reading]:
    parts = split_words(text)
    legal: frozenset[str] = frozenset()
    if kind == "organisation":
        parts, legal = split_legal_forms(parts)
        parts = _join_singles(parts)
        if not legal:
            parts, more = split_legal_forms(parts)
            legal |= more
        bare = _drop(parts, words.PARTICLES)
        parts = parts if all(part in _GENERIC for part in bare) else bare
    else:
        kept = _drop(parts, words.TITLES)
        kept = _attach_endings(_merge_abd(kept))
        parts = _drop_particles(kept)
    parts = parts[:MAX_TOKENS]
    script = word_script(parts[0]) if parts else "other"
    if any(script_of(p[0]) in ("han", "hangul") for p in parts):
        return [Reading(tuple(way), legal, script) for way in _east_asian(parts, kind)]
    found = [token for part in parts if (token := _word_token(part, kind)) is not None]
    return [Reading(tuple(found), legal, script)] if found else []


def _variants(text: str, kind: str) -> list[str]:
    """Return the alternatives written into one string: ``A (a.k.a. B)``, ``A / B``, ``A; B``, ``A [C]``."""
    text = _ENUMERATION.sub(" ", text)
    if kind == "organisation":
        text = _MESSRS.sub(" ", text)
    aliased = _ALIAS.search(text) is not None
    out = [] if aliased else [text]
    if "(" in text or "[" in text or "（" in text:
        bare = _BRACKETS.sub(" ", text).strip()
        if bare and bare != text:
            out.append(bare)
    if kind == "person" and text.count(",") >= 2:
        out.extend(part for part in text.split(",") if len(part.strip()) > 3)
    if aliased:
        out.extend(piece for piece in _ALIAS.split(text) if len(piece.strip()) > 2)
        out = out or [text]
    return list(dict.fromkeys(out))


@lru_cache(maxsize=32768)
def read_name(text: str, kind: str) -> tuple[Reading, ...]:
    """Return the readings of a name, the plainest first; empty for a name without letters or digits."""
    readings: list[Reading] = []
    for place, variant in enumerate(_variants(_compact(text), kind)):
        found = _read(variant, kind)
        readings.extend(replace(r, partial=True) for r in found) if place else readings.extend(found)
    seen: dict[tuple[Token, ...], Reading] = {}
    for reading in readings:
        seen.setdefault(reading.tokens, reading)
    return tuple(seen.values())[: _MAX_READINGS + 2]


__all__ = ["LOSSY", "Reading", "Token", "read_name"]
