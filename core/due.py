"""Run the periodic jobs that are due: each is safe to run twice and says what it did."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.models import DueRun

log = logging.getLogger(__name__)

Run = Callable[[datetime], str]
EVERY = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
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
    if _jobs[name][0] < EVERY["hour"]:
        DueRun.objects.filter(name=name, at__lt=at).delete()  # one row a minute would bury the others
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
