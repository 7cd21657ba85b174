"""Find how far numbers that are kept back could be off, given everything that is told: exact linear programming. Pure.

This is what somebody can do who collects every table of every release and a pencil: the unknown numbers are whole, not
negative, and add up to what is shown. The simplex method over whole numbers and fractions, no rounding anywhere;
Bland's rule, so that it ends. A corner that is not whole is not believed: it counts as narrower, and more is kept back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction
Row = dict[int, Number]


@dataclass(frozen=True)
class Equation:
    """Some unknowns, each with a sign, that add up to a known number."""

    signs: Mapping[str, int]
    known: int


class Region:
    """Everything the unknowns can be at once."""

    def __init__(
        self, unknowns: Sequence[str], equations: Sequence[Equation], bounds: Mapping[str, tuple[int, int | None]]
    ) -> None:
        self.names = list(unknowns)
        self.place = {name: number for number, name in enumerate(self.names)}
        self.low = [bounds.get(name, (0, None))[0] for name in self.names]
        self.rows: list[Row] = []
        self.right: list[Number] = []
        self.basis: list[int] = []
        self.width = len(self.names)
        for equation in equations:
            signs = {self.place[name]: sign for name, sign in equation.signs.items()}
            known = equation.known - sum(sign * self.low[number] for number, sign in signs.items())
            self._add(dict(signs), known)
        for name in self.names:
            low, high = bounds.get(name, (0, None))
            if high is not None:
                slack = self._column()
                self._add({self.place[name]: 1, slack: 1}, high - low)
        self._start()

    def _column(self) -> int:
        self.width += 1
        return self.width - 1

    def _add(self, row: Row, known: Number) -> None:
        if known < 0:
            row, known = {column: -value for column, value in row.items()}, -known
        self.rows.append(row)
        self.right.append(known)

    def _start(self) -> None:
        """Find a first corner: drive helper columns to zero, and drop equations that say nothing new."""
        real = self.width
        for row in self.rows:
            helper = self._column()
            row[helper] = 1
            self.basis.append(helper)
        self._descend(dict.fromkeys(range(real, self.width), 1))
        for number in range(len(self.rows) - 1, -1, -1):
            if self.basis[number] >= real:
                if self.right[number] != 0:
                    raise ValueError("these numbers cannot all be right")
                column = next((each for each, value in self.rows[number].items() if each < real and value), None)
                if column is None:
                    del self.rows[number], self.right[number], self.basis[number]
                else:
                    self._pivot(number, column)
        for row in self.rows:
            for column in [each for each in row if each >= real]:
                del row[column]
        self.width = real

    def push(self, name: str, *, up: bool) -> list[Number] | None:
        """Return a corner at which one unknown is as large, or as small, as it can be; None where there is no end."""
        if not self._descend({self.place[name]: -1 if up else 1}):
            return None
        return self.corner()

    def corner(self) -> list[Number]:
        """Return the unknowns at the present corner, in the order of their names."""
        values: list[Number] = [0] * self.width
        for number, column in enumerate(self.basis):
            values[column] = self.right[number]
        return [values[number] + self.low[number] for number in range(len(self.names))]

    def _descend(self, cost: Row) -> bool:
        """Go from corner to corner until the cost is least; say whether there is an end to it."""
        reduced: Row = dict(cost)
        for number, column in enumerate(self.basis):
            self._subtract(reduced, self.rows[number], reduced.get(column, 0))
        while True:
            entering = min((column for column, value in reduced.items() if value < 0), default=None)
            if entering is None:
                return True
            leaving = self._leaving(entering)
            if leaving is None:
                return False
            self._pivot(leaving, entering)
            self._subtract(reduced, self.rows[leaving], reduced.get(entering, 0))

    def _leaving(self, entering: int) -> int | None:
        best: tuple[Number, int, int] | None = None
        for number, row in enumerate(self.rows):
            value = row.get(entering, 0)
            if value > 0:
                found = (_divide(self.right[number], value), self.basis[number], number)
                best = found if best is None or found < best else best
        return None if best is None else best[2]

    def _pivot(self, number: int, column: int) -> None:
        row, value = self.rows[number], self.rows[number][column]
        if value != 1:
            row = {each: _divide(there, value) for each, there in row.items()}
            self.rows[number], self.right[number] = row, _divide(self.right[number], value)
        for other, there in enumerate(self.rows):
            factor = there.get(column, 0)
            if other != number and factor:
                self._subtract(there, row, factor)
                self.right[other] -= factor * self.right[number]
        self.basis[number] = column

    @staticmethod
    def _subtract(target: Row, row: Row, factor: Number) -> None:
        if not factor:
            return
        for column, value in row.items():
            left = target.get(column, 0) - factor * value
            if left:
                target[column] = left
            else:
                target.pop(column, None)


def _divide(value: Number, by: Number) -> Number:
    if by == 1:
        return value
    result = Fraction(value) / by
    return result.numerator if result.denominator == 1 else result


def is_whole(values: Sequence[Number]) -> bool:
    """Say whether every number is whole."""
    return all(isinstance(value, int) or value.denominator == 1 for value in values)
