"""Insert many rows at once whose references are drawn at random."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model

from core.fields import ReferenceField

Row = TypeVar("Row", bound=Model)
AT_A_TIME = 500


def insert_many(rows: Iterable[Row]) -> list[Row]:
    """Insert new rows of one model and return them; a row whose random reference is taken is given another first.

    Among a million rows two of 40 random bits are equal once in two registers: one such pair would refuse a whole load.
    """
    new = list(rows)
    if not new:
        return []
    model = type(new[0])
    for field in model._meta.concrete_fields:
        if isinstance(field, ReferenceField):
            _draw_again(model, field, new)
    return model._default_manager.bulk_create(new, batch_size=AT_A_TIME)


def _draw_again(model: type[Model], field: ReferenceField, rows: list[Row]) -> None:
    """Give each row a reference that neither the table nor a row before it holds."""
    name, seen = field.attname, set[str]()
    waiting = rows
    while waiting:
        drawn = [str(getattr(row, name)) for row in waiting]
        for start in range(0, len(drawn), AT_A_TIME):
            some = drawn[start : start + AT_A_TIME]
            seen |= set(model._default_manager.filter(**{f"{name}__in": some}).values_list(name, flat=True)) - {""}
        again = []
        for row in waiting:
            if getattr(row, name) in seen:
                setattr(row, name, field.get_default())
                again.append(row)
            else:
                seen.add(getattr(row, name))
        waiting = again
