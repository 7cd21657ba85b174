"""Recognise a file's columns by the many names that people give them."""

import unicodedata
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.tabular.refusal import TableRefused
from core.tabular.table import Row, Table


@dataclass(frozen=True)
class Mapping:
    """Say which of a file's columns holds what; `unused` are the columns that nobody reads."""

    columns: dict[str, str]
    unused: tuple[str, ...] = ()

    def read(self, row: Row) -> dict[str, str]:
        """Return a row's values by our names; empty where the file has no such column."""
        return {wanted: row.values.get(column, "") if column else "" for wanted, column in self.columns.items()}

    def has(self, wanted: str) -> bool:
        """Return whether the file has a column for this."""
        return bool(self.columns.get(wanted))


def map_columns(table: Table, wanted: MappingOf[str, Sequence[str]], *, required: Sequence[str] = ()) -> Mapping:
    """Return which column holds what; the first of the names that the file knows wins.

    Capitals, spaces, hyphens, underscores and accents make no difference: "Organisation name" is "OrganisationName".
    Raises TableRefused, naming what is missing and what the file has instead.
    """
    by_key: dict[str, str] = {}
    for column in table.columns:
        by_key.setdefault(header_key(column), column)
    columns = {
        name: next((by_key[key] for key in map(header_key, (name, *names)) if key in by_key), "")
        for name, names in wanted.items()
    }
    missing = [name for name in required if not columns.get(name)]
    if missing:
        raise TableRefused(
            _("This list has no column for: %(missing)s. It has: %(present)s. Nothing was kept. "
              "Give the column one of these names and send the list again: %(names)s.")
            % {
                "missing": ", ".join(missing),
                "present": _some(table.columns),
                "names": _some([name for key in missing for name in dict.fromkeys((key, *wanted.get(key, ())))]),
            },
            code="columns",
        )  # fmt: skip
    read = set(columns.values())
    return Mapping(columns, tuple(column for column in table.columns if column not in read))


def header_key(text: str) -> str:
    """Return what two spellings of one column name have in common."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(name[:40] for name in names[:12])
    return shown if len(names) <= 12 else shown + ", …"
