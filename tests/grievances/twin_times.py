"""Measure whether how long an answer takes tells of a hidden grievance. Not a test: a figure, for a quiet machine.

    .venv/bin/python -m pytest -q -s tests/grievances/twin_times.py

The two worlds take turns, so that a machine that grows warm or busy disturbs both alike. Of each address are told the
number of queries, the median processor time in each world, and how far apart the two are by rank (z of Mann and
Whitney's U; beyond about 3.5 in either direction, with so many addresses, is more than chance).
"""

import statistics
import sys
import time
from math import sqrt
from typing import Any

import pytest
from django.db import transaction

from tests.grievances.test_twin_world import NO_CASE, NOBODY
from tests.grievances.twinlife import live, make_world
from tests.grievances.twinworld import Eye

pytestmark = pytest.mark.django_db
TURNS, EACH = 6, 6
LISTS = "/workspace/grievances/"
ADDRESSES = (
    ("handler", LISTS),
    ("handler", f"{LISTS}?stage=all&format=csv"),
    ("handler", f"{LISTS}cases/"),
    ("handler", f"{LISTS}indicators/"),
    ("handler", "/workspace/notices/"),
    ("handler", f"{LISTS}<grievance>/"),
    ("handler", f"{LISTS}cases/<case>/"),
    ("line", f"{LISTS}oversight/"),
    ("line", f"{LISTS}oversight/<grievance>/"),
    ("line", "/workspace/audit/"),
    ("agency", "/workspace/recruiters/own/"),
    ("agency", "/workspace/replies/"),
    ("public", "/en/statistics/"),
    ("public", "/api/v1/register/recruiters.csv"),
)


def rank_distance(one: list[float], other: list[float]) -> float:
    """Return how many standard deviations Mann and Whitney's U lies from what two like samples give."""
    higher = sum((b > a) + (b == a) / 2 for a in one for b in other)
    size = len(one) * len(other)
    return (higher - size / 2) / sqrt(size * (len(one) + len(other) + 1) / 12)


def test_how_long_answers_take_in_both_worlds(nadia: Any) -> None:
    world = make_world(nadia)
    eyes = {who: Eye(world.get(who)) for who in ("handler", "line", "agency", "public")}
    taken: dict[tuple[str, str, bool], list[float]] = {}
    asked: dict[tuple[str, str, bool], int] = {}
    for turn in range(TURNS + 1):
        for hidden in (False, True):
            point, refs = transaction.savepoint(), (NOBODY, NO_CASE)
            if hidden:
                refs = tuple(row.ref for row in live(world, nadia))  # type: ignore[assignment]
            for who, address in ADDRESSES:
                path = address.replace("<grievance>", refs[0]).replace("<case>", refs[1])
                for _time in range(EACH):
                    began = time.process_time()
                    seen = eyes[who].look(path)
                    if turn:  # the first turn warms up
                        taken.setdefault((who, address, hidden), []).append(time.process_time() - began)
                    asked[who, address, hidden] = len(seen.questions)
            transaction.savepoint_rollback(point)
    sys.stdout.write("\n")
    for who, address in ADDRESSES:
        without, with_it = taken[who, address, False], taken[who, address, True]
        sys.stdout.write(
            f"{who:<8} {address:<42} queries {asked[who, address, False]:>3} {asked[who, address, True]:>3}   "
            f"ms {1000 * statistics.median(without):7.2f} {1000 * statistics.median(with_it):7.2f}   "
            f"z {rank_distance(without, with_it):+5.2f}\n"
        )
