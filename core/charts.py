"""Lay out small charts over time: a column for each period, a line for the target. Pure.

The page draws what comes out as SVG; a table with the same numbers stands beside every chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 150
TOP, BOTTOM, SIDE = 22, 112, 8
NARROWEST = 6


@dataclass(frozen=True)
class Point:
    """One period: what stands below it, its value, and the value in words; None where it is kept back or not there."""

    label: str
    value: float | None
    words: str
    hidden: bool = False


@dataclass(frozen=True)
class Column:
    """One drawn column, with where its words stand."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    words_at: int
    label: str
    words: str
    hidden: bool
    missing: bool


@dataclass(frozen=True)
class Chart:
    """A drawn chart: its size, its columns from the reading side, and where the target runs."""

    code: str
    title: str
    summary: str
    columns: tuple[Column, ...]
    target: int | None
    target_words: str
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BOTTOM


def chart(
    points: Sequence[Point],
    *,
    code: str,
    title: str,
    summary: str,
    top: float | None = None,
    target: float | None = None,
    target_words: str = "",
    right_to_left: bool = False,
) -> Chart:
    """Return a chart of the points in the order of time, which runs as the reader's language does."""
    values = [point.value for point in points if point.value is not None]
    highest = max(1.0, top or 0.0, target or 0.0, *values) if values or target or top else 1.0
    step = (WIDTH - 2 * SIDE) / max(len(points), 1)
    columns = tuple(
        _column(point, number, len(points), step, highest, right_to_left) for number, point in enumerate(points)
    )
    line = None if target is None else _height_at(target, highest)
    return Chart(code, title, summary, columns, line, target_words)


def _column(point: Point, number: int, of: int, step: float, highest: float, right_to_left: bool) -> Column:
    place = of - 1 - number if right_to_left else number
    middle = round(SIDE + step * (place + 0.5))
    width = max(NARROWEST, round(step * 0.62))
    missing = point.value is None
    y = BOTTOM - 18 if point.hidden else _height_at(point.value or 0.0, highest)
    return Column(
        x=middle - width // 2,
        y=min(y, BOTTOM - 1),
        width=width,
        height=max(1, BOTTOM - y),
        middle=middle,
        words_at=min(y, BOTTOM - 1) - 5,
        label=point.label,
        words=point.words,
        hidden=point.hidden,
        missing=missing and not point.hidden,
    )


def _height_at(value: float, highest: float) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * min(value, highest) / highest)
