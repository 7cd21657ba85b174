"""Run the periodic jobs that are due: each is safe to run twice and says what it did."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from core.models import DueRun

log = logging.getLogger(__name__)

Run = Callable[[datetime], str]
EVERY = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
REMEMBERED = timedelta(days=90)
_jobs: dict[str, tuple[timedelta, Run]] = {}


def job(name: str, *, every: str) -> Callable[[Run], Run]:
    """Register a periodic job under its name; `every` is minute, hour or day."""

    def decorate(run: Run) -> Run:
        _jobs[name] = (EVERY[every], run)
        return run

    return decorate


def run_one(name: str, at: datetime) -> str:
    """Run one job now and write down that it ran; raises KeyError for a name nobody registered."""
    outcome = _jobs[name][1](at)
    # One row a minute would bury the others, and rows of every hour would in time.
    kept = timedelta(0) if _jobs[name][0] < EVERY["hour"] else REMEMBERED
    DueRun.objects.filter(name=name, at__lt=at - kept).delete()
    DueRun.objects.create(name=name, at=at, outcome=outcome[:300])
    return outcome


@dataclass(frozen=True)
class Ran:
    """What a round did: what each job said, and the jobs that failed, which are due again at once."""

    outcomes: dict[str, str]
    failed: tuple[str, ...] = ()


def run_round(at: datetime) -> Ran:
    """Run every job whose time has come, once however long the machine was down; a failed one stops no other."""
    outcomes: dict[str, str] = {}
    failed: list[str] = []
    for name, (interval, _run) in sorted(_jobs.items()):
        last = DueRun.objects.filter(name=name).order_by("-at").values_list("at", flat=True).first()
        if last is not None and last + interval > at:
            continue
        try:
            outcomes[name] = run_one(name, at)
        except Exception:
            log.exception("The periodic job %s failed", name)
            failed.append(name)
    return Ran(outcomes, tuple(failed))


def run_due(at: datetime) -> dict[str, str]:
    """Run what is due and return what each job says; raises RuntimeError, when all have run, if one failed."""
    ran = run_round(at)
    if ran.failed:
        raise RuntimeError("These periodic jobs failed: " + ", ".join(ran.failed))
    return ran.outcomes


@dataclass(frozen=True)
class Standstill:
    """Which periodic jobs have not run for far longer than they should, and since when; never, where nothing ran."""

    since: datetime | None
    names: tuple[str, ...]


def standstill(at: datetime, *, known_since: datetime) -> Standstill | None:
    """Return what stands still, or nothing; one query.

    An hourly job may be late by two hours, a daily one by a day. Where no job has ever run, that is told to whoever
    has been here (`known_since`) for longer than a day: whoever has just set things up is about to.
    """
    newest = dict(DueRun.objects.order_by().values_list("name").annotate(last=Max("at")))
    if not newest:
        return Standstill(None, tuple(sorted(_jobs))) if at - known_since > EVERY["day"] else None
    late = [
        name
        for name, (interval, _run) in _jobs.items()
        if name in newest and newest[name] + 2 * max(interval, EVERY["hour"]) + EVERY["hour"] < at
    ]
    return Standstill(min(newest[name] for name in late), tuple(sorted(late))) if late else None
