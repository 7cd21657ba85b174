# ruff: noqa: E501 (rows of weights stay on their lines)
"""Pair the tokens of two names one to one, letting one token stand for two joined ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import exp, log2
from operator import itemgetter
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from parties.matching.normalise import Form, Token
from parties.matching.scripts import ALPHABETIC, LOSSY, VOWELLESS

THRESHOLD: Final = 0.08
"""Tokens less likely than this to be the same word are not paired."""
_INITIAL: Final = 0.6
HOPELESS: Final = 0.4
_NEAREST: Final = HOPELESS - 1e-9

_MIX: Final = {ALPHABETIC: (0.60, 0.25, 0.15), VOWELLESS: (0.22, 0.48, 0.30), LOSSY: (0.28, 0.27, 0.45)}
"""How much sound, skeleton and classes count when the nearest of readings is chosen, by what scripts leave out."""

_WEIGHTS: Final[dict[str, tuple[float, ...]]] = {
    "same script": (-5.60, 2.11, 0.19, 2.56, -0.45, 0.53, 0.20, 0.85, 0.21, 2.72, -0.04, -0.07, -0.26, -0.45, -0.39, -0.09, -2.76, 0.31),
    "other alphabet": (-5.93, 1.72, 1.38, 1.13, 0.91, 0.62, -0.55, 0.88, -0.10, 1.86, 0.19, -0.91, 1.35, -0.83, -0.20, 0.43, -1.51, -0.30),
    "without vowels": (-6.41, 3.80, 1.02, 4.03, -2.29, 0.42, -0.09, 0.03, -0.49, 0.76, -0.52, -0.16, 0.35, -0.22, 1.26, -0.76, 0.29, 0.06),
    "lossy": (-5.21, 0.54, -0.98, 2.90, 1.63, 0.62, -0.00, -0.25, 1.76, 0.38, 0.34, 0.54, 0.20, -0.30, 0.41, 0.17, 0.95, -1.14),
}  # fmt: skip
"""Log-odds that two unequal tokens are one word, in the order of ``token_measures``;
learned by ``learn_words.py``."""

_distance: Final = Levenshtein.distance
_jw: Final = JaroWinkler.normalized_similarity
_osa: Final = OSA.distance


class Near:
    """Hold the nearest readings of two words: how like sound, skeleton and classes are."""

    __slots__ = ("bones", "classes", "form", "other", "sound")

    def __init__(self, form: Form, other: Form, sound: float, bones: float, classes: float) -> None:
        self.form, self.other = form, other
        self.sound, self.bones, self.classes = sound, bones, classes


def _like(text: str, other: str) -> float:
    """Return the share of letters that need no edit."""
    if text == other:
        return 1.0
    return 1.0 - _distance(text, other) / (len(text) if len(text) > len(other) else len(other))


def nearest(a: Token, b: Token, least: float = 0.0) -> Near | None:
    """Return the readings of two words that are nearest, or None where none can be as near as ``least``."""
    return _nearest(a, b, _NOT_HEARD, least - 1e-9)


def _nearest(a: Token, b: Token, near_sound: float, best: float) -> Near | None:
    """Return the nearest readings, if nearer than ``best``; ``near_sound`` is what was heard before."""
    left, right = (a.base, b.base) if a.script == b.script else (a.forms, b.forms)
    if a.script == "han" == b.script:  # who writes both in characters means the characters, not one of their readings
        left, right = left[:1], right[:1]
    by_sound, by_bones, by_class = _MIX[a.loss if a.loss > b.loss else b.loss]
    if len(left) > 1 or len(right) > 1:
        return _nearest_of_many(left, right, (by_sound, by_bones, by_class), best)
    form, other = left[0], right[0]
    if near_sound > 1.0:
        near_sound = _like(form[0], other[0])
    near_bones = _like(form[1], other[1])
    rough = by_sound * near_sound + by_bones * near_bones
    if rough + by_class <= best:
        return None
    near_class = _like(form[2], other[2])
    rough += by_class * near_class
    return Near(form, other, near_sound, near_bones, near_class) if rough > best else None


def _nearest_of_many(
    left: Sequence[Form], right: Sequence[Form], mix: tuple[float, float, float], best: float
) -> Near | None:
    by_sound, by_bones, by_class = mix
    found: Near | None = None
    for form in left:
        sound, bones, shape = form
        for other in right:
            sound_b, bones_b, shape_b = other
            near_class = 1.0 if shape == shape_b else _like(shape, shape_b)
            rough = by_class * near_class
            if rough + by_bones + by_sound <= best:
                continue
            near_bones = 1.0 if bones == bones_b else _like(bones, bones_b)
            rough += by_bones * near_bones
            if rough + by_sound <= best:
                continue
            near_sound = _like(sound, sound_b)
            rough += by_sound * near_sound
            if rough > best:
                best = rough
                found = Near(form, other, near_sound, near_bones, near_class)
    return found


def token_measures(a: Token, b: Token, near: Near) -> tuple[float, ...]:
    """Return the numbers that the weights of ``likeness`` multiply."""
    sound, bones, classes = near.form
    sound_b, bones_b, classes_b = near.other
    shape = near.classes
    shortest = len(bones) if len(bones) < len(bones_b) else len(bones_b)
    if a.script == b.script:
        left, right = a.text, b.text
        readings = len(a.base) * len(b.base)
    else:
        left, right = sound, sound_b
        readings = len(a.forms) * len(b.forms)
    edits = _osa(left, right)
    length = len(left) if len(left) > len(right) else len(right)
    same_sound = sound == sound_b
    return (
        1.0,  # the constant
        near.sound,
        near.bones,
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


_MOST_REMEMBERED: Final = 30_000
_remembered: Final[dict[int, float]] = {}
"""Likeness by the serials of two tokens in one number: such a table holds nothing that the collector has to visit."""


_HOPELESS: Final = -1.0
_NOT_HEARD: Final = 2.0


def _heard(a: Token, b: Token) -> float:
    """Return how alike two words sound, or ``_HOPELESS`` where that and their consonants as a bag tell them apart.

    Words of several readings are not listened to yet.
    """
    if a.script == b.script:
        longest = a.span if a.span > b.span else b.span
        single = len(a.base) == 1 == len(b.base)
    else:
        longest = a.span_abroad if a.span_abroad > b.span_abroad else b.span_abroad
        single = a.single and b.single
    common = (a.marks & b.marks).bit_count() + (a.spare if a.spare < b.spare else b.spare)
    if common * 10 < longest * 3:
        return _HOPELESS
    if not single:
        return _NOT_HEARD
    by_sound = _MIX[a.loss if a.loss > b.loss else b.loss][0]
    sound, other = a.sound, b.sound
    near = 1.0 - _distance(sound, other) / (len(sound) if len(sound) > len(other) else len(other))
    if by_sound * near + (1.0 - by_sound) * (common / longest if common < longest else 1.0) < HOPELESS:
        return _HOPELESS
    return near


def too_far(a: Token, b: Token) -> bool:
    """Tell whether two words are hopeless before all their readings are looked at."""
    return _heard(a, b) < 0.0


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
    text, other = a.text, b.text
    if text == other:
        return 1.0
    if a.number or b.number:
        return 0.0
    if a.initial or b.initial:
        return _INITIAL if a.sound[:1] == b.sound[:1] and not (a.initial and b.initial) else 0.0
    heard = _heard(a, b)
    if heard < 0.0:
        return 0.0
    if text[:3] == "abd" == other[:3] and len(text) > _SERVANT and len(other) > _SERVANT:
        a, b, heard = master(a), master(b), _NOT_HEARD
    near = _nearest(a, b, heard, _NEAREST)
    if near is None:
        return 0.0
    odds = 0.0
    for weight, measure in zip(_WEIGHTS[script_relation(a, b)], token_measures(a, b, near), strict=True):
        odds += weight * measure
    return 1.0 / (1.0 + exp(-odds))


_SERVANT: Final = 5
"""Names longer than this that start with ``abd`` mean the servant of somebody: it is he who tells them apart."""


@lru_cache(maxsize=4096)
def master(token: Token) -> Token:
    """Return a name without its ``abd``: ``abdkarim`` and ``abdrahim`` are Karim and Rahim."""
    forms = tuple((s[3:], b[2:], c[2:]) for s, b, c in token.base if s.startswith("abd"))
    return Token(token.text[3:], forms, token.script, "word") if forms else token


@lru_cache(maxsize=4096)
def joined(first: Token, second: Token) -> Token:
    """Return the token that two adjacent ones make when written together."""
    forms = tuple((a[0] + b[0], a[1] + b[1], a[2] + b[2]) for a in first.base for b in second.base)[:4]
    return Token(first.text + second.text, forms, first.script, "word")


class Pairing:
    """Say which tokens of the left and right name are held to be the same word, and how alike they are."""

    __slots__ = ("left", "likeness", "right")

    def __init__(self, left: tuple[int, ...], right: tuple[int, ...], likeness: float) -> None:
        self.left, self.right, self.likeness = left, right, likeness


_Found = tuple[float, int, Pairing]
_Joined = tuple[int, int, float]
_STRENGTH: Final[Callable[[_Found], tuple[float, int]]] = itemgetter(0, 1)
_JOINED_AT_LEAST: Final = 0.5
_JOINED_COSTS: Final = 0.02
_JOINED_WEAK: Final = 0.9
"""Kamal Mia is not Kamaluddin: a word that is often left out is joined to its neighbour only where that fits well."""


def _join(words: Sequence[Token], places: list[int], others: Sequence[Token], other_places: list[int]) -> list[_Joined]:
    """Return where two adjacent words of one name may be one word of the other.

    First letters and length are looked at first: they rule out nearly all.
    """
    found: list[_Joined] = []
    for i in places:
        if i + 1 not in places:
            continue
        first, second = words[i], words[i + 1]
        if first.initial or second.initial:
            continue
        least = _JOINED_WEAK if first.sort == "weak" or second.sort == "weak" else _JOINED_AT_LEAST
        firsts = first.firsts
        letters = first.letters | second.letters
        spare = first.spare + second.spare + (first.letters & second.letters).bit_count()
        span = first.span_abroad + second.span_abroad - 1
        shortest, longest = first.shortest + second.shortest - 3, first.longest + second.longest + 3
        for j in other_places:
            other = others[j]
            if (
                firsts & other.firsts
                and shortest < other.longest
                and longest > other.shortest
                and not other.initial
                and 2 * ((letters & other.letters).bit_count() + min(spare, other.spare))
                >= max(span, other.span_abroad)
            ):
                value = likeness(joined(first, second), other) - _JOINED_COSTS
                if value >= least:
                    found.append((i, j, value))
    return found


def _equal(left: Sequence[Token], right: Sequence[Token]) -> tuple[list[Pairing], list[int], list[int], bool]:
    """Pair the words that are written alike, nearest places first; return the places of those that are not paired.

    The last part of the answer tells whether a word that has its like is among the places.
    """
    texts = [b.text for b in right]
    free_left, free_right = list(range(len(left))), list(range(len(right)))
    same = [(i, text) for i, text in enumerate([a.text for a in left]) if text in texts]
    if not same:
        return [], free_left, free_right, False
    places = [(abs(i - j), i, j) for i, text in same for j, other in enumerate(texts) if text == other]
    if len(places) > 1:
        places.sort()
    chosen: list[Pairing] = []
    twice = False
    for _, i, j in places:
        if i in free_left and j in free_right:
            free_left.remove(i)
            free_right.remove(j)
            chosen.append(Pairing((i,), (j,), 1.0))
        else:
            twice = True
    return chosen, free_left, free_right, twice


def align(left: Sequence[Token], right: Sequence[Token], threshold: float = THRESHOLD) -> list[Pairing]:
    """Return the best pairs, words written alike first, each word used once; none less likely than the threshold."""
    chosen, free_left, free_right, twice = _equal(left, right)
    if not free_left or not free_right:
        return chosen
    found: list[_Found] = []
    known = _remembered.get
    others = [(j, b, b.letters, b.variety, b.serial) for j in free_right for b in right[j : j + 1]]
    for i in free_left:
        a = left[i]
        letters, variety, serial = a.letters, a.variety, a.serial << 40
        for j, b, letters_b, variety_b, serial_b in others:
            if 2 * (letters & letters_b).bit_count() >= (variety if variety < variety_b else variety_b):
                value = known(serial | serial_b)
                if value is None:
                    value = likeness(a, b)
                if value >= threshold:
                    found.append((-value, abs(i - j), Pairing((i,), (j,), value)))
    if len(free_left) > 1 or len(free_right) > 1:
        found += _joins(left, right, free_left, free_right, twice)
    if len(found) < 2:
        if found:
            chosen.append(found[0][2])
        return chosen
    found.sort(key=_STRENGTH)
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, _, pairing in found:
        if used_left.isdisjoint(pairing.left) and used_right.isdisjoint(pairing.right):
            chosen.append(pairing)
            used_left.update(pairing.left)
            used_right.update(pairing.right)
    return chosen


def _joins(
    left: Sequence[Token], right: Sequence[Token], free_left: list[int], free_right: list[int], twice: bool
) -> list[_Found]:
    """Return the pairs in which one word stands for two; words that the other name holds as they are stay apart."""
    if twice:
        texts = {a.text for a in left} & {b.text for b in right}
        free_left = [i for i in free_left if left[i].text not in texts]
        free_right = [j for j in free_right if right[j].text not in texts]
    found: list[_Found] = []
    if len(free_left) > 1:
        for i, j, value in _join(left, free_left, right, free_right):
            found.append((-value - 0.03, 0, Pairing((i, i + 1), (j,), value)))
    if len(free_right) > 1:
        for j, i, value in _join(right, free_right, left, free_left):
            found.append((-value - 0.03, 0, Pairing((i,), (j, j + 1), value)))
    return found
