"""Turn text into glyphs: letters joined, vowels placed, conjuncts formed, by HarfBuzz."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import uharfbuzz as hb

from core.documents.bidi import levels, visual_runs
from core.documents.faces import Face, by_face
from core.documents.scripts import script_of


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: its number in the font, how far it moves the pen, where it is drawn; in thousandths of the size."""

    number: int
    advance: float
    right: float
    up: float
    text: str  # the characters it stands for; empty if its neighbour stands for them


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs of one font, in the order in which they are seen."""

    face: Face
    glyphs: tuple[Glyph, ...]
    width: float
    text: str
    carried: bool  # the PDF must carry the text beside the glyphs


@lru_cache(maxsize=20_000)
def shape(face: Face, text: str, language: str, *, rtl: bool) -> Piece:
    """Return the glyphs for text in one font and one direction."""
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS  # a mark is told apart from its letter
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.language = language
    hb.shape(face.font, buffer)
    starts = sorted({info.cluster for info in buffer.glyph_infos} | {len(text)})
    ends = dict(pairwise(starts))
    drawn = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    tellers: dict[int, tuple[int, int]] = {}  # of each cluster, the widest glyph: the letter, not its dots, means it
    for place, (info, position) in enumerate(drawn):
        if info.cluster not in tellers or position.x_advance > tellers[info.cluster][0]:
            tellers[info.cluster] = (position.x_advance, place)
    unit = face.unit
    glyphs = [
        Glyph(
            info.codepoint,
            position.x_advance * unit,
            position.x_offset * unit,
            position.y_offset * unit,
            text[info.cluster : ends.get(info.cluster, len(text))] if tellers[info.cluster][1] == place else "",
        )
        for place, (info, position) in enumerate(drawn)
    ]
    carried = any(script_of(character).reordered for character in text)
    return Piece(face, tuple(glyphs), sum(glyph.advance for glyph in glyphs), text, carried)


def pieces_of(text: str, found: list[int], *, bold: bool, language: str) -> list[Piece]:
    """Return a line's pieces from left to right; `found` are its characters' embedding levels."""
    pieces: list[Piece] = []
    for level, start, end in visual_runs(text, found):
        rtl = bool(level % 2)
        shaped = [shape(face, part, language, rtl=rtl) for face, part in by_face(text[start:end], bold=bold)]
        pieces.extend(reversed(shaped) if rtl else shaped)
    return pieces


def line_of(text: str, *, bold: bool, language: str, rtl: bool) -> list[Piece]:
    """Return the pieces of a text that is one line by itself."""
    return pieces_of(text, levels(text, int(rtl)), bold=bold, language=language)
