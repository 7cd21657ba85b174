"""Break text into lines: at spaces, after hyphens and slashes, between the signs of scripts without spaces."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.documents.bidi import is_plain, kind_of, levels
from core.documents.faces import drawable
from core.documents.scripts import script_of
from core.documents.shaping import Piece, pieces_of, shape
from core.documents.styles import Style

_BREAKABLE = re.compile(r"[^ \n]+ *| +")
_AFTER = "-/_@?&=.,:;|\u2010\u2013\u2014\u200b"
# Fonts claim room for their tallest stacks; ordinary lines need less.
HIGHEST, DEEPEST = 1200.0, 620.0
FIRST_SIGNS = 40  # looked at first when a word is cut; as long as they fit, twice as many
_JOINING = frozenset("\u200d\u200c")
_STACKERS = frozenset("\u0f39\u1039\u103a\u17d2\u094d\u09cd\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, ready to draw; measures in points."""

    pieces: tuple[Piece, ...]
    width: float
    height: float
    ascent: float
    text: str
    rtl: bool


def direction_of(text: str, *, default: bool) -> tuple[bool, bool]:
    """Return whether a text is laid out from the right, and whether it is set there; they differ for bare numbers.

    In a right-to-left document one such letter is enough, for its sentences may begin with a Latin name; in another,
    the first letter decides. A telephone number or a date without letters is read from the left in either.
    """
    strong = (kind for character in text if (kind := kind_of(character)) in {"L", "R", "AL"})
    if default:
        kinds = set(strong)
        return bool(kinds & {"R", "AL"}), bool(kinds & {"R", "AL"}) or not kinds
    right = next(strong, "L") != "L"
    return right, right


@lru_cache(maxsize=4_000)
def wrap(text: str, style: Style, width: float, language: str, *, rtl: bool) -> tuple[Line, ...]:
    """Return the lines of a text at a width in points; raises MissingFont."""
    text = drawable(text, bold=style.bold)
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        base, right = direction_of(paragraph, default=rtl)
        found = levels(paragraph, int(base))
        for start, end in _break(paragraph, found, style, width, language):
            lines.append(_line(paragraph[start:end], found[start:end], style, language, rtl=right))
    return tuple(lines)


def width_of(text: str, style: Style, language: str) -> float:
    """Return how wide a text would be on one line, in points."""
    text = drawable(text, bold=style.bold).replace("\n", " ")
    return _width(text, [0] * len(text) if is_plain(text) else levels(text, 0), style, language)


@lru_cache(maxsize=20_000)
def _plain_width(text: str, style: Style, language: str) -> float:
    return sum(piece.width for piece in pieces_of(text, [0] * len(text), bold=style.bold, language=language)) * (
        style.size / 1000
    )


def _width(text: str, found: list[int], style: Style, language: str) -> float:
    if not any(found):
        return _plain_width(text, style, language)
    return sum(piece.width for piece in pieces_of(text, found, bold=style.bold, language=language)) * style.size / 1000


def _line(text: str, found: list[int], style: Style, language: str, *, rtl: bool) -> Line:
    pieces = tuple(pieces_of(text, found, bold=style.bold, language=language)) if text else ()
    scale = style.size / 1000
    ascent = min(max((piece.face.ascent for piece in pieces), default=1069.0), HIGHEST) * scale
    descent = min(max((piece.face.descent for piece in pieces), default=293.0), DEEPEST) * scale
    height = max(style.leading, ascent + descent)
    baseline = (height - ascent - descent) / 2 + ascent
    return Line(pieces, sum(piece.width for piece in pieces) * scale, height, baseline, text, rtl)


def _break(text: str, found: list[int], style: Style, width: float, language: str) -> Iterator[tuple[int, int]]:
    """Yield where each line begins and ends, without the spaces around it."""
    if not text.strip(" "):
        yield 0, 0
        return
    start: int | None = None
    used = 0.0
    end = 0
    for first, last in _units(text):
        visible = last - (len(text[first:last]) - len(text[first:last].rstrip(" ")))
        own = _width(text[first:visible], found[first:visible], style, language) if visible > first else 0.0
        if start is not None and used + own > width:
            yield start, end
            start = None
        if start is None:
            if visible == first:
                continue
            if own > width:
                *pieces, (first, visible) = _cut(text, first, visible, found, style, width, language)
                yield from pieces
                own = _width(text[first:visible], found[first:visible], style, language)
            start, used = first, 0.0
        end = max(visible, end) if visible > first else end
        used += own + (_plain_width(" ", style, language) * (last - visible))
    if start is not None:
        yield start, end


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches that stay together, each with the spaces behind it."""
    for word in _BREAKABLE.finditer(text):
        start, end = word.span()
        if end - start < 12 and word[0].isascii():
            yield start, end
            continue
        begin = start
        for place in range(start + 1, end):
            if _may_break(text, place, begin):
                yield begin, place
                begin = place
        yield begin, end


def _may_break(text: str, place: int, begin: int) -> bool:
    """Return whether a line may end before this place, inside a word."""
    before, after = text[place - 1], text[place]
    if after == " " or before == " ":
        return False
    if before in _AFTER:
        return place - begin > 3 and not (before in ".,:-" and after.isdigit()) and after not in _AFTER
    unspaced = not script_of(before).spaced and not script_of(after).spaced
    return unspaced and _starts_sign(text, place)


def _starts_sign(text: str, place: int) -> bool:
    """Return whether a sign begins here that may begin a line: not a mark, not the second half of a stack."""
    before, after = text[place - 1], text[place]
    if unicodedata.category(after)[0] == "M" or after in _JOINING or before in _JOINING or before in _STACKERS:
        return False
    if "\u0e40" <= before <= "\u0e44" or "\u0ec0" <= before <= "\u0ec4":  # Thai and Lao vowels written first
        return False
    if unicodedata.category(after) in {"Pe", "Pf", "Po"} or after in "\u0e30\u0e46\u0e2f\u3005\u30fc":
        return False
    return unicodedata.category(before) not in {"Ps", "Pi"}


def _cut(
    text: str, start: int, end: int, found: list[int], style: Style, width: float, language: str
) -> list[tuple[int, int]]:
    """Cut a word that is wider than the line, between signs."""
    places = [place for place in range(start + 1, end) if _starts_sign(text, place)] + [end]
    pieces = []
    begin, taken = start, 0
    while taken < len(places):

        def too_wide(place: int, begin: int = begin) -> bool:
            return _width(text[begin:place], found[begin:place], style, language) > width

        ahead = places[taken : taken + FIRST_SIGNS]
        while len(ahead) < len(places) - taken and not too_wide(ahead[-1]):
            ahead = places[taken : taken + 2 * len(ahead)]
        fitting = max(bisect_left(ahead, 1, key=too_wide), 1)
        taken += fitting
        pieces.append((begin, ahead[fitting - 1]))
        begin = ahead[fitting - 1]
    return pieces


def forget() -> None:
    """Forget every text that was set: a report's words do not stay in the server's memory."""
    wrap.cache_clear()
    _plain_width.cache_clear()
    shape.cache_clear()
