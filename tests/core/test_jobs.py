"""Long work goes on where it stopped, and periodic jobs run once when due."""

import io
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core import due, jobs
from core.management.commands import run_due
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


@pytest.fixture
def a_failing_job(db: Any) -> Iterator[None]:
    @due.job("test_aaa_failing", every="hour")  # the first by name
    def run(at: datetime) -> str:
        raise ValueError("a secret from a row")

    yield
    due._jobs.pop("test_aaa_failing")


def test_a_job_that_fails_stops_no_other_and_is_due_again(a_failing_job: None, a_daily_job: list[datetime]) -> None:
    assert due.run_round(NOON).failed == ("test_aaa_failing",)
    assert a_daily_job == [NOON]
    assert not DueRun.objects.filter(name="test_aaa_failing").exists()
    assert due.run_round(NOON + timedelta(minutes=1)).failed == ("test_aaa_failing",)


def test_the_command_says_which_job_failed_once_all_have_run(a_failing_job: None, a_daily_job: list[datetime]) -> None:
    with pytest.raises(CommandError, match="test_aaa_failing"):
        call_command("run_due", stdout=io.StringIO())
    assert len(a_daily_job) == 1


def test_as_a_service_it_goes_round_until_it_is_stopped(a_failing_job: None, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[datetime] = []
    whole = due.run_round

    def counted(at: datetime) -> due.Ran:
        rounds.append(at)
        if len(rounds) == 2:
            raise OSError("the database is away")
        if len(rounds) == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return whole(at)

    monkeypatch.setattr(due, "run_round", counted)
    monkeypatch.setattr(run_due, "close_old_connections", lambda: None)  # the test's own stays open
    kept = {sent: signal.getsignal(sent) for sent in (signal.SIGTERM, signal.SIGINT)}
    said = io.StringIO()
    try:
        call_command("run_due", "--every", "0.001", stdout=io.StringIO(), stderr=said)
    finally:
        for sent, handler in kept.items():
            signal.signal(sent, handler)
    assert len(rounds) == 3
    assert said.getvalue() == "This round was given up (OSError); the next one tries again.\n"


def test_the_demo_runs_the_periodic_jobs_too() -> None:
    root = Path(__file__).resolve().parents[2]
    assert "manage.py run_due --every" in (root / "scripts" / "demo.sh").read_text(encoding="utf-8")
