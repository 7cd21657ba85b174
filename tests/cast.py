"""The people of every story, so that a permission test reads like a sentence."""

from typing import Any

import pytest

from core.roles import AccountKind, Role


@pytest.fixture(autouse=True)
def keys_at_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test client's short way in unlock what the sign-in page unlocks with the password."""
    from django.test import Client

    from tests.keys import unlock_session

    plain = Client.force_login

    def force_login(client: Client, user: Any, backend: str | None = None) -> None:
        plain(client, user, backend)
        unlock_session(client, user)

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture
def farah(db: Any) -> Any:
    """Return Farah, the ministry officer."""
    return _person("farah", "Farah", Role.MINISTRY_OFFICER, "Ministry of Labour", AccountKind.MINISTRY)


@pytest.fixture
def rosa(db: Any) -> Any:
    """Return Rosa, the inspector."""
    return _person("rosa", "Rosa", Role.INSPECTOR, "Labour Inspectorate", AccountKind.INSPECTORATE)


@pytest.fixture
def nadia(db: Any) -> Any:
    """Return Nadia, the case officer."""
    return _person("nadia", "Nadia", Role.CASE_OFFICER, "Ministry of Labour", AccountKind.MINISTRY)


@pytest.fixture
def quentin(db: Any) -> Any:
    """Return Quentin, who works on a company's due diligence."""
    return _person("quentin", "Quentin", Role.COMPANY_MEMBER, "Northwind Apparel", AccountKind.COMPANY)


@pytest.fixture
def omar(db: Any) -> Any:
    """Return Omar, who recruits."""
    return _person("omar", "Omar", Role.RECRUITER_MEMBER, "Golden Bridge Manpower", AccountKind.RECRUITER)


@pytest.fixture
def partner_user(db: Any) -> Any:
    """Return Pema, who works for an organisation that helps workers."""
    return _person("pema", "Pema", Role.REFERRAL_PARTNER, "Harbour Shelter", AccountKind.PARTNER)


@pytest.fixture
def auditor(db: Any) -> Any:
    """Return Adaeze, the auditor."""
    return _person("adaeze", "Adaeze", Role.AUDITOR, "Audit Office", AccountKind.OPERATOR)


@pytest.fixture
def editor(db: Any) -> Any:
    """Return Edwin, who writes the public site."""
    return _person("editor", "Edwin", Role.EDITOR, "Ministry of Labour", AccountKind.MINISTRY)


@pytest.fixture
def admin_user(db: Any) -> Any:
    """Return the administrator, who sees no sealed text."""
    return _person("admin", "Administrator", Role.ADMIN, "Safeconduct", AccountKind.OPERATOR)


@pytest.fixture
def stranger(db: Any) -> Any:
    """Return somebody with a sign-in and no role at all."""
    from core.models import User

    return User.objects.create_user("stranger", password="a-stranger's-password")


def _person(username: str, name: str, role: Role, account: str, kind: AccountKind) -> Any:
    from tests.factories import make_user

    return make_user(username, role, account=account, kind=kind, display_name=name)
