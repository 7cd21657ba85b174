"""A handler who is, works for or is tied to the accused never learns that a grievance exists: a twin world shows it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from core.models import Notice
from core.roles import AccountKind, Role
from grievances import handlers, services
from grievances.models import Grievance, RemediationCase
from grievances.services import following
from parties import services as parties
from parties.models import Party, Relationship
from tests.factories import make_party, make_user
from tests.grievances.builders import judgement, make_grievance, make_recruiter

pytestmark = pytest.mark.django_db


def _reach(client: Client, path: str) -> tuple[int, str]:
    response = client.get(path)
    if response.streaming:
        body = b"".join(response.streaming_content).decode("utf-8", "replace")
    else:
        body = response.content.decode("utf-8", "replace")
    body = re.sub(r'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"', "", body)
    return response.status_code, body


@pytest.fixture
def accused():
    return make_party("Silver Gate Manpower")


@pytest.fixture
def tied(accused):
    """Return Tara, a case officer whose brother-in-law's company owns the accused: tied by relations, not by name."""
    tara = make_user("tara", Role.CASE_OFFICER, display_name="Tara")
    herself = make_party("Tara Lama", kind="person")
    herself.user = tara
    herself.save()
    holding = make_party("Summit Holding")
    from core.actors import SYSTEM

    parties.relate(herself, Relationship.Is.DIRECTOR, holding, actor=SYSTEM)
    parties.relate(holding, Relationship.Is.OWNER, accused, actor=SYSTEM)
    return tara


PATHS = [
    "/workspace/",
    "/workspace/grievances/",
    "/workspace/grievances/?stage=all",
    "/workspace/grievances/?stage=all&due=late",
    "/workspace/grievances/?mine=me",
    "/workspace/grievances/?sort=-received",
    "/workspace/grievances/?format=csv",
    "/workspace/grievances/?stage=all&format=csv",
    "/workspace/grievances/cases/",
    "/workspace/grievances/cases/?format=csv",
    "/workspace/notices/",
]


def test_every_list_count_export_and_notice_is_the_same_as_if_it_did_not_exist(tied, nadia) -> None:
    seen = make_grievance(("WAG",))
    client = Client()
    client.force_login(tied)
    before = {path: _reach(client, path) for path in PATHS}
    notices = Notice.objects.filter(user=tied).count()

    hidden = make_grievance(("VIO",), recruiter="Silver Gate Manpower")
    services.take(hidden, actor=nadia)
    following.write(hidden, "please help")
    case = services.triage(hidden, judgement(("VIO",), priority="urgent"), actor=nadia)
    assert case is not None
    services.send_message(hidden, "we are here", actor=nadia)
    services.escalate(timezone.now() + timedelta(days=30))

    assert Notice.objects.filter(user=tied, subject_ref__in=[hidden.ref, case.ref]).count() == 0
    Notice.objects.filter(user=tied).exclude(pk__in=Notice.objects.filter(user=tied)[:notices]).delete()
    after = {path: _reach(client, path) for path in PATHS}
    seen_by_escalation = {"/workspace/notices/"}
    for path in PATHS:
        if path not in seen_by_escalation:
            assert _without_clock(after[path]) == _without_clock(before[path]), path
        assert hidden.ref not in after[path][1]
        assert case.ref not in after[path][1]
    assert seen.ref in after["/workspace/grievances/?stage=all"][1]


def _without_clock(answer: tuple[int, str]) -> tuple[int, str]:
    """Return an answer without what escalation of the *other* grievance changed."""
    return answer[0], re.sub(r'<span class="unread">.*?</span>|<span class="count">.*?</span>', "", answer[1])


def test_it_is_not_found_under_any_address_with_any_method(tied, nadia) -> None:
    hidden = make_grievance(("FEE", "DOC"), recruiter="Silver Gate Manpower", files=(b"a note",))
    case = services.triage(hidden, judgement(priority="high"), actor=nadia)
    assert case is not None
    client = Client()
    client.force_login(tied)
    found = 0
    for pattern in get_resolver("grievances.urls").url_patterns:
        names = list(pattern.pattern.regex.groupindex)
        if not names:
            continue
        about_case = str(pattern.pattern).startswith("cases/")
        file = hidden.files.get().evidence.ref
        real = {"ref": case.ref if about_case else hidden.ref, "number": 1, "file_ref": file}
        fake = {"ref": "CASE-0000-0000-0" if about_case else "GRV-0000-0000-0", "number": 1, "file_ref": file}
        for method in ("get", "post"):
            answers = [
                getattr(client, method)(
                    reverse(f"grievances:{pattern.name}", kwargs={n: values.get(n, 1) for n in names})
                )
                for values in (real, fake)
            ]
            assert answers[0].status_code == answers[1].status_code, pattern.name
            assert answers[0].status_code in {404, 405}
            assert answers[0].content == answers[1].content
            found += 1
    assert found >= 30


def test_she_sees_it_neither_in_the_register_nor_in_a_rating(tied, nadia) -> None:
    recruiter = make_recruiter("Silver Gate Manpower Two")
    from core.actors import SYSTEM

    parties.relate(tied_party(tied), Relationship.Is.DIRECTOR, recruiter.party, actor=SYSTEM)
    hidden = make_grievance(("FEE", "DOC"))
    services.link_accused(hidden, recruiter.party, part="recruiter", actor=nadia)
    case = services.triage(hidden, judgement(priority="high"), actor=nadia)
    assert case is not None
    client = Client()
    client.force_login(make_same(tied))
    for path in (
        "/workspace/recruiters/",
        f"/workspace/recruiters/{recruiter.ref}/",
        f"/en/recruiters/{recruiter.ref}/",
    ):
        _status, body = _reach(client, path)
        assert case.ref not in body
        assert hidden.ref not in body


def tied_party(user):
    return Party.objects.get(user=user)


def make_same(user):
    """Return the same user fetched anew, without what was cached on the object."""
    return type(user).objects.get(pk=user.pk)


def test_a_handler_named_later_loses_access_in_the_same_moment_and_another_is_found(nadia) -> None:
    asha = make_user("asha", Role.CASE_OFFICER, display_name="Asha", account="Harbour Office")
    accused = make_party("Harbour Office Ltd")
    accused.account = asha.current_memberships[0].account
    accused.save()
    grievance = make_grievance(("WAG",))
    services.take(grievance, actor=asha)
    client = Client()
    client.force_login(asha)
    assert client.get(f"/workspace/grievances/{grievance.ref}/").status_code == 200
    services.link_accused(grievance, accused, part="other", actor=nadia)
    assert client.get(f"/workspace/grievances/{grievance.ref}/").status_code == 404
    assert grievance.assignments.get(until=None).user == nadia
    assert not Notice.objects.filter(user=asha, subject_ref=grievance.ref).exists()
    assert Notice.objects.filter(user=nadia, code="grievance.assigned").exists()


def test_who_steps_back_loses_access_at_once_and_nothing_is_left_without_a_handler(nadia, auditor, admin_user) -> None:
    grievance = make_grievance(("WAG",))
    services.take(grievance, actor=nadia)
    services.recuse(grievance, reason="knows_party", actor=nadia)
    assert not Grievance.objects.visible_to(nadia).filter(pk=grievance.pk).exists()
    told = Notice.objects.filter(code="grievance.no_handler")
    assert {notice.user for notice in told} == {auditor, admin_user}
    assert {notice.subject_ref for notice in told} == {""}


def test_an_overseer_who_is_accused_is_not_told_either(auditor, nadia) -> None:
    accused = make_party("Audit Office")
    accused.account = auditor.current_memberships[0].account
    accused.save()
    grievance = make_grievance(("WAG",), employer="Audit Office")
    services.recuse(grievance, reason="knows_party", actor=nadia)
    assert not Notice.objects.filter(user=auditor).exists()


def test_who_is_told_is_exactly_who_may_know_of_it(tied, nadia, auditor) -> None:
    asha = make_user("asha", Role.CASE_OFFICER)
    make_user("ben", Role.CASE_OFFICER, is_active=False)
    tied_auditor = make_user("vera", Role.AUDITOR, account="Silver Gate Manpower", kind=AccountKind.OPERATOR)
    Party.objects.filter(name="Silver Gate Manpower").update(account=tied_auditor.memberships.get().account)
    hidden, open_to_all = make_grievance(recruiter="Silver Gate Manpower"), make_grievance()
    for grievance in (hidden, open_to_all):
        services.recuse(grievance, reason="knows_worker", actor=asha)
        for role, right, found in (
            (Role.CASE_OFFICER, "handle", handlers.eligible(grievance)),
            (Role.AUDITOR, "oversee", handlers.overseers(grievance)),
        ):
            assert found == [user for user in handlers.holders(role) if grievance.permits(user, right)]
    assert handlers.eligible(hidden) == [nadia]
    assert handlers.overseers(hidden) == handlers.untied_overseers(hidden) == [auditor]
    assert set(handlers.eligible(open_to_all)) == {nadia, tied}
    assert set(handlers.overseers(open_to_all)) == {auditor, tied_auditor}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CASE_OFFICER])
def test_no_other_role_sees_any_grievance(role, nadia) -> None:
    grievance = make_grievance(("WAG",))
    case = services.triage(grievance, judgement(("WAG",), priority="normal"), actor=nadia)
    assert case is not None
    user = make_user(f"someone-{role}", role, account=f"Office {role}", kind=AccountKind.OPERATOR)
    client = Client()
    client.force_login(user)
    assert not Grievance.objects.visible_to(user).exists()
    assert not RemediationCase.objects.visible_to(user).exists()
    for path in (
        "/workspace/grievances/",
        f"/workspace/grievances/{grievance.ref}/",
        f"/workspace/grievances/{grievance.ref}/triage/",
        f"/workspace/grievances/cases/{case.ref}/",
    ):
        assert client.get(path).status_code == 404


def test_a_demoted_handler_sees_nothing_any_more(nadia) -> None:
    grievance = make_grievance(("WAG",))
    nadia.memberships.update(until=timezone.localdate() - timedelta(days=1))
    client = Client()
    client.force_login(nadia)
    assert client.get(f"/workspace/grievances/{grievance.ref}/").status_code == 404
