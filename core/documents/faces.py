"""Choose the font that draws each character, or say which one is missing."""

import unicodedata
from functools import cache
from pathlib import Path

import uharfbuzz as hb

from core.documents.fontfiles import font_file
from core.documents.scripts import LATIN, SYMBOLS, UNKNOWN, Script, script_of

BOLD = 700.0
WIDE = 0xFEE0
"""By how much the wide form of a sign of ASCII lies above it."""
OVERRIDES = "\u202d\u202e"
"""Signs that turn the letters behind them around, whatever these are: on paper they only serve to deceive."""


class MissingFont(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A script that no font on this machine draws; the message names what to install."""

    def __init__(self, script: Script, character: str) -> None:
        super().__init__(
            f"No font on this machine draws {script.name} (U+{ord(character):04X}). Install {script.advice}, "
            "then make the document again. Nothing was written."
        )
        self.script = script


class Face:
    """One font file at one weight: which characters it has and how high they are, in thousandths of the size."""

    def __init__(self, path: Path, *, bold: bool) -> None:
        self.path = path
        self.bold = bold
        self.blob = hb.Blob.from_file_path(str(path))
        self.face = hb.Face(self.blob)
        self.font = hb.Font(self.face)
        self.axes = {axis.tag for axis in self.face.axis_infos}
        if bold and "wght" in self.axes:
            self.font.set_variations({"wght": BOLD})
        self.unit = 1000 / self.face.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender * self.unit
        self.descent = -extents.descender * self.unit
        self.characters = frozenset(self.face.unicodes)

    def __repr__(self) -> str:
        """Return the file's name and weight."""
        return f"<Face {self.path.name}{' bold' if self.bold else ''}>"


@cache
def _face(family: str, *, bold: bool) -> Face | None:
    path = font_file(family, bold=bold) or (font_file(family, bold=False) if bold else None)
    return Face(path, bold=bold) if path else None


@cache
def faces_for(script: Script, *, bold: bool) -> tuple[Face, ...]:
    """Return the fonts that may draw a script, best first."""
    families = (*script.families, *LATIN.families, *SYMBOLS.families)
    return tuple(face for family in dict.fromkeys(families) if (face := _face(family, bold=bold)))


def _is_drawn(character: str, *, bold: bool) -> bool:
    return any(ord(character) in face.characters for face in faces_for(script_of(character), bold=bold))


@cache
def face_of(character: str, *, bold: bool) -> Face:
    """Return the font for a character; raises MissingFont if there is none."""
    script = script_of(character)
    for face in faces_for(script, bold=bold):
        if ord(character) in face.characters:
            return face
    raise MissingFont(script, character)


def drawable(text: str, *, bold: bool) -> str:
    """Return text that can be drawn: spaces plain, controls gone, signs without a font by their names.

    A picture sign, a private character or a letter of a dead script that no font has is written out ("[GRINNING
    FACE]"): nothing is lost, and one sign that somebody typed does not keep a report from being made. Letters of a
    living script without a font are an error, raised when drawn.
    """
    return "".join(_drawable(character, bold=bold) for character in unicodedata.normalize("NFC", text))


@cache
def _drawable(character: str, *, bold: bool) -> str:
    kind = unicodedata.category(character)
    if character == "\n":
        return character
    if kind in {"Zs", "Zl", "Zp"} or character in "\t\r":
        return character if character == "\u00a0" else " "
    if kind == "Cc" or character in OVERRIDES:
        return ""
    if "\uff01" <= character <= "\uff5e" and not _is_drawn(character, bold=bold):
        return chr(ord(character) - WIDE)  # a wide form of a sign of ASCII: without a font for it, the sign itself
    if script_of(character) in {SYMBOLS, UNKNOWN, LATIN} and not is_unseen(character):
        faces = faces_for(SYMBOLS, bold=bold)
        if not any(ord(character) in face.characters for face in faces):
            return f"[{unicodedata.name(character, f'U+{ord(character):04X}')}]"
    return character


def script_missing(text: str) -> Script | None:
    """Return the first script of a text that no font on this machine draws, or None where all can be drawn."""
    if text.isascii():
        return None
    for character in drawable(text, bold=False):
        if not is_unseen(character) and not unicodedata.combining(character) and not _has_face(character):
            return script_of(character)
    return None


@cache
def _has_face(character: str) -> bool:
    """Tell whether a character can be drawn, upright and bold."""
    return all(_is_drawn(character, bold=bold) for bold in (False, True))


@cache
def is_unseen(character: str) -> bool:
    """Return whether a character draws nothing by itself: joiners, direction marks, controls."""
    return unicodedata.category(character) in {"Cf", "Cc"} or "\ufe00" <= character <= "\ufe0f"


@cache
def is_shared(character: str) -> bool:
    """Return whether a character belongs to no script of its own: spaces, digits, punctuation, marks."""
    return unicodedata.category(character)[0] in "ZPNSMC" and script_of(character) in {LATIN, SYMBOLS}


def by_face(text: str, *, bold: bool) -> list[tuple[Face, str]]:
    """Cut text into stretches that one font draws; shared signs stay with the font beside them if it has them."""
    current = _leading_face(text, bold=bold)
    pieces: list[tuple[Face, str]] = []
    start = 0
    for place, character in enumerate(text):
        if is_unseen(character) or unicodedata.combining(character):
            continue
        if is_shared(character) and current is not None and ord(character) in current.characters:
            continue
        wanted = face_of(character, bold=bold)
        if current is not None and wanted is not current and place > start:
            pieces.append((current, text[start:place]))
            start = place
        current = wanted
    if start < len(text):
        pieces.append((current or faces_for(LATIN, bold=bold)[0], text[start:]))
    return pieces


def _leading_face(text: str, *, bold: bool) -> Face | None:
    """Return the font of the first letter, so that a bracket before a word looks like the one behind it."""
    for character in text:
        if not is_shared(character) and not is_unseen(character):
            return face_of(character, bold=bold)
    return None
