"""The demo, built once for everything here, and taken away again."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Build the demo once for this folder, and take it away again."""
    from django.db import transaction

    with django_db_blocker.unblock():
        call_command("compile_catalogues", verbosity=0)
        transaction.set_autocommit(False)  # noqa: FBT003
        try:
            with transaction.atomic():
                call_command("seed_demo", verbosity=0)
                yield
                transaction.set_rollback(True)  # noqa: FBT003
        finally:
            transaction.rollback()
            transaction.set_autocommit(True)  # noqa: FBT003


@pytest.fixture(scope="package")
def visitors(world: None) -> Iterator[dict[str, Any]]:
    """Return everybody who asks."""
    from tests.demo.visitors import everybody

    with everybody() as people:
        yield people
