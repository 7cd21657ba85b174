"""Publish the figures of a period that is over, once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.models import StatisticsCube, StatisticsRelease
from cms.statistics import counting
from cms.statistics.lots import lot_for
from cms.statistics.periods import Period, finished_quarters, finished_year
from cms.statistics.suppression import pool_small, protect_count, rounded
from cms.statistics.telling import ALL, TOTAL, Cube, Quarter, Rules, tell_quarter, tell_year
from core import audit
from core.actors import SYSTEM, Actor
from core.standards import standard

Figures = dict[str, dict[str, Any]]


@transaction.atomic
def release(period: Period, *, actor: Actor, today: dt.date | None = None) -> StatisticsRelease:
    """Publish a period's figures; a period that is published already is returned as it is.

    Raises ValueError for a period that is not over: live counters would tell who came between two looks.
    """
    if period.last_day >= (today or timezone.localdate()):
        raise ValueError(f"{period} is not over yet.")
    earlier = StatisticsRelease.objects.filter(period=str(period)).first()
    if earlier is not None:
        return earlier
    figures = _of_quarter(period) if period.quarter else _of_year(period, actor=actor, today=today)
    made = StatisticsRelease.objects.create(period=str(period), edition=standard("statistics").edition, figures=figures)
    audit.record("statistics.released", actor=actor, subject=f"statistics:{period}")
    return made


def release_finished(today: dt.date, *, quarters: int = 1, actor: Actor = SYSTEM) -> list[str]:
    """Publish the newest finished quarters and the newest finished year that are not published; return their names."""
    known = set(StatisticsRelease.objects.values_list("period", flat=True))
    wanted = [*finished_quarters(today, quarters), finished_year(today)]
    new = [period for period in wanted if str(period) not in known]
    return [release(period, actor=actor, today=today).period for period in new]


def _of_quarter(period: Period) -> Figures:
    """Return a quarter's figures; grave categories are not told by the quarter at all."""
    rules = _rules()
    cube = frozen(period)
    grievances, categories = tell_quarter(cube, rules)
    countries, outcomes = counting.countries(period), counting.outcomes(period)
    return {
        "grievances": _people(period, "grievances", grievances),
        "categories": _people(period, "categories", categories),
        "countries": _people(
            period, "countries", pool_small(countries, rules.k), total=protect_count(sum(countries.values()), rules.k)
        ),
        "outcomes": _people(
            period, "outcomes", pool_small(outcomes, rules.k), total=protect_count(sum(outcomes.values()), rules.k)
        ),
        **_of_organisations(period),
    }


def _of_year(period: Period, *, actor: Actor, today: dt.date | None) -> Figures:
    """Return a year's figures, cut from its quarters, which are published first; then exact counts are let go."""
    told = [release(quarter, actor=actor, today=today).figures for quarter in period.quarters]
    quarters = [
        Quarter(frozen(quarter), _shown(figures["grievances"]), _shown(figures["categories"]))
        for quarter, figures in zip(period.quarters, told, strict=True)
    ]
    year = tell_year(quarters, _rules())
    StatisticsCube.objects.filter(period__in=[str(quarter) for quarter in period.quarters]).delete()
    return {
        "grievances": _people(period, "grievances", year.grievances),
        "categories": _people(period, "categories", year.categories),
        **({"people": _people(period, "people", year.people)} if year.people else {}),
        **({"categories_sex": _people(period, "categories_sex", year.category_sex)} if year.category_sex else {}),
        **_of_organisations(period),
    }


def _shown(figures: dict[str, Any]) -> dict[str, int | None]:
    cells: dict[str, int | None] = figures["cells"]
    return cells


def _rules() -> Rules:
    found = standard("statistics")
    return Rules(
        k=found.tier("public").k or 11,
        k_grave=found.tier("public_sensitive").k or 20,
        zero_needs=found.tier("public").zero_needs_population or 0,
        sensitive=frozenset(found.sensitive),
    )


def frozen(period: Period) -> Cube:
    """Return a finished quarter's exact counts: counted and frozen when they are first asked for."""
    made, _created = StatisticsCube.objects.get_or_create(
        period=str(period), defaults={"counts": lambda: _packed(counting.cube(period))}
    )
    return _unpacked(made.counts)


def _packed(cube: Cube) -> dict[str, Any]:
    def pairs(cells: Mapping[tuple[str, str], int]) -> dict[str, int]:
        return {f"{row}|{column}": count for (row, column), count in cells.items()}

    return {
        "everybody": cube.everybody,
        "categories": dict(cube.categories),
        "people": pairs(cube.people),
        "category_sex": pairs(cube.category_sex),
    }


def _unpacked(counts: dict[str, Any]) -> Cube:
    def pairs(cells: Mapping[str, int]) -> dict[tuple[str, str], int]:
        return {(name.split("|")[0], name.split("|")[1]): count for name, count in cells.items()}

    return Cube(counts["everybody"], counts["categories"], pairs(counts["people"]), pairs(counts["category_sex"]))


def _of_organisations(period: Period) -> Figures:
    """Return figures about workplaces, visits and licences: no worker stands behind them."""
    return {
        "visits": {"cells": {"closed": counting.visits(period)}},
        "actions": {"cells": counting.actions(period)},
        "licences": {"cells": counting.licences(period)},
    }


def _people(period: Period, table: str, cells: Mapping[str, int | None], **total: int | None) -> dict[str, Any]:
    """Return the counts of one table of one release, rounded."""
    tier = standard("statistics").tier("public")
    base, least = tier.rounding or 1, tier.k or 11

    def drawn(name: str, count: int | None) -> int | None:
        return rounded(count, base, least, lot_for(f"{period}|{what_is_counted(table, name)}", base))

    shown: dict[str, Any] = {"cells": {name: drawn(name, count) for name, count in cells.items()}}
    return shown | {name: drawn(name, count) for name, count in total.items()}


def what_is_counted(table: str, name: str) -> str:
    """Return one name for each thing that is counted, whichever tables tell of it: it is rounded alike in all."""
    if (table, name) in {("grievances", ALL), ("countries", TOTAL), ("people", f"{TOTAL}|{TOTAL}")}:
        return ALL
    if table == "categories_sex" and name.endswith(f"|{TOTAL}"):
        return f"categories|{name.removesuffix(f'|{TOTAL}')}"
    return f"{table}|{name}"
