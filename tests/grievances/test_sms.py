"""Text messages: a number kept apart from every case, a talk that survives gateways, news without content."""

import json
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from grievances import budgets, services
from grievances.models import Draft, Grievance, PhoneLine, SmsOut, SmsTalk
from grievances.services.texting import outbox, sweeping
from grievances.smsgateways import GatewayDown, Kannel, Webhook, gateway_for, signature
from tests.grievances.fakegateway import FakeGateway
from tests.grievances.texting import SECRET, Phone, Taken, everything, own_words, post

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


# --- a whole talk ---------------------------------------------------------------------------------------------------


def test_a_talk_leads_to_a_whole_grievance_and_its_receipt_opens_it(phone) -> None:
    said = phone.report()
    assert "We have your report" in said[-1]
    grievance = Grievance.objects.get()
    assert grievance.codes == ("DOC", "FEE")
    assert (grievance.country, grievance.channel, grievance.contact_mode) == ("QA", "sms", "sms")
    digits = phone.receipt()
    grievance.refresh_from_db()
    assert grievance.receipt_kept
    assert not Draft.objects.exists()
    assert not SmsTalk.objects.exists()
    phone.write("READ")
    phone.write("1")
    said = phone.write(digits)
    assert any("Write your answer" in text for text in said)


def test_what_is_in_the_talk_is_filed_word_for_word(phone) -> None:
    phone.report(words="Zebrafinch कतार")
    digits = phone.receipt()
    assert own_words(digits) == "hello\nZebrafinch कतार"


def test_the_workers_language_is_kept_from_the_first_letters_to_the_answer(phone, settings) -> None:
    assert phone.write("أخذوا جوازي")
    assert SmsTalk.objects.get().state["language"] == "ar"


def test_she_reads_the_answer_by_text_only_with_her_receipt_and_may_answer(phone, nadia) -> None:
    phone.report()
    digits = phone.receipt()
    grievance = Grievance.objects.get()
    services.send_message(grievance, "Zebrafinch will be returned on Friday", actor=nadia)
    phone.write("READ")
    assert not any("Zebrafinch" in text for text in phone.write("1"))
    wrong = phone.write("1" * 27)
    assert not any("Zebrafinch" in text for text in wrong)
    said = phone.write(" ".join(digits[n : n + 3] for n in range(0, 27, 3)))
    assert "Zebrafinch will be returned on Friday" in said
    assert grievance.messages.get(sender="handler").read_on == timezone.localdate()
    phone.write("Thank you, I wait")
    assert grievance.messages.filter(sender="worker").count() == 1
    phone.write("0")
    assert not SmsTalk.objects.exists()


def test_withdrawing_by_text_needs_the_receipt_and_a_second_word(phone) -> None:
    phone.report()
    digits = phone.receipt()
    grievance = Grievance.objects.get()
    for text in ("WITHDRAW", "1", digits):
        phone.write(text)
    assert grievance.status == "received"
    phone.write("1")
    assert Grievance.objects.get().status == "withdrawn_by_reporter"


# --- the gateway's ways ---------------------------------------------------------------------------------------------


def test_the_same_message_sent_again_by_the_gateway_has_one_effect_and_one_answer(phone) -> None:
    phone.report()
    assert phone.write("1", name="same")
    for _again in range(3):
        assert phone.write("1", name="same") == []
    assert Grievance.objects.count() == 1


def test_parts_of_a_long_message_are_joined_in_order_however_they_come(phone) -> None:
    for text in ("hello", "1", "1", "2", "0"):
        phone.write(text)
    parts = {3: "three.", 1: "One ", 2: "two "}
    for number, text in parts.items():
        phone.write(text, part={"series": 7, "number": number, "of": 3}, name=f"p{number}")
    phone.write("two ", part={"series": 7, "number": 2, "of": 3}, name="p2")
    for text in ("0", "2", "0"):
        phone.write(text)
    assert own_words(phone.receipt()) == "hello\nOne two three."


def test_a_part_that_never_comes_does_not_swallow_the_others(phone) -> None:
    for text in ("hello", "1", "1", "2", "0"):
        phone.write(text)
    phone.write("Zebra", part={"series": 9, "number": 1, "of": 2})
    later = timezone.now() + timedelta(minutes=16)
    assert sweeping.sweep(later).parts == 1
    assert sweeping.sweep(later).parts == 0
    for text in ("0", "2", "0"):
        phone.write(text)
    assert own_words(phone.receipt()) == "hello\nZebra"


def test_an_unsigned_a_wrongly_signed_and_an_old_message_are_refused(phone) -> None:
    body = json.dumps({"id": "x", "from": phone.number, "text": "hello"}).encode()
    assert Client().post("/sms/in/", body, content_type="application/json").status_code == 403
    assert post(body, secret="another").status_code == 403
    assert post(body, at=int(time.time()) - 301).status_code == 403
    assert post(body, at=int(time.time()) + 301).status_code == 403
    assert not PhoneLine.objects.exists()


def test_without_a_secret_nothing_is_believed(phone, settings) -> None:
    settings.SMS_SECRET = settings.SMS_TOKEN = ""
    assert post(b"{}", secret="").status_code == 403
    headers = {"Authorization": "Bearer "}
    assert Client().post("/sms/in/", b"x", content_type="text/plain", headers=headers).status_code == 403


KANNEL = {"X-Kannel-From": "+97455501234", "X-Kannel-To": "1234"}


@pytest.mark.parametrize(
    ("address", "more", "status"),
    [
        ("127.0.0.1", {}, 202),
        ("::1", {}, 202),
        ("10.0.0.7", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("127.0.0.1", {"Authorization": "Bearer wrong"}, 403),
    ],
)
def test_a_token_is_believed_only_from_this_machine_and_never_through_a_proxy(
    phone, settings, address, more, status
) -> None:
    settings.SMS_TOKEN = "token-of-the-gateway"
    headers = {**KANNEL, "Authorization": "Bearer token-of-the-gateway", **more}
    response = Client(REMOTE_ADDR=address).post(
        "/sms/in/?id=abc", "नमस्ते".encode("utf-16-be"), content_type="text/plain; charset=UTF-16BE", headers=headers
    )
    assert response.status_code == status
    assert response.content == b""


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{",
        b'{"id":1}',
        b'{"id":"a","from":"BANK","text":"x"}',
        b"[" * 20000,
        b'{"id":"a","from":"+97455501234","text":"x","part":{"series":-1}}',
    ],
)
def test_rubbish_is_refused_with_a_status_and_leaves_nothing(phone, body) -> None:
    assert post(body).status_code == 422
    assert not PhoneLine.objects.exists()


def test_a_megabyte_is_refused_before_it_is_read(phone) -> None:
    assert post(b"x" * 1_000_000).status_code == 413


# --- floods ---------------------------------------------------------------------------------------------------------


def test_one_phone_that_floods_is_told_once_and_the_others_are_served(gateway, nadia, monkeypatch) -> None:
    monkeypatch.setattr(budgets, "TEXTS_OF_ONE", budgets.Budget(burst=5, seconds=600))
    noisy, honest = Phone(gateway, "+9779800000001"), Phone(gateway, "+9779800000002")
    noisy.write("hello")
    for _each in range(4):
        noisy.write("HELP")
    told = [text for _each in range(10) for text in noisy.write("hello again")]
    assert len(told) == 1
    assert honest.write("hello")


def test_when_all_are_too_many_the_gateway_is_asked_to_try_again_and_talks_go_on(phone, gateway, monkeypatch) -> None:
    phone.write("hello")
    monkeypatch.setattr(budgets, "TEXTS_OF_ALL", budgets.Budget(burst=1, seconds=600))
    budgets.purse.empty()
    newcomer = json.dumps({"id": "n", "from": "+9779800000003", "text": "hello"}).encode()
    assert post(newcomer).status_code == 202
    response = post(newcomer.replace(b'"n"', b'"o"').replace(b"0003", b"0004"))
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert phone.write("1")


# --- the outbox -----------------------------------------------------------------------------------------------------


def test_what_the_gateway_does_not_take_is_tried_again_later_in_order_and_never_logged(
    phone, gateway, caplog, monkeypatch
) -> None:
    down = True

    def send(number: str, text: str, reference: str) -> None:
        if down:
            raise GatewayDown
        gateway.sent.append((number, text))

    monkeypatch.setattr(gateway, "send", send)
    phone.write("hello")
    phone.write("1")
    waiting = SmsOut.objects.count()
    assert waiting >= 3
    assert phone.number not in caplog.text
    down = False
    done = outbox.deliver(timezone.now() + timedelta(hours=1))
    assert (done.sent, done.waiting) == (waiting, 0)
    texts = [text for _number, text in gateway.sent]
    assert texts.index(next(t for t in texts if "English" in t)) == 0
    assert not SmsOut.objects.exists()


def test_a_message_is_given_up_after_its_last_pause(phone, gateway, monkeypatch) -> None:
    def refuse(*_args: object) -> None:
        raise GatewayDown

    monkeypatch.setattr(gateway, "send", refuse)
    phone.write("hello")
    at = timezone.now()
    for _pause in range(len(outbox.PAUSES) + 1):
        at += timedelta(days=1)
        outbox.deliver(at)
    assert not SmsOut.objects.exists()


def test_what_waits_is_sealed(phone, gateway, monkeypatch) -> None:
    def refuse(*_args: object) -> None:
        raise GatewayDown

    monkeypatch.setattr(gateway, "send", refuse)
    phone.write("hello")
    assert SmsOut.objects.exists()
    assert phone.number[1:] not in everything()
    assert "Filipino" not in everything()


@pytest.fixture
def server():
    fake = FakeGateway()
    yield fake
    fake.close()


def test_messages_out_are_signed_and_nothing_of_them_is_in_the_address(server, settings) -> None:
    settings.SMS_SECRET = SECRET
    Webhook(server.url).send("+97455501234", "नमस्ते", "9")
    path, headers, body = server.requests[0]
    assert path == "/send"
    moment, mark = (part.partition("=")[2] for part in headers["X-Signature"].split(","))
    assert mark == signature(SECRET, int(moment), body)
    assert json.loads(body) == {"id": "9", "to": "+97455501234", "text": "नमस्ते"}


def test_kannel_gets_words_in_the_body_and_its_sign_in_in_headers(server) -> None:
    port = server.server.server_address[1]
    Kannel(f"kannel://us%40er:pass@127.0.0.1:{port}/cgi-bin/sendsms?from=1234").send("+97455501234", "नमस्ते", "9")
    path, headers, body = server.requests[0]
    assert path == "/cgi-bin/sendsms"
    assert body.decode("utf-16-be") == "नमस्ते"
    assert (headers["X-Kannel-Username"], headers["X-Kannel-To"]) == ("us@er", "+97455501234")
    assert headers["X-Kannel-Coding"] == "2"


def test_a_refusal_says_nothing_of_what_was_refused(server, settings) -> None:
    settings.SMS_SECRET = SECRET
    server.refuse = 500
    with pytest.raises(GatewayDown) as down:
        Webhook(server.url).send("+97455501234", "Zebrafinch", "9")
    assert not down.value.final
    assert "Zebrafinch" not in repr(down.value)
    assert down.value.__cause__ is None


@pytest.mark.parametrize("url", ["http://example.org/", "ftp://x", "console:", "smtp://x"])
def test_words_are_never_sent_unprotected(url, settings) -> None:
    from django.core.exceptions import ImproperlyConfigured

    settings.DEMO, settings.SMS_SECRET = False, SECRET
    with pytest.raises(ImproperlyConfigured):
        gateway_for(url)
