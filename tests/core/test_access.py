"""The gate: strangers find nothing, an expired session loses nothing."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory

from core import access, held
from core.actors import SYSTEM, WORKER
from core.models import Membership, SealedRecord
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


def test_what_was_typed_into_an_expired_page_is_given_back_after_sign_in(client: Client, rosa: Any) -> None:
    posted = {"comment": "the exit was locked", "password": "never-kept"}
    response = client.post("/workspace/notices/", posted, headers={"origin": "http://testserver"})
    assert "next=/workspace/held/" in response["Location"]
    stored = SealedRecord.objects.get(purpose="held.form")
    assert b"locked" not in bytes(stored.ciphertext or b"")
    assert "What you typed is kept" in client.get(response["Location"]).content.decode()
    assert "What you typed is kept" not in client.get("/accounts/login/").content.decode()
    signed_in = client.post(
        response["Location"], {"login": "rosa", "password": "demo-safeconduct", "next": "/workspace/held/"}
    )
    assert signed_in["Location"] == "/workspace/held/"
    page = client.get("/workspace/held/").content.decode()
    assert page.count("the exit was locked") == 1  # to be sent again; not for a colleague's eyes at the same desk
    assert "never-kept" not in page
    assert 'action="/workspace/notices/"' in page
    assert client.get("/workspace/held/").status_code == 302


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
