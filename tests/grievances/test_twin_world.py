"""Case 12: whoever is accused, leads, serves or is tied to him sees the world in which nobody complained."""

import re
from typing import Any

import pytest
from django.core import mail

from core.models import Notice
from tests.grievances.twinlife import live, make_world
from tests.grievances.twinworld import FOR_STAFF, Eye, differences, places, tables_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(nadia) -> dict[str, Any]:
    return make_world(nadia)


NOBODY = "GRV-0000-0000-0"
NO_CASE = "CASE-0000-0000-0"
NO_SUCH = re.compile(f"{NOBODY}|{NO_CASE}")
TIED = ("handler", "line", "agency", "employer", "buyer")
# What a grievance's life may write to; every answer that reads one of these is compared.
WRITTEN = re.compile(
    r"grievances_|core_(?:audit|sealed|strongbox|evidence|formsubmission)|duediligence_step6|recruiters_(?:risk|rating|fact)"
)
LEAST_SEEN = {"handler": 60, "line": 3, "agency": 0, "employer": 0, "buyer": 0, "public": 0}


def addresses(world: dict[str, Any], grievance: str, case: str) -> dict[str, dict[str, Any]]:
    """Return the words of the addresses: a grievance's where they want one, other objects elsewhere."""
    return {
        "workspace/": {"ref": "none", "pk": world["handler"].pk},
        "workspace/recruiters/": {"ref": world["other"].ref},
        "workspace/grievances/": {"ref": grievance, "number": 1, "file_ref": "EVD-0000-0000-0", "item": 1},
        "workspace/grievances/cases/": {"ref": case, "paid": 1, "check": 1},
        "en/recruiters/": {"ref": world["other"].ref},
        "en/": {"ref": "none"},
        "api/": {"dataset": "register", "ref": world["other"].ref},
    }


def test_case_12_every_address_is_the_same_as_in_the_world_without_it(
    world, nadia, django_capture_on_commit_callbacks
) -> None:
    """Every address of the resolver, each list in every way it may be asked: status, text, number and kind of query."""
    own = places(addresses(world, world["seen"].ref, world["case"].ref))
    strange = [place for place in places(addresses(world, NOBODY, NO_CASE)) if NO_SUCH.search(place.path)]
    assert len(own) > 300
    assert len(strange) > 40
    inside = [place for place in own if place.path.lstrip("/").startswith(FOR_STAFF)]
    outside = [place for place in own if place not in inside]
    eyes = {who: Eye(world.get(who)) for who in [*TIED, "public"]}
    before = {who: eye.look_at_all(inside if who in TIED else outside, WRITTEN) for who, eye in eyes.items()}
    unknown = {who: {place.path: eyes[who].look(place.path) for place in strange} for who in ("handler", "line")}
    notices = {who: list(Notice.objects.filter(user=world[who]).values()) for who in TIED}
    letters = len(mail.outbox)

    with tables_written() as written, django_capture_on_commit_callbacks(execute=True):
        hidden, case = live(world, nadia)

    # What was not looked at again reads nothing that was written; notices are compared row by row.
    assert {name for name in written if not WRITTEN.search(name)} <= {"core_notice"}
    assert {who: list(Notice.objects.filter(user=world[who]).values()) for who in TIED} == notices
    after = {who: eye.look_again(before[who]) for who, eye in eyes.items()}
    differ = [f"{who} {each}" for who in eyes for each in differences(before[who], after[who])]
    assert not differ, "\n".join(differ)
    for who, twins in unknown.items():
        for path, twin in twins.items():
            answer = eyes[who].look(path.replace(NOBODY, hidden.ref).replace(NO_CASE, case.ref))
            assert answer.text.replace(hidden.ref, NOBODY).replace(case.ref, NO_CASE) == twin.text, (who, path)
            assert (answer.status, answer.questions) == (twin.status, twin.questions), (who, path)
    reached = {address for letter in mail.outbox[letters:] for address in letter.to}
    assert reached == {"nadia@example.org"}
    assert {who: len(seen) for who, seen in before.items() if len(seen) < LEAST_SEEN[who]} == {}
