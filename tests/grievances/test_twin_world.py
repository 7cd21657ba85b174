"""Case 12: whoever is accused, leads, serves or is tied to him sees the world in which nobody complained."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from core.actors import SYSTEM
from core.models import Membership, Notice, User
from core.roles import AccountKind, Role
from grievances import services
from grievances.models import RemediationCase
from grievances.remedy import Outcome
from grievances.services import StepPlan, following
from grievances.services.lodging import Grievance
from grievances.triage import Priority
from parties import services as parties
from parties.models import Party, Relationship
from tests.duediligence.making import make_company, make_engagement
from tests.factories import make_account, make_party, make_user
from tests.grievances.builders import judgement, make_case, make_grievance, make_recruiter
from tests.grievances.twinworld import FOR_STAFF, Eye, differences, places, tables_written

pytestmark = pytest.mark.django_db
NOTHING: dict[str, bool] = {"statistics_anonymised": False}
ACCUSED = "Silver Gate Manpower"


@pytest.fixture
def world(nadia) -> dict[str, Any]:
    """Return the people: two who may handle, and everybody who must never learn, each tied in his own way."""
    User.objects.filter(pk=nadia.pk).update(email="nadia@example.org")
    recruiter = make_recruiter(ACCUSED)
    agency = make_account(ACCUSED, AccountKind.RECRUITER)
    Party.objects.filter(pk=recruiter.party_id).update(account=agency)
    employer = make_party("Crescent Garments")
    factory = make_account("Crescent Garments", AccountKind.COMPANY)
    Party.objects.filter(pk=employer.pk).update(account=factory)
    recruiter.refresh_from_db()
    employer.refresh_from_db()
    people = {
        "asha": make_user("asha", Role.CASE_OFFICER, display_name="Asha"),
        "handler": make_user("tara", Role.CASE_OFFICER, display_name="Tara", email="tara@example.org"),
        "line": make_user("boss", Role.MINISTRY_OFFICER, display_name="Boss", email="boss@example.org"),
        "agency": make_user("omar", Role.RECRUITER_MEMBER, account=ACCUSED, kind=AccountKind.RECRUITER),
        "employer": make_user("edna", Role.COMPANY_MEMBER, account="Crescent Garments", kind=AccountKind.COMPANY),
        "buyer": make_user("quentin", Role.COMPANY_MEMBER, account="Northwind Apparel", kind=AccountKind.COMPANY),
    }
    # His line sees all that anybody who governs this can see.
    for role, account, kind in (
        (Role.INSPECTOR, "Labour Inspectorate", AccountKind.INSPECTORATE),
        (Role.AUDITOR, "Audit Office", AccountKind.OPERATOR),
        (Role.ADMIN, "Safeconduct", AccountKind.OPERATOR),
    ):
        Membership.objects.create(user=people["line"], account=make_account(account, kind), role=role)
    for name in ("handler", "line"):
        person = make_party(f"{people[name]} Lama", kind="person", user=people[name])
        kind = Relationship.Is.DIRECTOR if name == "line" else Relationship.Is.WORKS_FOR
        parties.relate(person, kind, recruiter.party, actor=SYSTEM)
    make_engagement(make_company(people["buyer"]), recruiter)
    make_company(people["employer"])
    seen = make_grievance(("WAG",), recruiter="Another Agent", country="QA")
    services.take(seen, actor=nadia)
    other = make_recruiter("Golden Bridge Manpower")
    case = make_case(nadia, make_grievance(("WAG",)), priority="normal")
    services.link_accused(case.grievance, other.party, part="recruiter", actor=nadia)
    # What these two are late with is told before anybody looks; in both worlds it is the same.
    services.escalate(timezone.now() + timedelta(days=99))
    return {"recruiter": recruiter, "factory": employer, "other": other, "seen": seen, "case": case, **people}


def live(world: dict[str, Any], nadia: Any) -> tuple[Grievance, RemediationCase]:
    """Let a whole grievance happen: filed, escalated, decided, worked on, remedied in part, and its end asked for."""
    asha = world["asha"]
    hidden = make_grievance(
        ("VIO", "FEE"), recruiter=ACCUSED, employer="Crescent Garments", files=(b"a note",), consents=NOTHING,
        country="QA", danger_now=True,
    )  # fmt: skip
    for part, party in (("recruiter", world["recruiter"].party), ("employer", world["factory"])):
        services.link_accused(hidden, party, part=part, actor=nadia)
    services.escalate(timezone.now() + timedelta(days=3))
    services.take(hidden, actor=nadia)
    services.begin_reading(hidden, actor=asha, reason="supervision")
    following.write(hidden, "please help")
    case = services.triage(hidden, judgement(("VIO", "FEE")), actor=nadia)
    assert case is not None
    services.send_message(hidden, "we are here", actor=nadia)
    step = services.add_remedy_step(
        case,
        StepPlan(form="restitution", item="passport_returned", owner="employer", due_on=timezone.localdate()),
        actor=nadia,
    )
    services.agree(step, actor=nadia)
    services.answer_second(
        services.ask_to_lower(hidden, Priority.HIGH, note="calmer now", actor=nadia), agree=False, actor=asha
    )
    following.withdraw(hidden)
    services.close(case, Outcome.WITHDRAWN, actor=nadia)
    services.recuse(hidden, reason="knows_worker", actor=asha)
    services.escalate(timezone.now() + timedelta(days=30))
    return hidden, RemediationCase.objects.get(pk=case.pk)


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
    assert [f"{who} {each}" for who in eyes for each in differences(before[who], after[who])] == []
    for who, twins in unknown.items():
        for path, twin in twins.items():
            answer = eyes[who].look(path.replace(NOBODY, hidden.ref).replace(NO_CASE, case.ref))
            assert answer.text.replace(hidden.ref, NOBODY).replace(case.ref, NO_CASE) == twin.text, (who, path)
            assert (answer.status, answer.questions) == (twin.status, twin.questions), (who, path)
    reached = {address for letter in mail.outbox[letters:] for address in letter.to}
    assert reached == {"nadia@example.org"}
    assert {who: len(seen) for who, seen in before.items() if len(seen) < LEAST_SEEN[who]} == {}
