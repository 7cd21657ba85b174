"""Draw our pictograms on paper: the few SVG shapes that they use, as a PDF's own path operators. Pure."""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

FIELD = 48.0  # every pictogram is drawn in a field of this side
LINE = 2.4
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.\d+|\.\d+|\d+)(?:e-?\d+)?")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}
# How far a Bezier curve's handles stand from the ends of a quarter circle of radius one.
_ROUND = 0.5522847498
Point = tuple[float, float]


def drawing_operators(svg: str, x: float, top: float, side: float, ink: str, soft: str) -> str:
    """Return the operators that draw a pictogram with its upper left corner at x, top; colours as "r g b" from 0 to 1.

    Parts of class f are filled softly, those of class s solidly; everything is outlined.
    """
    scale = side / FIELD
    out = [f"q {scale:.4f} 0 0 {-scale:.4f} {x:.3f} {top:.3f} cm {LINE} w 1 J 1 j {ink} RG"]
    root = ET.fromstring(f"<g>{svg}</g>")  # noqa: S314 - our own drawings, never a stranger's
    for shape in root:
        kind = shape.get("class", "")
        fill = {"f": soft, "s": ink}.get(kind)
        dashes = shape.get("stroke-dasharray", "")
        out.append(f"[{dashes}] 0 d" if dashes else "[] 0 d")
        if fill:
            out.append(f"{fill} rg")
        out.append(" ".join(_shape(shape)))
        out.append("B" if fill else "S")
    return "\n".join([*out, "Q"])


def _shape(shape: ET.Element) -> Iterator[str]:
    if shape.tag == "path":
        yield from _path(shape.get("d", ""))
    elif shape.tag == "circle":
        yield from _circle(*(float(shape.get(name, "0")) for name in ("cx", "cy", "r")))
    elif shape.tag == "rect":
        yield from _rect(*(float(shape.get(name, "0")) for name in ("x", "y", "width", "height", "rx")))
    else:
        raise ValueError(f"A pictogram may not hold <{shape.tag}>.")


def _circle(cx: float, cy: float, r: float) -> Iterator[str]:
    k = _ROUND * r
    yield _move((cx + r, cy))
    yield _curve((cx + r, cy + k), (cx + k, cy + r), (cx, cy + r))
    yield _curve((cx - k, cy + r), (cx - r, cy + k), (cx - r, cy))
    yield _curve((cx - r, cy - k), (cx - k, cy - r), (cx, cy - r))
    yield _curve((cx + k, cy - r), (cx + r, cy - k), (cx + r, cy))
    yield "h"


def _rect(x: float, y: float, width: float, height: float, r: float) -> Iterator[str]:
    k, right, low = r * (1 - _ROUND), x + width, y + height
    yield _move((x + r, y))
    yield _line((right - r, y))
    yield _curve((right - k, y), (right, y + k), (right, y + r))
    yield _line((right, low - r))
    yield _curve((right, low - k), (right - k, low), (right - r, low))
    yield _line((x + r, low))
    yield _curve((x + k, low), (x, low - k), (x, low - r))
    yield _line((x, y + r))
    yield _curve((x, y + k), (x + k, y), (x + r, y))
    yield "h"


def _path(text: str) -> Iterator[str]:
    """Return a path's operators; raises ValueError for a command that SVG does not have."""
    at: Point = (0.0, 0.0)
    begun: Point = at
    handle: Point | None = None
    for command, values in _commands(text):
        x, y = at
        upper, by = command.upper(), ((x, y) if command.islower() else (0.0, 0.0))
        points = [(values[n] + by[0], values[n + 1] + by[1]) for n in range(0, len(values) - 1, 2)]
        next_handle: Point | None = None
        if upper == "M":
            at = begun = points[0]
            yield _move(at)
        elif upper in "LHV":
            at = _line_end(upper, values, points, at, by)
            yield _line(at)
        elif upper in "CS":
            first = points[0] if upper == "C" else _mirror(handle, at)
            second, end = points[-2], points[-1]
            yield _curve(first, second, end)
            next_handle, at = second, end
        elif upper == "Q":
            control, end = points
            yield _curve(_third(at, control), _third(end, control), end)
            at = end
        elif upper == "A":
            end = (values[5] + by[0], values[6] + by[1])
            yield from _arc(at, values, end)
            at = end
        else:
            yield "h"
            at = begun
        handle = next_handle


def _line_end(kind: str, values: Sequence[float], points: Sequence[Point], at: Point, by: Point) -> Point:
    if kind == "H":
        return values[0] + by[0], at[1]
    if kind == "V":
        return at[0], values[0] + by[1]
    return points[0]


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """Return each command with its numbers; a command followed by more numbers is repeated."""
    command, values = "", list[float]()
    tokens = _TOKEN.findall(text)
    place = 0
    while place < len(tokens):
        if tokens[place].isalpha():
            command = tokens[place]
            place += 1
        needed = _COUNTS[command.upper()]
        values = [float(token) for token in tokens[place : place + needed]]
        if len(values) != needed:
            raise ValueError("A drawing's path ends in the middle.")
        place += needed
        yield command, values
        command = {"M": "L", "m": "l"}.get(command, command)


def _mirror(handle: Point | None, at: Point) -> Point:
    return (2 * at[0] - handle[0], 2 * at[1] - handle[1]) if handle else at


def _third(end: Point, control: Point) -> Point:
    return end[0] + 2 / 3 * (control[0] - end[0]), end[1] + 2 / 3 * (control[1] - end[1])


def _arc(start: Point, values: Sequence[float], end: Point) -> Iterator[str]:
    """Return an elliptic arc as curves of at most a quarter turn each (SVG 2, appendix B.2.4)."""
    rx, ry, turned, large, sweep = abs(values[0]), abs(values[1]), math.radians(values[2]), values[3], values[4]
    if start == end or not rx or not ry:
        yield _line(end)
        return
    cos, sin = math.cos(turned), math.sin(turned)
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x1, y1 = cos * dx + sin * dy, -sin * dx + cos * dy
    grow = math.sqrt(max(1.0, (x1 / rx) ** 2 + (y1 / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    square = max(0.0, (rx * ry) ** 2 - (rx * y1) ** 2 - (ry * x1) ** 2) / ((rx * y1) ** 2 + (ry * x1) ** 2)
    factor = math.sqrt(square) * (1 if large != sweep else -1)
    cx1, cy1 = factor * rx * y1 / ry, -factor * ry * x1 / rx
    cx, cy = cos * cx1 - sin * cy1 + (start[0] + end[0]) / 2, sin * cx1 + cos * cy1 + (start[1] + end[1]) / 2
    begin = math.atan2((y1 - cy1) / ry, (x1 - cx1) / rx)
    span = math.atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx) - begin
    if sweep and span < 0:
        span += 2 * math.pi
    elif not sweep and span > 0:
        span -= 2 * math.pi
    pieces = max(1, math.ceil(abs(span) / (math.pi / 2) - 1e-9))
    step = span / pieces
    k = 4 / 3 * math.tan(step / 4)

    def on(angle: float, along: float = 0.0) -> Point:
        px = rx * (math.cos(angle) - along * math.sin(angle))
        py = ry * (math.sin(angle) + along * math.cos(angle))
        return cos * px - sin * py + cx, sin * px + cos * py + cy

    for number in range(pieces):
        one, two = begin + number * step, begin + (number + 1) * step
        yield _curve(on(one, k), on(two, -k), on(two))


def _move(point: Point) -> str:
    return f"{point[0]:.3f} {point[1]:.3f} m"


def _line(point: Point) -> str:
    return f"{point[0]:.3f} {point[1]:.3f} l"


def _curve(first: Point, second: Point, end: Point) -> str:
    return " ".join(f"{value:.3f}" for point in (first, second, end) for value in point) + " c"
