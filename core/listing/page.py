"""Hold what the page of a list shows, and build the addresses on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString

from core.listing.columns import Cell, Column, Heading, Text
from core.listing.counting import CappedCount

if TYPE_CHECKING:
    from django_filters import FilterSet

M = TypeVar("M", bound=Model)
NOT_FILTERS = ("sort", "after", "before", "format")


@dataclass(frozen=True)
class Action:
    """Offer one thing to do on a list's page."""

    label: Text
    url: str
    secondary: bool = False


@dataclass(frozen=True)
class ListedRow(Generic[M]):
    """Hold one record with its cells."""

    record: M
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Listing(Generic[M]):
    """Hold everything that core/listing.html shows."""

    headings: tuple[Heading, ...]
    rows: tuple[ListedRow[M], ...]
    total: CappedCount
    filter: "FilterSet | None"
    is_filtered: bool
    clear_url: str
    first_url: str
    previous_url: str
    next_url: str
    exports: tuple[Action, ...]
    carried: tuple[tuple[str, str], ...]  # what the filter form must carry along: the chosen order
    notice: str
    empty_text: Text
    is_unclear: bool = False  # a filter was not understood, and so nothing is listed

    @property
    def body(self) -> SafeString:
        """Return the rows of the table; a template takes many times as long for its hundreds of cells."""
        return body_of(self.rows)

    @property
    def orders(self) -> tuple[Heading, ...]:
        """Return the heads by which the list can be sorted, for screens too narrow to show a table's head."""
        return tuple(heading for heading in self.headings if heading.sort_url) if self.total.number > 1 else ()


def body_of(rows: Iterable[ListedRow[Any]]) -> SafeString:
    """Return rows as they stand in the body of a table."""
    return SafeString("".join(f"<tr>{''.join(cell.html for cell in row.cells)}</tr>\n" for row in rows))


def address(request: HttpRequest, *, drop: Sequence[str] = (), **changes: str) -> str:
    """Return this request's address with some parameters dropped and others set; an empty value drops too."""
    query = request.GET.copy()
    for name in (*drop, *changes):
        query.pop(name, None)
    for name, value in changes.items():
        if value:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def bare_address(request: HttpRequest, **kept: str) -> str:
    """Return this request's address with only these parameters."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in kept.items() if value})
    return f"{request.path}?{query.urlencode()}" if query else request.path


def headings_for(columns: Sequence[Column[M]], request: HttpRequest, sort: str) -> tuple[Heading, ...]:
    """Return the column heads; clicking the one that sorts now turns its order around."""
    current, descending = sort.removeprefix("-"), sort.startswith("-")
    heads = []
    for column in columns:
        if column.sort is None:
            heads.append(Heading(column.name, column.label, column.kind))
            continue
        is_current = column.name == current
        turned = f"-{column.name}" if is_current and not descending else column.name
        heads.append(
            Heading(
                column.name,
                column.label,
                column.kind,
                sort_url=address(request, drop=("after", "before", "format"), sort=turned),
                sorted="" if not is_current else "descending" if descending else "ascending",
            )
        )
    return tuple(heads)


def rows_of(records: Iterable[M], columns: Sequence[Column[M]]) -> tuple[ListedRow[M], ...]:
    """Return records with their cells; the first column names the row."""
    named = [(column, str(column.label), place == 0) for place, column in enumerate(columns)]
    return tuple(
        ListedRow(record, tuple(column.cell(record, label=label, heads_row=heads) for column, label, heads in named))
        for record in records
    )


def has_filters(filterset: "FilterSet | None") -> bool:
    """Return whether the reader narrowed the list, rightly or wrongly."""
    if filterset is None or not filterset.is_bound:
        return False
    data: Any = filterset.data
    return any(value for name in filterset.form.fields for value in _given(filterset.form, name, data))


def _given(form: Any, name: str, data: Any) -> list[Any]:
    """Return what was given for a field, also for one that is made of several inputs (a range of dates)."""
    found = form.fields[name].widget.value_from_datadict(data, form.files, form.add_prefix(name))
    return [part for part in (found if isinstance(found, list | tuple) else [found]) if part not in (None, "", False)]
