"""Page through any ordering by position, not by number: as fast on page 4,000 as on page 1, stable while rows change.

A cursor is the reference (or primary key) of the row at the page's edge, never a value out of it, so that no name gets
into an address. Empty values always come last, on every database.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import OrderBy

M = TypeVar("M", bound=Model)
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Key:
    """Name one field to order by."""

    path: str
    descending: bool = False
    nullable: bool = True

    def flipped(self) -> "Key":
        """Return the same key read backwards."""
        return Key(self.path, not self.descending, self.nullable)

    def expression(self, *, backwards: bool) -> OrderBy:
        """Return the ORDER BY term; walking backwards meets the empty values first."""
        field = F(self.path)
        descending = self.descending != backwards
        if not self.nullable:
            return field.desc() if descending else field.asc()
        place = {"nulls_first": True} if backwards else {"nulls_last": True}
        return field.desc(**place) if descending else field.asc(**place)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Hold the rows of one page and the cursors around it; an empty cursor means that there is nothing that way."""

    rows: list[M]
    before: str = ""
    after: str = ""
    moved: bool = False  # the row that the cursor named is gone: this is the first page instead


def keys_for(model: type[Model], paths: Sequence[str], annotated: frozenset[str] = frozenset()) -> tuple[Key, ...]:
    """Return ordering keys for ORM paths ("-due_at"), ended by the primary key so that the order is total."""
    keys = [Key(path.removeprefix("-"), path.startswith("-"), _may_be_null(model, path.removeprefix("-"), annotated))
            for path in paths]  # fmt: skip
    if not any(key.path in {"pk", model._meta.pk.name} for key in keys):
        keys.append(Key("pk", keys[-1].descending if keys else False, nullable=False))
    return tuple(keys)


def page_of(
    queryset: QuerySet[M],
    keys: Sequence[Key],
    *,
    size: int,
    after: str = "",
    before: str = "",
    cursor_field: str = "pk",
) -> Page[M]:
    """Return one page of a queryset in at most two queries: where the cursor stands, and the rows."""
    return page_over([lambda: queryset], keys, size=size, after=after, before=before, cursor_field=cursor_field)


def page_over(
    tiers: Sequence[Callable[[], QuerySet[M]]],
    keys: Sequence[Key],
    *,
    size: int,
    after: str = "",
    before: str = "",
    cursor_field: str = "pk",
) -> Page[M]:
    """Return one page of several querysets one after the other, each in the order of the keys.

    No row may be in two of them. A later one is put together and asked only where the page reaches it, and one that is
    known to be empty (``none()``) costs nothing.
    """
    backwards = bool(before) and not after
    cursor = after or before
    place, edge = _standing(tiers, keys, cursor, cursor_field) if cursor else (0, None)
    moved = bool(cursor) and edge is None
    if moved:
        backwards, place = False, 0
    found: list[M] = []
    for number in range(place, -1, -1) if backwards else range(place, len(tiers)):
        tier = tiers[number]()
        if tier.query.is_empty():
            continue
        ordered = tier.order_by(*(key.expression(backwards=backwards) for key in keys))
        if edge is not None and number == place:
            ordered = ordered.filter(_beyond(keys, edge, backwards=backwards))
        found += ordered[: size + 1 - len(found)]
        if len(found) > size:
            break
    more = len(found) > size
    rows = found[:size]
    if edge is not None and not rows:  # everything that way is gone since
        return replace(page_over(tiers, keys, size=size, cursor_field=cursor_field), moved=True)
    if backwards:
        rows.reverse()
    first = str(getattr(rows[0], cursor_field)) if rows else ""
    last = str(getattr(rows[-1], cursor_field)) if rows else ""
    has_before = more if backwards else edge is not None
    has_after = backwards or more
    return Page(rows, first if has_before else "", last if has_after else "", moved)


def in_order(queryset: QuerySet[M], keys: Sequence[Key]) -> QuerySet[M]:
    """Return the whole queryset in the order of the keys."""
    return queryset.order_by(*(key.expression(backwards=False) for key in keys))


def _edge(queryset: QuerySet[M], keys: Sequence[Key], cursor: str, cursor_field: str) -> tuple[Any, ...] | None:
    """Return the ordering values of the row that a cursor names, or None if the reader cannot see such a row."""
    if cursor_field == "pk":
        if not (cursor.isascii() and cursor.isdigit() and int(cursor) <= LARGEST_KEY):
            return None
    elif len(cursor) > 64 or not cursor.replace("-", "").isalnum():
        return None
    found: tuple[Any, ...] | None = (
        queryset.filter(**{cursor_field: cursor}).order_by().values_list(*(key.path for key in keys)).first()
    )
    return found


def _standing(
    tiers: Sequence[Callable[[], QuerySet[M]]], keys: Sequence[Key], cursor: str, cursor_field: str
) -> tuple[int, tuple[Any, ...] | None]:
    """Return in which of the querysets the row stands that a cursor names, and its ordering values."""
    for number, tier in enumerate(tiers):
        edge = _edge(tier(), keys, cursor, cursor_field)
        if edge is not None:
            return number, edge
    return 0, None


def _beyond(keys: Sequence[Key], edge: Sequence[Any], *, backwards: bool) -> Q:
    """Return the condition for rows after (or before) the edge: a lexicographic comparison over the keys."""
    either = Q()
    same = Q()
    for key, value in zip(keys, edge, strict=True):
        further = _further(key, value, backwards=backwards)
        if further is not None:
            either |= same & further
        same &= Q(**{f"{key.path}__isnull": True}) if value is None else Q(**{key.path: value})
    first, value = keys[0], edge[0]
    if first.nullable or value is None:
        return either
    # Says nothing new, but lets the database start reading its index at the edge instead of at the beginning.
    side = "lte" if first.descending != backwards else "gte"
    return Q(**{f"{first.path}__{side}": value}) & either


def _further(key: Key, value: Any, *, backwards: bool) -> Q | None:
    if value is None:  # the empty values are the end of the list
        return Q(**{f"{key.path}__isnull": False}) if backwards else None
    side = "lt" if key.descending != backwards else "gt"
    further = Q(**{f"{key.path}__{side}": value})
    if key.nullable and not backwards:
        further |= Q(**{f"{key.path}__isnull": True})
    return further


def _may_be_null(model: type[Model], path: str, annotated: frozenset[str]) -> bool:
    """Return whether an ORM path can be empty; anything that is not a plain field may be."""
    if path == "pk":
        return False
    current: type[Model] = model
    for step in path.split(LOOKUP_SEP):
        if step in annotated:
            return True
        try:
            field = current._meta.get_field(step)
        except FieldDoesNotExist:
            return True
        if getattr(field, "null", True) or field.one_to_many or field.many_to_many:
            return True
        if field.related_model and not isinstance(field.related_model, str):
            current = field.related_model
    return False
