"""Case 12 and 21: the accused reads the published figures of a quarter, in which one grievance more is counted or not.

Of the quarter he reads how many reported and about what; no figure names a recruiter, an employer or a place smaller
than a country. Whoever does not want to be counted changes nothing at all. Whoever is counted moves numbers that are
shown by nothing or by one step, as a lot falls that he does not know; what is hidden stays hidden.

The limit, which no rounding takes away: whoever knows for certain every other report of a quarter, and that they are a
multiple of the step, knows of one more where the lot falls upwards (one time in five). So does whoever knows that there
were ten, and sees that eleven are told of. The accused knows of none: who reports is hidden from him.
"""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from cms.models import StatisticsRelease
from cms.seeding import build_site
from cms.statistics.periods import Period
from cms.statistics.releasing import release
from cms.statistics.suppression import rounded
from core.actors import SYSTEM
from grievances.models import Concern, ConsentGiven, Grievance
from tests.grievances.twinlife import NOTHING, live, make_world
from tests.grievances.twinworld import Eye, differences

pytestmark = pytest.mark.django_db
STEP, K = 5, 11
LOTS = "cms.statistics.releasing.lot_for"
HERS = {"grievances|all", "categories|FEE", "countries|QA", "countries|total"}
"""What she can move: that somebody reported, about fees, from Qatar. Of violence no quarter tells."""
TABLES = ("grievances", "categories", "countries", "outcomes", "people", "categories_sex")
PAGES = ["/en/statistics/", "/en/statistics/method/"]
PAGES += [f"/en/statistics/{table}.{kind}" for table in TABLES for kind in ("csv", "json")]


@pytest.fixture
def quarter() -> Period:
    """Return the quarter in which everything here happens."""
    today = timezone.localdate()
    return Period(today.year, (today.month + 2) // 3)


@pytest.fixture
def world(nadia: Any) -> dict[str, Any]:
    """Return the people, a public site, and what others reported in the quarter."""
    found = make_world(nadia)
    build_site(with_demo=False)
    others = [("FEE", "QA")] * 33 + [("WAG", "QA")] * 22 + [("DOC", "AE")] * 14 + [("CON", "OM")] * 7
    made = Grievance.objects.bulk_create(
        Grievance(
            received_on=timezone.localdate(), country=country, language="ne", receipt_locator=f"{number:064d}",
            form_digest=f"{number:064d}", receipt_verifier="x",
        )
        for number, (_code, country) in enumerate(others)
    )  # fmt: skip
    Concern.objects.bulk_create(
        Concern(grievance=grievance, code=code, source=Concern.Source.WORKER)
        for grievance, (code, _country) in zip(made, others, strict=True)
    )
    ConsentGiven.objects.bulk_create(
        ConsentGiven(
            grievance=grievance, purpose="statistics_anonymised", given=True, on=timezone.localdate(), language="ne"
        )
        for grievance in made
    )
    return found


def _publish(quarter: Period) -> dict[str, dict[str, Any]]:
    release(quarter, actor=SYSTEM, today=quarter.last_day + dt.timedelta(days=1))
    return dict(StatisticsRelease.objects.get(period=str(quarter)).figures)


def _cells(figures: dict[str, dict[str, Any]]) -> dict[str, int | None]:
    """Return every number of a release by its table and name."""
    found = {f"{table}|{name}": count for table, told in figures.items() for name, count in told["cells"].items()}
    return found | {f"{table}|total": told["total"] for table, told in figures.items() if "total" in told}


def _read(world: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what the accused's line and everybody reads."""
    eyes = {"line": Eye(world["line"]), "public": Eye()}
    return {who: {path: eye.look(path) for path in PAGES} for who, eye in eyes.items()}


def test_whoever_is_not_counted_changes_nothing_and_whoever_is_moves_shown_numbers_by_one_step_at_most(
    world: dict[str, Any], nadia: Any, quarter: Period, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = transaction.savepoint()
    told = _publish(quarter)
    seen = _read(world)
    assert {path for path, answer in seen["public"].items() if answer.status == 200} > {*PAGES[:2]}
    transaction.savepoint_rollback(point)
    of_lot = []
    for lot in range(STEP):
        monkeypatch.setattr(LOTS, lambda _cell, _base, lot=lot: lot)
        point = transaction.savepoint()
        of_lot.append(_cells(_publish(quarter)))
        transaction.savepoint_rollback(point)
    monkeypatch.undo()

    hidden, _case = live(world, nadia, NOTHING)
    point = transaction.savepoint()
    assert _publish(quarter) == told
    for who, again in _read(world).items():
        assert differences(seen[who], again) == [], who
    transaction.savepoint_rollback(point)

    ConsentGiven.objects.create(
        grievance=hidden, purpose="statistics_anonymised", given=True, on=timezone.localdate(), language="ne"
    )
    steps = 0
    for lot, without in enumerate(of_lot):
        monkeypatch.setattr(LOTS, lambda _cell, _base, lot=lot: lot)
        point = transaction.savepoint()
        found = _cells(_publish(quarter))
        transaction.savepoint_rollback(point)
        steps += _steps(without, found)
    assert 0 < steps <= len(HERS), "each number that she is part of moves with one lot of five"


def _steps(without: dict[str, int | None], found: dict[str, int | None]) -> int:
    """Return how many numbers moved; no row comes or goes, what is hidden stays hidden, and a step is all."""
    assert found.keys() == without.keys(), "no row appears that the other world has not"
    assert "VIO" not in json.dumps(sorted(found))
    moved = {name for name in found if found[name] != without[name]}
    assert moved <= HERS, moved
    for name in moved:
        more, less = found[name], without[name]
        assert more is not None, name
        assert less is not None, "what is hidden stays hidden"
        assert more - less == STEP
    return len(moved)


def test_one_more_shows_one_time_in_five_and_then_as_another_lot_would_show_without_it() -> None:
    """Save at a multiple of the step, and where eleven are reached: these are the limits that the method has."""
    for count in range(K, 400):
        less, more = ([rounded(n, STEP, K, lot) or 0 for lot in range(STEP)] for n in (count, count + 1))
        assert sum(one != other for one, other in zip(less, more, strict=True)) == (1 if count >= 15 else 0)
        assert count % STEP == 0 or set(more) <= set(less), count
