"""Set a form to be filled in by hand: boxes to tick beside pictograms and words, lines to write on."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.blocks import Sheet
from core.documents.drawing import drawing_operators
from core.documents.flow import Part
from core.documents.pen import Pen
from core.documents.styles import BODY, FRAME_WIDTH, INK, MARGIN, MUTED, SMALL, STRONG
from core.documents.tagging import Tag
from core.documents.wrapping import Line

BOX = 13.0
PICTURE = 25.0
GAP = 7.0
BETWEEN = 16.0  # between columns
WRITING = 23.0  # from one line to write on to the next
_INK = "{:.3f} {:.3f} {:.3f}".format(*INK)
_SOFT = "0.870 0.910 0.914"


@dataclass(frozen=True)
class Choice:
    """One box to tick: its code, its words, and a drawing as a fragment of SVG, if any."""

    code: str
    words: str
    drawing: str = ""


def choices(sheet: Sheet, items: Sequence[Choice], columns: int = 2) -> list[Part]:
    """Return boxes to tick in rows; a row is never cut."""
    width = (FRAME_WIDTH - BETWEEN * (columns - 1)) / columns
    tag = sheet.root.add("L")
    return [
        _row(sheet, items[start : start + columns], width, tag, first=start == 0)
        for start in range(0, len(items), columns)
    ]


def _row(sheet: Sheet, items: Sequence[Choice], width: float, tag: Tag, *, first: bool) -> Part:
    cells = []
    for item in items:
        inset = BOX + GAP + (PICTURE + GAP if item.drawing else 0)
        words = sheet.lines(item.words, BODY, width - inset)
        code = sheet.lines(item.code, SMALL, width - inset) if item.code else ()
        cells.append((item, inset, words, code, tag.add("LI").add("LBody")))
    texts = [sum(line.height for line in (*words, *code)) for _item, _inset, words, code, _tag in cells]
    tallest = max([PICTURE if any(item.drawing for item in items) else BOX, *texts])
    height = tallest + 5

    def draw(pen: Pen, top: float) -> None:
        for number, (item, inset, words, code, cell) in enumerate(cells):
            at = number * (width + BETWEEN)
            middle = top - 2 - tallest / 2
            with pen.marked(None):
                pen.frame(sheet.start(BOX, inset=at), middle - BOX / 2, BOX, BOX, INK)
                if item.drawing:
                    x = sheet.start(PICTURE, inset=at + BOX + GAP)
                    pen.draw(drawing_operators(item.drawing, x, middle + PICTURE / 2, PICTURE, _INK, _SOFT))
            with pen.marked(cell):
                y = middle + texts[number] / 2
                for line, style in [*((line, BODY) for line in words), *((line, SMALL) for line in code)]:
                    pen.text(line, style, sheet.start(line.width, inset=at + inset), y)
                    y -= line.height

    return Part(height, draw, before=6 if first else 1)


def blanks(sheet: Sheet, label: str, count: int) -> list[Part]:
    """Return a label with lines below it to write on; the first stays with its label."""
    words = sheet.lines(label, STRONG)
    tag = sheet.root.add("P")
    parts = [_label(sheet, words, tag)]
    parts += [Part(WRITING, _ruled, glued=number == 0 and count > 1) for number in range(count)]
    return parts


def _label(sheet: Sheet, words: Sequence[Line], tag: Tag) -> Part:
    height = sum(line.height for line in words)

    def draw(pen: Pen, top: float) -> None:
        with pen.marked(tag):
            for line in words:
                pen.text(line, STRONG, sheet.start(line.width), top)
                top -= line.height

    return Part(height, draw, before=10, glued=True)


def _ruled(pen: Pen, top: float) -> None:
    with pen.marked(None):
        pen.rule(MARGIN, top - WRITING + 3, FRAME_WIDTH, MUTED)
