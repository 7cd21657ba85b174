"""Measure what two readings of names have in common and what speaks against it, as a short row of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from parties.matching.align import Pairing, align
from parties.matching.normalise import Reading, Token
from parties.matching.rarity import Rarity
from parties.matching.scripts import ALPHABETIC

MEASURES = (
    "shorter_covered",
    "longer_covered",
    "weight_matched",
    "worst_pair",
    "loss_of_pairs",
    "against_both",
    "against_one",
    "one_word",
    "initials",
    "numbers_differ",
    "forms_differ",
    "forms_agree",
    "out_of_order",
    "whole_alike",
    "all_equal",
    "lossy_script",
    "words_left_both",
    "words_left_one",
    "sorted_alike",
    "set_alike",
    "acronym",
    "worst_pair_eased",
    "numbers_one_side",
    "rarest_both",
    "rarest_one",
    "only_common",
    "part_of_name",
    "core_least",
    "core_most",
    "core_least_eased",
    "common_words_differ",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold the measures of one comparison, and what they were taken from."""

    measures: tuple[float, ...]
    left: Reading
    right: Reading
    pairings: tuple[Pairing, ...]

    def turned(self) -> Evidence:
        """Return the same evidence with left and right exchanged."""
        pairings = tuple(Pairing(p.right, p.left, p.likeness) for p in self.pairings)
        return Evidence(self.measures, self.right, self.left, pairings)


def _inversions(pairings: Sequence[Pairing]) -> float:
    order = [p.right[0] for p in sorted(pairings, key=lambda p: p.left[0])]
    pairs = len(order) * (len(order) - 1) // 2
    if not pairs:
        return 0.0
    return sum(1 for i in range(len(order)) for j in range(i) if order[j] > order[i]) / pairs


_COMMON_BELOW = 0.45
"""A word that weighs less is common: it confirms but does not tell."""
_TELLING = 0.65
"""A telling word counts as found when it is at least this likely the same."""
_LEAST_LIKENESS = {"person": 0.10, "organisation": 0.35}
"""Words of organisations are words of a language more often: near is not the same there."""
_COUNTED = ("word", "patronymic")


def _acronym(short: list[Token], long: list[Token]) -> bool:
    """Tell whether a word left over on one side is made of the first letters of words left over on the other."""
    if len(long) < 2:
        return False
    letters = "".join(t.text[0] for t in long)
    return any(len(t.text) > 1 and len(t.text) >= len(letters) - 1 and letters.startswith(t.text) for t in short)


def _core(weights: list[float], alike: list[float]) -> float:
    """Return the share of the telling words that is matched; of all words where none tells much."""
    total = matched = 0.0
    for weight, value in zip(weights, alike, strict=True):
        if weight >= _COMMON_BELOW:
            total += weight
            matched += weight * value
    if not total:
        return float(sum(map(mul, weights, alike)) / sum(weights))
    return matched / total


def _telling_words(tokens: tuple[Token, ...], weights: list[float]) -> str:
    """Return the sounds of the words that tell; of all words where none does."""
    told = [t.sound for t, weight in zip(tokens, weights, strict=True) if weight >= _COMMON_BELOW]
    return " ".join(told or [t.sound for t in tokens])


def _has_common(free: dict[int, float]) -> bool:
    return any(weight < _COMMON_BELOW for weight in free.values())


@dataclass
class _Tally:
    """What the paired words add up to, and which words stay unpaired with their weights."""

    alike_a: list[float]
    alike_b: list[float]
    free_a: dict[int, float]
    free_b: dict[int, float]
    matched_a: float = 0.0
    matched_b: float = 0.0
    credit: float = 0.0
    loss: float = 0.0
    initials: float = 0.0
    worst: float = 1.0
    telling: float = 0.0


def _tally(
    a: Sequence[Token], b: Sequence[Token], wa: list[float], wb: list[float], pairings: Sequence[Pairing]
) -> _Tally:
    """Add up what the pairings say; without any, the worst likeness is none."""
    sums = _Tally([0.0] * len(a), [0.0] * len(b), dict(enumerate(wa)), dict(enumerate(wb)))
    for pairing in pairings:
        va, vb = sum(wa[i] for i in pairing.left), sum(wb[j] for j in pairing.right)
        for i in pairing.left:
            sums.free_a.pop(i, None)
            sums.alike_a[i] = pairing.likeness
        for j in pairing.right:
            sums.free_b.pop(j, None)
            sums.alike_b[j] = pairing.likeness
        sums.matched_a += va * pairing.likeness
        sums.matched_b += vb * pairing.likeness
        weight = min(va, vb)
        sums.credit += weight * pairing.likeness
        if max(va, vb) >= _COMMON_BELOW:
            sums.telling = max(sums.telling, pairing.likeness)
        if a[pairing.left[0]].initial or b[pairing.right[0]].initial:
            sums.initials += 1
        else:
            sums.loss += weight * (1.0 - pairing.likeness)
            if weight > 0.2:
                sums.worst = min(sums.worst, pairing.likeness)
    if not pairings:
        sums.worst = 0.0
    return sums


def gather(left: Reading, right: Reading, kind: str, rarity: Rarity) -> Evidence:
    """Compare two readings and return the evidence."""
    a, b = left.tokens, right.tokens
    weigh = rarity.weight
    wa, wb = [weigh(t, kind) for t in a], [weigh(t, kind) for t in b]
    pairings = align(a, b, _LEAST_LIKENESS[kind])
    sums = _tally(a, b, wa, wb, pairings)
    shorter, longer = sums.matched_a / sum(wa), sums.matched_b / sum(wb)
    if sum(wa) > sum(wb):
        shorter, longer = longer, shorter
    measures = (shorter, longer, *_of_words(left, right, sums, pairings), *_of_the_rest(left, right, sums, wa, wb))
    return Evidence(measures, left, right, tuple(pairings))


def _of_words(left: Reading, right: Reading, sums: _Tally, pairings: Sequence[Pairing]) -> tuple[float, ...]:
    """Return the measures of the paired words, in the order of the weights."""
    a, b = left.tokens, right.tokens
    top_a, top_b = max(sums.free_a.values(), default=0.0), max(sums.free_b.values(), default=0.0)
    numbers_a, numbers_b = _numbers(a), _numbers(b)
    whole = Levenshtein.normalized_similarity("".join(t.sound for t in a), "".join(t.sound for t in b))
    return (
        min(sums.credit, 3.0) / 3.0,
        sums.worst,
        sums.loss,
        min(top_a, top_b),
        max(top_a, top_b),
        1.0 if len(pairings) == 1 else 0.0,
        min(sums.initials, 2.0),
        1.0 if numbers_a and numbers_b and numbers_a.isdisjoint(numbers_b) else 0.0,
        1.0 if left.legal and right.legal and not left.legal & right.legal else 0.0,
        1.0 if left.legal & right.legal else 0.0,
        _inversions(pairings),
        whole,
        1.0 if not sums.free_a and not sums.free_b and sums.worst > 0.999 else 0.0,
        1.0 if max(t.loss for t in (*a, *b)) > ALPHABETIC else 0.0,
    )


def _of_the_rest(left: Reading, right: Reading, sums: _Tally, wa: list[float], wb: list[float]) -> tuple[float, ...]:
    """Return the measures of unpaired, rare and common words, in the order of the weights."""
    a, b = left.tokens, right.tokens
    left_a = [a[i] for i in sums.free_a if a[i].sort in _COUNTED]
    left_b = [b[j] for j in sums.free_b if b[j].sort in _COUNTED]
    said_a, said_b = _telling_words(a, wa), _telling_words(b, wb)
    rarest_a = sums.alike_a[max(range(len(a)), key=wa.__getitem__)]
    rarest_b = sums.alike_b[max(range(len(b)), key=wb.__getitem__)]
    core_a, core_b = _core(wa, sums.alike_a), _core(wb, sums.alike_b)
    core_least = min(core_a, core_b)
    return (
        min(len(left_a), len(left_b), 2) / 2,
        min(max(len(left_a), len(left_b)), 3) / 3,
        fuzz.token_sort_ratio(said_a, said_b) / 100,
        fuzz.token_set_ratio(said_a, said_b) / 100,
        1.0 if _acronym(left_a, left_b) or _acronym(left_b, left_a) else 0.0,
        sums.worst * (2.0 - sums.worst),
        1.0 if bool(_numbers(a)) != bool(_numbers(b)) else 0.0,
        min(rarest_a, rarest_b),
        max(rarest_a, rarest_b),
        1.0 if sums.telling < _TELLING else 0.0,
        1.0 if left.partial or right.partial else 0.0,
        core_least,
        max(core_a, core_b),
        core_least * (2.0 - core_least),
        1.0 if _has_common(sums.free_a) and _has_common(sums.free_b) else 0.0,
    )


def _numbers(tokens: Sequence[Token]) -> set[str]:
    return {token.text for token in tokens if token.number}
