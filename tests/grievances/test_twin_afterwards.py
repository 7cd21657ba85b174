"""Case 12, afterwards: what happens later carries no trace of it: no number that skips, no reference, no row."""

import re
from typing import Any

import pytest
from django.db import transaction

from core.models import Membership
from core.roles import AccountKind, Role
from grievances import services
from grievances.services import following
from tests.factories import make_account
from tests.grievances.builders import judgement, make_grievance
from tests.grievances.twinlife import live, make_world
from tests.grievances.twinworld import Eye

pytestmark = pytest.mark.django_db
REFERENCE = re.compile(r"\b[A-Z]{3,4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")
DIGESTS = re.compile(r"\b[0-9a-f]{12,64}\b")
HOURS = re.compile(r"\b\d{1,2}(:\d{2}){1,2}\b|\b\d{1,2} (?=[ap]\.m\.)")
"""The second world is lived through some seconds after the first: a minute may have passed."""


def later(world: dict[str, Any], nadia: Any) -> list[str]:
    """Let another grievance happen, which all may know of; return the addresses where it shows."""
    grievance = make_grievance(("WAG",), recruiter="Another Agent", country="QA", consents={"investigate": True})
    services.take(grievance, actor=nadia)
    services.send_message(grievance, "we are here", actor=nadia)
    following.write(grievance, "thank you")
    case = services.triage(grievance, judgement(("WAG",), priority="normal"), actor=nadia)
    assert case is not None
    services.link_accused(grievance, world["other"].party, part="recruiter", actor=nadia)
    services.hold(grievance, "legal_claim", actor=nadia)
    one, whole = f"/workspace/grievances/{grievance.ref}/", f"/workspace/grievances/cases/{case.ref}/"
    lists = ("", "?stage=all", "?stage=all&format=csv", "cases/", "indicators/", "repeats/", "oversight/")
    return [
        *(f"/workspace/grievances/{rest}" for rest in lists),
        *(f"{one}{rest}" for rest in ("", "kept/", "related/", "triage/")),
        *(f"{whole}{rest}" for rest in ("", "ask/", "refer/")),
        *(
            "/workspace/notices/",
            "/workspace/audit/",
            "/workspace/audit/?format=csv",
            "/workspace/recruiters/register/",
        ),
        "/en/statistics/",
    ]


def read(who: Any, addresses: list[str]) -> list[str]:
    """Return what somebody reads there; what falls due on one day is listed in the order of drawn references."""
    eye = Eye(who)
    found = []
    for path in addresses:
        seen = eye.look(path)
        text = REFERENCE.sub("<ref>", HOURS.sub("<hour>", DIGESTS.sub("<digest>", seen.text)))
        found.append(f"{seen.status}\n" + "\n".join(sorted(re.split(r"(?=<tr)|\n", text))))
    return found


def test_what_comes_later_shows_no_number_that_skips_and_no_row_more(world, nadia) -> None:
    before = transaction.savepoint()
    addresses = later(world, nadia)
    without = {who: read(world[who], addresses) for who in ("handler", "line", "asha")}
    transaction.savepoint_rollback(before)
    live(world, nadia)
    again = later(world, nadia)
    twins = {who: read(world[who], again) for who in ("handler", "line", "asha")}
    for who in ("handler", "line"):
        for path, one, twin in zip(addresses, without[who], twins[who], strict=True):
            if one != twin:
                place = next(n for n, pair in enumerate(zip(one, twin, strict=False)) if pair[0] != pair[1])
                span = slice(max(0, place - 120), place + 120)
                pytest.fail(f"{who} {path}:\n{one[span]!r}\n{twin[span]!r}")
    # Whoever may know of it does see it: the comparison is not blind.
    assert twins["asha"] != without["asha"]


@pytest.fixture
def world(nadia) -> dict[str, Any]:
    """Return the people; his line audits, and nothing else: as a ministry officer he would find other pages."""
    found = make_world(nadia)
    auditing = make_account("Audit Office", AccountKind.OPERATOR)
    assert Membership.objects.filter(user=found["line"], role=Role.AUDITOR, account=auditing).exists()
    return found
