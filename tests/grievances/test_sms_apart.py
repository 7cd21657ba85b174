"""Text messages: news without content, a number that stands apart from every case, talks that end."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone, translation

from cms.statistics import counting
from cms.statistics.periods import Period
from core.models import AuditEntry, SealedRecord
from grievances import budgets, services
from grievances.forms.worker import consent_choices
from grievances.models import Draft, Grievance, PhoneLine, SmsReach, SmsTalk
from grievances.newshour import news_hour
from grievances.services import following, keeping
from grievances.services.texting import outbox, reaching, sweeping
from grievances.smsdialogue import Talk
from grievances.smstext import plain, segments
from grievances.smswords import SENTENCES, sentence
from tests.grievances.builders import make_lodged
from tests.grievances.texting import SECRET, Phone, Taken, everything, inside
from tests.grievances.walking import come_back, hidden

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def full_purse():
    budgets.purse.empty()


@pytest.fixture
def gateway(monkeypatch, settings) -> Taken:
    settings.SMS_URL, settings.SMS_SECRET = "http://127.0.0.1:9/", SECRET
    taken = Taken()
    monkeypatch.setattr(outbox, "gateway_for", lambda _url: taken)
    return taken


@pytest.fixture
def phone(gateway, nadia) -> Phone:
    return Phone(gateway)


# --- acceptance case 10: what is sent, and when ---------------------------------------------------------------------


def test_case_10_who_chose_no_contact_gets_no_text_when_something_changes(phone, gateway, nadia) -> None:
    phone.report(contact="2")
    phone.receipt()
    gateway.sent.clear()
    services.send_message(Grievance.objects.get(), "Hello", actor=nadia)
    assert reaching.send_news(timezone.now() + timedelta(days=9)) == 0
    outbox.deliver(timezone.now() + timedelta(days=9))
    assert gateway.sent == []


def test_case_10_news_has_no_brand_no_topic_no_link_and_waits_for_a_fixed_hour_of_another_day(
    phone, gateway, nadia
) -> None:
    phone.report()
    digits = phone.receipt()
    grievance = Grievance.objects.get()
    gateway.sent.clear()
    for words in ("Zebrafinch one", "Zebrafinch two"):
        services.send_message(grievance, words, actor=nadia)
    now = timezone.now()
    due = SmsReach.objects.get().news_at
    assert due.date() > now.date()
    assert (due.minute, due.second) == (0, 0)
    assert reaching.send_news(due - timedelta(minutes=1)) == 0
    assert reaching.send_news(due) == 1
    assert reaching.send_news(due + timedelta(days=2)) == 0
    outbox.deliver(due)
    assert gateway.sent == [(phone.number, "There is news. Write READ to this number.")]
    text = gateway.sent[0][1]
    for secret in ("Safeconduct", "http", "Zebrafinch", grievance.ref, digits[:6], "work", "report"):
        assert secret not in text


def test_case_10_news_that_she_read_meanwhile_is_not_announced(phone, gateway, nadia) -> None:
    phone.report()
    phone.receipt()
    grievance = Grievance.objects.get()
    services.send_message(grievance, "Hello", actor=nadia)
    grievance.messages.update(read_on=timezone.localdate())
    gateway.sent.clear()
    assert reaching.send_news(timezone.now() + timedelta(days=3)) == 0


def test_after_stop_nothing_is_sent_until_she_writes_again(phone, gateway, nadia) -> None:
    phone.report()
    phone.receipt()
    assert "no more messages" in phone.write("STOP")[-1]
    gateway.sent.clear()
    services.send_message(Grievance.objects.get(), "Hello", actor=nadia)
    assert reaching.send_news(timezone.now() + timedelta(days=3)) == 0
    sweeping.sweep(timezone.now() + timedelta(days=2))
    line = PhoneLine.objects.get()
    assert line.stopped
    assert line.number is None
    assert phone.write("hello")


@pytest.mark.parametrize(
    ("times", "hour", "weekday"),
    [("", 12, None), ("morning", 9, None), ("evening+afternoon", 15, None), ("friday", 12, 4), ("sunday", 12, 6)],
)
def test_the_hour_is_one_that_she_called_safe(times, hour, weekday) -> None:
    from zoneinfo import ZoneInfo

    now = datetime(2026, 3, 3, 23, 30, tzinfo=ZoneInfo("UTC"))
    due = news_hour(now, times, ZoneInfo("Asia/Qatar"))
    assert due > now
    assert due.hour == hour
    assert weekday is None or due.weekday() == weekday


# --- acceptance case 11: the number stands apart --------------------------------------------------------------------


def test_case_11_the_number_is_nowhere_in_the_clear_and_in_no_log(phone, caplog, nadia) -> None:
    caplog.set_level("DEBUG")
    phone.report(words="Zebrafinch")
    phone.receipt()
    found = everything() + caplog.text
    for secret in ("97455501234", "55501234", "Zebrafinch"):
        assert secret not in found


def test_case_11_handlers_see_an_alias_that_does_not_follow_from_the_number(phone, gateway, nadia, client) -> None:
    phone.report()
    phone.receipt()
    first = SmsReach.objects.get()
    other = Phone(gateway, "+97455509999")
    other.report()
    phone.write("NEW")
    for text in ("1", "1", "2", "0", "0", "1", "0"):
        phone.write(text)
    aliases = set(SmsReach.objects.values_list("alias", flat=True))
    assert len(aliases) == 3  # the same phone has another alias in another grievance
    client.force_login(nadia)
    grievance = first.grievance
    page = client.get(f"/workspace/grievances/{grievance.ref}/").content.decode()
    assert first.alias in page
    assert "55501234" not in page
    contact = client.post(f"/workspace/grievances/{grievance.ref}/contact/", {"reason": "answer"}).content.decode()
    assert "55501234" not in contact


def test_case_11_no_export_holds_what_links_a_case_to_a_phone(phone, nadia, client) -> None:
    phone.report()
    phone.receipt()
    client.force_login(nadia)
    reach = SmsReach.objects.get()
    for kind in ("csv", "json"):
        export = client.get(f"/workspace/grievances/?format={kind}").getvalue().decode()
        assert reach.alias not in export
        assert reach.line.digest not in export
        assert "55501234" not in export


def test_case_11_the_audit_trail_links_no_number_and_no_line_to_a_case(phone) -> None:
    phone.report()
    phone.receipt()
    line = PhoneLine.objects.get()
    grievance = Grievance.objects.get()
    for entry in AuditEntry.objects.filter(subject=grievance.ref):
        text = f"{entry.facts} {entry.subject}"
        assert line.digest not in text
        assert str(line.number_id.hex) not in text


def test_case_11_purging_a_grievance_forgets_its_number(phone) -> None:
    phone.report()
    phone.receipt()
    sealed = PhoneLine.objects.get().number_id
    day = timezone.localdate()
    Grievance.objects.update(keep_until=day - timedelta(days=1))
    keeping.purge(timezone.now())
    sweeping.sweep(timezone.now())
    assert not SmsReach.objects.exists()
    assert not PhoneLine.objects.exists()
    assert not SealedRecord.objects.filter(pk=sealed).exists()


def test_case_11_a_number_given_on_the_web_page_is_kept_apart_too(gateway, nadia) -> None:
    lodged = make_lodged(
        contact_mode="sms", contact={"name": "", "value": "+974 5550 1234", "times": "evening", "caution": ""}
    )
    assert SmsReach.objects.get().grievance == lodged.grievance
    assert SmsReach.objects.get().times == "evening"
    with inside(lodged.receipt.digits) as grievance:
        assert "55501234" not in str(following.read_contact(grievance))
    following.change_contact(lodged.grievance, "receipt", {}, {}, language="en")
    assert not SmsReach.objects.exists()
    assert not PhoneLine.objects.exists()


# --- time-outs ------------------------------------------------------------------------------------------------------


def test_a_talk_that_nobody_goes_on_with_ends_after_a_day_with_its_words_and_its_number(phone) -> None:
    for text in ("hello", "1", "1", "2", "0", "Zebrafinch"):
        phone.write(text)
    assert Draft.objects.exists()
    assert sweeping.sweep(timezone.now() + timedelta(hours=23)).talks == 0
    assert sweeping.sweep(timezone.now() + timedelta(hours=26)).talks == 1
    assert not Draft.objects.exists()
    assert not PhoneLine.objects.exists()
    assert not Grievance.objects.exists()


def test_somebody_in_danger_who_falls_silent_is_filed_once_and_may_go_on(phone) -> None:
    for text in ("hello", "1", "5", "1", "Qatar", "Zebrafinch one"):
        phone.write(text)
    later = timezone.now() + timedelta(minutes=16)
    assert sweeping.sweep(later).lodged == 1
    assert sweeping.sweep(later).lodged == 0
    grievance = Grievance.objects.get()
    assert grievance.danger_now
    assert grievance.priority == "urgent"
    assert not grievance.consents.exists()
    today = timezone.localdate()
    assert counting.cube(Period(today.year, (today.month + 2) // 3)).everybody == 0, "she was never asked"
    for text in ("Zebrafinch two", "0", "1", "1"):
        phone.write(text)
    assert Grievance.objects.count() == 1
    assert grievance.messages.filter(sender="worker").count() == 1
    assert grievance.consents.filter(purpose="investigate", given=True).exists()
    assert len(phone.receipt()) == 27


def test_an_hour_of_a_talk_is_told_by_no_row(phone) -> None:
    phone.write("hello")
    talk = SmsTalk.objects.get()
    assert (talk.expires_at.minute, talk.expires_at.second) == (0, 0)
    for entry in AuditEntry.objects.filter(actor="auto:worker"):
        assert (entry.at.hour, entry.at.minute) == (0, 0)


@pytest.mark.parametrize("language", [code for code, _name in django_settings.LANGUAGES])
def test_she_is_asked_about_public_figures_in_the_words_of_the_web_page_and_nothing_stays_last(language) -> None:
    lines = sentence("consent", Talk(language=language)).split("\n")
    assert [line[0] for line in lines[1:]] == ["1", "2", "3", "4", "5", "0"]
    with translation.override(language):
        assert lines[5] == f"5 {dict(consent_choices())['statistics_anonymised']}"


@pytest.mark.parametrize(("answer", "given"), [("5", True), ("14", False), ("0", False)])
def test_by_text_as_on_the_web_only_who_says_yes_is_counted(phone, answer, given) -> None:
    for text in ("hello", "1", "5", "2", "Qatar", "Zebrafinch one", "0", "1", answer):
        phone.write(text)
    grievance = Grievance.objects.get()
    said = grievance.consents.filter(purpose="statistics_anonymised").last()
    assert said.given is given
    today = timezone.localdate()
    assert counting.cube(Period(today.year, (today.month + 2) // 3)).everybody == int(given)


@pytest.mark.parametrize("language", [code for code, _name in django_settings.LANGUAGES])
def test_every_sentence_is_short_and_the_news_gives_nothing_away_in_any_language(language) -> None:
    for code in SENTENCES:
        text = sentence(code, Talk(language=language))
        assert segments(plain(text)) <= 6, code
        assert "Safeconduct" not in text
        assert "http" not in text
    assert segments(plain(sentence("news", Talk(language=language)))) == 1
    assert "READ" in sentence("news", Talk(language=language))


def test_case_11_she_may_change_what_she_agrees_to_without_typing_her_number_again(gateway, nadia) -> None:
    lodged = make_lodged(contact_mode="sms", contact={"name": "", "value": "+974 5550 1234"})
    browser = Client()
    come_back(browser, lodged.receipt.digits, "en")
    where = "/en/report/follow-up/contact/"
    page = browser.get(where).content.decode()
    assert "55501234" not in page
    answer = browser.post(where, {**hidden(page), "mode": "sms", "consents": ["share_inspector"]})
    assert answer.status_code == 303
    assert SmsReach.objects.get().grievance == lodged.grievance
    assert lodged.grievance.consents.filter(purpose="share_inspector", given=True).exists()
