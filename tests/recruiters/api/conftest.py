"""Fixtures of the interface's tests: callers with and without keys, and meters that start empty."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from core.actors import SYSTEM
from core.api import throttling
from core.apikeys import issue_key
from core.roles import AccountKind
from tests.factories import make_account


@pytest.fixture(autouse=True)
def _empty_meters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin with empty meters, wide enough for any test that is not about them."""
    monkeypatch.setattr(throttling, "RATES", dict.fromkeys(throttling.RATES, 1_000_000))
    throttling._leases.clear()
    throttling._busy_until[0] = 0.0
    yield
    throttling._leases.clear()


@pytest.fixture
def key_for(db: Any) -> Any:
    """Return a way to get a key's secret for scopes."""

    def issue(*scopes: str, **fields: Any) -> str:
        account = make_account("Screening Partner", AccountKind.PARTNER)
        return issue_key(label="Partner's program", account=account, scopes=list(scopes), actor=SYSTEM, **fields)[1]

    return issue


@pytest.fixture
def caller(key_for: Any) -> Any:
    """Return a way to get a client that sends a key with these scopes."""

    def make(*scopes: str) -> Client:
        return Client(headers={"authorization": f"ApiKey {key_for(*scopes)}"})

    return make
