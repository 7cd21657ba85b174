"""The public site, built once for all modules that read it, and taken away again after each."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from cms.seeding import build_site
from tests.database import built_once


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
def built_site(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    def build() -> None:
        with transaction.atomic():
            build_site(with_demo=True)

    with django_db_blocker.unblock(), built_once("site", build, tmp_path_factory.getbasetemp()):
        yield


@pytest.fixture
def site(built_site: None, db: None) -> None:
    """Return nothing: the pages are there."""
