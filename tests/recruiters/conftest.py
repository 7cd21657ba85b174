"""Fixtures of the recruiters' tests."""

from collections.abc import Iterator

import pytest

from recruiters import engine


@pytest.fixture(autouse=True)
def _no_engine_of_another_test() -> Iterator[None]:
    """Forget register and lists that an earlier test put into memory."""
    engine._cached.clear()
    yield
    engine._cached.clear()
