"""Lay parts one below the other and begin a new page where one does not fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.documents.pen import Pen
from core.documents.styles import FRAME_HEIGHT

Draw = Callable[[Pen, float], None]  # given the part's upper edge, in points from the page's lower edge


@dataclass(frozen=True)
class Part:
    """Something that is never cut: a line, a row, a picture."""

    height: float
    draw: Draw
    before: float = 0.0  # space above, left out at the top of a page
    glued: bool = False  # never the last on a page
    head: "Part | None" = None  # what is said again above it at the top of a page: a table's header
    new_page: bool = False


@dataclass(frozen=True)
class Placed:
    """A part and where it stands on its page: its upper edge, down from the frame's."""

    part: Part
    down: float


def pages_of(parts: Sequence[Part]) -> list[list[Placed]]:
    """Return the parts of each page."""
    pages: list[list[Placed]] = [[]]
    used = 0.0
    place = 0
    while place < len(parts):
        group = _group(parts, place)
        needed = sum(part.height for part in group) + sum(part.before for part in group[1:])
        fits = used + (group[0].before if used else 0) + needed <= FRAME_HEIGHT + 0.01
        if pages[-1] and (group[0].new_page or not fits):
            pages.append([])
            used = 0.0
            head = group[0].head
            if head is not None:
                pages[-1].append(Placed(head, 0.0))
                used = head.height
        for part in group:
            if pages[-1]:
                used += part.before
            pages[-1].append(Placed(part, used))
            used += part.height
        place += len(group)
    return pages


def _group(parts: Sequence[Part], place: int) -> Sequence[Part]:
    """Return the parts from a place on that must stay on one page, as far as a page holds them."""
    end = place
    height = parts[place].height
    while parts[end].glued and end + 1 < len(parts) and not parts[end + 1].new_page:
        height += parts[end + 1].height + parts[end + 1].before
        if height > FRAME_HEIGHT * 0.6:
            break
        end += 1
    return parts[place : end + 1]
