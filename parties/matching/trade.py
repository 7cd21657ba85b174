"""Measure what the words of a trade leave open: half of all agencies are called "international" or "overseas".

Such words never carry a match between organisations. Where both names hold one, all words of their own have to agree,
and the trade has to be the same; else two agencies of one register meet in "Crown Overseas" and "Crown Care Overseas".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from parties.matching.tokens import COUNTRY_WORDS, NEUTRAL_WORDS, REGION_WORDS, TRADE_WORDS

if TYPE_CHECKING:
    from parties.matching.align import Pairing
    from parties.matching.wordtoken import Token

OWN_FROM: Final = 0.2
"""A word that weighs this much without a register is a name's own, unless it is of the trade, neutral or a country."""
_NOT_OWN: Final = NEUTRAL_WORDS | (COUNTRY_WORDS - REGION_WORDS)
_NEAR: Final = 0.35
_LETTERS: Final = 4
"""Names of fewer letters than this are letters rather than a word: one that differs makes another name."""
_ADDED: Final = frozenset(["services", "service", "agency"])
"""Words that come and go behind another word of the trade: a manpower agency is one that offers manpower services."""
NO_FORMS: Final[frozenset[str]] = frozenset()
_TRADING_FORMS: Final = frozenset(["corporation", "establishment"])
"""Legal forms that agencies use as others use a word of the trade: "Meghna Corporation" beside "Meghna Overseas"."""
NOTHING: Final[frozenset[int]] = frozenset()
SILENT: Final[tuple[float, ...]] = (0.0, 0.0, 0.0)


def trade_places(tokens: Sequence[Token]) -> frozenset[int]:
    """Return where words of the trade stand."""
    places = [place for place, token in enumerate(tokens) if token.text in TRADE_WORDS]
    return frozenset(places) if places else NOTHING


def _own(token: Token) -> bool:
    """Tell whether a word that is not of the trade is a name's own."""
    return not token.number and token.text not in _NOT_OWN and (token.prior or 0.0) >= OWN_FROM


def _unlike(a: Token, b: Token, likeness: float) -> float:
    """Return how unlike two paired words of one script are; words that sound the same are alike."""
    if a.script != b.script or a.sound == b.sound:
        return 0.0
    return 1.0 if min(len(a.text), len(b.text)) < _LETTERS else 1.0 - likeness


def of_trade(
    a: Sequence[Token],
    b: Sequence[Token],
    trade_a: frozenset[int],
    trade_b: frozenset[int],
    free_a: Sequence[int],
    free_b: Sequence[int],
    pairings: Sequence[Pairing],
    legal_a: frozenset[str] = NO_FORMS,
    legal_b: frozenset[str] = NO_FORMS,
) -> tuple[float, ...]:
    """Return, for names that both hold words of the trade, how the trade differs, what is left over, how near they are.

    Where two words of the names' own agree, the trade no longer matters.
    """
    if not trade_a or not trade_b:
        alone = (legal_a if trade_b else legal_b) if trade_a or trade_b else NO_FORMS
        return (1.0, 0.0, 0.0) if alone & _TRADING_FORMS and len(pairings) == 1 else SILENT
    unlike = 0.0
    agreeing = 0
    for pairing in pairings:
        left, right = pairing.left, pairing.right
        i, j = left[0], right[0]
        if i not in trade_a and j not in trade_b and (_own(a[i]) or _own(b[j])):
            near = _unlike(a[i], b[j], pairing.likeness) if len(left) == 1 == len(right) else 0.0
            agreeing += max(len(left), len(right)) if near < _NEAR else 0
            unlike = max(unlike, near)
    left_a, left_b = trade_a.intersection(free_a), trade_b.intersection(free_b)
    if len(left_a) < len(trade_a) and len(left_b) < len(trade_b):  # one word of the trade is in both
        left_a = frozenset(i for i in left_a if a[i].text not in _ADDED)
        left_b = frozenset(j for j in left_b if b[j].text not in _ADDED)
    differs = 0.5 * bool(left_a) + 0.5 * bool(left_b)
    if agreeing > 1:
        return 0.2 if differs == 1.0 else 0.0, 0.0, 0.0
    more = any(i not in trade_a and _own(a[i]) for i in free_a) or any(j not in trade_b and _own(b[j]) for j in free_b)
    return differs, 1.0 if more else 0.0, unlike
