"""A company's pages: who sees them, what they keep, what they ask of the database."""

from datetime import date
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.actors import SYSTEM
from core.formkeys import new_key
from core.roles import AccountKind, Role
from duediligence import services
from duediligence.models import Company, Prepared, Publication, Record, Risk, StepAnswer, Supplier, SupplierImport
from tests.duediligence.making import (
    make_case,
    make_company,
    make_complete_record,
    make_engagement,
    make_published,
    make_record,
    make_recruiter,
    make_risk,
    make_supplier,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ANSWER = {"state": "done", "text": "We did.", "reason": "", "decision": "Yes", "owner": "CEO", "on": "2025-06-01"}


@pytest.fixture
def signed_in(client: Client, quentin: Any) -> Client:
    client.force_login(quentin)
    return client


@pytest.fixture
def record(quentin: Any) -> Record:
    return make_complete_record(make_company(quentin))


def addresses(record: Record) -> list[str]:
    """Return every page that belongs to one company."""
    company, ref = record.company, record.ref
    supplier, engagement, case = company.suppliers.get(), company.engagements.get(), company.cases.get()
    risk, action = record.risks.get(), record.planned_actions.get()
    named = {
        "company": [company.ref], "open": [company.ref], "record": [ref], "record_settings": [ref],
        "answer": [ref, "2.2"], "evidence_add": [ref, "2.2"], "risks": [ref], "risk_add": [ref],
        "risk": [ref, risk.ref], "actions": [ref], "action_add": [ref], "action": [ref, action.ref], "check": [ref],
        "approval": [ref], "publish": [ref], "versions": [ref], "supplier": [supplier.ref],
        "supplier_end": [supplier.ref], "engagement": [engagement.ref], "case": [case.ref],
    }  # fmt: skip
    return [reverse(f"duediligence:{name}", args=arguments) for name, arguments in named.items()]


def test_every_page_opens_for_the_company(signed_in: Client, record: Record) -> None:
    services.prepare(record, actor=record.company.party.account.memberships.first().user)
    lists = [reverse(f"duediligence:{name}") for name in ("home", "suppliers", "engagements", "cases", "supplier_add",
                                                          "supplier_import", "engagement_find")]  # fmt: skip
    for address in [*addresses(record), *lists]:
        answer = signed_in.get(address, follow=True)
        assert answer.status_code == 200, address
        assert (
            "Answered, not published" in answer.content.decode() or "submitted" not in answer.content.decode().lower()
        )


@pytest.mark.parametrize("who", ["stranger", "nadia", "omar", "farah", "partner_user", "admin_user"])
def test_for_strangers_no_page_exists(client: Client, record: Record, who: str, request: Any) -> None:
    client.force_login(request.getfixturevalue(who))
    assert {client.get(address).status_code for address in addresses(record)} == {404}


def test_for_another_company_no_page_exists_and_no_row_is_listed(client: Client, record: Record) -> None:
    client.force_login(make_user("clara", Role.COMPANY_MEMBER, account="Southwind", kind=AccountKind.COMPANY))
    assert {client.get(address).status_code for address in addresses(record)} == {404}
    for name in ("suppliers", "engagements", "cases"):
        page = client.get(reverse(f"duediligence:{name}")).content.decode()
        assert "Lotus" not in page
        assert "Golden Bridge" not in page


def test_an_auditor_reads_but_may_not_change(client: Client, record: Record, auditor: Any) -> None:
    client.force_login(auditor)
    assert client.get(record.get_absolute_url()).status_code == 200
    answer = client.post(reverse("duediligence:answer", args=[record.ref, "1.1"]), {**ANSWER, "form_key": new_key()})
    assert answer.status_code == 403


def test_an_auditor_finds_the_records_of_all_companies(client: Client, record: Record, auditor: Any) -> None:
    client.force_login(auditor)
    page = client.get(reverse("duediligence:home")).content.decode()
    assert record.get_absolute_url() in page
    assert "Open a record" not in page


def test_nobody_gets_in_without_signing_in(client: Client, record: Record) -> None:
    for address in addresses(record):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/accounts/login/" in answer["Location"]


def test_a_new_company_user_is_led_from_nothing_to_a_record(signed_in: Client, quentin: Any) -> None:
    page = signed_in.get(reverse("duediligence:home")).content.decode()
    assert "Set the company up" in page
    account = quentin.current_memberships[0].account
    answer = signed_in.post(reverse("duediligence:begin", args=[account.ref]), follow=True)
    company = Company.objects.get()
    assert answer.request["PATH_INFO"] == reverse("duediligence:company", args=[company.ref])
    words = {"legal_form": "corporation", "laws": ["UK-MSA"], "contact": "", "form_key": new_key()}
    signed_in.post(reverse("duediligence:company", args=[company.ref]), words)
    words = {"period_start": "2025-01-01", "period_end": "2025-12-31", "language": "en", "form_key": new_key()}
    answer = signed_in.post(reverse("duediligence:open", args=[company.ref]), words, follow=True)
    assert answer.request["PATH_INFO"] == Record.objects.get().get_absolute_url()
    assert "Modern Slavery Act" in answer.content.decode()


def test_an_account_of_others_cannot_be_set_up(signed_in: Client) -> None:
    make_user("clara", Role.COMPANY_MEMBER, account="Southwind", kind=AccountKind.COMPANY)
    from core.models import Account

    other = Account.objects.get(name="Southwind")
    assert signed_in.post(reverse("duediligence:begin", args=[other.ref])).status_code == 404


def test_the_same_form_sent_twice_stores_one_answer(signed_in: Client, record: Record) -> None:
    sent = {**ANSWER, "text": "Sent twice", "form_key": new_key()}
    address = reverse("duediligence:answer", args=[record.ref, "1.1"])
    for _time in range(2):
        assert signed_in.post(address, sent).status_code == 302
    assert StepAnswer.objects.filter(text="Sent twice").count() == 1


def test_the_same_risk_sent_twice_is_named_once(signed_in: Client, record: Record) -> None:
    sent = {"title": "Double click", "form_key": new_key()}
    for _time in range(2):
        signed_in.post(reverse("duediligence:risk_add", args=[record.ref]), sent)
    assert Risk.objects.filter(title="Double click").count() == 1


def test_an_error_keeps_what_was_typed(signed_in: Client, record: Record) -> None:
    sent = {**ANSWER, "state": "not_known", "text": "Half a page of work", "form_key": new_key()}
    answer = signed_in.post(reverse("duediligence:answer", args=[record.ref, "1.1"]), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Half a page of work" in page
    assert "Say why." in page
    assert not StepAnswer.objects.filter(text="Half a page of work").exists()


def test_an_expired_session_keeps_what_was_typed(client: Client, record: Record, quentin: Any) -> None:
    address = reverse("duediligence:answer", args=[record.ref, "1.1"])
    sent = {**ANSWER, "text": "Typed for an hour", "form_key": new_key()}
    client.force_login(quentin)
    client.get(address)
    Session.objects.all().delete()
    answer = client.post(address, sent, headers={"Origin": "http://testserver"})
    assert answer.status_code == 302
    answer = client.post(answer["Location"], {"login": "quentin", "password": "demo-safeconduct"}, follow=True)
    page = answer.content.decode()
    assert "Typed for an hour" in page
    assert address in page


def test_a_refused_file_leaves_the_rest_of_the_form(signed_in: Client, record: Record) -> None:
    sent = {"title": "My policy", "file": SimpleUploadedFile("x.html", b"<html><script>"), "form_key": new_key()}
    page = signed_in.post(reverse("duediligence:evidence_add", args=[record.ref, "1.1"]), sent).content.decode()
    assert "This kind of file cannot be kept" in page
    assert "My policy" in page


def test_evidence_is_handed_out_as_an_attachment_to_its_own_company_only(
    signed_in: Client, record: Record, omar: Any
) -> None:
    sent = {"title": "Policy", "file": SimpleUploadedFile("policy.txt", b"No fees."), "form_key": new_key()}
    signed_in.post(reverse("duediligence:evidence_add", args=[record.ref, "1.1"]), sent)
    address = reverse("duediligence:evidence", args=[record.ref, record.evidence.get().file.ref])
    answer = signed_in.get(address)
    assert answer.content == b"No fees."
    assert answer["Content-Disposition"].startswith("attachment")
    other = Client()
    other.force_login(omar)
    assert other.get(address).status_code == 404
    signed_in.post(f"{address}remove/")
    assert record.evidence.get().removed_at is not None
    assert signed_in.get(address).status_code == 200


def test_a_case_shows_codes_and_months_and_never_a_day(signed_in: Client, record: Record) -> None:
    entry = record.cases.get()
    page = signed_in.get(entry.get_absolute_url()).content.decode()
    assert "May 2025" in page
    for day in ("14 May", "May 14", "2025-05-14", "14/05", "05/14"):
        assert day not in page
    assert "Lotus Dyeing" not in page.split("<main")[1]
    assert "one of your suppliers" in page


def test_a_large_supplier_is_named_beside_a_case(signed_in: Client, quentin: Any) -> None:
    company, recruiter = make_company(quentin), make_recruiter()
    make_engagement(company, recruiter, make_supplier(company, number_of_workers="900"))
    entry = services.receive_case(make_case(recruiter))[0]
    assert "Lotus Dyeing" in signed_in.get(entry.get_absolute_url()).content.decode()


def test_check_blocks_on_errors_and_publishes_with_gaps(signed_in: Client, record: Record, quentin: Any) -> None:
    services.answer_action(record, "3.1", state="not_done", reason="", actor=quentin)
    address = reverse("duediligence:check", args=[record.ref])
    page = signed_in.get(address).content.decode()
    assert "stops the publication" in page
    assert "Send for approval" not in page
    signed_in.post(address, {"form_key": new_key()})
    assert not Prepared.objects.exists()
    services.answer_action(record, "3.1", state="not_done", reason="No money", actor=quentin)
    page = signed_in.get(address).content.decode()
    assert "shown to every reader" in page
    assert "Send for approval with these gaps" in page


def test_from_check_to_the_public_page_and_a_correction(signed_in: Client, record: Record, quentin: Any) -> None:
    signed_in.post(reverse("duediligence:check", args=[record.ref]), {"form_key": new_key()})
    approval = {"approver_name": "Ada Lind", "approver_title": "Chair", "body": "board", "body_name": "",
                "approved_on": "2026-01-15", "form_key": new_key()}  # fmt: skip
    answer = signed_in.post(reverse("duediligence:approval", args=[record.ref]), approval, follow=True)
    assert "Publish version 1" in answer.content.decode()
    publish = {"form_key": new_key()}
    for _time in range(2):
        signed_in.post(reverse("duediligence:publish", args=[record.ref]), publish)
    report = Publication.objects.get().report
    assert Client().get(report.get_absolute_url()).status_code == 200
    services.answer_action(record, "1.1", state="not_done", reason="Wrong before", actor=quentin)
    signed_in.post(reverse("duediligence:check", args=[record.ref]), {"form_key": new_key()})
    signed_in.post(reverse("duediligence:approval", args=[record.ref]), {**approval, "form_key": new_key()})
    answer = signed_in.post(reverse("duediligence:publish", args=[record.ref]), {"form_key": new_key()})
    assert "Choose one of these" in answer.content.decode()
    words = {"kind": "correction", "note": "1.1 was wrong", "form_key": new_key()}
    signed_in.post(reverse("duediligence:publish", args=[record.ref]), words)
    assert [one.version for one in report.versions.all()] == [1, 2]


def test_the_withdraw_page_takes_a_report_back(signed_in: Client, record: Record) -> None:
    report = make_published(record).report
    words = {"reason": "filed_in_error", "note": "Wrong year.", "hide": "on", "form_key": new_key()}
    page = signed_in.post(reverse("duediligence:withdraw", args=[record.ref]), words).content.decode()
    assert "does not allow" in page
    del words["hide"]
    signed_in.post(reverse("duediligence:withdraw", args=[record.ref]), {**words, "form_key": new_key()})
    report.refresh_from_db()
    assert report.withdrawn


LIST = (
    "country,name,address,sector,lat,lng\n"
    "Bangladesh,Lotus Dyeing,12 Mill Road,Apparel,23.9,90.3\n"
    "Atlantis,Sunken Mills,1 Deep Road,Apparel,,\n"
    "NP,हिमाल बुनाई,बालाजु,Apparel,,\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_a_list_is_read_whatever_its_encoding_and_names_its_bad_rows(
    signed_in: Client, quentin: Any, encoding: str, django_capture_on_commit_callbacks: Any
) -> None:
    make_company(quentin)
    for time in range(2):
        file = SimpleUploadedFile("list.csv", LIST.encode(encoding))
        with django_capture_on_commit_callbacks(execute=True):
            answer = signed_in.post(reverse("duediligence:supplier_import"), {"file": file, "form_key": new_key()})
        report = SupplierImport.objects.get(ref=answer["Location"].rstrip("/").rsplit("/", 1)[1])
        assert (report.rows, report.rejected, report.added, report.unchanged) == (3, 1, 2 - 2 * time, 2 * time)
        page = signed_in.get(answer["Location"]).content.decode()
        assert "No country is called this" in page
        assert "Atlantis" in page
        assert [one.number for one in report.problems.all()] == [3]
    assert Supplier.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "empty"), (b"name,place\nA,B\n", "lacks the columns"), (b"\x00\x01\x02PK", "")],
)
def test_a_list_that_cannot_be_read_is_refused_in_words(
    signed_in: Client, quentin: Any, data: bytes, said: str
) -> None:
    make_company(quentin)
    sent = {"file": SimpleUploadedFile("list.csv", data), "form_key": new_key()}
    answer = signed_in.post(reverse("duediligence:supplier_import"), sent)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not SupplierImport.objects.exists()


def test_a_supplier_is_added_by_hand_and_a_recruiter_found_and_engaged(signed_in: Client, quentin: Any) -> None:
    company, recruiter = make_company(quentin), make_recruiter("सुनौलो सेतु म्यानपावर")
    words = {"name": "Lotus", "country": "BD", "address": "1 Road", "sector": "", "products": "", "tier": "1",
             "workers": "", "os_id": "", "starts": "", "form_key": new_key()}  # fmt: skip
    signed_in.post(reverse("duediligence:supplier_add"), words)
    supplier = Supplier.objects.get()
    again = signed_in.post(reverse("duediligence:supplier_add"), {**words, "form_key": new_key()})
    assert "already listed" in again.content.decode()
    found = signed_in.get(reverse("duediligence:engagement_find"), {"q": "सुनौलो"}).content.decode()
    assert recruiter.ref in found
    words = {"supplier": supplier.pk, "starts": "2025-01-01", "ends": "", "workers": "20", "form_key": new_key()}
    signed_in.post(reverse("duediligence:engagement_add", args=[recruiter.ref]), words)
    assert company.engagements.get().supplier == supplier
    again = signed_in.post(
        reverse("duediligence:engagement_add", args=[recruiter.ref]), {**words, "form_key": new_key()}
    )
    assert "already listed there" in again.content.decode()


def test_case_36_a_recruiter_that_the_public_register_does_not_show_is_not_there_for_companies(
    signed_in: Client, quentin: Any
) -> None:
    make_company(quentin)
    hidden = make_recruiter("Not listed yet")
    type(hidden).objects.filter(pk=hidden.pk).update(is_listed=False)
    answer = signed_in.get(reverse("duediligence:engagement_add", args=[hidden.ref]))
    assert answer.status_code == 404
    assert "Not listed yet" not in answer.content.decode()


def test_the_supplier_list_is_filtered_sorted_and_exported(signed_in: Client, quentin: Any) -> None:
    company = make_company(quentin)
    for number in range(3):
        make_supplier(company, f"Mill {number}", country="IN" if number else "BD")
    address = reverse("duediligence:suppliers")
    assert "Mill 0" not in signed_in.get(address, {"country": "IN"}).content.decode()
    page = signed_in.get(address, {"sort": "-name"}).content.decode()
    assert page.index("Mill 2") < page.index("Mill 0")
    exported = b"".join(signed_in.get(address, {"format": "csv", "country": "BD"}).streaming_content).decode()
    assert "Mill 0" in exported
    assert "Mill 1" not in exported


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def _grow(company: Company, record: Record, recruiter: Any, first: int, last: int) -> None:
    for number in range(first, last):
        supplier = make_supplier(company, f"Mill {number}")
        make_engagement(company, recruiter, supplier)
        risk = make_risk(record, f"Risk {number}")
        services.plan_action(record, title=f"Do {number}", owner="A", due_on=date(2099, 1, 1), risk=risk,
                             actor=SYSTEM)  # fmt: skip
        services.receive_case(make_case(recruiter, f"CAS-{number}"))


def test_no_list_asks_the_database_more_for_a_hundred_rows_than_for_25(signed_in: Client, quentin: Any) -> None:
    company = make_company(quentin)
    record, recruiter = make_record(company), make_recruiter()
    _grow(company, record, recruiter, 0, 26)
    names = {
        "home": [], "suppliers": [], "engagements": [], "cases": [], "record": [record.ref], "risks": [record.ref],
        "actions": [record.ref], "check": [record.ref],
    }  # fmt: skip
    pages = {name: reverse(f"duediligence:{name}", args=arguments) for name, arguments in names.items()}
    before = {name: _queries(signed_in, address) for name, address in pages.items()}
    _grow(company, record, recruiter, 26, 100)
    after = {name: _queries(signed_in, address) for name, address in pages.items()}
    assert after == before
    assert before["home"] <= 15
    assert max(before.values()) <= 30
