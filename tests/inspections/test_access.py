"""Who sees what: strangers get 404, readers without the right 403, and employers only their letter."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actors import SYSTEM
from core.roles import AccountKind, Role
from inspections.models import Visit
from inspections.services import actions
from inspections.services.letters import issue_letter
from tests.factories import make_account, make_party, make_site, make_user
from tests.inspections.builders import (
    answer,
    fresh,
    make_finding,
    make_partner,
    make_referral,
    make_supervisor,
    make_visit,
)

ROOT = "/workspace/inspections"
INSIDE = ["", "sections/REC/", "interviews/", "files/", "findings/", "findings/new/", "indicators/", "referrals/",
          "refer/adult/", "refer/child/", "close/", "report/", "report.pdf", "letter/", "team/"]  # fmt: skip


@pytest.mark.parametrize("place", INSIDE)
@pytest.mark.parametrize("who", ["quentin", "omar", "nadia", "partner_user", "editor", "admin_user", "stranger"])
def test_strangers_find_no_visit(visit: Visit, client: Any, request: Any, place: str, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"{ROOT}/visits/{visit.ref}/{place}").status_code == 404


@pytest.mark.parametrize("place", INSIDE)
def test_another_inspector_finds_no_visit_of_others(visit: Visit, client: Any, place: str) -> None:
    client.force_login(
        make_user("ibrahim", Role.INSPECTOR, account="Labour Inspectorate", kind=AccountKind.INSPECTORATE)
    )
    assert client.get(f"{ROOT}/visits/{visit.ref}/{place}").status_code == 404


@pytest.mark.parametrize("place", INSIDE)
def test_the_team_reads_every_page(visit: Visit, client: Any, rosa: Any, place: str) -> None:
    client.force_login(rosa)
    assert client.get(f"{ROOT}/visits/{visit.ref}/{place}").status_code == 200


def test_a_ministry_officer_sees_the_visit_but_not_the_words(visit: Visit, client: Any, farah: Any) -> None:
    client.force_login(farah)
    assert client.get(f"{ROOT}/visits/{visit.ref}/").status_code == 200
    for page in ("sections/REC/", "findings/", "indicators/", "interviews/", "files/"):
        assert client.get(f"{ROOT}/visits/{visit.ref}/{page}").status_code == 403, page


def test_an_auditor_reads_the_report_without_the_words(visit: Visit, client: Any, auditor: Any, rosa: Any) -> None:
    answer(visit, rosa, REC_04="yes")
    client.force_login(auditor)
    page = client.get(f"{ROOT}/visits/{visit.ref}/report/").content.decode()
    assert "REC-04" in page
    assert "Seen." not in page
    assert client.get(f"{ROOT}/visits/{visit.ref}/sections/REC/").status_code == 404


def test_the_supervisor_reads_but_does_not_answer(visit: Visit, client: Any) -> None:
    client.force_login(visit.supervisor)
    address = f"{ROOT}/visits/{visit.ref}/sections/REC/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"rec_01": "yes"}).status_code == 403


def test_why_is_opened_by_post_only_and_refused_to_the_ministry(
    visit: Visit, client: Any, farah: Any, rosa: Any
) -> None:
    address = f"{ROOT}/visits/{visit.ref}/why/"
    client.force_login(rosa)
    assert client.get(address).status_code == 405
    assert b"GRV-7K3M-9QX2-C" in client.post(address).content
    client.force_login(farah)
    assert client.post(address).status_code == 403


def test_the_visit_page_never_shows_why(visit: Visit, client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    page = client.get(f"{ROOT}/visits/{visit.ref}/").content.decode()
    assert "GRV-" not in page
    assert "complaint" not in page.lower()


def test_whoever_works_for_the_employer_finds_nothing_whatever_his_role(visit: Visit, client: Any) -> None:
    insider = make_user("faisal", Role.MINISTRY_OFFICER)
    from parties import services as parties

    person = make_party("Faisal", kind="person")
    person.user = insider
    person.save()
    parties.relate(person, "works_for", visit.party, actor=SYSTEM)
    client.force_login(insider)
    assert client.get(f"{ROOT}/visits/{visit.ref}/").status_code == 404
    assert visit.ref not in client.get(f"{ROOT}/").content.decode()


def test_an_employer_sees_its_letter_and_only_its_own(
    visit: Visit, client: Any, rosa: Any, quentin: Any, omar: Any
) -> None:
    visit.party.account = make_account("Northwind Apparel", AccountKind.COMPANY)
    visit.party.save()
    finding = make_finding(visit, rosa)
    actions.set_action(finding, what="Pay.", deadline=visit.planned_for.replace(year=2090), actor=rosa)
    letter = issue_letter(fresh(visit), language="en", actor=rosa)
    client.force_login(quentin)
    listed = client.get(f"{ROOT}/letters/").content.decode()
    page = client.get(f"{ROOT}/letters/{letter.ref}/").content.decode()
    assert letter.ref in listed
    for text in (listed, page):
        assert visit.ref not in text
        assert "GRV-" not in text
    assert client.get(f"{ROOT}/letters/{letter.ref}.pdf")["Content-Type"] == "application/pdf"
    for address in ("", "actions/", "supervision/", "referrals/", f"visits/{visit.ref}/"):
        assert client.get(f"{ROOT}/{address}").status_code == 404, address
    client.force_login(omar)
    assert client.get(f"{ROOT}/letters/{letter.ref}/").status_code == 404
    assert client.get(f"{ROOT}/letters/{letter.ref}.pdf").status_code == 404


def test_the_addressee_acknowledges_and_hands_in_on_the_letters_page(
    visit: Visit, client: Any, rosa: Any, quentin: Any
) -> None:
    visit.party.account = make_account("Northwind Apparel", AccountKind.COMPANY)
    visit.party.save()
    action = actions.set_action(
        make_finding(visit, rosa), what="Pay.", deadline=visit.planned_for.replace(year=2090), actor=rosa
    )
    letter = issue_letter(fresh(visit), language="en", actor=rosa)
    client.force_login(quentin)
    client.post(f"{ROOT}/letters/{letter.ref}/", {"act": "acknowledge", "action": action.ref, "form_key": "a"})
    client.post(
        f"{ROOT}/letters/{letter.ref}/", {"act": "hand_in", "action": action.ref, "remark": "Paid.", "form_key": "b"}
    )
    assert [step.state for step in action.steps.all()] == ["open", "served", "acknowledged", "evidence_submitted"]


def test_a_partner_reads_its_inbox_and_nothing_else(visit: Visit, client: Any, rosa: Any, partner_user: Any) -> None:
    referral = make_referral(visit, rosa, make_partner())
    client.force_login(partner_user)
    page = client.get(f"{ROOT}/inbox/{referral.ref}/").content.decode()
    assert "Maya" in page
    assert "The lodging is" not in page
    for secret in (visit.ref, visit.party.name, visit.site.name):
        assert secret not in page
    assert client.get(f"{ROOT}/referrals/{referral.ref}/").status_code == 404


def test_the_partners_answer_reaches_the_sender(visit: Visit, client: Any, rosa: Any, partner_user: Any) -> None:
    referral = make_referral(visit, rosa, make_partner())
    client.force_login(partner_user)
    address = f"{ROOT}/inbox/{referral.ref}/"
    assert client.post(address, {"stage": "declined", "form_key": "k"}).status_code == 422
    assert client.post(address, {"stage": "declined", "reason": "no_capacity", "form_key": "k"}).status_code == 302
    assert client.get(address).status_code == 404
    client.force_login(rosa)
    assert "declined" in client.get(f"{ROOT}/referrals/{referral.ref}/").content.decode()


def test_details_are_opened_by_post_only(visit: Visit, client: Any, rosa: Any) -> None:
    referral = make_referral(visit, rosa, make_partner())
    client.force_login(rosa)
    assert "Maya" not in client.get(f"{ROOT}/referrals/{referral.ref}/").content.decode()
    assert client.get(f"{ROOT}/referrals/{referral.ref}/details/").status_code == 405
    assert "Maya" in client.post(f"{ROOT}/referrals/{referral.ref}/details/").content.decode()


LISTS = {
    "rosa": [f"{ROOT}/", f"{ROOT}/actions/", f"{ROOT}/referrals/", f"{ROOT}/letters/", f"{ROOT}/supervision/"],
    "farah": [f"{ROOT}/", f"{ROOT}/actions/", f"{ROOT}/supervision/"],
    "partner_user": [f"{ROOT}/inbox/"],
}


def test_the_number_of_queries_does_not_grow_with_the_rows(rosa: Any, farah: Any, partner_user: Any) -> None:
    people = {"rosa": rosa, "farah": farah, "partner_user": partner_user}
    clients = {who: Client() for who in LISTS}
    for who, client in clients.items():
        client.force_login(people[who])
    supervisor, partner = make_supervisor(), make_partner()
    site = make_site(make_party("Steelworks"))
    counted: dict[tuple[str, str], list[int]] = {(who, address): [] for who in LISTS for address in LISTS[who]}
    for rows in (25, 100):
        while Visit.objects.count() < rows:
            made = make_visit(rosa, supervisor=supervisor, site=site)
            finding = make_finding(made, rosa, severity="critical")
            actions.set_action(finding, what="Pay.", deadline=made.planned_for.replace(year=2090), actor=rosa)
            make_referral(made, rosa, partner)
            issue_letter(made, language="en", actor=rosa)
        for who, address in counted:
            clients[who].get(address)
            with CaptureQueriesContext(connection) as seen:
                assert clients[who].get(address).status_code == 200
            counted[who, address].append(len(seen))
    for where, (few, many) in counted.items():
        assert few == many, where
        assert many <= 26, (where, many)


def test_a_visits_page_asks_as_often_for_a_full_as_for_an_empty_visit(client: Any, rosa: Any, visit: Visit) -> None:
    client.force_login(rosa)
    address = f"{ROOT}/visits/{visit.ref}/"
    client.get(address)
    with CaptureQueriesContext(connection) as empty:
        client.get(address)
    answer(visit, rosa, REC_04="yes", DOC_01="no", MOV_01="no")
    for _number in range(5):
        make_finding(visit, rosa)
    with CaptureQueriesContext(connection) as full:
        client.get(address)
    assert len(full) - len(empty) <= 2
