"""Find the row that names the columns, and give every column a name of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.tabular.refusal import TableRefused
from core.tabular.table import RawRow

LOOK_AT = 20  # rows in which the header is looked for, below titles and remarks
MOST_COLUMNS = 500


@dataclass(frozen=True)
class Header:
    """Say which row names the columns, what they are called, and which cells they are."""

    number: int
    names: tuple[str, ...]
    places: tuple[int, ...]
    notes: tuple[str, ...]


def header_of(rows: Sequence[RawRow]) -> Header:
    """Return the header among a file's first rows; raises TableRefused if there is none or it has too many columns."""
    filled = [(row, sum(bool(cell.strip()) for cell in row.cells)) for row in rows[:LOOK_AT]]
    if not any(count for _row, count in filled):
        raise TableRefused(
            _("This file has no rows. Nothing was kept. Check that the list was saved, and send the saved file."),
            code="empty",
        )
    widest = max(count for _row, count in filled)
    needed = 1 if widest == 1 else max(2, (widest + 1) // 2)
    row = next(row for row, count in filled if count >= needed)
    refuse_columns_above_limit(sum(bool(cell.strip()) for cell in row.cells))
    return _named(row, rows)


def refuse_columns_above_limit(count: int) -> None:
    """Raise TableRefused for more columns than any list has."""
    if count > MOST_COLUMNS:
        raise TableRefused(
            _(
                "This file has %(count)s columns, and a list may have at most %(most)s. Nothing was kept. "
                "Leave out the columns that are not needed and send it again."
            )
            % {"count": count, "most": MOST_COLUMNS},
            code="columns",
        )


def _named(row: RawRow, rows: Sequence[RawRow]) -> Header:
    used = {place for other in rows for place, cell in enumerate(other.cells[:MOST_COLUMNS]) if cell.strip()}
    taken: dict[str, int] = {}
    names: list[str] = []
    places: list[int] = []
    notes: list[str] = []
    for place, cell in enumerate(row.cells[:MOST_COLUMNS]):
        name = " ".join(cell.split())[:200]
        if not name:
            if place not in used:
                continue
            name = _("Column %(letters)s") % {"letters": column_letters(place + 1)}
            notes.append(_("A column without a name in the header is read as '%(name)s'.") % {"name": name})
        if name.casefold() in taken:
            plain, name = name, _another(name, taken)
            notes.append(
                _("Two columns are called '%(plain)s'; the second is read as '%(name)s'.")
                % {"plain": plain, "name": name}
            )
        taken[name.casefold()] = place
        names.append(name)
        places.append(place)
    return Header(row.number, tuple(names), tuple(places), tuple(notes))


def _another(name: str, taken: dict[str, int]) -> str:
    number = 2
    while f"{name} ({number})".casefold() in taken:
        number += 1
    return f"{name} ({number})"


def column_letters(number: int) -> str:
    """Return a column's letters as a spreadsheet shows them: 1 is A, 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
