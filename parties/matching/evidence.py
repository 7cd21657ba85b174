"""Measure what two readings of names have in common and what speaks against it, as a short row of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from rapidfuzz.distance import Indel, Levenshtein

from parties.matching.align import Pairing, align
from parties.matching.normalise import Reading, Token, Weighed
from parties.matching.rarity import COMMON_BELOW, Rarity
from parties.matching.scripts import LOSSY, VOWELLESS
from parties.matching.trade import SILENT, of_trade

_distance, _indel = Levenshtein.distance, Indel.distance

MEASURES: Final = (
    # of the words that are paired
    "shorter_covered",
    "weight_matched",
    "loss_of_pairs",
    "one_word",
    "initials",
    "out_of_order",
    "worst_pair_eased",
    "rarest_both",
    "rarest_one",
    "only_common",
    "core_least",
    "common_alone",
    # of the words that are left over
    "against_both",
    "against_one",
    "words_left_both",
    "common_words_differ",
    "acronym",
    "all_equal",
    # of the whole
    "whole_alike",
    "sorted_alike",
    "other_script",
    "script_without_vowels",
    "script_with_loss",
    "han_script",
    "loss_across_scripts",
    "part_of_name",
    "forms_differ",
    "forms_agree",
    "numbers_differ",
    "numbers_one_side",
    # of names that both hold words of the trade
    "trade_differs",
    "trade_and_more",
    "trade_and_near",
)


class Evidence:
    """Hold the measures of one comparison and their sources; ``turned`` where the candidate stands left."""

    __slots__ = ("left", "measures", "pairings", "right", "turned")

    def __init__(
        self, measures: tuple[float, ...], left: Reading, right: Reading, pairings: list[Pairing], turned: bool = False
    ) -> None:
        self.measures, self.pairings, self.turned = measures, pairings, turned
        self.left, self.right = left, right

    def upright(self) -> Evidence:
        """Return the same evidence with the name asked for on the left."""
        if not self.turned:
            return self
        pairings = [Pairing(p.right, p.left, p.likeness) for p in self.pairings]
        return Evidence(self.measures, self.right, self.left, pairings)


_PLACE: Final = attrgetter("left")


def _inversions(pairings: Sequence[Pairing]) -> float:
    if len(pairings) < 2:
        return 0.0
    order = [pairing.right[0] for pairing in sorted(pairings, key=_PLACE)]
    count = len(order)
    turned = sum([1 for i in range(1, count) for j in range(i) if order[j] > order[i]])
    return turned / (count * (count - 1) // 2)


_TELLING: Final = 0.65
"""A telling word counts as found when it is at least this likely the same."""
_LEAST_LIKENESS: Final = {"person": 0.10, "organisation": 0.35}
"""Words of organisations are words of a language more often: near is not the same there."""
_COUNTED: Final = ("word", "patronymic", "weak")
_WEAK_ALIKE: Final = 0.5
"""Words that are often left out are the same word from this likeness on: Mia is not Khan."""
_FACING: Final = 0.4
"""What a word that is often left out weighs where the other name has another in its place: Mia beside Akter."""


def _weak(a: Sequence[Token], b: Sequence[Token], pairing: Pairing) -> bool:
    """Tell whether one of two paired words is of those that are often left out."""
    return a[pairing.left[0]].sort == "weak" or b[pairing.right[0]].sort == "weak"


def _facing(token: Token, weight: float) -> float:
    return max(weight, _FACING) if token.sort == "weak" else weight


def _acronym(short: list[Token], long: list[Token]) -> bool:
    """Tell whether a word left over on one side is made of the first letters of words left over on the other."""
    if len(long) < 3 or not short:
        return False
    letters = "".join([t.text[0] for t in long])
    least = max(3, len(letters) - 1)
    return any(len(t.text) >= least and letters.startswith(t.text) for t in short)


def _core(weights: list[float], alike: list[float]) -> float:
    """Return the share of the telling words that is matched; of all words where none tells much."""
    total = matched = 0.0
    for weight, value in zip(weights, alike, strict=True):
        if weight >= COMMON_BELOW:
            total += weight
            matched += weight * value
    if not total:
        for weight, value in zip(weights, alike, strict=True):
            total += weight
            matched += weight * value
    return matched / total


class _Tally:
    """What the paired words add up to, and how like another word each word is (0 where it is unpaired)."""

    __slots__ = ("alike_a", "alike_b", "credit", "initials", "loss", "matched_a", "matched_b", "telling", "worst")

    def __init__(
        self, a: Sequence[Token], b: Sequence[Token], wa: list[float], wb: list[float], pairings: Sequence[Pairing]
    ) -> None:
        alike_a, alike_b = [0.0] * len(a), [0.0] * len(b)
        matched_a = matched_b = credit = loss = initials = telling = 0.0
        worst = 1.0
        for pairing in pairings:
            left, right, value = pairing.left, pairing.right, pairing.likeness
            i, j = left[0], right[0]
            va, vb = wa[i], wb[j]
            alike_a[i] = alike_b[j] = value
            if len(left) > 1:
                va += wa[left[1]]
                alike_a[left[1]] = value
            elif len(right) > 1:
                vb += wb[right[1]]
                alike_b[right[1]] = value
            matched_a += va * value
            matched_b += vb * value
            least, most = (va, vb) if va < vb else (vb, va)
            credit += least * value
            if most >= COMMON_BELOW and value > telling:
                telling = value
            if a[i].initial or b[j].initial:
                initials += 1.0
            elif value != 1.0:
                loss += least * (1.0 - value)
                if least > 0.2 and value < worst:
                    worst = value
        self.alike_a, self.alike_b = alike_a, alike_b
        self.matched_a, self.matched_b = matched_a, matched_b
        self.credit, self.loss, self.initials = credit, loss, initials
        self.worst, self.telling = worst, telling


def gather(left: Reading, right: Reading, kind: str, rarity: Rarity, turned: bool = False) -> Evidence:
    """Compare two readings and return the evidence; ``turned`` says that the left one is the candidate."""
    a, b = left.tokens, right.tokens
    said_a, said_b = left.weighed, right.weighed
    if said_a is None or said_a.by is not rarity or said_a.kind != kind:
        said_a = rarity.weigh(left, kind)
    if said_b is None or said_b.by is not rarity or said_b.kind != kind:
        said_b = rarity.weigh(right, kind)
    wa, wb = said_a.weights, said_b.weights
    pairings = align(a, b, _LEAST_LIKENESS[kind])
    if kind == "person":
        pairings = [p for p in pairings if p.likeness >= _WEAK_ALIKE or not _weak(a, b, p)]
    if not pairings:
        free_a, free_b = list(range(len(a))), list(range(len(b)))
        share = loss = worst = 0.0
        pairs = _NO_PAIRS
    else:
        sums = _Tally(a, b, wa, wb, pairings)
        free_a = [i for i, value in enumerate(sums.alike_a) if not value]
        free_b = [j for j, value in enumerate(sums.alike_b) if not value]
        share = sums.matched_b / said_b.total if said_a.total > said_b.total else sums.matched_a / said_a.total
        loss, worst = sums.loss, sums.worst
        pairs = _of_pairs(sums, pairings, said_a, said_b)
    trade = SILENT
    if kind == "organisation" and (said_a.trade or said_b.trade):
        trade = of_trade(a, b, said_a.trade, said_b.trade, free_a, free_b, pairings, left.legal, right.legal)
    if free_a and free_b:
        rest = _of_both(a, b, wa, wb, free_a, free_b)
    elif free_a or free_b:
        rest = (0.0, max([wa[i] for i in free_a] or [wb[j] for j in free_b]), 0.0, 0.0, 0.0, 0.0)
    else:
        rest = _ALL_EQUAL if worst > 0.999 else _NO_REST
    measures = (share, *pairs, *rest, *_of_the_whole(left, right, said_a, said_b, loss), *trade)
    return Evidence(measures, left, right, pairings, turned)


_NO_REST: Final[tuple[float, ...]] = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
_ALL_EQUAL: Final[tuple[float, ...]] = (0.0, 0.0, 0.0, 0.0, 0.0, 1.0)


def _of_pairs(sums: _Tally, pairings: Sequence[Pairing], said_a: Weighed, said_b: Weighed) -> tuple[float, ...]:
    """Return the measures of the paired words."""
    rarest_a, rarest_b = sums.alike_a[said_a.rarest], sums.alike_b[said_b.rarest]
    core_a, core_b = _core(said_a.weights, sums.alike_a), _core(said_b.weights, sums.alike_b)
    one = len(pairings) == 1
    return (
        sums.credit / 3.0 if sums.credit < 3.0 else 1.0,
        sums.loss,
        1.0 if one else 0.0,
        sums.initials if sums.initials < 2.0 else 2.0,
        0.0 if one else _inversions(pairings),
        sums.worst * (2.0 - sums.worst),
        rarest_a if rarest_a < rarest_b else rarest_b,
        rarest_a if rarest_a > rarest_b else rarest_b,
        1.0 if sums.telling < _TELLING else 0.0,
        core_a if core_a < core_b else core_b,
        1.0 if one and _common_alone(said_a.weights, said_b.weights, pairings[0]) else 0.0,
    )


def _common_alone(wa: list[float], wb: list[float], pairing: Pairing) -> bool:
    """Tell whether the one word that is all of one name is a common one, and the other name says more."""
    if (len(wa) == 1) == (len(wb) == 1):
        return False
    return max(wa[pairing.left[0]], wb[pairing.right[0]]) < _TELLING


_NO_PAIRS: Final[tuple[float, ...]] = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _of_both(
    a: Sequence[Token], b: Sequence[Token], wa: list[float], wb: list[float], free_a: list[int], free_b: list[int]
) -> tuple[float, ...]:
    """Return the measures of the words that have no counterpart, where both names have some."""
    against_a, against_b = [_facing(a[i], wa[i]) for i in free_a], [_facing(b[j], wb[j]) for j in free_b]
    top_a, top_b = max(against_a), max(against_b)
    left_a = [a[i] for i in free_a if a[i].sort in _COUNTED]
    left_b = [b[j] for j in free_b if b[j].sort in _COUNTED]
    few = len(left_a) if len(left_a) < len(left_b) else len(left_b)
    common = min(against_a) < COMMON_BELOW and min(against_b) < COMMON_BELOW
    short = (len(left_a) > 2 or len(left_b) > 2) and (_acronym(left_a, left_b) or _acronym(left_b, left_a))
    return (
        top_a if top_a < top_b else top_b,
        top_a if top_a > top_b else top_b,
        (few if few < 2 else 2) / 2,
        1.0 if common else 0.0,
        1.0 if short else 0.0,
        0.0,
    )


def _of_the_whole(left: Reading, right: Reading, said_a: Weighed, said_b: Weighed, loss: float) -> tuple[float, ...]:
    """Return the measures of the names as a whole."""
    numbers_a, numbers_b = left.numbers, right.numbers
    forms = left.legal and right.legal
    agree = forms and not left.legal.isdisjoint(right.legal)
    said, other, told_a, told_b = left.said, right.said, said_a.told, said_b.told
    length = len(said) if len(said) > len(other) else len(other)
    both = len(told_a) + len(told_b)
    return (
        1.0 - _distance(said, other) / length if length else 1.0,
        (1.0 - _indel(told_a, told_b) / both) * 100.0 / 100 if both else 1.0,  # a ratio to its last bit
        *(_SAME_SCRIPT if left.script == right.script else _of_scripts(left, right, loss)),
        1.0 if left.partial or right.partial else 0.0,
        1.0 if forms and not agree else 0.0,
        1.0 if agree else 0.0,
        1.0 if numbers_a and numbers_b and numbers_a.isdisjoint(numbers_b) else 0.0,
        1.0 if (not numbers_a) is not (not numbers_b) else 0.0,
    )


def _of_scripts(left: Reading, right: Reading, loss: float) -> tuple[float, ...]:
    """Return what the two scripts leave out, for names in different ones, and the loss of pairs that goes with it."""
    left_out = max(left.loss, right.loss)
    return (
        1.0,
        1.0 if left_out == VOWELLESS else 0.0,
        1.0 if left_out == LOSSY else 0.0,
        1.0 if left.script in _HAN or right.script in _HAN else 0.0,
        loss if left_out == LOSSY else 0.0,
    )


_HAN: Final = ("han", "kana")
_SAME_SCRIPT: Final[tuple[float, ...]] = (0.0, 0.0, 0.0, 0.0, 0.0)
