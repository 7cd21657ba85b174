"""Put mixed left-to-right and right-to-left text in the order in which it is seen: Unicode's bidirectional algorithm
(UAX #9, isolates and paired brackets included). Pure.
"""

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

DEEPEST = 125
_RIGHT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_EMBED = {"RLE": ("R", ""), "LRE": ("L", ""), "RLO": ("R", "R"), "LRO": ("L", "L")}
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
_PAIRS = (
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e\u2329\u232a\u2768\u2769\u27e6\u27e7\u27e8\u27e9"
    "\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015\uff08\uff09\uff3b\uff3d\uff5b\uff5d"
)
_OPENING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}


class _State(NamedTuple):
    level: int
    override: str
    isolate: bool


@cache
def kind_of(character: str) -> str:
    """Return a character's bidirectional class; an unassigned one counts as left-to-right."""
    return unicodedata.bidirectional(character) or "L"


def is_plain(text: str) -> bool:
    """Return whether nothing in a text runs from right to left."""
    return text.isascii() or not any(kind_of(character) in _RIGHT for character in text)


def levels(text: str, base: int) -> list[int]:
    """Return the embedding level of each character in a paragraph whose base level is 0 (left) or 1 (right)."""
    original = [kind_of(character) for character in text]
    if base == 0 and is_plain(text):
        return [0] * len(text)
    partner = _isolate_partners(original)
    kinds, explicit = _explicit(original, partner, base)
    found = list(explicit)
    for sequence in _sequences(original, kinds, explicit, partner):
        edges = _edges(original, kinds, explicit, sequence, base, partner)
        own = _resolved(text, kinds, sequence, edges, _side(explicit[sequence[0]]))
        for place, kind in zip(sequence, own, strict=True):  # I1, I2
            if explicit[place] % 2 == 0:
                found[place] += 1 if kind == "R" else 2 if kind in {"AN", "EN"} else 0
            else:
                found[place] += kind in {"L", "AN", "EN"}
    _reset_spaces(original, found, base)
    return found


def visual_runs(text: str, found: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return (level, start, end) of a line's runs in the order in which they are seen, from the left."""
    runs: list[tuple[int, int, int]] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or found[place] != found[start]:
            runs.append((found[start], start, place))
            start = place
    if not runs:
        return []
    highest = max(level for level, _s, _e in runs)
    for level in range(highest, 0, -1):
        place = 0
        while place < len(runs):
            if runs[place][0] < level:
                place += 1
                continue
            end = place
            while end < len(runs) and runs[end][0] >= level:
                end += 1
            runs[place:end] = runs[place:end][::-1]
            place = end
    return runs


def _isolate_partners(kinds: Sequence[str]) -> dict[int, int]:
    """Return where each isolate that is closed closes, and the other way round."""
    partner: dict[int, int] = {}
    waiting: list[int] = []
    for place, kind in enumerate(kinds):
        if kind in _ISOLATES:
            waiting.append(place)
        elif kind == "PDI" and waiting:
            opener = waiting.pop()
            partner[opener], partner[place] = place, opener
        elif kind == "B":
            waiting.clear()
    return partner


def _first_strong(kinds: Sequence[str], start: int, end: int, partner: dict[int, int]) -> str:
    place = start
    while place < end:
        kind = kinds[place]
        if kind in {"L", "R", "AL"}:
            return kind
        place = partner.get(place, end) if kind in _ISOLATES else place
        place += 1
    return "L"


def _explicit(original: Sequence[str], partner: dict[int, int], base: int) -> tuple[list[str], list[int]]:
    """Apply rules X1 to X9; removed characters become BN."""
    kinds, found = list(original), [base] * len(original)
    stack = [_State(base, "", isolate=False)]
    lost_isolates = lost_embeddings = valid_isolates = 0
    for place, kind in enumerate(original):
        top = stack[-1]
        found[place] = top.level
        if kind in _EMBED or kind in _ISOLATES:
            side, override = _EMBED.get(kind, ("", ""))
            if kind in _ISOLATES:
                inner = _first_strong(original, place + 1, partner.get(place, len(original)), partner)
                side = "L" if kind == "LRI" or (kind == "FSI" and inner == "L") else "R"
                kinds[place] = top.override or kind
            else:
                kinds[place] = "BN"
            level = _next_level(top.level, side)
            if level <= DEEPEST and not lost_isolates and not lost_embeddings:
                stack.append(_State(level, override, isolate=kind in _ISOLATES))
                valid_isolates += kind in _ISOLATES
            elif kind in _ISOLATES:
                lost_isolates += 1
            elif not lost_isolates:
                lost_embeddings += 1
        elif kind == "PDI":
            if lost_isolates:
                lost_isolates -= 1
            elif valid_isolates:
                lost_embeddings = 0
                while not stack[-1].isolate:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            found[place] = stack[-1].level
            kinds[place] = stack[-1].override or kind
        elif kind == "PDF":
            kinds[place] = "BN"
            if lost_isolates:
                continue
            if lost_embeddings:
                lost_embeddings -= 1
            elif len(stack) > 1 and not top.isolate:
                stack.pop()
        elif kind == "B":
            found[place] = base
        elif kind != "BN" and top.override:
            kinds[place] = top.override
    return kinds, found


def _next_level(level: int, side: str) -> int:
    return (level + 1) | 1 if side == "R" else (level + 2) & ~1


def _sequences(
    original: Sequence[str], kinds: Sequence[str], found: Sequence[int], partner: dict[int, int]
) -> list[list[int]]:
    """Return the isolating run sequences (X10): characters of one level that see each other across isolates."""
    runs: list[list[int]] = []
    for place, kind in enumerate(kinds):
        if kind == "BN":
            continue
        if runs and found[runs[-1][-1]] == found[place]:
            runs[-1].append(place)
        else:
            runs.append([place])
    by_start = {run[0]: run for run in runs}
    sequences = []
    for run in runs:
        if original[run[0]] == "PDI" and run[0] in partner:
            continue
        sequence = list(run)
        while original[sequence[-1]] in _ISOLATES and sequence[-1] in partner:
            following = by_start.get(partner[sequence[-1]])
            if following is None:
                break
            sequence.extend(following)
        sequences.append(sequence)
    return sequences


def _edges(
    original: Sequence[str],
    kinds: Sequence[str],
    explicit: Sequence[int],
    sequence: Sequence[int],
    base: int,
    partner: dict[int, int],
) -> tuple[str, str]:
    """Return the directions that lie before and after a sequence (X10)."""
    level, last = explicit[sequence[0]], sequence[-1]
    before = _neighbour(kinds, explicit, sequence[0], -1, base)
    open_ended = original[last] in _ISOLATES and last not in partner
    after = base if open_ended else _neighbour(kinds, explicit, last, 1, base)
    return _side(max(level, before)), _side(max(level, after))


def _resolved(text: str, kinds: Sequence[str], sequence: list[int], edges: tuple[str, str], side: str) -> list[str]:
    """Return the resolved kinds of one sequence: rules W1 to W7 and N0 to N2."""
    given = [kinds[place] for place in sequence]
    own = list(given)
    _weak(own, edges[0])
    _brackets(text, sequence, given, own, edges[0], side)
    _neutrals(own, *edges, side)
    return own


def _neighbour(kinds: Sequence[str], found: Sequence[int], place: int, step: int, base: int) -> int:
    place += step
    while 0 <= place < len(kinds):
        if kinds[place] != "BN":
            return found[place]
        place += step
    return base


def _side(level: int) -> str:
    return "R" if level % 2 else "L"


def _weak(own: list[str], sos: str) -> None:
    previous, strong = sos, sos
    for place, kind in enumerate(own):
        if kind == "NSM":  # W1
            kind = "ON" if previous in {*_ISOLATES, "PDI"} else previous
        previous = kind
        if kind in {"L", "R", "AL"}:
            strong = kind
        elif kind == "EN" and strong == "AL":  # W2
            kind = "AN"
        own[place] = kind
    own[:] = ["R" if kind == "AL" else kind for kind in own]  # W3
    for place in range(1, len(own) - 1):  # W4
        sides = {own[place - 1], own[place + 1]}
        if sides == {"EN"} and own[place] in {"ES", "CS"}:
            own[place] = "EN"
        elif sides == {"AN"} and own[place] == "CS":
            own[place] = "AN"
    _spread(own, "ET", lambda left, right: "EN" if "EN" in {left, right} else "")  # W5
    strong = sos
    for place, kind in enumerate(own):
        if kind in {"ES", "CS", "ET"}:  # W6
            own[place] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":  # W7
            own[place] = "L"


def _spread(own: list[str], wanted: str, decide: Callable[[str, str], str]) -> None:
    """Give each stretch of one kind what its neighbours decide, if they decide anything."""
    place = 0
    while place < len(own):
        end = place
        while end < len(own) and own[end] == wanted:
            end += 1
        if end > place:
            given = decide(own[place - 1] if place else "", own[end] if end < len(own) else "")
            if given:
                own[place:end] = [given] * (end - place)
        place = max(end, place + 1)


def _brackets(text: str, sequence: list[int], kinds: list[str], own: list[str], sos: str, side: str) -> None:
    """Give paired brackets the direction of what they hold (N0)."""
    pairs = _bracket_pairs(text, sequence, own)
    for opener, closer in sorted(pairs):
        inside = {_strong(own[place]) for place in range(opener + 1, closer)}
        if side in inside:
            given = side
        elif {"L", "R"} & inside:
            context = next((strong for place in range(opener - 1, -1, -1) if (strong := _strong(own[place]))), sos)
            given = context if context != side else side
        else:
            continue
        for bracket in (opener, closer):
            own[bracket] = given
            following = bracket + 1
            while following < len(own) and kinds[following] == "NSM":
                own[following] = given
                following += 1


def _bracket_pairs(text: str, sequence: list[int], own: list[str]) -> list[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    pairs = []
    for place, where in enumerate(sequence):
        character = text[where]
        if own[place] != "ON":
            continue
        if character in _OPENING:
            if len(waiting) == 63:
                return []
            waiting.append((_SAME.get(_OPENING[character], _OPENING[character]), place))
        else:
            character = _SAME.get(character, character)
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == character:
                    pairs.append((waiting[depth][1], place))
                    del waiting[depth:]
                    break
    return pairs


def _strong(kind: str) -> str:
    return "R" if kind in {"R", "EN", "AN"} else "L" if kind == "L" else ""


def _neutrals(own: list[str], sos: str, eos: str, side: str) -> None:
    place = 0
    while place < len(own):
        end = place
        while end < len(own) and own[end] in _NEUTRAL:
            end += 1
        if end > place:
            left = _strong(own[place - 1]) if place else sos
            right = _strong(own[end]) if end < len(own) else eos
            own[place:end] = [left if left == right else side] * (end - place)  # N1, N2
        place = max(end, place + 1)


def _reset_spaces(original: Sequence[str], found: list[int], base: int) -> None:
    """Put separators, and spaces before them or at the end, back to the base level (L1); give removed ones a level."""
    at_end = True
    for place in range(len(original) - 1, -1, -1):
        kind = original[place]
        if kind in {"B", "S"}:
            found[place], at_end = base, True
        elif kind in {"WS", "BN", "LRE", "RLE", "LRO", "RLO", "PDF", *_ISOLATES, "PDI"}:
            if at_end:
                found[place] = base
        else:
            at_end = False
    for place, kind in enumerate(original):
        if kind in {"BN", "LRE", "RLE", "LRO", "RLO", "PDF"} and place:
            found[place] = found[place - 1]
