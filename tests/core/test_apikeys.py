"""Keys for programs: shown once, kept as a digest, revoked at once, counted by caller and never by a stored address."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import apikeys
from core.actors import SYSTEM
from core.api import throttling
from core.models import ApiKey, ApiMeter, AuditEntry
from core.roles import AccountKind
from tests.factories import make_account

SCOPE = "match:register"
ADDRESS = "/api/v1/catalog"


@pytest.fixture(autouse=True)
def _empty_meters() -> Iterator[None]:
    throttling._leases.clear()
    throttling._busy_until[0] = 0.0
    yield
    throttling._leases.clear()


def issue(**fields: Any) -> tuple[ApiKey, str]:
    account = make_account("Screening Partner", AccountKind.PARTNER)
    given = {"label": "Their program", "account": account, "scopes": [SCOPE], "actor": SYSTEM}
    return apikeys.issue_key(**{**given, **fields})


def call(secret: str, scheme: str = "ApiKey", **extra: Any) -> Any:
    return Client().get(ADDRESS, headers={"authorization": f"{scheme} {secret}"}, **extra)


@pytest.mark.django_db
def test_the_secret_is_kept_nowhere() -> None:
    key, secret = issue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_apikey")
        stored = repr(cursor.fetchall())
    assert secret not in stored
    assert secret.split("_", 2)[2] not in stored
    assert key.prefix in secret
    assert secret not in str(list(AuditEntry.objects.values_list("facts", "subject", "verb")))


@pytest.mark.parametrize("scheme", ["ApiKey", "Bearer", "apikey"])
@pytest.mark.django_db
def test_a_key_opens_until_it_is_revoked_or_runs_out(scheme: str) -> None:
    key, secret = issue(expires_on=timezone.localdate())
    assert call(secret, scheme).status_code == 200
    ApiKey.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert call(secret, scheme).status_code == 401
    ApiKey.objects.update(expires_on=None)
    assert call(secret, scheme).status_code == 200
    apikeys.revoke_key(key, actor=SYSTEM)
    refused = call(secret, scheme)
    assert refused.status_code == 401
    assert refused.json()["errors"][0]["type"] == "not_authenticated"


@pytest.mark.parametrize(
    "secret",
    ["", "x", "sc__", "sc_1234", "sc_00000000_guess", "sc_ééé_x", "sc_12345678_" + "a" * 5000, "\x00_\x00_\x00"],
)
@pytest.mark.django_db
def test_what_is_no_key_opens_nothing_and_breaks_nothing(secret: str) -> None:
    issue()
    assert apikeys.recognise(secret) is None


@pytest.mark.django_db
def test_a_right_prefix_with_a_wrong_secret_opens_nothing() -> None:
    key, _secret = issue()
    assert call(f"sc_{key.prefix}_wrong").status_code == 401
    assert call("dXNlcjpwYXNz", "Basic").status_code == 401


@pytest.mark.django_db
def test_the_day_of_the_last_use_is_noted_once() -> None:
    key, secret = issue()
    call(secret)
    key.refresh_from_db()
    assert key.last_used_on == timezone.localdate()


@pytest.mark.django_db
def test_only_the_administrator_issues_and_revokes(farah: Any, admin_user: Any) -> None:
    with pytest.raises(PermissionDenied):
        issue(actor=farah)
    key, _secret = issue(actor=admin_user)
    with pytest.raises(PermissionDenied):
        apikeys.revoke_key(key, actor=farah)
    apikeys.revoke_key(key, actor=admin_user)
    apikeys.revoke_key(key, actor=admin_user)
    verbs = list(AuditEntry.objects.filter(subject=key.ref).order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["apikey.issued", "apikey.revoked"]


@pytest.mark.parametrize("fields", [{"scopes": []}, {"scopes": ["all"]}, {"expires_on": timezone.localdate().min}])
@pytest.mark.django_db
def test_a_key_without_sense_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        issue(**fields)
    assert not ApiKey.objects.exists()


@pytest.mark.django_db
def test_the_page_shows_the_secret_once(client: Client, admin_user: Any) -> None:
    client.force_login(admin_user)
    account = make_account("Screening Partner", AccountKind.PARTNER)
    posted = {"label": "Their program", "account": account.pk, "scopes": [SCOPE], "expires_on": "", "form_key": "k1"}
    page = client.post(reverse("core:key_new"), posted)
    key = ApiKey.objects.get()
    secret = page.context["secret"]
    assert apikeys.recognise(secret) == key
    assert secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    again = client.post(reverse("core:key_new"), posted, follow=True)
    assert ApiKey.objects.count() == 1
    assert secret not in again.content.decode()
    listed = client.get(reverse("core:keys")).content.decode()
    assert key.ref in listed
    assert key.digest not in listed
    client.post(reverse("core:key_revoke", args=[key.ref]))
    assert apikeys.recognise(secret) is None
    assert "revoked" in client.get(reverse("core:key", args=[key.ref])).content.decode().lower()


@pytest.mark.parametrize("name", ["keys", "key_new"])
@pytest.mark.django_db
def test_other_roles_find_no_such_page(client: Client, farah: Any, auditor: Any, name: str) -> None:
    for user in (farah, auditor):
        client.force_login(user)
        assert client.get(reverse(f"core:{name}")).status_code == 404


@pytest.mark.django_db
def test_the_list_of_keys_costs_the_same_for_25_and_for_100(client: Client, admin_user: Any) -> None:
    from django.test.utils import CaptureQueriesContext

    client.force_login(admin_user)
    counts = []
    for many in (25, 75):
        for _ in range(many):
            issue()
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("core:keys")).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_a_caller_past_his_share_is_told_how_long_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "RATES", {"address": 7, "key": 12, "bad_key": 3})
    _key, secret = issue()
    answers = [Client().get(ADDRESS) for _ in range(9)]
    assert [answer.status_code for answer in answers] == [200] * 7 + [429] * 2
    assert 1 <= int(answers[-1]["Retry-After"]) <= 61
    assert answers[-1].json()["errors"][0]["type"] == "throttled"
    assert Client().get(ADDRESS, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert [call(secret).status_code for _ in range(14)] == [200] * 12 + [429] * 2


@pytest.mark.django_db
def test_every_process_draws_from_the_same_meter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "RATES", {"address": 10, "key": 10, "bad_key": 10})
    answered = 0
    for _process in range(4):
        throttling._leases.clear()  # what another process knows of the leases of this one: nothing
        answered += sum(Client().get(ADDRESS).status_code == 200 for _ in range(10))
    assert answered == 10


@pytest.mark.django_db
def test_keys_cannot_be_tried_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "RATES", {"address": 1000, "key": 1000, "bad_key": 3})
    assert [call("sc_00000000_guess").status_code for _ in range(5)] == [401, 401, 401, 429, 429]


@pytest.mark.django_db
def test_no_address_is_kept_and_old_meters_go() -> None:
    Client().get(ADDRESS, REMOTE_ADDR="192.0.2.44")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_apimeter")
        assert "192.0.2.44" not in repr(cursor.fetchall())
    ApiMeter.objects.create(bucket="old", minute=5, used=1)
    assert throttling.forget_old(timezone.now().timestamp()) == 1
    assert ApiMeter.objects.count() == 1


@pytest.mark.django_db
def test_while_the_database_is_locked_a_caller_is_still_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> Any:
        raise OperationalError("database is locked")

    monkeypatch.setattr(throttling, "RATES", {"address": 6, "key": 6, "bad_key": 6})
    monkeypatch.setattr(throttling, "_short_wait", locked)
    assert [Client().get(ADDRESS).status_code for _ in range(8)] == [200] * 6 + [429] * 2
