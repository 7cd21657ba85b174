"""The administrator opens sign-ins and gives roles; nobody else finds the room, and she reads nobody's words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Account, AuditEntry, Membership, User
from core.roles import AccountKind, Role
from tests.factories import make_account, make_user


@pytest.fixture
def as_admin(client: Client, admin_user: Any) -> Client:
    client.force_login(admin_user)
    return client


@pytest.mark.parametrize("name", ["people", "person_new", "accounts", "account_new"])
def test_other_roles_find_no_such_room(client: Client, farah: Any, name: str) -> None:
    client.force_login(farah)
    assert client.get(reverse(f"core:{name}")).status_code == 404


def test_a_person_is_added_and_sets_a_password_of_her_own(as_admin: Client) -> None:
    posted = {"display_name": "Mina", "username": "mina", "language": "ar", "form_key": "k1"}
    response = as_admin.post(reverse("core:person_new"), posted)
    user = User.objects.get(username="mina")
    assert response["Location"] == reverse("core:person", args=[user.pk])
    assert not user.has_usable_password()
    page = as_admin.get(response["Location"]).content.decode()
    assert "/accounts/password/reset/key/" in page
    as_admin.post(reverse("core:person_new"), posted)
    assert User.objects.filter(username="mina").count() == 1


def test_the_first_password_link_works_once(as_admin: Client) -> None:
    from core.administration.services import first_password_link

    user = User(username="mina", display_name="Mina")
    user.set_unusable_password()
    user.save()
    link = first_password_link(user)
    visitor = Client()
    form = visitor.get(link, follow=True)
    new = {"password1": "a-long-quiet-river", "password2": "a-long-quiet-river"}
    visitor.post(form.request["PATH_INFO"], new)
    user.refresh_from_db()
    assert user.check_password("a-long-quiet-river")
    assert visitor.get(link, follow=True).context["token_fail"]


def test_a_role_fits_its_organisation(as_admin: Client) -> None:
    user, company = make_user("mina"), make_account("Firm", AccountKind.COMPANY)
    url = reverse("core:person", args=[user.pk])
    refused = as_admin.post(url, {"account": company.pk, "role": Role.CASE_OFFICER, "form_key": "k"})
    assert b"cannot hold this role" in refused.content
    as_admin.post(url, {"account": company.pk, "role": Role.COMPANY_MEMBER, "form_key": "k"})
    assert Membership.objects.get(user=user).role == Role.COMPANY_MEMBER


def test_an_ended_role_ends_sessions_at_once(as_admin: Client, rosa: Any) -> None:
    phone = Client()
    phone.force_login(rosa)
    assert phone.get(reverse("core:notices")).status_code == 200
    as_admin.post(reverse("core:role_end", args=[rosa.memberships.get().pk]))
    assert phone.get(reverse("core:notices")).status_code == 302
    assert not User.objects.get(pk=rosa.pk).has_role(Role.INSPECTOR)
    assert AuditEntry.objects.filter(verb="role.ended", subject=rosa.audit_code).exists()


def test_a_closed_sign_in_is_closed_everywhere(as_admin: Client, rosa: Any) -> None:
    phone = Client()
    phone.force_login(rosa)
    as_admin.post(reverse("core:person_active", args=[rosa.pk]), {"active": "no"})
    assert phone.get(reverse("core:notices")).status_code == 302


def test_the_auditor_reads_the_trail_and_the_administrator_does_not(
    client: Client, auditor: Any, as_admin: Client
) -> None:
    assert as_admin.get(reverse("core:audit")).status_code == 404
    as_admin.post(reverse("core:account_new"), {"name": "Quiet Name", "kind": "company", "form_key": "k"})
    reader = Client()
    reader.force_login(auditor)
    page = reader.get(reverse("core:audit")).content.decode()
    assert "account.opened" in page
    assert "Quiet Name" not in page
    assert Account.objects.filter(name="Quiet Name").exists()


def test_staff_without_a_second_factor_are_asked_for_one_outside_the_demo(
    client: Client, farah: Any, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(farah)
    assert client.get(reverse("core:workspace"))["Location"] == reverse("mfa_activate_totp")


@pytest.mark.parametrize("count", [25, 100])
def test_the_list_of_people_takes_the_same_queries_for_25_and_100(
    as_admin: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        make_user(f"person{number}", Role.INSPECTOR, account="Inspectorate", kind=AccountKind.INSPECTORATE)
    with django_assert_max_num_queries(11):
        assert as_admin.get(reverse("core:people")).status_code == 200


def test_people_who_may_no_longer_sign_in_are_found(as_admin: Client) -> None:
    User.objects.filter(pk=make_user("gone", Role.INSPECTOR).pk).update(is_active=False)
    page = as_admin.get(reverse("core:people")).content.decode()
    assert ">gone<" in page
    assert "Unknown" not in page
    shut = as_admin.get(reverse("core:people"), {"is_active": "False"}).content.decode()
    assert ">gone<" in shut
    assert ">admin<" not in shut
