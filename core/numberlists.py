"""Hand a list of numbers to the database as one value, and fetch several lists of numbers in one statement.

Hundreds of placeholders cost as much to hand over as the answer costs to find, and make a new statement each time.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import BooleanField, F, Func

POSTGRESQL = "postgresql"
Name = TypeVar("Name")


def one_value(numbers: Collection[int], vendor: str) -> str:
    """Return the parameter that carries all these numbers to a database."""
    listed = ",".join(map(str, numbers))  # a list would be turned into an array one number at a time
    return f"{{{listed}}}" if vendor == POSTGRESQL else f"[{listed}]"


def among(column: str, numbers: Collection[int], using: str = DEFAULT_DB_ALIAS) -> tuple[str, list[Any]]:
    """Return as SQL the condition that a column holds one of these numbers, and its one parameter."""
    vendor = connections[using].vendor
    return _is_among(column, vendor), [one_value(numbers, vendor)]


@contextmanager
def plain_cursor(using: str = DEFAULT_DB_ALIAS) -> Iterator[Any]:
    """Open a cursor to which numbers are handed as they are, and which answers so: PostgreSQL would else read and write
    each one as text. What Django notes and wraps of a statement, it notes and wraps of these.
    """
    database = connections[using]
    if database.vendor != POSTGRESQL:
        with database.cursor() as cursor:
            yield cursor
        return
    from psycopg import Cursor, pq

    database.close_if_health_check_failed()  # as Django's own cursors do
    database.ensure_connection()
    plain: Any = Cursor(database.connection)
    plain.format = pq.Format.BINARY
    with (database.make_debug_cursor if database.queries_logged else database.make_cursor)(plain) as cursor:
        yield cursor


class Among(Func):
    """Be the same condition in a queryset: ``rows.filter(Among("party", numbers))``."""

    output_field = BooleanField()

    def __init__(self, field: str, numbers: Collection[int]) -> None:
        super().__init__(F(field))
        self.numbers = numbers

    def value(self, vendor: str) -> Any:
        """Return the parameter; nobody is among nothing, and then nothing is asked."""
        if not self.numbers:
            raise EmptyResultSet
        return one_value(self.numbers, vendor)

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return the condition and its parameters."""
        column, parameters = compiler.compile(self.source_expressions[0])
        return _is_among(column, connection.vendor), [*parameters, self.value(connection.vendor)]


def _is_among(column: str, vendor: str) -> str:
    return f"{column} = ANY(%s::bigint[])" if vendor == POSTGRESQL else f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608


def numbers_of(questions: Mapping[Name, tuple[str, Sequence[Any]]]) -> dict[Name, list[int]]:
    """Return what each question finds, its SQL (of one column called ``one``) and parameters: all in one statement."""
    if not questions:
        return {}
    gather = "string_agg(one::text, ',')" if connection.vendor == POSTGRESQL else "group_concat(one)"
    parts = [f"(SELECT {gather} FROM ({sql}) AS found{n})" for n, (sql, _given) in enumerate(questions.values())]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", [value for _sql, given in questions.values() for value in given])
        found = cursor.fetchone()
    return {name: json.loads(f"[{joined or ''}]") for name, joined in zip(questions, found, strict=True)}
