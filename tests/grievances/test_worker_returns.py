"""The worker comes back with her receipt: let in or not, alike for whoever is unknown; what she can do then."""

import pytest
from django.test import Client
from django.utils import timezone

from grievances import services
from grievances.budgets import purse
from grievances.models import Grievance, WorkerSession
from grievances.remedy import Outcome, Word
from tests.grievances.builders import make_case
from tests.grievances.walking import come_back, filed, hidden

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def full_purse():
    purse.empty()


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True)


def test_case_4_she_comes_back_in_her_own_digits(phone, nadia) -> None:
    receipt = filed(phone)
    local = " ".join("०१२३४५६७८९"[int(digit)] for digit in receipt)
    response = come_back(phone, local)
    assert response.status_code == 303
    page = phone.get(response["Location"]).content.decode()
    assert receipt not in page
    assert "राहदानी" not in page
    assert WorkerSession.objects.count() == 1


def test_case_23_unknown_and_foreign_receipts_are_answered_alike(phone, nadia) -> None:
    from grievances.keys import new_token

    receipt = filed(phone)
    Grievance.objects.update(receipt_locator="", receipt_verifier="")  # its time is over
    pages = set()
    for digits in (receipt, new_token().receipt.digits, new_token().receipt.digits):
        response = come_back(phone, digits)
        assert response.status_code == 422
        pages.add(response.content.decode().replace(digits, "X"))
    assert len(pages) == 1


def test_case_4_a_mistyped_receipt_never_reaches_the_database(phone, nadia, django_assert_num_queries) -> None:
    page = phone.get("/en/report/follow-up/").content.decode()
    with django_assert_num_queries(0):
        response = phone.post("/en/report/follow-up/", {**hidden(page), "receipt": "123456789012345678901234567"})
    assert response.status_code == 422


def test_case_25_an_over_long_receipt_is_refused_before_any_hash(phone, nadia, monkeypatch) -> None:
    monkeypatch.setattr("grievances.verifiers.admit", lambda *a: pytest.fail("hashed"))
    assert come_back(phone, "1" * 100_000).status_code == 422


def test_case_24_guessing_is_slowed_down_and_an_honest_worker_still_gets_in(phone, nadia) -> None:
    from grievances.keys import new_token

    receipt = filed(phone)
    answers = {come_back(phone, new_token().receipt.digits).status_code for _ in range(20)}
    assert answers == {422, 429}
    refused = come_back(phone, new_token().receipt.digits, headers={"X-Forwarded-For": "9.9.9.9"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert come_back(phone, receipt).status_code == 303


def test_case_8_her_session_ends_on_the_server_with_quick_exit(phone, nadia) -> None:
    come_back(phone, filed(phone))
    assert phone.get("/ne/report/follow-up/case/").status_code == 200
    stolen = phone.cookies["return"].value
    left = phone.get("/ne/report/exit/")
    assert left.status_code == 303
    assert left["Location"] == "/ne/calendar/"  # an address that tells nothing
    assert "storage" in left["Clear-Site-Data"]
    assert not WorkerSession.objects.exists()
    phone.cookies["return"] = stolen
    assert phone.get("/ne/report/follow-up/case/").status_code == 302


def test_she_is_asked_whether_it_was_put_right_until_she_said_so_and_told_how_to_open_it_again(phone, nadia) -> None:
    receipt = filed(phone)
    case = make_case(nadia, Grievance.objects.get())
    step = services.add_remedy_step(
        case, services.StepPlan("restitution", "passport_returned", "employer", timezone.localdate()), actor=nadia
    )
    services.agree(step, actor=nadia)
    services.deliver(step, actor=nadia, proof=b"%PDF-1.4 proof")
    come_back(phone, receipt, "en")

    def read() -> str:
        return phone.get("/en/report/follow-up/case/").content.decode()

    assert "Please tell us if it was put right" in read()
    services.following.say_about_step(step, Word.ALL)
    assert "Please tell us if it was put right" not in read()
    assert "Thank you for telling us" in read()
    assert "Write to us to open it again" not in read()
    services.set_root_cause(case, "documents_policy", actor=nadia)
    services.close(case, Outcome.RESOLVED_CONFIRMED, actor=nadia)
    assert "Write to us to open it again" in read()


def test_case_9_her_session_ends_after_half_an_hour_and_what_she_typed_comes_back(phone, nadia, monkeypatch) -> None:
    receipt = filed(phone)
    come_back(phone, receipt)
    page = phone.get("/ne/report/follow-up/case/").content.decode()
    monkeypatch.setattr("grievances.returning.IDLE_SECONDS", -1)
    late = phone.post("/ne/report/follow-up/case/", {**hidden(page), "words": "मैले यो लेखें"})
    assert "मैले यो लेखें" in late.content.decode()
    monkeypatch.undo()
    purse.empty()
    again = phone.post(
        "/ne/report/follow-up/", {**hidden(late.content.decode()), "receipt": receipt, "words": "मैले यो लेखें"}
    )
    assert again.status_code == 200
    assert "मैले यो लेखें" in again.content.decode()


def test_case_5_she_writes_reads_hides_and_asks_for_her_own_words(phone, nadia) -> None:
    from grievances import services

    come_back(phone, filed(phone))
    grievance = Grievance.objects.get()
    services.send_message(grievance, "We read it <b>today</b>", actor=nadia)
    page = phone.get("/ne/report/follow-up/case/").content.decode()
    assert "We read it &lt;b&gt;today" in page
    assert grievance.messages.get().read_on is not None
    phone.post("/ne/report/follow-up/case/", {**hidden(page), "words": "धन्यवाद"})
    phone.post("/ne/report/follow-up/case/", {**hidden(page), "words": "धन्यवाद"})
    assert grievance.messages.filter(sender="worker").count() == 1
    shown = phone.post("/ne/report/follow-up/words/", {"guard": hidden(page)["guard"][0]}).content.decode()
    assert "राहदानी" in shown
    phone.post("/ne/report/follow-up/hide/", {"guard": hidden(page)["guard"][0], "message": "1"})
    assert "We read it" not in phone.get("/ne/report/follow-up/case/").content.decode()
    assert grievance.messages.count() == 2


def test_case_6_she_cannot_hide_or_answer_for_anybody_else(phone, nadia) -> None:
    from grievances import services
    from tests.grievances.builders import make_grievance

    other = make_grievance()
    theirs = services.send_message(other, "not yours", actor=nadia)
    come_back(phone, filed(phone))
    page = phone.get("/ne/report/follow-up/case/").content.decode()
    phone.post("/ne/report/follow-up/hide/", {"guard": hidden(page)["guard"][0], "message": str(theirs.pk)})
    theirs.refresh_from_db()
    assert not theirs.hidden_by_worker


def test_case_5_she_changes_contact_and_consent_and_withdraws(phone, nadia) -> None:
    come_back(phone, filed(phone))
    page = phone.get("/ne/report/follow-up/contact/").content.decode()
    phone.post(
        "/ne/report/follow-up/contact/",
        {**hidden(page), "mode": "sms", "value": "+9779812345678", "consents": ["share_police"]},
    )
    grievance = Grievance.objects.get()
    assert grievance.contact_mode == "sms"
    again = phone.get("/ne/report/follow-up/contact/").content.decode()
    assert "+9779812345678" in again
    phone.post("/ne/report/follow-up/withdraw/", {"guard": hidden(again)["guard"][0]})
    assert grievance.status == "withdrawn_by_reporter"
