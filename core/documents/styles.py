"""Hold the few sizes and colours of our paper. Pure."""

from dataclasses import dataclass

INK = (0.09, 0.141, 0.165)
MUTED = (0.318, 0.376, 0.416)
BRAND = (0.047, 0.29, 0.333)
RULE = (0.839, 0.827, 0.788)
SHADE = (0.945, 0.937, 0.91)

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89  # A4, in points
MARGIN = 51.0
TOP = 48.0
BOTTOM = 62.0
FRAME_WIDTH = PAGE_WIDTH - 2 * MARGIN
FRAME_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM


@dataclass(frozen=True, slots=True)
class Style:
    """One way to set text; sizes in points."""

    size: float
    leading: float
    bold: bool = False
    colour: tuple[float, float, float] = INK


TITLE = Style(21, 27, bold=True, colour=BRAND)
HEADINGS = {
    1: Style(15.5, 21, bold=True, colour=BRAND),
    2: Style(12.5, 17.5, bold=True),
    3: Style(10.5, 15.5, bold=True),
}
BODY = Style(10, 15)
STRONG = Style(10, 15, bold=True)
SMALL = Style(8.5, 12, colour=MUTED)
CELL = Style(8.5, 12)
HEAD_CELL = Style(8.5, 12, bold=True)
REFERENCE = Style(10.5, 15, bold=True)
EYEBROW = Style(9.5, 13.5, bold=True, colour=MUTED)
