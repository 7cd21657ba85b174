"""Pair the tokens of two names one to one, letting one token stand for two joined ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp
from operator import mul

from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from parties.matching.normalise import Form, Token
from parties.matching.scripts import ALPHABETIC, LOSSY, VOWELLESS

THRESHOLD = 0.08
"""Tokens less likely than this to be the same word are not paired."""
_INITIAL = 0.6
_HOPELESS = 0.4
_SAME_SOUND = 0.97

_MIX = {ALPHABETIC: (0.60, 0.25, 0.15), VOWELLESS: (0.22, 0.48, 0.30), LOSSY: (0.28, 0.27, 0.45)}
"""How much sound, skeleton and classes count when the best of several readings is chosen, by what the script leaves out."""

_WEIGHTS: dict[str, tuple[float, ...]] = {
    "same script": (-5.83, 1.62, 0.83, 2.21, -0.09, 0.54, 0.22, 0.95, -0.25, 2.64, 0.05, -0.26, -0.08, -0.29, 0.18),
    "other alphabet": (-8.22, 2.44, 1.82, 2.63, 1.25, 0.58, -0.31, 1.05, 0.02, 2.48, 0.10, -1.04, 0.90, -0.83, -1.00),
    "without vowels": (-6.63, 3.59, 1.58, 3.93, -2.50, 0.43, -0.15, 0.05, -0.47, 1.47, -0.68, -0.43, 0.56, -0.22, 1.08),
    "lossy": (-4.49, 0.82, -0.22, 1.78, 0.68, 0.36, 0.23, -0.42, 1.41, 0.73, 0.40, 0.29, 0.25, -0.18, 0.72),
}
"""Log-odds that two unequal tokens are one word: constant, sound, skeleton, classes, Jaro-Winkler, same first sound, same
first class, shortness, class likeness times length. Learned by ``scripts/learn_name_weights.py``."""

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
        1.0,
        _lev(form[0], other[0]),
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
    if form[0] == other[0]:
        return _SAME_SOUND
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


def align(left: tuple[Token, ...], right: tuple[Token, ...]) -> list[Pairing]:
    """Return the best pairs, strongest first, each token used once."""
    found: list[tuple[float, int, Pairing]] = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            value = likeness(a, b)
            if value >= THRESHOLD:
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
