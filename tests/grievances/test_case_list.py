"""The list of cases: what is open, who has it, and the day of its own clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from grievances import services
from grievances.clocks import last_day
from grievances.models import CaseState, Clock, RemediationCase
from grievances.services.clockwork import office_zone
from tests.factories import make_user
from tests.grievances.builders import make_case, make_grievance

pytestmark = pytest.mark.django_db
CASES = "/workspace/grievances/cases/"


@pytest.fixture
def desk(nadia: Any) -> Client:
    client = Client()
    client.force_login(nadia)
    return client


def shown(desk: Client, **asked: str) -> str:
    return desk.get(CASES, asked).content.decode()


def test_what_is_closed_is_shown_only_where_asked_for(nadia, desk) -> None:
    closed, going_on = make_case(nadia), make_case(nadia)
    CaseState.objects.create(case=closed, state=CaseState.State.CLOSED, at=timezone.now(), by=nadia)
    assert going_on.ref in shown(desk)
    assert closed.ref not in shown(desk)
    assert closed.ref in shown(desk, state="closed")
    assert {closed.ref, going_on.ref} <= set(shown(desk, state="all").replace("<", ">").split(">"))
    assert closed.ref in shown(desk, ref=closed.ref)


def test_the_day_is_that_of_the_clock_to_resolve_and_of_no_other(nadia) -> None:
    case = make_case(nadia)
    clocks = Clock.objects.filter(grievance=case.grievance, met_at=None, dropped_at=None)
    assert clocks.exclude(kind="resolve").exists()
    clocks.exclude(kind="resolve").update(due_at=timezone.now() - timedelta(days=400))
    resolve = clocks.get(kind="resolve")
    listed = RemediationCase.objects.listed().get(pk=case.pk)
    assert last_day(listed.due_at, office_zone()) == last_day(resolve.due_at, office_zone())


def test_a_case_officer_finds_her_own(nadia, desk) -> None:
    hers, free = make_case(nadia), make_case(nadia, make_grievance(("WAG",)))
    services.take(hers.grievance, actor=nadia)
    samir = make_user("samir", "case_officer")
    services.take(free.grievance, actor=samir)
    assert hers.ref in shown(desk, mine="me")
    assert free.ref not in shown(desk, mine="me")
    assert hers.ref not in shown(desk, mine="nobody")
