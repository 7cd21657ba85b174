# ruff: noqa: E501 (patterns of name endings stay on their lines)
"""Turn a name as written into comparable tokens, in every reading it has."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from parties.matching import tokens as words
from parties.matching.han import foreign_readings, split_han
from parties.matching.han_foreign import foreign_name
from parties.matching.hangul import FAMILY as HANGUL_FAMILY
from parties.matching.hangul import read_hangul
from parties.matching.legal_forms import apart, split_legal_forms
from parties.matching.scripts import LOSSY, fold_latin, read_word, script_of, word_script
from parties.matching.wordtoken import (
    ABD_WORDS,
    ALLAH_WORDS,
    CARE,
    CAREFUL,
    DIN_ENDING,
    DIN_WORDS,
    GENERIC,
    TOKENS,
    Form,
    Token,
    make_token,
    word_token,
)

NO_FORMS: Final[frozenset[str]] = frozenset()
MAX_LENGTH: Final = 300
"""Characters of a name that are read; longer ones are cut."""
MAX_TOKENS: Final = 14
_MAX_READINGS: Final = 4
_LETTERS: Final = 4
"""A legal form shorter than this may be letters that an organisation is called by: "AB International"."""


class Reading:
    """Hold one way to read a name: its words, the classes of legal forms taken off, and whether it is part of the name.

    ``said`` are the sounds of its words as one, ``numbers`` the words that are numbers; ``weighed`` is what a register's
    rarity last made of it.
    """

    __slots__ = ("legal", "loss", "numbers", "partial", "said", "script", "tokens", "weighed")

    def __init__(
        self, tokens: tuple[Token, ...], legal: frozenset[str] = NO_FORMS, script: str = "latin", partial: bool = False
    ) -> None:
        self.tokens = tokens
        self.legal = legal
        self.script = script
        self.partial = partial
        if len(tokens) == 1:
            token = tokens[0]
            self.said, self.loss = token.sound, token.loss
            self.numbers = frozenset([token.text]) if token.number else NO_FORMS
        else:
            self.said = "".join([token.sound for token in tokens])
            self.loss = max([token.loss for token in tokens])
            numbers = [token.text for token in tokens if token.number]
            self.numbers = frozenset(numbers) if numbers else NO_FORMS
        self.weighed: Weighed | None = None

    def __repr__(self) -> str:
        return f"Reading({self.tokens!r})"


class Weighed:
    """Hold what the words of a reading tell in one register (``by``).

    ``told`` are the sounds of the words that tell, in alphabetical order; of all words where none does. ``trade`` is
    where words of the trade stand in the name of an organisation; ``rarest`` is the place of the word that tells most.
    """

    __slots__ = ("by", "kind", "rarest", "told", "total", "trade", "weights")

    def __init__(self, by: object, kind: str, weights: list[float], told: str, trade: frozenset[int]) -> None:
        self.by, self.kind, self.weights, self.told, self.trade = by, kind, weights, told, trade
        self.total = sum(weights)
        self.rarest = weights.index(max(weights))


_SILENT: Final = frozenset("'’‘`´ʼʾʿ‛ˈʹ′ʻ\u02bd״׳\u0640\u05f3")
"""Apostrophes and what stands for them, some of which count as letters; and the Arabic stroke that lengthens."""


class _Table(dict[int, int | str | None]):
    """Keep letters, marks and digits; delete apostrophes and invisible signs; turn the rest into blanks."""

    def __missing__(self, code: int) -> int | str | None:
        letter = chr(code)
        category = unicodedata.category(letter)
        value: int | str | None
        if letter in _SILENT or category == "Cf":
            value = None
        elif category[0] in "LNM":
            value = code
        else:
            value = " "
        self[code] = value
        return value


_KEEP: Final = _Table()
_ALIAS: Final = re.compile(
    r"\s*(?:[(\[]?\b(?:a\.?\s?k\.?\s?a\.?|f\.?k\.?a\.?|alias|also known as|formerly|or|née?)[\s:]+|[;|\n]|\s/\s)",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]?")
_ENUMERATION: Final = re.compile(r"^\s*\(?[a-z0-9]{1,2}\)")
_MESSRS: Final = re.compile(r"^\s*m\s*/\s*s\b\.?|^\s*messrs\b\.?", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[(\[（【;|/\n]")
_ALIAS_WORDS: Final = frozenset(["a", "aka", "f", "fka", "alias", "also", "formerly", "or", "né", "née", "m", "messrs"])
"""Where one of these stands, a name may hold another one."""
_GOD: Final = frozenset(["a", "ah", "la", "lah", "lla", "llah", "allah", "alla"])
"""What is left of spellings of Abdullah that are not known by themselves."""
_ABD: Final = re.compile(r"^abd[aeiou]?(?:l|r(?=r)|s(?=s|h)|n(?=n)|z(?=z))?")


def _compact(text: str) -> str:
    text = text[:MAX_LENGTH]
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().replace("\u0307", "")


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


def _merge_abd(parts: list[str]) -> list[str]:
    """Join the servant-of names: ``abd al rahman``, ``abdul rahman`` and ``abdurrahman`` become ``abdrahman``."""
    out: list[str] = []
    place = 0
    while place < len(parts):
        word = parts[place]
        if word in ABD_WORDS:
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
            rest = _ABD.sub("", word) or word
            word = "abdullah" if rest in _GOD else "abd" + rest
        out.append(word)
        place += 1
    return out


def _attach_endings(parts: list[str]) -> list[str]:
    """Write the -uddin and -ullah names as one word: ``nur al din``, ``nuruddin`` and ``noureddine`` become one shape."""
    out: list[str] = []
    for part in parts:
        plain = part in DIN_WORDS or part in ALLAH_WORDS
        if plain and out:
            while len(out) > 1 and out[-1] in words.PARTICLES:
                out.pop()
            ending = "din" if part in DIN_WORDS else "ullah"
            before = read_word(out[-1])[:1]
            if before and word_script(out[-1]) != "han":
                out[-1] = (
                    (before[0] + ending)
                    if word_script(out[-1]) not in ("arabic",)
                    else out[-1] + ("دين" if ending == "din" else "الله")
                )
                continue
        if part.isascii() and len(part) > 6 and not plain:
            out.append(DIN_ENDING.sub("din", part))
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
        elif script == "han" and kind == "person" and foreign_name(part):
            options = [[make_token(foreign_readings(part), "han", kind)]]
        elif script == "hangul" and kind == "person" and alone and 2 <= len(part) <= 4 and part[0] in HANGUL_FAMILY:
            family = HANGUL_FAMILY[part[0]]
            split = [
                make_token(family, "hangul", kind),
                make_token(read_hangul(part[1:]) or ("",), "hangul", kind),
            ]
            whole = word_token(part, kind)
            options = [[t for t in split if t.sound], [whole] if whole else []]
        else:
            token = word_token(part, kind)
            options = [[token] if token else []]
        ways = [way + option for way in ways for option in options][:_MAX_READINGS]
    ways = [[token for token in way if token.text] for way in ways]
    return [way for way in ways if way]


def _read(parts: list[str], kind: str, care: int = CAREFUL) -> list[Reading]:
    """Return the readings of a name that holds titles, particles, legal forms or East Asian words."""
    legal = NO_FORMS
    if kind == "organisation":
        parts, legal = _of_organisation(parts)
    else:
        parts = _drop(parts, words.TITLES)
        if care == CAREFUL:
            parts = _attach_endings(_merge_abd(parts))
        parts = _drop_particles(parts)
    del parts[MAX_TOKENS:]
    if not parts:
        return []
    script = word_script(parts[0])
    if care == CAREFUL and any(script_of(part[0]) in ("han", "hangul") for part in parts if not part.isascii()):
        return [Reading(tuple(way), legal, script) for way in _east_asian(parts, kind)]
    return _as_they_are(parts, kind, legal, script)


def _of_organisation(written: list[str]) -> tuple[list[str], frozenset[str]]:
    """Return the words that name an organisation, and the classes of its legal forms."""
    if not all(map(str.isascii, written)):
        written = [part for word in written for part in apart(word)]
    parts, legal = split_legal_forms(written)
    if parts and parts[0] != written[0]:
        lead = written[: written.index(parts[0])]
        if len("".join(lead)) < _LETTERS and GENERIC.issuperset(parts):
            parts = lead + parts
    written, joined = parts, _join_singles(parts)
    if joined != parts:
        parts = joined
        if not legal:
            start = 0 if parts[0] in written else 1
            rest, legal = split_legal_forms(parts[start:])
            parts = parts[:start] + rest
    if len(parts) > 1 and parts[0] in words.HEADS and not GENERIC.issuperset(parts[1:]):
        parts = parts[1:]
    bare = [part for part in parts if part not in words.PARTICLES or part not in written] or parts
    return (parts if GENERIC.issuperset(bare) else bare), legal


def _as_they_are(parts: list[str], kind: str, legal: frozenset[str] = NO_FORMS, script: str = "") -> list[Reading]:
    found = tuple([token for token in map(TOKENS[kind].__getitem__, parts) if token is not None])
    return [Reading(found, legal, script or word_script(parts[0]))] if found else []


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


def _plain_words(text: str) -> list[str] | None:
    """Return the words of a casefolded name, or None where its signs or words may hold another name."""
    parts = text.split()
    if not "".join(parts).isalpha() or not (text.isascii() or _SILENT.isdisjoint(text)):
        if _SIGNS.search(text) or text.count(",") > 1:
            return None
        parts = text.translate(_KEEP).split()
    return parts if _ALIAS_WORDS.isdisjoint(parts) else None


@lru_cache(maxsize=4_096)
def read_name(text: str, kind: str) -> tuple[Reading, ...]:
    """Return the readings of a name, the plainest first; empty for a name without letters or digits."""
    text = _compact(text)
    parts = _plain_words(text)
    if parts:
        care = max(map(CARE[kind].__getitem__, parts))
        if not care and len(parts) <= MAX_TOKENS:
            return tuple(_as_they_are(parts, kind))
        return _distinct(_read(parts, kind, care))
    readings: list[Reading] = []
    for place, variant in enumerate(_variants(text, kind)):
        found = _read(split_words(variant), kind)
        if place:
            for reading in found:
                reading.partial = True
        readings.extend(found)
    return _distinct(readings)


def _distinct(readings: list[Reading]) -> tuple[Reading, ...]:
    if len(readings) < 2:
        return tuple(readings)
    seen: dict[tuple[Token, ...], Reading] = {}
    for reading in readings:
        seen.setdefault(reading.tokens, reading)
    return tuple(seen.values())[: _MAX_READINGS + 2]


__all__: Final = ["LOSSY", "Form", "Reading", "Token", "make_token", "read_name"]
