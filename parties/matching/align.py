"""Pair the tokens of two names one to one, letting one token stand for two joined ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from parties.matching.normalise import Token
from parties.matching.scripts import ALPHABETIC, VOWELLESS

THRESHOLD = 0.55
"""Tokens less alike than this are not the same word."""
_INITIAL = 0.6
_MIX = {ALPHABETIC: (0.60, 0.25, 0.15), VOWELLESS: (0.22, 0.48, 0.30), 2: (0.28, 0.27, 0.45)}
"""How much sound, skeleton and classes count, by what the lossier script leaves out."""

_lev = Levenshtein.normalized_similarity
_jw = JaroWinkler.normalized_similarity


def _form_likeness(a: tuple[str, str, str], b: tuple[str, str, str], loss: int) -> float:
    if a[0] == b[0]:
        return 1.0
    by_sound, by_bones, by_class = _MIX[loss]
    sound = _lev(a[0], b[0])
    bones = 1.0 if a[1] == b[1] else _lev(a[1], b[1])
    shape = 1.0 if a[2] == b[2] else _lev(a[2], b[2])
    shortest = min(len(a[1]), len(b[1]))
    if shortest < 3:
        less = (0.5, 0.7, 0.85)[shortest]
        by_bones, by_class = by_bones * less, by_class * less
        by_sound = 1.0 - by_bones - by_class
    return by_sound * sound + by_bones * bones + by_class * shape


@lru_cache(maxsize=262144)
def likeness(a: Token, b: Token) -> float:
    """Return how alike two tokens are, 0 to 1."""
    if a.text == b.text:
        return 1.0
    if a.number or b.number:
        return 0.0
    if a.initial or b.initial:
        return _INITIAL if a.sound[:1] == b.sound[:1] and not (a.initial and b.initial) else 0.0
    loss = max(a.loss, b.loss)
    best = 0.0
    same_script = a.script == b.script
    for form in a.base if same_script else a.forms:
        for other in b.base if same_script else b.forms:
            value = _form_likeness(form, other, loss)
            if value > best:
                best = value
    if loss == ALPHABETIC:
        best = max(best, 0.97 * (0.5 * _jw(a.text, b.text) + 0.5 * _lev(a.text, b.text)))
    return min(best, 0.99)


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
                if value >= 0.75:
                    found.append((value + 0.03, 0, Pairing((i, i + 1), (j,), value)))
    for j in range(len(right) - 1):
        for i, a in enumerate(left):
            if _could_join(right[j], right[j + 1], a):
                value = likeness(a, joined(right[j], right[j + 1])) - 0.02
                if value >= 0.75:
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
