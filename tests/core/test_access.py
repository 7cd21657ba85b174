"""The gate: strangers find nothing, an expired session loses nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from core import access, due, held
from core.actors import SYSTEM, WORKER
from core.models import AuditEntry, Membership, SealedRecord
from core.roles import Role


@access.staff(Role.INSPECTOR)
def inspectors_only(request: Any) -> HttpResponse:
    return HttpResponse("inside")


def ask(user: Any) -> Any:
    request = RequestFactory().get("/workspace/x/")
    request.user = user
    return inspectors_only(request)


def test_the_right_role_comes_in(rosa: Any) -> None:
    assert ask(rosa).content == b"inside"


def test_another_role_finds_nothing_there(omar: Any) -> None:
    with pytest.raises(Http404):
        ask(omar)


def test_a_role_that_has_ended_opens_nothing(rosa: Any) -> None:
    from datetime import date

    Membership.objects.filter(user=rosa).update(since=date(2020, 1, 1), until=date(2020, 12, 31))
    rosa.__dict__.pop("current_memberships", None)
    with pytest.raises(Http404):
        ask(rosa)


def test_a_missing_right_is_said_plainly(omar: Any) -> None:
    class Closed:
        def permits(self, user: Any, right: str) -> bool:
            return False

    with pytest.raises(PermissionDenied, match="may not do that"):
        access.require(omar, "decide", Closed())
    access.require(SYSTEM, "decide", Closed())


def test_a_worker_is_no_member_of_any_role() -> None:
    assert WORKER.audit_code == "auto:worker"


@pytest.mark.django_db
def test_every_staff_page_sends_a_visitor_to_sign_in(client: Client) -> None:
    response = client.get("/workspace/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def signs_in(client: Client, username: str, then: str = "/workspace/") -> Any:
    given = {"login": username, "password": "demo-safeconduct", "next": then}
    return client.post("/accounts/login/", given)


def types_into_an_expired_page(client: Client, username: str, words: str = "the exit was locked") -> Any:
    """Sign in, open a page, let the session end, and send the form that was typed meanwhile."""
    signs_in(client, username)
    client.get("/workspace/notices/")
    Session.objects.all().delete()
    posted = {"comment": words, "password": "never-kept"}
    return client.post("/workspace/notices/", posted, headers={"origin": "http://testserver"})


def test_what_was_typed_into_an_expired_page_is_given_back_after_sign_in(client: Client, rosa: Any) -> None:
    response = types_into_an_expired_page(client, "rosa")
    assert "next=/workspace/held/" in response["Location"]
    stored = SealedRecord.objects.get(purpose="held.form")
    assert b"locked" not in bytes(stored.ciphertext or b"")
    assert "What you typed is kept" in client.get(response["Location"]).content.decode()
    assert "What you typed is kept" not in client.get("/accounts/login/").content.decode()
    assert signs_in(client, "rosa", "/workspace/held/")["Location"] == "/workspace/held/"
    page = client.get("/workspace/held/").content.decode()
    assert page.count("the exit was locked") == 2  # to be read, and to be sent again
    assert "never-kept" not in page
    assert 'action="/workspace/notices/"' in page
    assert client.get("/workspace/held/").status_code == 302
    stored.refresh_from_db()
    assert (bool(stored.ciphertext), bool(stored.destroyed_on)) == (False, True)


def test_the_next_person_at_the_desk_gets_nothing_of_it_and_it_is_destroyed_unopened(
    client: Client, rosa: Any, nadia: Any
) -> None:
    response = types_into_an_expired_page(client, "rosa")
    signs_in(client, "nadia", "/workspace/held/")
    stored = SealedRecord.objects.get(purpose="held.form")
    assert (bool(stored.ciphertext), bool(stored.destroyed_on)) == (False, True)
    assert not AuditEntry.objects.filter(verb__startswith="vault.opened").exists()
    assert client.get("/workspace/held/")["Location"] == "/workspace/"
    client.logout()
    signs_in(client, "rosa", response["Location"])
    assert client.get("/workspace/held/").status_code == 302


def test_a_mark_that_was_changed_or_is_missing_gives_nobody_anything(client: Client, rosa: Any, nadia: Any) -> None:
    types_into_an_expired_page(client, "rosa")
    assert signs_in(client, "rosa")
    client.cookies[held.DESK_COOKIE] = "0" * 64  # neither rosa's nor anybody's
    Session.objects.all().delete()
    client.post("/workspace/notices/", {"comment": "a b"}, headers={"origin": "http://testserver"})
    signs_in(client, "rosa")
    assert client.get("/workspace/held/").status_code == 302
    assert not SealedRecord.objects.filter(destroyed_on__isnull=True, sealed_on__lt=timezone.localdate()).exists()
    del client.cookies[held.DESK_COOKIE]
    Session.objects.all().delete()
    before = SealedRecord.objects.count()
    there = client.post("/workspace/notices/", {"comment": "a b"}, headers={"origin": "http://testserver"})["Location"]
    assert "next=/workspace/notices/" in there
    assert SealedRecord.objects.count() == before


def test_the_mark_tells_nobody_who_sits_there(client: Client, rosa: Any, nadia: Any) -> None:
    assert held.mark_of(rosa) != held.mark_of(nadia)
    signs_in(client, "rosa")
    cookie = client.get("/workspace/notices/").cookies[held.DESK_COOKIE]
    assert str(rosa.pk) != cookie.value
    assert "rosa" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", "")
    assert held.DESK_COOKIE not in client.get("/workspace/notices/").cookies


def test_what_nobody_came_back_for_is_destroyed(client: Client, rosa: Any) -> None:
    types_into_an_expired_page(client, "rosa")
    now = timezone.now()
    assert due.run_one("held_forms", now).startswith("0 ")
    assert due.run_one("held_forms", now + timedelta(days=3)).startswith("1 ")
    assert SealedRecord.objects.get(purpose="held.form").ciphertext is None


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_not_kept(client: Client) -> None:
    client.post("/workspace/notices/", {"comment": "x"}, headers={"origin": "https://evil.example"})
    assert not SealedRecord.objects.exists()


@pytest.mark.django_db
def test_a_stale_form_is_given_back_with_what_was_typed() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "x", "words": "kept"}, headers={"origin": "http://testserver"})
    assert response.status_code == 403
    assert "kept" in response.content.decode()


@pytest.mark.django_db
def test_a_stale_form_from_elsewhere_gets_nothing_to_send_again() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"words": "kept"}, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert "kept" not in response.content.decode()


def test_only_forms_within_reason_are_given_back() -> None:
    request = RequestFactory().post("/x/", {"text": "y" * (held.MAX_HELD + 1)})
    assert held.fields_of(request) == []
