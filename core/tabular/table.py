"""Hold a table while it is read: its columns, its rows as they stream, what was wrong with the rest."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

TableKind = Literal["csv", "xlsx", "jsonl", "json"]


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row; `number` is the one that a spreadsheet or an editor shows."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Say why a row was left out; `column` is empty if it concerns the whole row."""

    number: int
    column: str
    reason: str


@dataclass(slots=True)
class RawRow:
    """Hold a row before its cells have names."""

    number: int
    cells: list[str]
    problem: RowProblem | None = None


@dataclass
class Table:
    """A table in a file. `rows()` streams it, as often as wanted, and fills `problems` afresh each time."""

    columns: tuple[str, ...]
    kind: TableKind
    stream: Callable[["Table"], Iterator[Row]] = field(repr=False)
    row_count: int | None = None  # how many rows there are, where that could be told without reading twice
    encoding: str = "utf-8"
    encoding_guessed: bool = False
    delimiter: str = ""
    sheet: str = ""
    notes: list[str] = field(default_factory=list)  # sentences worth showing before anything is taken in
    problems: list[RowProblem] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that could be read; the others are in `problems` when it ends."""
        self.problems.clear()
        return self.stream(self)
