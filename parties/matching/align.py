# ruff: noqa: E501 (rows of weights stay on their lines)
"""Pair the tokens of two names one to one, letting one token stand for two joined ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import exp, log2
from operator import itemgetter, mul
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from parties.matching.normalise import Form, Token
from parties.matching.scripts import ALPHABETIC, LOSSY, VOWELLESS

THRESHOLD = 0.08
"""Tokens less likely than this to be the same word are not paired."""
_INITIAL = 0.6
_HOPELESS = 0.4

_MIX = {ALPHABETIC: (0.60, 0.25, 0.15), VOWELLESS: (0.22, 0.48, 0.30), LOSSY: (0.28, 0.27, 0.45)}
"""How much sound, skeleton and classes count when the nearest of readings is chosen, by what scripts leave out."""

_WEIGHTS: dict[str, tuple[float, ...]] = {
    "same script": (-5.60, 2.11, 0.19, 2.56, -0.45, 0.53, 0.20, 0.85, 0.21, 2.72, -0.04, -0.07, -0.26, -0.45, -0.39, -0.09, -2.76, 0.31),
    "other alphabet": (-5.93, 1.72, 1.38, 1.13, 0.91, 0.62, -0.55, 0.88, -0.10, 1.86, 0.19, -0.91, 1.35, -0.83, -0.20, 0.43, -1.51, -0.30),
    "without vowels": (-6.41, 3.80, 1.02, 4.03, -2.29, 0.42, -0.09, 0.03, -0.49, 0.76, -0.52, -0.16, 0.35, -0.22, 1.26, -0.76, 0.29, 0.06),
    "lossy": (-5.21, 0.54, -0.98, 2.90, 1.63, 0.62, -0.00, -0.25, 1.76, 0.38, 0.34, 0.54, 0.20, -0.30, 0.41, 0.17, 0.95, -1.14),
}  # fmt: skip
"""Log-odds that two unequal tokens are one word, in the order of ``token_measures``;
learned by ``learn_words.py``."""

_lev = Levenshtein.normalized_similarity
_jw = JaroWinkler.normalized_similarity
_osa = OSA.distance


def best_forms(a: Token, b: Token) -> tuple[Form, Form, float]:
    """Return the readings of two tokens that are nearest, and a rough measure of how near they are."""
    same_script = a.script == b.script
    left, right = (a.base, b.base) if same_script else (a.forms, b.forms)
    by_sound, by_bones, by_class = _MIX[max(a.loss, b.loss)]
    best, chosen = -1.0, (left[0], right[0])
    for form in left:
        sound, bones, shape = form
        for other in right:
            value = by_bones if bones == other[1] else by_bones * _lev(bones, other[1])
            value += by_class if shape == other[2] else by_class * _lev(shape, other[2])
            if value + by_sound > best:
                value += by_sound * _lev(sound, other[0])
                if value > best:
                    best, chosen = value, (form, other)
    return *chosen, best


def token_measures(a: Token, b: Token, form: Form, other: Form) -> tuple[float, ...]:
    """Return the numbers that the weights of ``likeness`` multiply."""
    (sound, bones, classes), (sound_b, bones_b, classes_b) = form, other
    shortest = min(len(bones), len(bones_b))
    shape = _lev(classes, classes_b)
    same_script = a.script == b.script
    left, right = (a.text, b.text) if same_script else (sound, sound_b)
    edits = _osa(left, right)
    length = max(len(left), len(right))
    same_sound = sound == sound_b
    readings = len(a.base) * len(b.base) if same_script else len(a.forms) * len(b.forms)
    return (
        1.0,  # the constant
        1.0 if same_sound else _lev(sound, sound_b),
        _lev(bones, bones_b),
        shape,
        _jw(a.text, b.text) if a.loss == ALPHABETIC == b.loss else _jw(sound, sound_b),
        1.0 if sound[:1] == sound_b[:1] else 0.0,
        1.0 if classes[:1] == classes_b[:1] else 0.0,
        (3 - shortest) / 3 if shortest < 3 else 0.0,
        (shortest if shortest < 5 else 5) / 5 * shape,
        1.0 - edits / length,
        1.0 if edits == 1 and length > 4 else 0.0,
        1.0 if bones == bones_b else 0.0,
        1.0 if classes == classes_b else 0.0,
        1.0 if left.startswith(right) or right.startswith(left) else 0.0,
        (length if length < 10 else 10) / 10,
        1.0 if same_sound else 0.0,
        1.0 / length if same_sound else 0.0,
        log2(readings) / 4 if readings > 1 else 0.0,
    )


def script_relation(a: Token, b: Token) -> str:
    """Return which set of weights applies to two tokens."""
    if a.script == b.script:
        return "same script"
    return ("other alphabet", "without vowels", "lossy")[max(a.loss, b.loss)]


_MOST_REMEMBERED = 300_000
_remembered: dict[int, float] = {}
"""Likeness by the serials of two tokens in one number: such a table holds nothing that the collector has to visit."""


def likeness(a: Token, b: Token) -> float:
    """Return how alike two tokens are, 0 to 1."""
    pair = a.serial << 40 | b.serial
    found = _remembered.get(pair)
    if found is None:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        found = _remembered[pair] = _compare(a, b)
    return found


def _compare(a: Token, b: Token) -> float:
    if a.text == b.text:
        return 1.0
    if a.number or b.number:
        return 0.0
    if a.initial or b.initial:
        return _INITIAL if a.sound[:1] == b.sound[:1] and not (a.initial and b.initial) else 0.0
    if len(a.text) > _SERVANT and len(b.text) > _SERVANT and a.text.startswith("abd") and b.text.startswith("abd"):
        a, b = master(a), master(b)
    form, other, rough = best_forms(a, b)
    if rough < _HOPELESS:
        return 0.0
    odds = sum(map(mul, _WEIGHTS[script_relation(a, b)], token_measures(a, b, form, other)))
    return 1.0 / (1.0 + exp(-odds))


_SERVANT = 5
"""Names longer than this that start with ``abd`` mean the servant of somebody: it is he who tells them apart."""


@lru_cache(maxsize=4096)
def master(token: Token) -> Token:
    """Return a name without its ``abd``: ``abdkarim`` and ``abdrahim`` are Karim and Rahim."""
    forms = tuple((s[3:], b[2:], c[2:]) for s, b, c in token.base if s.startswith("abd"))
    return Token(token.text[3:], forms, token.script, "word") if forms else token


@lru_cache(maxsize=16384)
def joined(first: Token, second: Token) -> Token:
    """Return the token that two adjacent ones make when written together."""
    forms = tuple((a[0] + b[0], a[1] + b[1], a[2] + b[2]) for a in first.base for b in second.base)[:4]
    return Token(first.text + second.text, forms, first.script, "word")


class Pairing(NamedTuple):
    """Say which tokens of the left and right name are held to be the same word, and how alike they are."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    likeness: float


_Found = tuple[float, int, Pairing]
_Joined = tuple[int, int, float]
_STRENGTH: Callable[[_Found], tuple[float, int]] = itemgetter(0, 1)
_JOINED_AT_LEAST, _JOINED_COSTS = 0.5, 0.02


def _could_join(first: Token, second: Token, other: Token) -> bool:
    """Tell whether two words written as one may be the other word: first letters and length must allow it."""
    if first.initial or second.initial or other.initial or not first.firsts & other.firsts:
        return False
    return first.shortest + second.shortest < other.longest + 3 and first.longest + second.longest > other.shortest - 3


def _join(words: Sequence[Token], others: Sequence[Token], exact: set[int], exact_others: set[int]) -> list[_Joined]:
    """Return where two adjacent words of one name may be one word of the other."""
    found: list[_Joined] = []
    for i in range(len(words) - 1):
        if i in exact or i + 1 in exact:
            continue
        for j, other in enumerate(others):
            if j not in exact_others and _could_join(words[i], words[i + 1], other):
                value = likeness(joined(words[i], words[i + 1]), other) - _JOINED_COSTS
                if value >= _JOINED_AT_LEAST:
                    found.append((i, j, value))
    return found


def align(left: Sequence[Token], right: Sequence[Token], threshold: float = THRESHOLD) -> list[Pairing]:
    """Return the best pairs, strongest first, each token used once; none less likely than the threshold."""
    found: list[_Found] = []
    exact_left: set[int] = set()
    exact_right: set[int] = set()
    for i, a in enumerate(left):
        letters, text, variety = a.letters, a.text, a.variety
        for j, b in enumerate(right):
            if text == b.text:
                exact_left.add(i)
                exact_right.add(j)
                found.append((-1.0, abs(i - j), Pairing((i,), (j,), 1.0)))
            elif 2 * (letters & b.letters).bit_count() >= min(variety, b.variety):
                value = likeness(a, b)
                if value >= threshold:
                    found.append((-value, abs(i - j), Pairing((i,), (j,), value)))
    if len(left) > len(exact_left) and len(right) > len(exact_right):
        for i, j, value in _join(left, right, exact_left, exact_right):
            found.append((-value - 0.03, 0, Pairing((i, i + 1), (j,), value)))
        for j, i, value in _join(right, left, exact_right, exact_left):
            found.append((-value - 0.03, 0, Pairing((i,), (j, j + 1), value)))
    if len(found) == 1:
        return [found[0][2]]
    found.sort(key=_STRENGTH)
    used_left: set[int] = set()
    used_right: set[int] = set()
    chosen: list[Pairing] = []
    for _, _, pairing in found:
        if used_left.isdisjoint(pairing.left) and used_right.isdisjoint(pairing.right):
            chosen.append(pairing)
            used_left.update(pairing.left)
            used_right.update(pairing.right)
    return chosen
