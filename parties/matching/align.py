"""Pair the tokens of two names one to one, letting one token stand for two joined ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp, log2
from operator import mul

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
    "same script": (
        -5.85,
        1.81,
        0.61,
        2.11,
        -0.03,
        0.53,
        0.39,
        0.99,
        0.08,
        2.36,
        0.05,
        -0.20,
        -0.11,
        -0.18,
        -0.03,
        -0.21,
        -1.73,
        0.29,
    ),
    "other alphabet": (
        -7.70,
        2.19,
        1.48,
        2.38,
        1.14,
        0.60,
        -0.34,
        1.24,
        0.21,
        2.23,
        0.11,
        -0.96,
        0.96,
        -0.82,
        -0.71,
        0.32,
        -2.12,
        -0.26,
    ),
    "without vowels": (
        -6.04,
        3.14,
        1.37,
        3.11,
        -2.37,
        0.45,
        -0.05,
        0.13,
        -0.35,
        1.33,
        -0.52,
        -0.28,
        0.71,
        -0.20,
        1.22,
        -0.71,
        0.24,
        0.05,
    ),
    "lossy": (
        -4.37,
        0.70,
        -0.14,
        1.76,
        0.90,
        0.44,
        0.13,
        -0.18,
        1.45,
        0.54,
        0.46,
        0.25,
        0.37,
        -0.14,
        0.72,
        0.27,
        0.46,
        -1.24,
    ),
}
"""Log-odds that two unequal tokens are one word, in the order of ``token_measures``;
learned by ``learn_words.py``."""

_lev = Levenshtein.normalized_similarity
_jw = JaroWinkler.normalized_similarity
_osa = OSA.distance


def form_likeness(a: Form, b: Form, loss: int) -> float:
    """Return a rough likeness of two forms, to choose the best pair of readings."""
    if a == b:
        return 1.0
    by_sound, by_bones, by_class = _MIX[loss]
    bones = 1.0 if a[1] == b[1] else _lev(a[1], b[1])
    shape = 1.0 if a[2] == b[2] else _lev(a[2], b[2])
    return by_sound * _lev(a[0], b[0]) + by_bones * bones + by_class * shape


def best_forms(a: Token, b: Token) -> tuple[Form, Form, float]:
    """Return the readings of two tokens that are nearest, and how near they are."""
    same_script = a.script == b.script
    loss = max(a.loss, b.loss)
    best, chosen = -1.0, (a.forms[0], b.forms[0])
    for form in a.base if same_script else a.forms:
        for other in b.base if same_script else b.forms:
            value = form_likeness(form, other, loss)
            if value > best:
                best, chosen = value, (form, other)
    return *chosen, best


def token_measures(a: Token, b: Token, form: Form, other: Form) -> tuple[float, ...]:
    """Return the numbers that the weights of ``likeness`` multiply."""
    shortest = min(len(form[1]), len(other[1]))
    shape = _lev(form[2], other[2])
    alphabetic = a.loss == ALPHABETIC == b.loss
    left, right = (a.text, b.text) if a.script == b.script else (form[0], other[0])
    edits = _osa(left, right)
    length = max(len(left), len(right))
    return (
        1.0,  # the constant
        _lev(form[0], other[0]),  # alike in sound
        _lev(form[1], other[1]),
        shape,
        _jw(a.text, b.text) if alphabetic else _jw(form[0], other[0]),
        1.0 if form[0][:1] == other[0][:1] else 0.0,
        1.0 if form[2][:1] == other[2][:1] else 0.0,
        max(0, 3 - shortest) / 3,
        min(shortest, 5) / 5 * shape,
        1.0 - edits / length,
        1.0 if edits == 1 and length > 4 else 0.0,
        1.0 if form[1] == other[1] else 0.0,
        1.0 if form[2] == other[2] else 0.0,
        1.0 if left.startswith(right) or right.startswith(left) else 0.0,
        min(length, 10) / 10,
        1.0 if form[0] == other[0] else 0.0,
        1.0 / length if form[0] == other[0] else 0.0,
        log2(len(a.base) * len(b.base) if a.script == b.script else len(a.forms) * len(b.forms)) / 4,
    )


def script_relation(a: Token, b: Token) -> str:
    """Return which set of weights applies to two tokens."""
    if a.script == b.script:
        return "same script"
    return ("other alphabet", "without vowels", "lossy")[max(a.loss, b.loss)]


@lru_cache(maxsize=262144)
def likeness(a: Token, b: Token) -> float:
    """Return how alike two tokens are, 0 to 1."""
    if a.text == b.text:
        return 1.0
    if a.number or b.number:
        return 0.0
    if a.initial or b.initial:
        return _INITIAL if a.sound[:1] == b.sound[:1] and not (a.initial and b.initial) else 0.0
    form, other, rough = best_forms(a, b)
    if rough < _HOPELESS:
        return 0.0
    weights = _WEIGHTS[script_relation(a, b)]
    odds = sum(map(mul, weights, token_measures(a, b, form, other)))
    return 1.0 / (1.0 + exp(-odds))


@lru_cache(maxsize=65536)
def joined(first: Token, second: Token) -> Token:
    """Return the token that two adjacent ones make when written together."""
    forms = tuple((a[0] + b[0], a[1] + b[1], a[2] + b[2]) for a in first.base for b in second.base)[:4]
    return Token(first.text + second.text, forms, first.script, "word")


@dataclass(frozen=True, slots=True)
class Pairing:
    """Say which tokens of the left and right name are held to be the same word, and how alike they are."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    likeness: float


def _could_join(first: Token, second: Token, other: Token) -> bool:
    if first.initial or second.initial or other.initial:
        return False
    if first.shortest + second.shortest > other.longest + 2 or first.longest + second.longest < other.shortest - 2:
        return False
    return not first.firsts.isdisjoint(other.firsts)


def align(left: tuple[Token, ...], right: tuple[Token, ...], threshold: float = THRESHOLD) -> list[Pairing]:
    """Return the best pairs, strongest first, each token used once; none less likely than the threshold."""
    found: list[tuple[float, int, Pairing]] = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            value = likeness(a, b)
            if value >= threshold:
                found.append((value, -abs(i - j), Pairing((i,), (j,), value)))
    for i in range(len(left) - 1):
        for j, b in enumerate(right):
            if _could_join(left[i], left[i + 1], b):
                value = likeness(joined(left[i], left[i + 1]), b) - 0.02
                if value >= 0.5:
                    found.append((value + 0.03, 0, Pairing((i, i + 1), (j,), value)))
    for j in range(len(right) - 1):
        for i, a in enumerate(left):
            if _could_join(right[j], right[j + 1], a):
                value = likeness(a, joined(right[j], right[j + 1])) - 0.02
                if value >= 0.5:
                    found.append((value + 0.03, 0, Pairing((i,), (j, j + 1), value)))
    found.sort(key=lambda item: (-item[0], -item[1]))
    used_left: set[int] = set()
    used_right: set[int] = set()
    chosen: list[Pairing] = []
    for _, _, pairing in found:
        if used_left.isdisjoint(pairing.left) and used_right.isdisjoint(pairing.right):
            chosen.append(pairing)
            used_left.update(pairing.left)
            used_right.update(pairing.right)
    return chosen
