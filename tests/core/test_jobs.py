"""Long work goes on where it stopped, and periodic jobs run once when due."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import due, jobs
from core.models import DueRun, Job

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def counting() -> Iterator[dict[str, int]]:
    state = {"fail_at": -1}

    @jobs.handler("test.count")
    def chunk(job: Job) -> bool:
        if job.done == state["fail_at"]:
            raise RuntimeError("the disk is full")
        job.done += 1
        return job.done < job.total

    yield state
    jobs._handlers.pop("test.count")


@pytest.mark.django_db(transaction=True)
def test_a_job_runs_to_its_end_and_says_so(counting: dict[str, int]) -> None:
    job = jobs.start("test.count", owner=None, total=3, payload={})
    job.refresh_from_db()
    assert (job.state, job.done, job.percent) == (Job.DONE, 3, 100)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_failed_keeps_its_chunks_and_goes_on_from_there(counting: dict[str, int]) -> None:
    counting["fail_at"] = 2
    job = jobs.start("test.count", owner=None, total=4, payload={})
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.FAILED, 2)
    counting["fail_at"] = -1
    jobs.resume(job)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.DONE, 4)


@pytest.fixture
def a_daily_job(db: Any) -> Iterator[list[datetime]]:
    ran: list[datetime] = []

    @due.job("test_daily", every="day")
    def run(at: datetime) -> str:
        ran.append(at)
        return "swept 0"

    yield ran
    due._jobs.pop("test_daily")


def test_a_daily_job_runs_once_a_day(a_daily_job: list[datetime]) -> None:
    for hours in (0, 1, 23, 24):
        due.run_due(NOON + timedelta(hours=hours))
    assert a_daily_job == [NOON, NOON + timedelta(hours=24)]


def test_two_days_down_lead_to_one_run(a_daily_job: list[datetime]) -> None:
    due.run_due(NOON)
    due.run_due(NOON + timedelta(days=3))
    assert len(a_daily_job) == 2
    assert DueRun.objects.filter(name="test_daily").count() == 2
