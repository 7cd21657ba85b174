"""How many pairs of names one core compares a second: plain and explained, of names never read and of names known.

Each figure stands beside rapidfuzz WRatio over anyascii, on the same pairs in the same minute; the ratio is ours to it.
"""

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from anyascii import anyascii
from rapidfuzz import fuzz

from parties.matching import Subject, match, similarity
from parties.matching.fictional import make_agencies
from parties.matching.normalise import read_name

Pairs = list[tuple[str, str]]
NAMES, QUERIES, EACH, ROUNDS = 1_200, 100, 20, 3


def _simple(pairs: Pairs) -> None:
    for left, right in pairs:
        fuzz.WRatio(anyascii(left).lower(), anyascii(right).lower())


def _plain(pairs: Pairs) -> None:
    for left, right in pairs:
        similarity(left, right)


def _explained(pairs: Pairs) -> None:
    for left, right in pairs:
        if not match(Subject(left), Subject(right)).reasons:
            raise RuntimeError("a comparison gave no reasons")


def _rate(call: Callable[[Pairs], None], pairs: Pairs) -> float:
    began = time.process_time()
    call(pairs)
    return len(pairs) / (time.process_time() - began)


def _cold(seed: int) -> Pairs:
    """Return pairs that bring two names each that this process has not read before, of words it may have met."""
    names = make_agencies(NAMES, seed=seed)
    return list(zip(names[::2], names[1::2], strict=True))


def _screening(seed: int) -> Pairs:
    """Return new queries with names of a register that were read before."""
    register = make_agencies(QUERIES * 3, seed=seed)
    for name in register:
        read_name(name, "organisation")
    chosen = random.Random(seed)
    return [(query, name) for query in make_agencies(QUERIES, seed=seed + 1) for name in chosen.sample(register, EACH)]


def results() -> list[dict[str, Any]]:
    """Return the rows of the table: pairs a second, and as a multiple of WRatio's in the same run."""
    out: list[dict[str, Any]] = []
    shapes = (("new names", _cold), ("20 known names for each new one", _screening))
    for number, (shape, pairs) in enumerate(shapes):
        for call, name, goal in ((_plain, "plain", ">= 20000"), (_explained, "explained", ">= 5000")):
            ours, others = [], []
            for turn in range(ROUNDS):
                made = pairs(1_000 * number + 100 * turn + (50 if call is _plain else 0))
                others.append(_rate(_simple, made))
                ours.append(_rate(call, made))
            mine, other = statistics.median(ours), statistics.median(others)
            out.append({"case": f"names, {name}, {shape}: pairs a second", "cpu_ms": round(mine),
                        "a_ms": round(other), "ratio": round(mine / other, 2), "goal": goal})  # fmt: skip
    return out
