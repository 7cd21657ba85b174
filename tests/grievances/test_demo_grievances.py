"""The demo's grievances: in every state, through the services, the same every time."""

from collections import Counter

import pytest

from grievances import demo
from grievances.demo_words import REPORTS
from grievances.models import Grievance, RemediationCase
from grievances.receipts import read
from grievances.rulebook import category_rules
from parties.demo import World
from parties.demo import build as build_world
from tests.grievances.builders import make_recruiter

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    found = build_world()
    for name in ("Golden Bridge Manpower", "Everest Overseas", "Lotus Gateway"):
        found.recruiters[name] = make_recruiter(name)
    return found


def test_it_makes_eighty_in_every_state_and_many_languages(world: World) -> None:
    demo.build(world)
    states = Counter(row.status for row in Grievance.objects.all())
    assert sum(states.values()) == demo.COUNT + 1
    assert {"received", "acknowledged", "needs_information", "accepted", "closed", "not_accepted"} <= set(states)
    assert len(set(Grievance.objects.values_list("language", flat=True))) >= 12
    assert {case.state for case in RemediationCase.objects.all()} >= {"open", "in_remedy", "delivered", "closed"}
    assert len(read(world.notes[-1].split("\n")[1]).digits) == 27


def test_what_its_workers_tell_uses_the_standards_codes() -> None:
    assert {code for told in REPORTS for code in told.codes} <= set(category_rules())
