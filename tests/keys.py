"""Key pairs for tests: made from the password that every test user has, at the least cost; sign-in without the page."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client

from core import keypairs, keyring, keywork, unlocking
from core.keyring import KeyRing
from core.models import User

PASSWORD = "demo-safeconduct"


def give_pair(user: User, password: str = PASSWORD) -> Any:
    """Give a handler a key pair that is trusted, as if colleagues had vouched; return it unlocked."""
    from django.utils import timezone

    from core.models import KeyPair

    opened = keypairs.open_at_sign_in(user, password)
    KeyPair.objects.filter(user=user, retired_on=None, trusted_on=None).update(trusted_on=timezone.localdate())
    return opened


def hold_receipt(receipt: Any) -> Any:
    """Let the worker who has this receipt be present."""
    from grievances.services import doors

    entrance = doors.let_in(receipt, source="test")
    assert entrance is not None
    return keyring.holding(KeyRing(lambda: [entrance.pair]))


@contextmanager
def present(*users: User, password: str = PASSWORD) -> Iterator[KeyRing]:
    """Let these people's keys be at hand, as in a request of theirs."""
    pairs = [keypairs.unseal(pair, password) for user in users if (pair := keypairs.live_pair(user))]
    with keyring.holding(KeyRing(lambda: pairs)) as ring:
        yield ring


def unlock_session(client: Client, user: User, password: str = PASSWORD) -> None:
    """Do for a signed-in test client what the sign-in page does with the password."""
    pair = keypairs.live_pair(user)
    if pair is None:
        return
    key = keywork.new_salt() * 2
    sealed = keywork.lock(key, keypairs.unseal(pair, password).private, f"session:{user.pk}".encode())
    session = client.session
    session[unlocking.SESSION_KEY] = {"user": user.pk, "sealed": base64.b64encode(sealed).decode()}
    session.save()
    client.cookies[unlocking.COOKIE] = base64.urlsafe_b64encode(key).decode()
