"""The people around one grievance, each tied to the accused in his own way, and the grievance's whole life."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.actors import SYSTEM
from core.models import Membership, User
from core.roles import AccountKind, Role
from grievances import services
from grievances.models import Grievance, RemediationCase
from grievances.remedy import Outcome
from grievances.services import StepPlan, following
from grievances.triage import Priority
from parties import services as parties
from parties.models import Party, Relationship
from tests.duediligence.making import make_company, make_engagement
from tests.factories import make_account, make_party, make_user
from tests.grievances.builders import judgement, make_case, make_grievance, make_recruiter

NOTHING: dict[str, bool] = {"statistics_anonymised": False}
ACCUSED = "Silver Gate Manpower"


def make_world(nadia: Any) -> dict[str, Any]:
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


def live(
    world: dict[str, Any], nadia: Any, consents: Mapping[str, bool] = NOTHING
) -> tuple[Grievance, RemediationCase]:
    """Let a whole grievance happen: filed, escalated, decided, worked on, remedied in part, and its end asked for."""
    asha = world["asha"]
    hidden = make_grievance(
        ("VIO", "FEE"), recruiter=ACCUSED, employer="Crescent Garments", files=(b"a note",), consents=dict(consents),
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
