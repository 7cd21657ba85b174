"""Whoever relies on the periodic jobs is told loudly that they stand still, and since when; nobody is alarmed early."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core import due
from core.models import DueRun, User

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOLD = "The periodic jobs have stood still since"
NEVER = "The periodic jobs have never run."


def ran(**ago: timedelta) -> None:
    for name, since in ago.items():
        DueRun.objects.create(name=name, at=timezone.now() - since)


def page(user: User, path: str) -> str:
    browser = Client()
    browser.force_login(user)
    return browser.get(path).content.decode()


@pytest.fixture
def places(nadia, admin_user, auditor):
    """Return where those who must know begin their day."""
    return {
        "/workspace/grievances/": nadia,
        "/workspace/people/": admin_user,
        "/workspace/vault/": admin_user,
        "/workspace/audit/": auditor,
    }


def test_after_two_days_of_standstill_officer_administrator_and_auditor_read_it_first_of_all(places) -> None:
    ran(escalate=2 * DAY, purge=2 * DAY, safety=2 * DAY)
    for path, user in places.items():
        html = page(user, path)
        assert TOLD in html, path
        assert "escalate, purge" in html


def test_jobs_that_ran_when_they_should_are_not_spoken_of(places) -> None:
    ran(escalate=2 * HOUR, purge=HOUR, safety=DAY + HOUR, texts=2 * HOUR)
    for path, user in places.items():
        html = page(user, path)
        assert TOLD not in html
        assert NEVER not in html


def test_one_job_that_fails_is_told_by_its_name_while_the_others_run() -> None:
    ran(escalate=timedelta(0), purge=5 * HOUR, safety=DAY)
    found = due.standstill(timezone.now(), known_since=timezone.now())
    assert found is not None
    assert found.names == ("purge",)


def test_that_nothing_ever_ran_is_told_from_the_second_day_on(nadia) -> None:
    assert NEVER not in page(nadia, "/workspace/grievances/")
    User.objects.filter(pk=nadia.pk).update(date_joined=timezone.now() - 2 * DAY)
    assert NEVER in page(User.objects.get(pk=nadia.pk), "/workspace/grievances/")


def test_it_takes_one_query_however_often_jobs_ran(django_assert_num_queries) -> None:
    for number in range(40):
        ran(escalate=number * HOUR)
    with django_assert_num_queries(1):
        assert due.standstill(timezone.now(), known_since=timezone.now()) is None


def test_runs_are_forgotten_after_a_season() -> None:
    ran(escalate=100 * DAY, purge=100 * DAY)
    due.run_one("escalate", timezone.now())
    assert DueRun.objects.filter(name="escalate").count() == 1
    assert DueRun.objects.filter(name="purge").count() == 1
