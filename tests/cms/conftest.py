"""The public site, built once for each module that reads it and rolled back afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from cms.seeding import build_site


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def to_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every lot fall so that numbers are rounded to the nearest multiple: what a test expects can be reckoned."""
    monkeypatch.setattr("cms.statistics.releasing.lot_for", lambda _cell, base: base // 2)


@pytest.fixture(scope="module")
def built_site(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        build_site(with_demo=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def site(built_site: None, db: None) -> None:
    """Return nothing: the pages are there."""
