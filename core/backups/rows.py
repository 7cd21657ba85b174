"""Copy rows out of any database and into any other: by model and column, whatever the database calls its types."""

from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from django.db import connection, models
from django.db.models import sql

from core.backups.values import Written, read, written

BATCH = 200
# What lives shorter than a backup, is made anew from the rest, or would act a second time if it came back.
LEFT_OUT = {
    "sessions.Session",
    "django_tasks_database.DBTaskResult",
    "wagtailsearch.IndexEntry",
    "wagtailsearch.SQLiteFTSIndexEntry",
    "wagtailadmin.EditingSession",
    "core.ApiMeter",
}
Table = type[models.Model]


def leave_out(*labels: str) -> None:
    """Name tables of an upper app that no backup holds; called from its ready()."""
    LEFT_OUT.update(labels)


def tables(apps: Any) -> list[Table]:
    """Return every table that a backup holds, of the models as they are or as a migration left them."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
        if model._meta.label not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label)


def fields_of(model: Table) -> list[models.Field[Any, Any]]:
    """Return the columns of a model's own table."""
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def read_rows(model: Table) -> Iterator[list[list[Written]]]:
    """Yield a table's rows in batches, in the order of their keys."""
    names = [field.attname for field in fields_of(model)]
    batch: list[list[Written]] = []
    query = model._base_manager.order_by("pk").values_list(*names)
    for row in query.iterator(chunk_size=BATCH):
        batch.append([written(value) for value in row])
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def write_rows(model: Table, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows as they were, past every save method and signal; foreign keys are checked at the commit."""
    fields = [field for field in fields_of(model) if field.attname in names]
    objects = [SimpleNamespace(**dict(zip(names, map(read, row), strict=True))) for row in rows]
    size = max(1, connection.ops.bulk_batch_size(fields, objects) or len(objects))
    for begin in range(0, len(objects), size):
        query = sql.InsertQuery(model)
        query.insert_values(fields, objects[begin : begin + size], raw=True)  # type: ignore[arg-type]
        query.get_compiler(connection=connection).execute_sql()


def empty(models_: Sequence[Table]) -> None:
    """Take out the rows that setting up an instance made: content types, rights, the site's first page."""
    with connection.cursor() as cursor:
        for model in models_:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 -- a table's own name
            if cursor.fetchone() is not None:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def go_on_counting(models_: Sequence[Table]) -> None:
    """Let the next row of every table get a number that no restored row has."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models_)):
            cursor.execute(statement)
