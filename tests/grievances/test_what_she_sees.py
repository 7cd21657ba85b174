"""Cases 2 to 6 on the server's side: what her pages say and keep to themselves, and what her handler learns."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format

from core.spoken import spoken
from grievances import services
from grievances.budgets import purse
from grievances.models import Grievance
from grievances.remedy import STATE_OF_WORD, Word
from tests.grievances.builders import make_case
from tests.grievances.walking import WORDS, come_back, filed, hidden, shown_receipt, walk

pytestmark = pytest.mark.django_db
CASE = "/en/report/follow-up/case/"


@pytest.fixture(autouse=True)
def full_purse() -> None:
    purse.empty()


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True)


def typed(page: str) -> dict[str, str]:
    """Return what a browser sends with the answer's form beside hidden fields."""
    return {"form_key": re.search(r'name="form_key" value="([^"]+)"', page)[1]}


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_case_2_in_arabic_and_urdu_the_page_is_mirrored_and_the_receipt_is_not(phone, nadia, language) -> None:
    page = walk(phone, language).content.decode()
    assert f'<html lang="{language}" dir="rtl"' in page
    assert re.search(r'class="receipt"[^>]* dir="ltr"', page)
    assert shown_receipt(page).isascii()
    again = phone.get(f"/{language}/report/follow-up/").content.decode()
    assert re.search(r'<input[^>]*name="receipt"[^>]*dir="ltr"', again)


def test_case_2_no_rule_of_the_style_names_left_or_right() -> None:
    from pathlib import Path

    css = Path("core/static/core/worker.css").read_text()
    sided = re.findall(
        r"(?:margin|padding|border)-(?:left|right)|(?:^|[;{\s])(?:left|right):|text-align:\s*(?:left|right)", css
    )
    assert sided == []


@pytest.mark.parametrize("language", list(spoken()))
def test_case_3_the_receipt_is_in_no_title_address_header_or_cookie_in_any_language(phone, nadia, language) -> None:
    response = walk(phone, language)
    page = response.content.decode()
    receipt = shown_receipt(page)
    title = re.search(r"<title>(.*?)</title>", page, re.S)[1]
    places = [title, str(response.headers), str(phone.cookies), *re.findall(r'(?:href|action|src)="([^"]*)"', page)]
    assert not [place for place in places if receipt[:9] in re.sub(r"\D", "", place)]


def test_case_5_she_sees_where_it_stands_when_she_hears_next_and_not_her_own_words(phone, nadia) -> None:
    come_back(phone, filed(phone, "en"), "en")
    page = phone.get(CASE).content.decode()
    due = Grievance.objects.get().clocks.order_by("due_at").first().due_at
    with translation.override("en"):
        days = {date_format((due + timedelta(days=shift)).date(), "DATE_FORMAT") for shift in (-1, 0)}
    assert "What happens next" in page
    assert any(f"A person reads your report, by {day}." in page for day in days)
    assert "राहदानी" not in page
    assert "Golden Bridge" not in page
    for way in ("/follow-up/contact/", "/follow-up/words/", "/follow-up/withdraw/"):
        assert way in page
    shown = phone.post("/en/report/follow-up/words/", hidden(page)).content.decode()
    assert "राहदानी" in shown


def test_case_5_in_every_status_she_reads_a_sentence_and_never_a_code(nadia) -> None:
    from grievances.statuses import Status
    from grievances.wording import worker_status

    for language in spoken():
        with translation.override(language):
            said = {status: str(worker_status(status)) for status in Status}
        assert all(len(words) > 3 and "_" not in words for words in said.values()), (language, said)


def test_case_6_her_handler_sees_the_day_she_read_it_and_no_hour(phone, nadia) -> None:
    come_back(phone, filed(phone, "en"), "en")
    grievance = Grievance.objects.get()
    message = services.send_message(grievance, "We read it today", actor=nadia)
    assert message.read_on is None
    phone.get(CASE)
    message.refresh_from_db()
    assert message.read_on == timezone.localdate()
    assert type(message.read_on).__name__ == "date"
    desk = Client()
    desk.force_login(nadia)
    desk.post(f"/workspace/grievances/{grievance.ref}/open/", {"reason": "triage"})
    page = desk.get(f"/workspace/grievances/{grievance.ref}/").content.decode()
    assert f"read on {date_format(message.read_on, 'DATE_FORMAT')}" in page


def test_case_6_a_reply_that_she_hides_stays_with_her_handler_and_what_she_is_writing_stays_with_her(
    phone, nadia
) -> None:
    come_back(phone, filed(phone, "en"), "en")
    grievance = Grievance.objects.get()
    services.send_message(grievance, "Come to the office", actor=nadia)
    page = phone.get(CASE).content.decode()
    button = re.search(r'<button[^>]*form="answer" formaction="[^"]*/hide/"[^>]*value="(\d+)"', page)
    assert button[1] == "1", "the number within her own case, which counts nobody else's messages"
    sent = {**hidden(page), **typed(page), "message": button[1], "words": "half a sent"}
    after = phone.post("/en/report/follow-up/hide/", sent).content.decode()
    assert "Come to the office" not in after
    assert "half a sent</textarea>" in after
    assert typed(after) == typed(page)
    phone.post(CASE, {**hidden(after), **typed(after), "words": "half a sentence"})
    desk = Client()
    desk.force_login(nadia)
    desk.post(f"/workspace/grievances/{grievance.ref}/open/", {"reason": "triage"})
    read = desk.get(f"/workspace/grievances/{grievance.ref}/").content.decode()
    assert "Come to the office" in read
    assert "half a sentence" in read


def test_case_6_her_word_on_a_remedy_takes_nothing_from_what_she_is_writing(phone, nadia) -> None:
    receipt = filed(phone, "en")
    case = make_case(nadia, Grievance.objects.get())
    plan = services.StepPlan("restitution", "passport_returned", "employer", timezone.localdate())
    step = services.add_remedy_step(case, plan, actor=nadia)
    services.agree(step, actor=nadia)
    services.deliver(step, actor=nadia, proof=b"%PDF-1.4 proof")
    come_back(phone, receipt, "en")
    page = phone.get(CASE).content.decode()
    said = re.findall(r'<button[^>]*form="answer" formaction="[^"]*/say/"[^>]*name="said" value="([^"]+)"', page)
    assert said == [f"{step.number}-{word}" for word in ("all", "part", "none")]
    after = phone.post(
        "/en/report/follow-up/say/", {**hidden(page), **typed(page), "said": said[1], "words": "but not"}
    )
    assert "but not</textarea>" in after.content.decode()
    assert step.events.filter(channel="receipt", state=STATE_OF_WORD[Word.PART]).exists()
    assert WORDS not in after.content.decode()
    assert settings.SESSION_COOKIE_NAME not in phone.cookies
