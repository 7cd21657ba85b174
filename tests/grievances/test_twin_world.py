"""Case 12: whoever is accused, leads, serves or is tied to him sees the world in which nobody complained.

What a worker agrees to reaches those whom she named, as she agreed, and tells nobody else any more.
"""

import re
from typing import Any

import pytest
from django.core import mail

from core.actors import SYSTEM
from core.apikeys import issue_key, scopes
from core.models import Notice
from grievances import services
from grievances.models import RemediationCase
from grievances.services import following
from tests.duediligence.making import make_company, make_engagement
from tests.grievances.builders import judgement, make_grievance
from tests.grievances.twinlife import ACCUSED, live, make_world
from tests.grievances.twinworld import FOR_STAFF, MATCHING, Eye, differences, places, tables_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(nadia) -> dict[str, Any]:
    """Return the people; the accused employer's own company engages the accused recruiter too."""
    found = make_world(nadia)
    make_engagement(make_company(found["employer"]), found["recruiter"])
    return found


NOBODY = "GRV-0000-0000-0"
NO_CASE = "CASE-0000-0000-0"
NO_SUCH = re.compile(f"{NOBODY}|{NO_CASE}")
TIED = ("handler", "line", "agency", "employer", "buyer")
# What a grievance's life may write to; every answer that reads one of these is compared.
WRITTEN = re.compile(
    r"grievances_|core_(?:audit|sealed|strongbox|evidence|formsubmission)|duediligence_step6|recruiters_(?:risk|rating|fact)"
)
LEAST_SEEN = {"handler": 60, "line": 3, "agency": 1, "employer": 1, "buyer": 1, "public": 8, "program": 20}
RATED = {"investigate": True, "share_without_name_with_employer": True, "share_buyer": False}
PLAIN = re.compile(r"^[^?]*(\?format=\w+)?$")
LISTS = ("register", "default")
SEARCHING = "/api/v1/search/"
THEIR_CASES = "/workspace/duediligence/cases/"


def key_of(member: Any) -> str:
    """Return the secret of a key that the accused's own organisation holds, with every right there is."""
    account = member.memberships.get().account
    return issue_key(label="own program", account=account, scopes=list(scopes()), actor=SYSTEM)[1]


def addresses(world: dict[str, Any], grievance: str, case: str) -> dict[str, dict[str, Any]]:
    """Return the words of the addresses: a grievance's where they want one, other objects elsewhere."""
    return {
        "workspace/": {"ref": "none", "pk": world["handler"].pk},
        "workspace/recruiters/": {"ref": world["other"].ref},
        "workspace/grievances/": {"ref": grievance, "number": 1, "file_ref": "EVD-0000-0000-0", "item": 1},
        "workspace/grievances/cases/": {"ref": case, "paid": 1, "check": 1},
        "en/recruiters/": {"ref": world["recruiter"].ref},
        "en/": {"ref": "none"},
        "api/": {"dataset": "register", "ref": world["recruiter"].ref},
    }


class Onlookers:
    """Everybody who is tied to the accused, a company that engages him, and the public: before and after."""

    def __init__(self, world: dict[str, Any]) -> None:
        own = places(addresses(world, world["seen"].ref, world["case"].ref))
        assert len(own) > 300
        inside = [place for place in own if place.path.lstrip("/").startswith(FOR_STAFF)]
        outside = [place for place in own if place not in inside]
        self.world, self.eyes = world, {who: Eye(world.get(who)) for who in (*TIED, "public")}
        self.eyes["program"] = Eye(secret=key_of(world["agency"]))
        self.before = {
            who: eye.look_at_all(outside if who == "public" else inside, WRITTEN) for who, eye in self.eyes.items()
        }
        programs = [place.path for place in outside if place.path.startswith("/api/")]
        asked = [*programs, *(path for name in LISTS for path in (f"{MATCHING}{name}", f"{SEARCHING}{name}?q=Silver"))]
        self.before["program"] = {path: self.eyes["program"].look(path) for path in asked}
        self.notices = {who: self._notices(who) for who in TIED}
        self.letters = len(mail.outbox)

    def _notices(self, who: str) -> list[dict[str, Any]]:
        return list(Notice.objects.filter(user=self.world[who]).values())

    def learned(self, *told: str, in_every_way: bool = True) -> str:
        """Return in words what anybody now sees that differs, but those who may be told.

        Once it is known that no way of asking a list tells more than the list and its files, these are enough.
        """
        before = {who: seen for who, seen in self.before.items() if who not in told}
        if not in_every_way:
            before = {who: {path: s for path, s in seen.items() if PLAIN.search(path)} for who, seen in before.items()}
        seen = {who: self.eyes[who].look_again(before[who]) for who in before}
        found = [f"{who} {each}" for who in seen for each in differences(before[who], seen[who])]
        found += [f"{who} has other notices" for who in TIED if who in seen and self._notices(who) != self.notices[who]]
        return "\n".join(found)


def accept(world: dict[str, Any], nadia: Any, consents: dict[str, bool]) -> RemediationCase:
    """Let another grievance come in, its parties be confirmed, and be accepted."""
    hidden = make_grievance(
        ("VIO", "FEE"), recruiter=ACCUSED, employer="Crescent Garments", consents=consents, country="QA"
    )
    for part, party in (("recruiter", world["recruiter"].party), ("employer", world["factory"])):
        services.link_accused(hidden, party, part=part, actor=nadia)
    case = services.triage(hidden, judgement(("VIO", "FEE")), actor=nadia)
    assert case is not None
    return case


def test_case_12_every_address_is_the_same_as_in_the_world_without_it_but_for_whom_she_lets_know(
    world, nadia, auditor, django_capture_on_commit_callbacks
) -> None:
    """Every address of the resolver, each list in every way it may be asked: status, headers, text, kinds of query."""
    onlookers = Onlookers(world)
    eyes = onlookers.eyes
    strange = [place for place in places(addresses(world, NOBODY, NO_CASE)) if NO_SUCH.search(place.path)]
    assert len(strange) > 40
    unknown = {who: {place.path: eyes[who].look(place.path) for place in strange} for who in ("handler", "line")}

    with tables_written() as written, django_capture_on_commit_callbacks(execute=True):
        hidden, case = live(world, nadia)

    # What was not looked at again reads nothing that was written; notices are compared row by row.
    assert {name for name in written if not WRITTEN.search(name)} <= {"core_notice"}
    differs = onlookers.learned()
    assert not differs, differs
    for who, twins in unknown.items():
        for path, twin in twins.items():
            answer = eyes[who].look(path.replace(NOBODY, hidden.ref).replace(NO_CASE, case.ref))
            assert answer.text.replace(hidden.ref, NOBODY).replace(case.ref, NO_CASE) == twin.text, (who, path)
            assert (answer.status, answer.questions) == (twin.status, twin.questions), (who, path)
    reached = {address for letter in mail.outbox[onlookers.letters :] for address in letter.to}
    assert reached == {"nadia@example.org"}
    assert {who: len(seen) for who, seen in onlookers.before.items() if len(seen) < LEAST_SEEN[who]} == {}
    _what_she_agrees_to(onlookers, nadia, auditor)


def _what_she_agrees_to(onlookers: Onlookers, nadia: Any, auditor: Any) -> None:
    """Let another be looked into: it counts, and nobody sees it. Then a company may know, and it alone does."""
    world, eyes = onlookers.world, onlookers.eyes
    case = accept(world, nadia, RATED)
    assert world["recruiter"].risk_facts.filter(source_ref=case.ref).exists()
    # Not even the tag or the date of the public register's files moves, which anybody may ask for every minute.
    differs = onlookers.learned(in_every_way=False)
    assert not differs, differs

    following.change_contact(case.grievance, "receipt", {}, RATED | {"share_buyer": True}, language="ne")
    differs = onlookers.learned("buyer", in_every_way=False)
    assert not differs, differs
    codes = Notice.objects.filter(user=world["buyer"]).values_list("code", flat=True)
    assert list(codes) == ["duediligence.case"]
    page = eyes["buyer"].look(THEIR_CASES).text
    assert ACCUSED in page
    assert case.grievance.ref not in page
    assert "Crescent Garments" not in page
    # An auditor reads companies' entries, unless he leads the accused: then he found nothing, as compared above.
    assert ACCUSED in Eye(auditor).look(THEIR_CASES).text
    assert ACCUSED not in eyes["line"].look(THEIR_CASES).text
