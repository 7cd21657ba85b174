"""The worker's pages: four short posts to a receipt, without a session, JavaScript or anything lost on the way."""

import gzip
import io
import re
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from core.models import AuditEntry
from grievances.budgets import purse
from grievances.keys import read_token
from grievances.models import Draft, Grievance
from grievances.receipts import read
from tests.grievances.walking import WORDS, come_back, hidden, shown_receipt, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def full_purse():
    purse.empty()


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True)


def photo() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "JPEG")
    out.seek(0)
    out.name = "../../मेरो फोटो.jpg"
    return out


def test_case_1_four_posts_lead_to_a_receipt(phone, nadia) -> None:
    response = walk(phone, files=[photo()])
    assert response.status_code == 200
    receipt = read(shown_receipt(response.content.decode()))
    grievance = Grievance.objects.get()
    assert grievance.codes == ("DOC", "FEE")
    assert (grievance.country, grievance.language, grievance.people) == ("QA", "ne", "one")
    assert grievance.files.count() == 1
    assert not Draft.objects.exists()
    assert receipt.digits not in str(response.headers)
    assert receipt.digits not in str(phone.cookies)


def test_case_27_a_double_click_and_a_retry_show_the_same_receipt(phone, nadia) -> None:
    walk(phone, stop="words")
    page = phone.post("/ne/report/new/", {**_until_contact(phone), "mode": "receipt"}).content.decode()
    assert Grievance.objects.count() == 1
    assert "receipt" in page


def _until_contact(phone) -> dict[str, list[str]]:
    response = walk(phone, stop="words")
    return hidden(response.content.decode())


def test_case_27_sending_the_last_page_twice_files_once(phone, nadia) -> None:
    carried = {**_until_contact(phone), "mode": "receipt"}
    first, second = (phone.post("/ne/report/new/", carried).content.decode() for _ in range(2))
    assert shown_receipt(first) == shown_receipt(second)
    assert Grievance.objects.count() == 1


def test_case_3_once_she_has_her_receipt_nothing_shows_it_again(phone, nadia) -> None:
    carried = {**_until_contact(phone), "mode": "receipt"}
    page = phone.post("/ne/report/new/", carried).content.decode()
    receipt = shown_receipt(page)
    done = phone.post("/ne/report/receipt/", {**hidden(page), "receipt": receipt})
    assert done.status_code == 200
    assert Grievance.objects.get().receipt_kept
    for again in (
        phone.post("/ne/report/new/", carried),
        phone.post("/ne/report/receipt/", {**hidden(page), "show": "1"}),
    ):
        text = re.sub(r"\s", "", again.content.decode())
        assert receipt not in text
        assert receipt[:9] not in text


def test_case_3_a_wrong_digit_in_her_note_shows_the_receipt_again(phone, nadia) -> None:
    page = walk(phone).content.decode()
    receipt = shown_receipt(page)
    wrong = phone.post(
        "/ne/report/receipt/",
        {**hidden(page), "receipt": "1" + receipt[1:] if receipt[0] != "1" else "2" + receipt[1:]},
    )
    assert shown_receipt(wrong.content.decode()) == receipt
    assert not Grievance.objects.get().receipt_kept


def test_case_3_she_may_go_on_without_checking_after_a_warning(phone, nadia) -> None:
    page = walk(phone).content.decode()
    warned = phone.post("/ne/report/receipt/", {**hidden(page), "skip": "1"}).content.decode()
    assert "warning" in warned
    assert not Grievance.objects.get().receipt_kept
    phone.post("/ne/report/receipt/", {**hidden(warned), "leave": "1"})
    assert Grievance.objects.get().receipt_kept


def test_case_26_a_form_without_its_cookie_is_given_back_with_everything_typed(phone, nadia) -> None:
    carried = _until_contact(phone)
    phone.cookies.clear()
    again = phone.post("/ne/report/new/", {**carried, "mode": "phone", "value": "+977 98", "caution": "parcel"})
    assert again.status_code == 403
    text = again.content.decode()
    assert "+977 98" in text
    assert "parcel" in text
    assert Grievance.objects.count() == 0
    fresh = hidden(text)
    assert fresh["token"] != carried["token"]
    assert fresh["codes"] == ["FEE", "DOC"]
    done = phone.post("/ne/report/new/", {**fresh, "mode": "receipt"})
    assert done.status_code == 200
    assert Grievance.objects.get().statement is not None


def test_a_form_from_elsewhere_is_never_carried_out(phone, nadia) -> None:
    carried = {**_until_contact(phone), "mode": "receipt"}
    response = phone.post("/ne/report/new/", carried, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert Grievance.objects.count() == 0


def test_a_browser_that_says_where_the_form_came_from_needs_no_cookie(phone, nadia) -> None:
    carried = {**_until_contact(phone), "mode": "receipt"}
    phone.cookies.clear()
    assert phone.post("/ne/report/new/", carried, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert Grievance.objects.count() == 1


def test_going_back_keeps_what_was_typed(phone, nadia) -> None:
    page = walk(phone, stop="where").content.decode()
    back = phone.post("/ne/report/new/", {**hidden(page), "words": WORDS, "back": "1"}).content.decode()
    assert "Golden Bridge" in back
    forward = phone.post("/ne/report/new/", {**hidden(back), "country": "QA"}).content.decode()
    assert "राहदानी" in forward


def test_nothing_typed_is_in_the_page_that_follows(phone, nadia) -> None:
    page = walk(phone, stop="words").content.decode()
    assert "राहदानी" not in page
    assert "Golden Bridge" not in page


def test_case_34_script_in_her_words_is_inert_wherever_it_is_shown(phone, nadia) -> None:
    page = walk(phone, stop="where").content.decode()
    shown = phone.post("/ne/report/new/", {**hidden(page), "words": WORDS, "stay": "1"}).content.decode()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_case_29_a_forty_megabyte_file_is_refused_with_a_sentence_and_her_words_stay(phone, nadia) -> None:
    page = walk(phone, stop="where").content.decode()
    big = io.BytesIO(b"\xff\xd8\xff\xe0" + b"0" * (40 * 1024 * 1024))
    big.name = "big.jpg"
    response = phone.post("/en/report/new/", {**hidden(page), "words": WORDS, "papers": [big]})
    text = response.content.decode()
    assert response.status_code == 422
    assert "25 MB" in text
    assert "राहदानी" in text
    assert not Grievance.objects.exists()


def test_case_29_six_files_keep_five_and_say_so(phone, nadia) -> None:
    page = walk(phone, stop="where").content.decode()
    files = []
    for number in range(6):
        each = io.BytesIO(f"note {number}".encode())
        each.name = f"{number}.txt"
        files.append(each)
    text = phone.post("/en/report/new/", {**hidden(page), "papers": files}).content.decode()
    assert text.count('name="drop"') == 5
    assert "File 6" in text


@pytest.mark.parametrize(
    "data", [b"<html><script>1</script></html>", b"MZ\x90\x00 program", b"GIF89a" + b"0" * 40, b""]
)
def test_case_30_a_file_of_another_kind_is_refused_and_nothing_else_is_lost(phone, nadia, data) -> None:
    page = walk(phone, stop="where").content.decode()
    bad = io.BytesIO(data)
    bad.name = "photo.jpg"
    response = phone.post("/en/report/new/", {**hidden(page), "words": WORDS, "papers": [bad]})
    if data:
        assert response.status_code == 422
    assert "राहदानी" in response.content.decode() or not data


def test_the_first_page_asks_for_one_tick_and_nothing_else(phone) -> None:
    page = phone.get("/en/report/new/").content.decode()
    response = phone.post("/en/report/new/", hidden(page))
    assert response.status_code == 422
    assert "tick at least one" in response.content.decode()


def test_case_1_only_ticks_are_needed_from_first_to_last_page(phone, nadia) -> None:
    response = walk(phone, where={"recruiter": "", "country": ""}, words={"words": ""}, contact={"consents": []})
    assert len(shown_receipt(response.content.decode())) == 27
    assert Grievance.objects.get().statement is None


def test_case_37_extra_fields_change_nothing(phone, nadia) -> None:
    walk(phone, contact={"status": "closed", "priority": "normal", "received_on": "2000-01-01", "ref": "GRV-1"})
    grievance = Grievance.objects.get()
    assert grievance.status == "received"
    assert grievance.received_on.year > 2000


@pytest.mark.parametrize("field", ["token", "step", "guard"])
def test_a_broken_form_is_answered_with_a_page_not_an_error(phone, nadia, field) -> None:
    carried = _until_contact(phone)
    for value in ("", "x" * 5000, "\x00", "é", "../../etc/passwd"):
        response = phone.post("/ne/report/new/", {**carried, field: value, "mode": "receipt"})
        assert response.status_code in {200, 302, 403, 422}
    assert Grievance.objects.count() <= 1


PAGES = ["report/", "report/new/", "report/safety/", "report/follow-up/", "calendar/"]


@pytest.mark.parametrize("language", ["en", "ar", "my", "ne"])
def test_case_1_every_worker_page_is_light_private_and_needs_no_script(phone, nadia, language) -> None:
    css = gzip.compress(Path("core/static/core/worker.css").read_bytes())
    pages = {where: phone.get(f"/{language}/{where}") for where in PAGES}
    for step in ("what", "where", "words", "contact"):
        pages[step] = walk(Client(), language, stop=step)
    receipt = shown_receipt(pages["contact"].content.decode())
    entered = come_back(phone, receipt, language)
    assert entered.status_code == 303
    for where in ("case", "contact", "withdraw"):
        pages[f"follow-up {where}"] = phone.get(f"/{language}/report/follow-up/{where}/")
    for name, response in pages.items():
        html = response.content.decode()
        weight = len(gzip.compress(response.content)) + len(css)
        scripts = re.findall(r"<script.*?</script>", html)
        assert all(
            re.fullmatch(
                r'<script src="/static/grievances/worker\.js"( data-(sent|idle="[^"<>]*"))? defer></script>', s
            )
            for s in scripts
        )
        assert len(scripts) <= 1, name
        weight += len(gzip.compress(Path("grievances/static/grievances/worker.js").read_bytes())) if scripts else 0
        assert weight < 14 * 1024, (name, weight)
        assert "style=" not in html, name
        requests = re.findall(r'<link rel="stylesheet"|<link rel="icon" href="(?!data:)|<img |src="', html)
        assert len(requests) + 1 <= 3, (name, requests)
        assert "no-store" in response["Cache-Control"], name
        assert response["Referrer-Policy"] == "no-referrer", name
        assert not re.findall(r'(?:href|src|action)="https?://', html), name
        assert f'lang="{language}"' in html
        assert ('dir="rtl"' in html) == (language == "ar")


def test_case_40_no_audit_entry_and_no_row_tells_the_minute_or_the_address(phone, nadia) -> None:
    walk(phone)
    for entry in AuditEntry.objects.filter(actor="auto:worker"):
        assert (entry.at.hour, entry.at.minute, entry.at.second) == (0, 0, 0)
        assert "127.0.0.1" not in str(entry.facts)


def test_case_3_the_token_of_the_form_is_in_no_address(phone, nadia) -> None:
    page = phone.get("/ne/report/new/").content.decode()
    token = hidden(page)["token"][0]
    assert read_token(token)
    assert page.count(token) == 1
