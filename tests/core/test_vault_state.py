"""What an administrator and an operator are told of the vault, and what a page says that meets a locked record."""

import io

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from core import strongboxes, vault
from core.checks import the_vault_is_in_people_s_hands
from core.keyring import Locked
from core.models import KeyPair, SealedRecord, StrongboxKey
from core.unlocking import KeyRingMiddleware
from tests.keys import PASSWORD, give_pair, present

pytestmark = pytest.mark.django_db


def codes() -> list[str]:
    return [message.id for message in the_vault_is_in_people_s_hands(databases=["default"])]


def sealed_for(user):
    box, pair = strongboxes.make_box()
    strongboxes.give(box, pair.private, [(StrongboxKey.Kind.PERSON, user.key_pairs.get().public)])
    return vault.seal("her words", purpose="test.words", holder=vault.holder_of(box))


def test_the_operator_is_warned_until_people_hold_the_keys(nadia, admin_user, auditor) -> None:
    assert codes() == ["core.W003", "core.W004"]
    call_command("make_recovery_key", first="admin", second="adaeze", stdout=io.StringIO())
    assert codes() == ["core.W004"]
    KeyPair.objects.all().delete()
    assert codes() == ["core.W001"]
    assert the_vault_is_in_people_s_hands(databases=None) == []


def test_an_empty_database_can_be_checked_before_it_is_filled(db, monkeypatch) -> None:
    monkeypatch.setattr("core.checks.connection.introspection.table_names", list)
    with CaptureQueriesContext(connection) as asked:
        assert codes() == []
    assert not asked.captured_queries


def test_an_administrator_sees_keys_and_counts_and_is_told_before_she_locks_somebody_out(
    client, nadia, admin_user
) -> None:
    sealed_for(nadia)
    client.force_login(admin_user)
    page = client.get("/workspace/vault/").content.decode()
    assert "There is no recovery key" in page
    assert "has a key" in page
    person = client.get(f"/workspace/people/{nadia.pk}/").content.decode()
    assert "key opens 1 sealed grievance." in person
    assert "1 of them opens to nobody else" in person
    client.force_login(nadia)
    assert client.get("/workspace/vault/").status_code == 404


def test_whoever_asks_for_a_new_password_is_told_what_it_locks(nadia) -> None:
    page = Client().get("/accounts/password/reset/").content.decode()
    assert "stays locked for you until a colleague gives you access" in page


def test_a_locked_record_gives_a_page_for_people_and_never_an_error(nadia, rosa) -> None:
    record = sealed_for(nadia)
    give_pair(rosa)
    with present(nadia):
        assert vault.open_text(record, actor=nadia, reason="test") == "her words"
    with present(rosa), pytest.raises(Locked):
        vault.open_text(record, actor=rosa, reason="test")

    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("never reached")

    request = RequestFactory().get("/workspace/")
    request.user, request.session = nadia, {}
    page = KeyRingMiddleware(answer).process_exception(request, Locked("no key"))
    assert page is not None
    assert page.status_code == 403
    assert "Locked for you" in page.content.decode()
    assert KeyRingMiddleware(answer).process_exception(request, ValueError("other")) is None


def test_a_record_moved_into_another_strongbox_or_row_is_refused(nadia) -> None:
    one, other = sealed_for(nadia), sealed_for(nadia)
    one.strongbox_id = other.strongbox_id
    one.save()
    with present(nadia), pytest.raises(vault.VaultError):
        vault.open_text(one, actor=nadia, reason="test")
    other.wrapped_key = one.wrapped_key
    other.save()
    with present(nadia), pytest.raises(vault.VaultError):
        vault.open_text(other, actor=nadia, reason="test")


def test_a_wrapped_key_copied_to_another_strongbox_opens_nothing(nadia) -> None:
    one, other = sealed_for(nadia), sealed_for(nadia)
    key = StrongboxKey.objects.get(strongbox=one.strongbox)
    StrongboxKey.objects.filter(strongbox=other.strongbox).update(wrapped=key.wrapped)
    with present(nadia), pytest.raises(Locked):
        vault.open_text(other, actor=nadia, reason="test")


def test_what_a_handler_typed_into_an_expired_page_waits_for_her_key_alone(nadia) -> None:
    client, answer = Client(), {"login": "nadia", "password": PASSWORD}
    client.post("/accounts/login/", answer)
    client.get("/workspace/notices/")
    Session.objects.all().delete()
    typed = {"words": "Come on Tuesday, bring the slips"}
    client.post("/workspace/notices/", typed, headers={"origin": "http://testserver"})
    record = SealedRecord.objects.get(purpose="held.form")
    with pytest.raises(Locked):
        vault.open_text(record, actor=nadia, reason="test")
    client.post("/accounts/login/", answer)
    assert "Come on Tuesday" in client.get("/workspace/held/").content.decode()
    record.refresh_from_db()
    assert record.destroyed_on is not None
    assert not StrongboxKey.objects.exists()
