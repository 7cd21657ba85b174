"""Set tables: columns as wide as their words need, rows that break across pages, the header said again on each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.blocks import Sheet
from core.documents.flow import Part
from core.documents.pen import Pen
from core.documents.styles import CELL, FRAME_HEIGHT, FRAME_WIDTH, HEAD_CELL, MARGIN, RULE, SHADE, Style
from core.documents.tagging import Tag
from core.documents.wrapping import Line, width_of

ACROSS, DOWN = 5.0, 3.5  # padding
SAMPLE = 200  # rows that are measured for the columns' widths
TALLEST_ROW = FRAME_HEIGHT * 0.45  # a taller one is cut
_NUMBER = re.compile(r"^[+-]?[\d\s.,%\u066b\u066c\u00a0\u202f]+$")


@dataclass(frozen=True)
class Column:
    """Where a column stands and to which side its cells lean."""

    inset: float  # from the reading side of the frame
    width: float
    at_end: bool


def table(
    sheet: Sheet, headers: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float] | None
) -> list[Part]:
    """Return a table's parts; `widths` are shares of the page's width, otherwise the words decide.

    Raises ValueError for a row that has not as many cells as there are headers.
    """
    for number, row in enumerate(rows, start=1):
        if len(row) != len(headers):
            raise ValueError(f"Row {number} has {len(row)} cells, the table has {len(headers)} columns.")
    tag = sheet.root.add("Table")
    columns = _columns(sheet, headers, rows, widths)
    head = _row(sheet, columns, headers, HEAD_CELL, tag.add("TR"), is_head=True)[0]
    again = _row(sheet, columns, headers, HEAD_CELL, None, is_head=True)[0]
    parts = [Part(head.height, head.draw, before=9, glued=True)]
    for row in rows:
        parts += [
            Part(piece.height, piece.draw, head=again) for piece in _row(sheet, columns, row, CELL, tag.add("TR"))
        ]
    return parts


def _columns(
    sheet: Sheet, headers: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float] | None
) -> list[Column]:
    sample = rows[:SAMPLE]
    measured = _shared(shares) if shares else _measured(sheet, headers, sample)
    columns, inset = [], 0.0
    for place, width in enumerate(measured):
        cells = [row[place].strip() for row in sample if row[place].strip()]
        columns.append(Column(inset, width, bool(cells) and all(_NUMBER.match(cell) for cell in cells)))
        inset += width
    return columns


def _shared(shares: Sequence[float]) -> list[float]:
    return [FRAME_WIDTH * share / sum(shares) for share in shares]


def _measured(sheet: Sheet, headers: Sequence[str], sample: Sequence[Sequence[str]]) -> list[float]:
    """Return widths between what each column's longest word needs and what its longest line would like."""
    least, liked = [], []
    for place, header in enumerate(headers):
        texts = {row[place] for row in sample}
        words = {word for text in texts for word in text.split()}
        longest = sorted(words, key=len, reverse=True)[:6]
        fullest = sorted(texts, key=len, reverse=True)[:12]
        need = max(
            [width_of(word, CELL, sheet.language) for word in longest]
            + [width_of(word, HEAD_CELL, sheet.language) for word in header.split()],
            default=0,
        )
        like = max(
            [width_of(text, CELL, sheet.language) for text in fullest] + [width_of(header, HEAD_CELL, sheet.language)],
            default=0,
        )
        least.append(min(need, FRAME_WIDTH * 0.4) + 2 * ACROSS + 0.5)
        liked.append(max(min(like, FRAME_WIDTH * 0.6), need) + 2 * ACROSS + 0.5)
    return _fitted(least, liked)


def _fitted(least: Sequence[float], liked: Sequence[float]) -> list[float]:
    """Return widths that fill the frame: narrow columns as they like, the wide ones share what is left."""
    if sum(liked) <= FRAME_WIDTH:
        return [FRAME_WIDTH * width / sum(liked) for width in liked]
    if sum(least) >= FRAME_WIDTH:
        return [FRAME_WIDTH * width / sum(least) for width in least]
    widths = list(least)
    spare = FRAME_WIDTH - sum(least)
    for place in sorted(range(len(liked)), key=lambda place: liked[place]):
        wish = liked[place] - least[place]
        waiting = sum(liked[other] > liked[place] for other in range(len(liked))) + 1
        given = min(wish, spare / waiting)
        widths[place] += given
        spare -= given
    widths[max(range(len(liked)), key=lambda place: liked[place])] += spare
    return widths


def _row(
    sheet: Sheet,
    columns: Sequence[Column],
    cells: Sequence[str],
    style: Style,
    tag: Tag | None,
    *,
    is_head: bool = False,
) -> list[Part]:
    """Return a row as one part, or as several if it is taller than half a page."""
    wrapped = [sheet.lines(cell, style, column.width - 2 * ACROSS) for cell, column in zip(cells, columns, strict=True)]
    tags = [tag.add("TH", scope="Column") if is_head else tag.add("TD") for _cell in cells] if tag else None
    pieces = _cut(wrapped)
    return [
        _piece(sheet, columns, piece, style, tags, is_head=is_head, is_last=number == len(pieces) - 1)
        for number, piece in enumerate(pieces)
    ]


def _cut(wrapped: Sequence[Sequence[Line]]) -> list[list[Sequence[Line]]]:
    """Cut a row's lines into pieces that fit on a page."""
    deepest = max((len(lines) for lines in wrapped), default=0)
    tallest = max((line.height for lines in wrapped for line in lines), default=1.0)
    step = max(1, int(TALLEST_ROW / tallest))
    if deepest <= step:
        return [list(wrapped)]
    return [[lines[start : start + step] for lines in wrapped] for start in range(0, deepest, step)]


def _piece(
    sheet: Sheet,
    columns: Sequence[Column],
    wrapped: Sequence[Sequence[Line]],
    style: Style,
    tags: Sequence[Tag] | None,
    *,
    is_head: bool,
    is_last: bool,
) -> Part:
    first = max(
        (lines[0].ascent for lines in wrapped if lines), default=0.0
    )  # the cells' first lines stand on one line
    height = (
        max(
            (first - lines[0].ascent + sum(line.height for line in lines) for lines in wrapped if lines),
            default=style.leading,
        )
        + 2 * DOWN
    )

    def draw(pen: Pen, top: float) -> None:
        if is_head:
            with pen.marked(None):
                pen.box(MARGIN, top - height, FRAME_WIDTH, height, SHADE)
        for place, (column, lines) in enumerate(zip(columns, wrapped, strict=True)):
            if not lines:
                continue
            with pen.marked(tags[place] if tags else None):
                _cell(sheet, pen, column, lines, style, top - DOWN - first + lines[0].ascent)
        if is_last:
            with pen.marked(None):
                pen.rule(MARGIN, top - height, FRAME_WIDTH, RULE)

    return Part(height, draw)


def _cell(sheet: Sheet, pen: Pen, column: Column, lines: Sequence[Line], style: Style, y: float) -> None:
    for line in lines:
        spare = column.width - 2 * ACROSS - line.width
        inset = column.inset + ACROSS + (spare if column.at_end else 0)
        pen.text(line, style, sheet.start(line.width, inset=inset), y)
        y -= line.height
