"""Pay for the migrations once: a snapshot named by their digest; every transactional test starts from it again."""

import copy
import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

CACHE = Path(__file__).parent / ".cache"


@lru_cache(maxsize=1)
def _snapshot() -> Path:
    """Return the snapshot's path, decided once per run: migrations written meanwhile belong to the next run."""
    import django
    import wagtail
    from django.apps import apps

    seen = hashlib.sha256(f"{django.__version__} {wagtail.__version__}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            seen.update(file.name.encode())
            if "site-packages" not in str(file):
                seen.update(file.read_bytes())
    from core import audit_triggers

    seen.update(Path(audit_triggers.__file__).read_bytes())
    return CACHE / f"database-{seen.hexdigest()[:16]}.sqlite3"


def copied(field: Any) -> Any:
    """Return a field of a migration's state as Django's own `clone` does: apart from the original, the newest made.

    Django takes each to pieces and makes it anew, nearly three hundred thousand times before all migrations have run.
    """
    from django.db.models import Field
    from django.utils.functional import cached_property

    new = copy.deepcopy(field)
    for part in filter(None, (new, new.remote_field)):
        for name in [name for name in part.__dict__ if isinstance(getattr(type(part), name, None), cached_property)]:
            del part.__dict__[name]
    if new.auto_created:
        new.creation_counter = Field.auto_creation_counter
        Field.auto_creation_counter -= 1
    else:
        new.creation_counter = Field.creation_counter
        Field.creation_counter += 1
    return new


@contextmanager
def _quick_migrations() -> Iterator[None]:
    """Let migrations run a third faster; the tables that come of them are the same to the letter."""
    with mock.patch("django.db.models.Field.clone", copied):
        yield


def _load(connection: Any, snapshot: Path) -> None:
    source = sqlite3.connect(snapshot)
    source.backup(connection.connection)
    source.close()


def _open_sqlite(connection: Any) -> None:
    """Point the connection at this run's own test file, filled from the snapshot."""
    from core import audit_triggers

    snapshot = _snapshot()
    if snapshot.exists():
        connection.close()
        connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
        connection.ensure_connection()
        _load(connection, snapshot)
        return
    with _quick_migrations():
        connection.creation.create_test_db(verbosity=0, serialize=False, autoclobber=True)
    audit_triggers.remove(connection)  # tests empty their database; one test puts the triggers back and proves them
    CACHE.mkdir(exist_ok=True)
    part = snapshot.with_suffix(f".{os.getpid()}")
    target = sqlite3.connect(part)
    connection.connection.backup(target)
    target.close()
    part.replace(snapshot)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Set the test database up, and make transactional tests give it back as they found it."""
    from django.db import connection
    from django.test import TransactionTestCase
    from django.test.utils import setup_databases, teardown_databases

    from core import audit_triggers

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            _open_sqlite(connection)
            TransactionTestCase._fixture_teardown = lambda self: _reload_sqlite()  # type: ignore[method-assign]
            yield
            return
        with _quick_migrations():
            state = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        audit_triggers.remove(connection)
        _remember_postgres(connection, _schemas[0])
        TransactionTestCase._fixture_teardown = lambda self: _reload_postgres()  # type: ignore[method-assign]
    yield
    with django_db_blocker.unblock():
        _close_other_sessions(connection)
        teardown_databases(state, verbosity=0)


def _close_other_sessions(connection: Any) -> None:
    """End what a browser's last request or a stray thread left open: PostgreSQL drops no database that is in use."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        for _ in range(100):
            cursor.execute(f"SELECT count(pg_terminate_backend(pid)) {others}")
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.1)


_starts: list[Path] = []
"""Where transactional tests start from instead of the migrated database: the newest counts."""


@contextmanager
def starting_from(build: Callable[[], object], folder: Path) -> Iterator[None]:
    """Build a world once and let every transactional test inside begin with it; afterwards all is as it was."""
    from django.db import connection

    build()
    if connection.vendor == "sqlite":
        world = folder / "world.sqlite3"
        target = sqlite3.connect(world)
        connection.connection.backup(target)
        target.close()
        _starts.append(world)
        yield
        _starts.pop()
        _reload_sqlite()
        return
    _remember_postgres(connection, "world")
    _schemas.append("world")
    yield
    _schemas.pop()
    _reload_postgres()


_built: dict[str, Path] = {}
"""Worlds that were built in this run, by their names: on PostgreSQL a schema of that name holds one."""


@contextmanager
def built_once(name: str, build: Callable[[], object], folder: Path) -> Iterator[None]:
    """Build a world the first time it is asked for, begin with it every other time; afterwards all is as it was."""
    from django.db import connection

    if connection.vendor == "sqlite":
        world = folder / f"{name}.sqlite3"
        if name in _built:
            _load(connection, _built[name])
        else:
            build()
            target = sqlite3.connect(world)
            connection.connection.backup(target)
            target.close()
            _built[name] = world
        _starts.append(_built[name])
        yield
        _starts.pop()
        _reload_sqlite()
        return
    if name not in _built:
        build()
        _remember_postgres(connection, name)
        _built[name] = folder
    _schemas.append(name)
    _reload_postgres()
    yield
    _schemas.pop()
    _reload_postgres()


def _reload_sqlite() -> None:
    from django.db import connection

    connection.ensure_connection()
    if connection.in_atomic_block:
        connection.set_rollback(True)
    _load(connection, _starts[-1] if _starts else _snapshot())


_schemas = ["remembered"]


def _remember_postgres(connection: Any, schema: str) -> None:
    """Copy the rows as they are into a schema beside the tables."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")
        for table in connection.introspection.table_names():
            cursor.execute(f'CREATE TABLE {schema}."{table}" AS TABLE public."{table}"')


_COLUMNS = """
    SELECT table_name, string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
    WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name
"""


def _reload_postgres() -> None:
    """Empty every table and put the migrated rows back; foreign keys are checked at the commit only."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection, transaction

    tables = connection.introspection.table_names()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        columns = dict(cursor.fetchall())  # a generated column is computed, never inserted
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables))
        for table in tables:
            named = columns[table]
            cursor.execute(f'INSERT INTO public."{table}" ({named}) SELECT {named} FROM {_schemas[-1]}."{table}"')
    ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def _clear_caches() -> Iterator[None]:
    """Forget what one test cached before the next begins."""
    from django.core.cache import cache
    from django.utils import translation

    cache.clear()
    yield
    cache.clear()
    translation.activate("en")


def start_anew() -> None:
    """Give a transactional test an instance that was just set up: nobody has signed in and nothing was done."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    if connection.vendor == "sqlite":
        _load(connection, _snapshot())
    else:
        _reload_postgres()
    ContentType.objects.clear_cache()
