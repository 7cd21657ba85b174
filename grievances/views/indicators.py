"""How well the channel works: twelve shares by the eight criteria of UN Guiding Principle 31, drawn and in tables."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from core.access import staff
from core.charts import Chart, Point, chart
from core.exports import csv_response
from core.models import User
from core.roles import Role
from core.standards import standard
from grievances.indicator_words import CRITERIA, WORDS, Words
from grievances.indicators import Better, Series, Share, quarters_until, series
from grievances.measuring import measure
from grievances.models import Grievance
from grievances.services.freezing import frozen_series

READERS = (Role.CASE_OFFICER, Role.AUDITOR, Role.MINISTRY_OFFICER)


@dataclass(frozen=True)
class Measure:
    """One indicator as its page shows it."""

    code: str
    words: Words
    series: Series
    rows: tuple[tuple[str, Share], ...]
    drawn: Chart
    target: str
    verdict: str
    tone: str


@dataclass(frozen=True)
class Criterion:
    """One of the eight criteria with what is measured for it."""

    code: str
    title: str | Promise
    meaning: str
    measures: tuple[Measure, ...]


def _read(request: HttpRequest) -> tuple[tuple[Series, ...], tuple[date, ...], bool]:
    """Return the indicators as this reader may see them: exact for who handles, otherwise frozen and protected."""
    user = cast("User", request.user)
    handles = user.has_role(Role.CASE_OFFICER)
    quarters = quarters_until(timezone.localdate(), with_running=handles)
    if not handles:
        return frozen_series(quarters), quarters, False
    return series(measure(Grievance.objects.visible_to(user), quarters[0]), quarters), quarters, True


@staff(*READERS)
def indicators(request: HttpRequest) -> HttpResponseBase:
    """Show every indicator with its definition, its trend and its table."""
    found, quarters, exact = _read(request)
    titles = tuple(_title(day) for day in quarters)
    measures = [_measure(each, quarters, titles) for each in found]
    criteria = [
        Criterion(
            entry.code,
            CRITERIA[entry.code],
            _(entry.label),
            tuple(each for each in measures if each.series.indicator.criterion == entry.code),
        )
        for entry in standard("grievance").criteria
    ]
    context = {"criteria": criteria, "exact": exact, "k": standard("statistics").tier("public").k}
    return render(request, "grievances/staff/indicators.html", context)


@staff(*READERS)
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """Return the same shares as a table for programs, as protected as on the page."""
    found, quarters, exact = _read(request)
    header = ["criterion", "indicator", "quarter", "percent", *(["part", "whole"] if exact else []), "hidden"]
    rows = (
        [
            each.indicator.criterion,
            each.indicator.code,
            _name(quarter),
            share.percent,
            *([share.part, share.whole] if exact else []),
            share.hidden,
        ]
        for each in found
        for quarter, share in zip(quarters, each.shares, strict=True)
    )
    return csv_response("safeconduct-indicators.csv", header, rows)


def _measure(found: Series, quarters: tuple[date, ...], titles: tuple[str, ...]) -> Measure:
    indicator, words = found.indicator, WORDS[found.indicator.code]
    points = [
        Point(_name(day)[2:], None if share.percent is None else float(share.percent), _words(share), share.hidden)
        for day, share in zip(quarters, found.shares, strict=True)
    ]
    target = "" if indicator.target is None else _("Target: %(percent)s%% or more") % {"percent": indicator.target}
    rows = tuple(zip(titles, found.shares, strict=True))
    drawn = chart(
        points,
        code=indicator.code,
        title=str(words.title),
        summary=_summary(rows),
        top=100.0,
        target=None if indicator.target is None else float(indicator.target),
        right_to_left=get_language_bidi(),
    )
    verdict, tone = _verdict(found)
    return Measure(indicator.code, words, found, rows, drawn, target, verdict, tone)


def _verdict(found: Series) -> tuple[str, str]:
    """Return in a word how it stands, and its tone."""
    if found.meets_target is not None:
        return (_("target met"), "good") if found.meets_target else (_("below target"), "warn")
    if found.change and found.indicator.better is Better.LOWER:
        return (_("rising"), "warn") if found.change > 0 else (_("falling"), "good")
    return "", ""


def _words(share: Share) -> str:
    if share.hidden:
        return _("hidden")
    return "–" if share.percent is None else f"{share.percent}%"


def _summary(rows: tuple[tuple[str, Share], ...]) -> str:
    """Return the chart in a sentence, for whoever does not see it."""
    return "; ".join(f"{title}: {_words(share)}" for title, share in rows)


def _name(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _title(day: date) -> str:
    return _("%(year)s, quarter %(quarter)s") % {"year": day.year, "quarter": (day.month + 2) // 3}
