"""Hostile visitors of the worker's pages, by the numbers of the acceptance cases: guesses, replays, tabs, fields."""

import logging
import re

import pytest
from django.test import Client

from grievances import budgets, services
from grievances.keys import new_token
from grievances.models import Grievance, GrievanceStatus, WorkerSession
from tests.grievances.walking import come_back, filed, hidden, shown_receipt, walk

pytestmark = pytest.mark.django_db
CASE = "/ne/report/follow-up/case/"


@pytest.fixture(autouse=True)
def full_purse():
    budgets.purse.empty()


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True)


# --- 8: quick exit --------------------------------------------------------------------------------------------------


def test_case_8_quick_exit_is_the_first_thing_a_keyboard_reaches_on_every_page(phone, nadia) -> None:
    come_back(phone, filed(phone))
    for where in ("", "new/", "follow-up/", "follow-up/case/", "follow-up/contact/"):
        page = phone.get(f"/ne/report/{where}").content.decode()
        links = re.findall(r'<a [^>]*href="([^"]+)"', page.split("<body")[1])
        assert "/ne/report/exit/" in links[:3], where


def test_case_8_after_quick_exit_back_shows_nothing(phone, nadia) -> None:
    come_back(phone, filed(phone))
    before = phone.get(CASE)
    assert "no-store" in before["Cache-Control"]
    left = phone.get("/ne/report/exit/")
    assert '"cache"' in left["Clear-Site-Data"]
    back = phone.get(CASE)
    assert back["Location"] == "/ne/report/follow-up/"
    landed = phone.get(left["Location"]).content.decode()
    for word in ("report", "receipt", "Safeconduct", "रसिद"):
        assert word not in re.sub(r'href="[^"]*"', "", landed)


def test_case_8_she_is_told_beforehand_that_her_history_is_not_erased(phone) -> None:
    assert "does not erase your browser" in phone.get("/en/report/").content.decode()


# --- 9: nobody does anything for half an hour -----------------------------------------------------------------------


def test_case_9_without_a_script_the_screen_leaves_her_page_after_half_an_hour(phone, nadia) -> None:
    come_back(phone, filed(phone))
    for where in ("case/", "contact/", "withdraw/"):
        page = phone.get(f"/ne/report/follow-up/{where}").content.decode()
        assert '<noscript><meta http-equiv="refresh" content="1800;url=/ne/report/exit/"></noscript>' in page
        assert "data-idle=" in page


def test_case_9_she_is_told_beforehand_that_the_page_closes(phone, nadia) -> None:
    come_back(phone, filed(phone), "en")
    assert "do nothing for 30 minutes" in phone.get("/en/report/follow-up/case/").content.decode()


# --- 24: guessing ---------------------------------------------------------------------------------------------------


def test_case_24_a_header_that_anybody_can_write_buys_no_new_budget(phone, nadia) -> None:
    filed(phone)
    while come_back(phone, new_token().receipt.digits).status_code != 429:
        pass
    for name in ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Client-Ip", "True-Client-Ip"):
        response = come_back(phone, new_token().receipt.digits, headers={name: "203.0.113.9"})
        assert response.status_code == 429, name


# --- 25: over-long secrets ------------------------------------------------------------------------------------------


def test_case_25_a_megabyte_for_a_receipt_is_refused_before_any_hash_and_any_query(
    phone, nadia, monkeypatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr("grievances.verifiers.admit", lambda *a: pytest.fail("hashed"))
    page = phone.get("/en/report/follow-up/").content.decode()
    with django_assert_num_queries(0):
        response = phone.post("/en/report/follow-up/", {**hidden(page), "receipt": "1" * 1_000_000})
    assert response.status_code in {400, 413, 422}
    assert len(response.content) < 50_000


def test_case_25_a_megabyte_for_a_password_is_refused_before_any_hash(nadia, monkeypatch) -> None:
    monkeypatch.setattr("django.contrib.auth.hashers.check_password", lambda *a, **k: pytest.fail("hashed"))
    monkeypatch.setattr("core.keywork.stretch", lambda *a, **k: pytest.fail("stretched"))
    browser = Client()
    response = browser.post("/accounts/login/", {"login": "nadia", "password": "x" * 1_000_000})
    assert response.status_code in {200, 400, 413}
    assert "_auth_user_id" not in browser.session


# --- 26: replays ----------------------------------------------------------------------------------------------------


def test_case_26_a_recorded_message_sent_again_is_kept_once(phone, nadia) -> None:
    come_back(phone, filed(phone))
    page = phone.get(CASE).content.decode()
    recorded = {**hidden(page), "words": "Zebrafinch again"}
    recorded["form_key"] = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    for _time in range(3):
        assert phone.post(CASE, recorded).status_code == 303
    assert Grievance.objects.get().messages.count() == 1


def test_case_26_a_recorded_withdrawal_sent_again_does_nothing_more(phone, nadia) -> None:
    come_back(phone, filed(phone))
    page = phone.get("/ne/report/follow-up/withdraw/").content.decode()
    for _time in range(3):
        phone.post("/ne/report/follow-up/withdraw/", hidden(page))
    assert GrievanceStatus.objects.filter(status="withdrawn_by_reporter").count() == 1


def test_case_26_a_stale_form_gives_her_text_back(phone, nadia) -> None:
    come_back(phone, filed(phone))
    page = phone.get(CASE).content.decode()
    sent = {**hidden(page), "words": "Zebrafinch kept", "guard": "0" * 24}
    response = phone.post(CASE, sent)
    assert response.status_code == 422
    assert "Zebrafinch kept" in response.content.decode()
    assert Grievance.objects.get().messages.count() == 0


# --- 27: two tabs ---------------------------------------------------------------------------------------------------


def test_case_27_two_tabs_of_one_browser_do_not_swap_receipts_or_words(phone, nadia) -> None:
    one = walk(phone, "en", stop="words", words={"words": "Zebrafinch one"})
    two = walk(phone, "en", stop="words", words={"words": "Goldfinch two"})
    ends = {"mode": "receipt"}
    first = phone.post("/en/report/new/", {**hidden(one.content.decode()), **ends}).content.decode()
    second = phone.post("/en/report/new/", {**hidden(two.content.decode()), **ends}).content.decode()
    again = phone.post("/en/report/new/", {**hidden(one.content.decode()), **ends}).content.decode()
    assert shown_receipt(first) == shown_receipt(again) != shown_receipt(second)
    from tests.grievances.texting import own_words

    assert own_words(shown_receipt(first)) == "Zebrafinch one"
    assert own_words(shown_receipt(second)) == "Goldfinch two"


# --- 34: what she types is inert ------------------------------------------------------------------------------------

TRICKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}",
    "{% now 'Y' %}",
    "javascript:alert(1)",
    "https://xn--pple-43d.com/",
    "zero\u200bwidth\u202e",
)


def test_case_34_what_she_types_is_inert_on_every_page_of_the_handler_and_hers(phone, nadia) -> None:
    tricks = " ".join(TRICKS)
    page = walk(phone, "en", words={"words": tricks}, where={"employer": tricks, "place": tricks}).content.decode()
    desk = Client()
    desk.force_login(nadia)
    grievance = Grievance.objects.get()
    come_back(phone, shown_receipt(page), "en")
    services.send_message(grievance, tricks, actor=nadia)
    mine = phone.get("/en/report/follow-up/case/").content.decode()
    words = phone.post("/en/report/follow-up/words/", hidden(mine)).content.decode()
    contact = "/en/report/follow-up/contact/"
    phone.post(contact, {**hidden(phone.get(contact).content.decode()), "mode": "receipt", "name": tricks})
    pages = [mine, words, phone.get(contact).content.decode()]
    pages += [
        desk.get(where).content.decode()
        for where in ("/workspace/grievances/", f"/workspace/grievances/{grievance.ref}/")
    ]
    shown = 0
    for html in pages:
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert not re.search(r'href="(javascript:|https://xn--)', html)
        assert "&lt;script&gt;" in html or "Zebrafinch" not in html
        shown += "{{7*7}}" in html
    assert shown >= 3  # the template language was shown, not run


def test_case_34_what_she_types_is_inert_where_staff_read_it_and_nowhere_else(
    phone, nadia, auditor, admin_user, caplog
) -> None:
    caplog.set_level(logging.DEBUG)
    tricks = " ".join(TRICKS)
    walk(phone, "en", words={"words": tricks}, where={"employer": tricks, "recruiter": tricks, "place": tricks})
    grievance = Grievance.objects.get()
    desk = Client()
    desk.force_login(nadia)
    desk.post(f"/workspace/grievances/{grievance.ref}/open/", {"reason": "triage"})
    read = desk.get(f"/workspace/grievances/{grievance.ref}/").content.decode()
    assert read.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4  # her words and three names, as text
    assert "<script>alert" not in read
    assert "<img src=x" not in read
    assert "{{7*7}}" in read
    assert not re.search(r'(?:href|src|action)="[^"]*(?:javascript:|xn--)', read)
    elsewhere = [
        b"".join(desk.get(f"/workspace/grievances/?format={kind}").streaming_content) for kind in ("csv", "xlsx")
    ]
    for person, where in ((auditor, "audit/"), (admin_user, "people/"), (admin_user, "notices/"), (nadia, "notices/")):
        reader = Client()
        reader.force_login(person)
        elsewhere.append(reader.get(f"/workspace/{where}").content)
    elsewhere += [
        Client().get("/en/report/form.pdf").content,
        Client().get("/en/statistics/").content,
    ]
    assert all(elsewhere)
    for place, content in enumerate([*elsewhere, caplog.text.encode()]):
        for trick in ("alert(1)", "7*7", "xn--pple", "onerror"):
            assert trick.encode() not in content, (place, trick)


def test_case_34_a_mail_holds_nothing_that_she_typed(
    phone, nadia, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    nadia.email = "nadia@example.org"
    nadia.save()
    with django_capture_on_commit_callbacks(execute=True):
        walk(phone, "en", words={"words": " ".join(TRICKS)})
    assert mailoutbox
    for mail in mailoutbox:
        assert "script" not in mail.body + mail.subject
        assert "7*7" not in mail.body + mail.subject


# --- 35: formulas in exports ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1+cmd", "-1+cmd", "@SUM(A1)", "|calc", "\t=1+1", "\ufeff=1+1", "  =1+1"]
)
def test_case_35_what_might_be_computed_is_a_text_in_csv_and_xlsx(text) -> None:
    from core.exports.guarding import guard

    assert guard(text)[:1] == "'"


@pytest.mark.parametrize("text", ["-5", "+95 9 123 456", "+9779800000001"])
def test_case_35_numbers_and_telephones_stay_readable(text) -> None:
    from core.exports.guarding import guard

    assert guard(text) == text


# --- 37: fields nobody asked for ------------------------------------------------------------------------------------

FIELDS = {
    "status": "closed",
    "assigned_to": "1",
    "handler": "1",
    "organisation": "1",
    "is_anonymous": "0",
    "consent": "all",
    "created": "2000-01-01",
    "received_on": "2000-01-01",
    "client_side_encrypted": "1",
    "priority": "normal",
    "hold": "1",
    "channel": "paper",
    "receipt_kept": "1",
    "ref": "GRV-0000-0000-0",
}


def test_case_37_extra_fields_in_her_messages_contact_and_withdrawal_change_nothing(phone, nadia) -> None:
    come_back(phone, filed(phone))
    grievance = Grievance.objects.get()
    before = Grievance.objects.filter(pk=grievance.pk).values().get()
    page = phone.get(CASE).content.decode()
    phone.post(CASE, {**hidden(page), **FIELDS, "words": "hello"})
    phone.post(
        "/ne/report/follow-up/contact/", {**hidden(page), **FIELDS, "mode": "receipt", "consents": ["investigate"]}
    )
    after = Grievance.objects.filter(pk=grievance.pk).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"contact_id", "receipt_verifier"}
    assert grievance.status == "received"
    assert grievance.consents.filter(purpose="consent").count() == 0


def test_case_37_extra_fields_from_a_handler_change_nothing(nadia, phone) -> None:
    filed(phone)
    grievance = Grievance.objects.get()
    before = Grievance.objects.filter(pk=grievance.pk).values().get()
    desk = Client()
    desk.force_login(nadia)
    desk.post(f"/workspace/grievances/{grievance.ref}/recuse/", {**FIELDS, "reason": "nonsense"})
    desk.post(f"/workspace/grievances/{grievance.ref}/open/", {**FIELDS, "reason": "nonsense"})
    assert Grievance.objects.filter(pk=grievance.pk).values().get() == before


def test_case_37_what_nobody_asked_for_is_counted_in_the_log_without_a_name_or_a_value(phone, nadia, caplog) -> None:
    planted = {**FIELDS, "zebrafinchfield": "zebrafinchvalue"}
    caplog.set_level(logging.INFO)
    come_back(phone, filed(phone))
    page = phone.get(CASE).content.decode()
    phone.post(CASE, {**hidden(page), **planted, "words": "hello"})
    desk = Client()
    desk.force_login(nadia)
    ref = Grievance.objects.get().ref
    desk.post(f"/workspace/grievances/{ref}/open/", {**planted, "reason": "triage"})
    lines = [record.getMessage() for record in caplog.records if record.name == "core.unasked"]
    assert lines == [
        f"{len(planted)} fields that nobody asked for, sent to grievances_public:case",
        f"{len(planted)} fields that nobody asked for, sent to grievances:open",
    ]
    assert "zebrafinch" not in caplog.text


def test_case_37_an_honest_report_logs_nothing_of_the_kind(phone, nadia, caplog) -> None:
    caplog.set_level(logging.INFO)
    receipt = shown_receipt(walk(phone, "en").content.decode())
    come_back(phone, receipt, "en")
    page = phone.get("/en/report/follow-up/contact/").content.decode()
    phone.post("/en/report/follow-up/contact/", {**hidden(page), "mode": "receipt", "consents": ["investigate"]})
    assert [record for record in caplog.records if record.name == "core.unasked"] == []


# --- 38: sessions ---------------------------------------------------------------------------------------------------


def test_case_38_a_session_id_set_before_she_comes_in_opens_nothing(phone, nadia) -> None:
    receipt = filed(phone)
    phone.cookies["return"] = "planted-by-somebody"
    come_back(phone, receipt)
    assert phone.cookies["return"].value != "planted-by-somebody"
    thief = Client()
    thief.cookies["return"] = "planted-by-somebody"
    assert thief.get(CASE).status_code == 302


def test_case_38_coming_in_again_ends_the_earlier_session_and_gives_another(phone, nadia) -> None:
    receipt = filed(phone)
    come_back(phone, receipt)
    stolen = phone.cookies["return"].value
    come_back(phone, receipt)
    assert phone.cookies["return"].value != stolen
    assert WorkerSession.objects.count() == 1
    thief = Client()
    thief.cookies["return"] = stolen
    assert thief.get(CASE).status_code == 302


def test_case_38_a_changed_cookie_opens_nothing(phone, nadia) -> None:
    come_back(phone, filed(phone))
    value = phone.cookies["return"].value
    for broken in (value[:-1] + ("A" if value[-1] != "A" else "B"), value.split(":")[0], "", ":" * 3):
        thief = Client()
        thief.cookies["return"] = broken
        assert thief.get(CASE).status_code == 302


def test_case_38_staff_sessions_change_at_sign_in_and_end_with_the_password(nadia) -> None:
    nadia.set_password("a-long-password-of-nadia")
    nadia.save()
    browser = Client()
    browser.get("/accounts/login/")
    before = browser.cookies["session"].value if "session" in browser.cookies else ""
    browser.post("/accounts/login/", {"login": "nadia", "password": "a-long-password-of-nadia"})
    inside = browser.cookies["session"].value
    assert inside != before
    assert browser.get("/workspace/grievances/").status_code == 200
    nadia.set_password("another-long-password")
    nadia.save()
    assert browser.get("/workspace/grievances/").status_code == 302


def test_case_38_signing_out_takes_a_post_and_ends_the_session_on_the_server(nadia) -> None:
    browser = Client()
    browser.force_login(nadia)
    stolen = browser.cookies["session"].value
    browser.get("/accounts/logout/")
    assert browser.get("/workspace/grievances/").status_code == 200
    browser.post("/accounts/logout/")
    thief = Client()
    thief.cookies["session"] = stolen
    assert thief.get("/workspace/grievances/").status_code == 302
