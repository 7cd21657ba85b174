"""The visit that most stories here begin with."""

from collections.abc import Iterator
from typing import Any

import pytest

from inspections.models import Visit
from tests.inspections.builders import make_visit


@pytest.fixture
def visit(rosa: Any) -> Visit:
    """Return a visit under way, led by Rosa, supervised by Selma, caused by a complaint."""
    return make_visit(rosa)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    from django.utils import translation

    with translation.override("en"):
        yield
