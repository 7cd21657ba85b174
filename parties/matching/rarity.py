"""How much a name token tells: much if it is rare in the register, little if half the register carries it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log
from typing import Final

from parties.matching import tokens as words
from parties.matching.normalise import Reading, Token, Weighed, make_token, read_name
from parties.matching.trade import NOTHING as NO_TRADE
from parties.matching.trade import trade_places

SMALLEST: Final = 300.0
"""A register of fewer names than this says little about how common a name is; it is read as if it had as many."""
FLOOR: Final = 0.08
COMMON_BELOW: Final = 0.45
"""A word that weighs less is common: it confirms but does not tell."""
_MOST_REMEMBERED: Final = 50_000
_WEAK: Final = 0.15
_PLAIN: Final = 1.0
_COMMON: Final = 0.45
_GENERIC: Final = 0.25
_COUNTRY: Final = 0.4
_PATRONYMIC: Final = 0.55
_SHORT: Final = 0.6


def _keys(names: frozenset[str], kind: str) -> frozenset[str]:
    return frozenset(make_token((name,), "latin", kind).key for name in names if name.isalpha())


@lru_cache(maxsize=1)
def _common_people() -> frozenset[str]:
    return _keys(words.PEOPLE_COMMON, "person")


def prior_weight(token: Token, kind: str) -> float:
    """Return the weight of a token, 0 to 1, from general knowledge alone."""
    if token.prior is None:
        token.prior = _prior(token, kind)
    return token.prior


def _prior(token: Token, kind: str) -> float:
    if token.sort == "weak":
        return _WEAK
    if kind == "organisation":
        if token.text in words.COUNTRY_WORDS:
            return _COUNTRY
        if token.text in words.ORGANISATIONS_COMMON:
            return _GENERIC
        return _PLAIN if len(token.text) > 2 else _SHORT
    if token.initial:
        return _WEAK * 2
    if token.sort == "patronymic":
        return _PATRONYMIC
    if token.key in _common_people():
        return _COMMON
    return _PLAIN if len(token.sound) > 2 else _SHORT


class Rarity:
    """Weigh tokens by how often they occur in a register, on top of what is known without one."""

    __slots__ = ("_cache", "counts", "total")

    def __init__(self, counts: dict[str, int] | None = None, total: int = 0) -> None:
        self.counts = counts or {}
        self.total = total
        self._cache: dict[int, float] = {}

    @classmethod
    def learn(cls, names: Iterable[tuple[str, str] | str]) -> Rarity:
        """Count the tokens of a register. ``names`` are texts, or (text, kind) pairs."""
        counts: Counter[str] = Counter()
        total = 0
        for item in names:
            text, kind = (item, "organisation") if isinstance(item, str) else item
            readings = read_name(text, kind)
            if not readings:
                continue
            total += 1
            counts.update({token.key for token in readings[0].tokens})
        return cls({key: count for key, count in counts.items() if count > 1}, total)

    def weigh(self, reading: Reading, kind: str) -> Weighed:
        """Return what the words of a reading tell, remembered until another register asks."""
        found = reading.weighed
        if found is None or found.by is not self or found.kind != kind:
            tokens = reading.tokens
            ask = self.weight if self.total else prior_weight
            weights = [ask(token, kind) for token in tokens]
            told = [t.sound for t, weight in zip(tokens, weights, strict=True) if weight >= COMMON_BELOW]
            told = told or [t.sound for t in tokens]
            told.sort()
            trade = trade_places(tokens) if kind == "organisation" else NO_TRADE
            found = Weighed(self, kind, weights, " ".join(told), trade)
            reading.weighed = found
        return found

    def weight(self, token: Token, kind: str) -> float:
        """Return the weight of a token, 0 to 1: 1 for a name nobody else has."""
        key = 2 * token.serial + (kind == "organisation")
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) >= _MOST_REMEMBERED:
                self._cache.clear()
            found = self._cache[key] = self._weigh(token, kind)
        return found

    def _weigh(self, token: Token, kind: str) -> float:
        prior = prior_weight(token, kind)
        if not self.total or token.sort in ("weak", "number"):
            return prior
        scale = max(float(self.total), SMALLEST)
        seen = self.counts.get(token.key, 1) * scale / self.total
        return max(FLOOR, min(prior, log(scale / min(scale, seen)) / log(scale) if seen > scale / self.total else 1.0))


NOTHING_LEARNED: Final = Rarity()
