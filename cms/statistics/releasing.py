"""Publish the figures of a period that is over, once."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.models import StatisticsRelease
from cms.statistics import counting
from cms.statistics.periods import Period, finished_quarters, finished_year
from cms.statistics.suppression import pool_small, protect_count, protect_part, protect_total, rounded
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
    figures = _of_quarter(period) if period.quarter else _of_year(period)
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
    figures = standard("statistics")
    k, zero = figures.tier("public").k or 11, figures.tier("public").zero_needs_population or 0
    everything, categories = counting.grievances(period), counting.categories(period)
    countries, outcomes = counting.countries(period), counting.outcomes(period)
    return {
        "grievances": _people({"all": protect_count(everything, k)}),
        "categories": _people(
            {
                code: protect_part(count, k, population=everything, zero_needs=zero)
                for code, count in categories.items()
                if code not in figures.sensitive
            }
        ),
        "countries": _people(pool_small(countries, k), total=protect_count(sum(countries.values()), k)),
        "outcomes": _people(pool_small(outcomes, k), total=protect_count(sum(outcomes.values()), k)),
        **_of_organisations(period),
    }


def _of_year(period: Period) -> Figures:
    """Return a year's figures; a count of people gives way where the quarters would make it tell too much."""
    figures = standard("statistics")
    k_grave, zero = figures.tier("public_sensitive").k or 20, figures.tier("public").zero_needs_population or 0
    everything = counting.grievances(period)
    total = _totals(period, figures.tier("public").k or 11)
    categories = {
        code: protect_part(count, k_grave, population=everything, zero_needs=zero)
        if code in figures.sensitive
        else total("categories", code, count)
        for code, count in counting.categories(period).items()
    }
    return {
        "grievances": _people({"all": total("grievances", "all", everything)}),
        "categories": _people(categories),
        **_of_organisations(period),
    }


def _totals(year: Period, k: int) -> Callable[[str, str, int], int | None]:
    """Return what protects a year's total against what its quarters told before."""
    names = [str(quarter) for quarter in year.quarters]
    published = list(StatisticsRelease.objects.filter(period__in=names).values_list("figures", flat=True))

    def total(table: str, code: str, count: int) -> int | None:
        told = [figures[table]["cells"][code] for figures in published if code in figures[table]["cells"]]
        return protect_total(told, count, k, untold=len(names) - len(told))

    return total


def _of_organisations(period: Period) -> Figures:
    """Return figures about workplaces, visits and licences: no worker stands behind them."""
    return {
        "visits": {"cells": {"closed": counting.visits(period)}},
        "actions": {"cells": counting.actions(period)},
        "licences": {"cells": counting.licences(period)},
    }


def _people(cells: Mapping[str, int | None], **total: int | None) -> dict[str, Any]:
    base = standard("statistics").tier("public").rounding or 1
    shown: dict[str, Any] = {"cells": {name: rounded(count, base) for name, count in cells.items()}}
    return shown | {name: rounded(count, base) for name, count in total.items()}
