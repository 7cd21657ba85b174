"""Turn what a document says into parts: headings, paragraphs, facts, pictures, codes."""

import io
from collections.abc import Sequence

import segno
from PIL import Image

from core.documents.flow import Part
from core.documents.pen import Pen
from core.documents.styles import BODY, BRAND, FRAME_WIDTH, HEADINGS, INK, MARGIN, RULE, SHADE, SMALL, STRONG, Style
from core.documents.tagging import Tag
from core.documents.wrapping import Line, wrap

LARGEST_PICTURE = 1600  # pixels on the longer side; more does not print better at this size
TALLEST_PICTURE = 330.0
WIDEST_PICTURE = 400.0


class Sheet:
    """What every block needs to know: language, direction, where the structure tree grows."""

    def __init__(self, language: str, *, rtl: bool, root: Tag) -> None:
        self.language = language
        self.rtl = rtl
        self.root = root

    def lines(self, text: str, style: Style, width: float = FRAME_WIDTH) -> tuple[Line, ...]:
        """Return a text's lines at a width."""
        return wrap(text, style, round(width, 2), self.language, rtl=self.rtl)

    def start(self, width: float, *, inset: float = 0.0, within: float = FRAME_WIDTH) -> float:
        """Return the left end of something that begins at the reading side of the frame."""
        return MARGIN + (within - inset - width if self.rtl else inset)


def lines_parts(
    sheet: Sheet,
    text: str,
    style: Style,
    tag: Tag,
    *,
    before: float,
    glued: bool = False,
    by_own_direction: bool = True,
) -> list[Part]:
    """Return a text as one part a line; the first two and the last two lines stay together."""
    lines = sheet.lines(text, style)
    parts = []
    for number, line in enumerate(lines):
        right = line.rtl if by_own_direction else sheet.rtl
        x = MARGIN + (FRAME_WIDTH - line.width if right else 0)

        def draw(pen: Pen, top: float, line: Line = line, x: float = x) -> None:
            with pen.marked(tag):
                pen.text(line, style, x, top)

        keeps = number in {0, len(lines) - 2} and len(lines) > 1
        parts.append(Part(line.height, draw, before=before if number == 0 else 0, glued=glued or keeps))
    return parts


def heading(sheet: Sheet, text: str, level: int) -> list[Part]:
    """Return a heading; it never stands alone at the foot of a page."""
    style = HEADINGS[level]
    parts = lines_parts(sheet, text, style, sheet.root.add(f"H{level + 1}"), before=22 - 4 * level, glued=True)
    first = parts[0]

    def draw(pen: Pen, top: float) -> None:
        pen.bookmark(text, level - 1, top)
        first.draw(pen, top)

    gap = Part(3, _nothing, glued=True)
    return [Part(first.height, draw, before=first.before, glued=True), *parts[1:], gap]


def paragraph(sheet: Sheet, text: str, style: Style = BODY) -> list[Part]:
    """Return a paragraph; it is set from the side from which its own language is read."""
    return lines_parts(sheet, text, style, sheet.root.add("P"), before=6)


def note(sheet: Sheet, text: str) -> list[Part]:
    """Return a remark on a shaded ground, kept on one page."""
    inset = 10.0
    lines = sheet.lines(text, BODY, FRAME_WIDTH - 2 * inset)
    height = sum(line.height for line in lines) + 2 * 7
    tag = sheet.root.add("P")

    def draw(pen: Pen, top: float) -> None:
        with pen.marked(None):
            pen.box(MARGIN, top - height, FRAME_WIDTH, height, SHADE)
            pen.box(sheet.start(3), top - height, 3, height, BRAND)
        y = top - 7
        with pen.marked(tag):
            for line in lines:
                x = MARGIN + (FRAME_WIDTH - inset - line.width if line.rtl else inset)
                pen.text(line, BODY, x, y)
                y -= line.height

    return [Part(height, draw, before=9)]


def facts(sheet: Sheet, pairs: Sequence[tuple[str, str]]) -> list[Part]:
    """Return labels and their values side by side."""
    label_width = FRAME_WIDTH * 0.3
    table = sheet.root.add("Table")
    return [
        _fact(sheet, label, value, label_width, table, first=number == 0) for number, (label, value) in enumerate(pairs)
    ]


def _fact(sheet: Sheet, label: str, value: str, label_width: float, table: Tag, *, first: bool) -> Part:
    gap = 12.0
    value_width = FRAME_WIDTH - label_width - gap
    columns = (
        (sheet.lines(label, STRONG, label_width), 0.0, STRONG),
        (sheet.lines(value, BODY, value_width), label_width + gap, BODY),
    )
    row = table.add("TR")
    tags = (row.add("TH", scope="Row"), row.add("TD"))
    first_line = max(lines[0].ascent for lines, *_rest in columns)  # label and value stand on one line
    height = max(first_line - lines[0].ascent + sum(line.height for line in lines) for lines, *_rest in columns) + 6

    def draw(pen: Pen, top: float) -> None:
        for (lines, inset, style), tag in zip(columns, tags, strict=True):
            y = top - 3 - first_line + lines[0].ascent
            with pen.marked(tag):
                for line in lines:
                    left = MARGIN + (FRAME_WIDTH - inset - line.width if sheet.rtl else inset)
                    pen.text(line, style, left, y)
                    y -= line.height
        with pen.marked(None):
            pen.rule(MARGIN, top - height, FRAME_WIDTH, RULE)

    return Part(height, draw, before=8 if first else 0)


def picture(sheet: Sheet, data: bytes, caption: str) -> list[Part]:
    """Return a picture with its caption, cleaned of everything that a camera wrote into it.

    Raises ValueError if the data is no picture.
    """
    data, (across, down) = _cleaned(data)
    scale = min(WIDEST_PICTURE / across, TALLEST_PICTURE / down, 0.75)
    width, height = across * scale, down * scale
    lines = sheet.lines(caption, SMALL) if caption else ()
    total = height + 4 + sum(line.height for line in lines)
    figure = sheet.root.add("Figure", alt=caption or "–")
    words = sheet.root.add("Caption") if lines else None

    def draw(pen: Pen, top: float) -> None:
        with pen.marked(figure):
            pen.picture(data, sheet.start(width), top - height, width, height)
        y = top - height - 4
        if words is not None:
            with pen.marked(words):
                for line in lines:
                    pen.text(line, SMALL, sheet.start(line.width), y)
                    y -= line.height

    return [Part(total, draw, before=10)]


def _cleaned(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return a picture as JPEG without its metadata, turned upright, no larger than a page needs."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            from PIL import ImageOps

            image = ImageOps.exif_transpose(opened)
            if image.mode in {"RGBA", "LA", "P"}:
                image = image.convert("RGBA")
                ground = Image.new("RGB", image.size, "white")
                ground.paste(image, mask=image.getchannel("A"))
                image = ground
            image = image.convert("RGB")
            image.thumbnail((LARGEST_PICTURE, LARGEST_PICTURE))
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("This is not a picture that can be put into a document.") from error
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85, optimize=False)
    return out.getvalue(), image.size


def code(sheet: Sheet, content: str, caption: str) -> list[Part]:
    """Return a QR code beside its caption."""
    matrix = [bytes(row) for row in segno.make(content, error="m", micro=False).matrix]
    side = 74.0
    module = side / len(matrix)
    lines = sheet.lines(caption, SMALL, FRAME_WIDTH - side - 14)
    height = max(side, sum(line.height for line in lines))
    figure = sheet.root.add("Figure", alt=content)
    words = sheet.root.add("P")

    def draw(pen: Pen, top: float) -> None:
        x = sheet.start(side)
        with pen.marked(figure):
            for down, row in enumerate(matrix):
                for right, dark in enumerate(row):
                    if dark:
                        pen.box(x + right * module, top - (down + 1) * module, module + 0.05, module + 0.05, INK)
        y = top - 4
        with pen.marked(words):
            for line in lines:
                pen.text(line, SMALL, sheet.start(line.width, inset=side + 14), y)
                y -= line.height

    return [Part(height, draw, before=12)]


def signatures(sheet: Sheet, labels: Sequence[str]) -> list[Part]:
    """Return lines to sign on, side by side, each with whose it is below."""
    gap = 24.0
    width = (FRAME_WIDTH - gap * (len(labels) - 1)) / len(labels)
    cells = [(sheet.lines(label, SMALL, width), sheet.root.add("P")) for label in labels]
    height = 42 + max(sum(line.height for line in lines) for lines, _tag in cells)

    def draw(pen: Pen, top: float) -> None:
        for number, (lines, tag) in enumerate(cells):
            inset = number * (width + gap)
            with pen.marked(None):
                pen.rule(sheet.start(width, inset=inset), top - 38, width, INK)
            y = top - 41
            with pen.marked(tag):
                for line in lines:
                    pen.text(line, SMALL, sheet.start(line.width, inset=inset), y)
                    y -= line.height

    return [Part(height, draw, before=18)]


def _nothing(_pen: Pen, _top: float) -> None:
    """Draw nothing."""
