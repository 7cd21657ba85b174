"""Somebody files for a worker: with her consent, once, and without a way back in (acceptance case 7)."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from core import keyring
from core.models import AuditEntry
from grievances import budgets, receipts
from grievances.models import AssistedEntry, Draft, Grievance, WorkerSession
from grievances.services import following, send_message
from grievances.services.doors import let_in
from grievances.services.texting import outbox
from tests.grievances.texting import SECRET, Taken, inside
from tests.grievances.walking import come_back, hidden, shown_receipt

pytestmark = pytest.mark.django_db
URL = "/workspace/grievances/new/"
RENEW = "/ne/report/follow-up/renew/"
ANSWERS = {
    "channel": "hotline",
    "language": "ne",
    "agreed": "spoken",
    "codes": ["FEE", "DOC"],
    "country": "QA",
    "words": "Zebrafinch राहदानी",
    "mode": "receipt",
    "consents": ["investigate"],
}


@pytest.fixture(autouse=True)
def full_purse():
    budgets.purse.empty()


@pytest.fixture
def desk(nadia) -> Client:
    client = Client()
    client.force_login(nadia)
    return client


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True)


def file(desk: Client, **answers) -> str:
    """File at a desk; return the page that follows."""
    page = desk.get(URL).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    return desk.post(URL, {**ANSWERS, **answers, "token": token}).content.decode()


def renewed(phone: Client, first: str) -> str:
    """Come in with the first receipt and take one's own."""
    come_back(phone, first)
    page = phone.get(RENEW).content.decode()
    own = shown_receipt(page)
    assert phone.post(RENEW, {**hidden(page), "receipt": own}).status_code == 303
    return own


def test_case_7_the_first_visit_forces_a_receipt_of_her_own_and_the_first_one_opens_nothing_any_more(
    desk, phone, nadia
) -> None:
    first = shown_receipt(file(desk))
    grievance = Grievance.objects.get()
    assert (grievance.channel, grievance.language, grievance.codes) == ("hotline", "ne", ("DOC", "FEE"))
    send_message(grievance, "Zebrafinch answer", actor=nadia)
    assert come_back(phone, first)["Location"] == RENEW
    for where in ("case/", "contact/", "withdraw/"):
        response = phone.get(f"/ne/report/follow-up/{where}")
        assert response.status_code == 303
        assert response["Location"] == RENEW
        assert b"Zebrafinch" not in response.content
    own = renewed(phone, first)
    assert own != first
    assert "Zebrafinch answer" in phone.get("/ne/report/follow-up/case/").content.decode()
    assert come_back(Client(), first, "en").status_code == 422
    assert come_back(Client(), own, "en").status_code == 303
    with inside(own) as mine:
        assert following.own_words(mine)["words"] == ANSWERS["words"]


def test_case_7_who_filed_cannot_open_the_workers_side_from_the_desk(desk, phone) -> None:
    first = shown_receipt(file(desk))
    response = come_back(desk, first, "en")
    assert response.status_code == 403
    assert not WorkerSession.objects.exists()
    assert AssistedEntry.objects.get().renewed_on is None
    own = renewed(phone, first)
    assert come_back(desk, first, "en").status_code == 422
    assert own not in desk.get(URL).content.decode()


def test_case_7_a_session_begun_with_the_first_receipt_ends_when_she_takes_her_own(desk, phone) -> None:
    first = shown_receipt(file(desk))
    other = Client()
    come_back(other, first)
    renewed(phone, first)
    response = other.get("/ne/report/follow-up/case/")
    assert response["Location"] == "/ne/report/follow-up/"
    assert let_in(receipts.read(first), source="t") is None


def test_the_first_receipt_is_shown_until_she_has_it_and_never_again(desk) -> None:
    page = desk.get(URL).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    sent = {**ANSWERS, "token": token}
    first = shown_receipt(desk.post(URL, sent).content.decode())
    assert shown_receipt(desk.post(URL, sent).content.decode()) == first  # a double click
    assert Grievance.objects.count() == 1
    desk.post(URL, {"token": token, "done": "1"})
    assert 'class="receipt"' not in desk.post(URL, sent).content.decode()


def test_her_first_receipt_goes_to_her_phone_and_no_page_shows_it(desk, settings, monkeypatch) -> None:
    settings.SMS_URL, settings.SMS_SECRET = "http://127.0.0.1:9/", SECRET
    gateway = Taken()
    monkeypatch.setattr(outbox, "gateway_for", lambda _url: gateway)
    page = file(desk, text_to="+974 5550 1234")
    outbox.deliver(timezone.now())
    number, text = gateway.sent[0]
    digits = re.sub(r"\D", "", text)
    assert number == "+97455501234"
    assert len(digits) == 27
    assert 'class="receipt"' not in page
    assert digits not in re.sub(r"\s", "", page)


def test_without_her_agreement_nothing_is_filed_and_nothing_typed_is_lost(desk) -> None:
    page = file(desk, agreed="")
    assert not Grievance.objects.exists()
    assert "Zebrafinch" in page


def test_nothing_of_it_is_left_after_filing(desk, nadia) -> None:
    page = file(desk)
    assert "Zebrafinch" not in page
    assert not Draft.objects.exists()
    assert "Zebrafinch" not in desk.get(URL).content.decode()
    assert "Zebrafinch" not in str(dict(desk.session))
    assert "no-store" in desk.get(URL)["Cache-Control"]


def test_who_filed_and_how_she_agreed_is_audited_in_codes(desk, nadia) -> None:
    file(desk, channel="paper", agreed="signed")
    entry = AuditEntry.objects.get(verb="grievance.assisted")
    assert entry.actor == nadia.audit_code
    assert entry.facts == {"channel": "paper", "agreed": "signed"}
    lodged = AuditEntry.objects.get(verb="grievance.lodged")
    assert (lodged.actor, lodged.at.hour, lodged.at.minute) == ("auto:worker", 0, 0)


def test_a_partner_files_and_sees_nothing_afterwards(partner_user, nadia) -> None:
    desk = Client()
    desk.force_login(partner_user)
    file(desk, channel="in_person")
    grievance = Grievance.objects.get()
    assert desk.get(f"/workspace/grievances/{grievance.ref}/").status_code in {403, 404}
    assert desk.get("/workspace/grievances/").status_code in {403, 404}


@pytest.mark.parametrize("who", ["farah", "rosa", "quentin", "omar", "admin_user", "auditor", "stranger"])
def test_nobody_else_files_for_a_worker(who, request) -> None:
    desk = Client()
    desk.force_login(request.getfixturevalue(who))
    assert desk.get(URL).status_code in {403, 404}
    assert desk.post(URL, ANSWERS).status_code in {403, 404}
    assert not Grievance.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "\x00", "a" * 5000])
def test_a_form_without_a_token_of_ours_is_given_back_with_everything(desk, token) -> None:
    response = desk.post(URL, {**ANSWERS, "token": token})
    assert response.status_code == 422
    assert "Zebrafinch" in response.content.decode()
    assert not Grievance.objects.exists()


def test_extra_fields_from_a_desk_change_nothing(desk) -> None:
    file(desk, status="closed", priority="normal", received_on="2000-01-01", receipt_kept="on", by="1")
    grievance = Grievance.objects.get()
    assert (grievance.status, grievance.receipt_kept) == ("received", False)
    assert grievance.received_on.year > 2000
    assert not keyring.current().pairs


def test_a_wrong_note_shows_the_same_new_receipt_again_and_the_first_still_works(desk, phone) -> None:
    first = shown_receipt(file(desk))
    come_back(phone, first)
    page = phone.get(RENEW).content.decode()
    own = shown_receipt(page)
    again = phone.post(RENEW, {**hidden(page), "receipt": "1" * 27})
    assert shown_receipt(again.content.decode()) == own
    assert AssistedEntry.objects.get().renewed_on is None
    assert come_back(Client(), first).status_code == 303
