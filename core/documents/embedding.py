"""Put fonts into a PDF: only the glyphs that were drawn, at their weight, with the way back to text."""

import hashlib
from collections.abc import Iterator

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from core.documents.faces import BOLD, Face
from core.documents.shaping import Piece

# Tables of a font that a PDF has no use for.
_NOT_NEEDED = tuple(
    int.from_bytes(tag.encode("ascii"), "big")
    for tag in ("GSUB", "GPOS", "GDEF", "kern", "name", "OS/2", "STAT", "HVAR", "MVAR", "DSIG", "BASE", "JSTF", "meta")
)


class EmbeddedFont:
    """One font as a document uses it.

    A code of ours stands for a glyph *and* the characters that it means in its place: the same dotless shape is written
    for several Arabic letters, and copying from the page must give back each of them.
    """

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.codes: dict[tuple[int, str], int] = {}
        self.widths: dict[int, float] = {}

    def code(self, glyph: int, text: str) -> int:
        """Return the code for a glyph with a meaning, from 1."""
        found = self.codes.get((glyph, text))
        if found is None:
            found = self.codes[glyph, text] = len(self.codes) + 1
        return found

    def width(self, glyph: int) -> float:
        """Return a glyph's own width in thousandths of the size."""
        width = self.widths.get(glyph)
        if width is None:
            width = self.widths[glyph] = round(self.face.font.get_glyph_h_advance(glyph) * self.face.unit, 2)
        return width

    def operators(self, piece: Piece, size: float, x: float, y: float) -> str:
        """Return the page operators that draw a piece with its pen at a point."""
        shown: list[str] = []
        waiting: list[str] = []
        rise = owed = 0.0
        for glyph in piece.glyphs:
            if glyph.up != rise:
                if waiting:
                    shown.append(f"[{''.join(waiting)}] TJ")
                    waiting = []
                rise = glyph.up
                shown.append(f"{rise * size / 1000:.3f} Ts")
            before = owed - glyph.right
            if abs(before) > 0.05:
                waiting.append(f"{before:.1f} ")
            waiting.append(f"<{self.code(glyph.number, glyph.text):04x}>")
            owed = glyph.right + self.width(glyph.number) - glyph.advance
        if waiting:
            shown.append(f"[{''.join(waiting)}] TJ")
        if rise:
            shown.append("0 Ts")
        return f"BT /{self.name} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {' '.join(shown)} ET"

    def addObjects(self, document: pdfdoc.PDFDocument) -> None:  # noqa: N802 - reportlab's name
        """Add the font's objects when reportlab writes the file."""
        data = self._subset()
        digest = hashlib.sha256(data).digest()
        tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
        stem = "".join(
            character for character in self.face.path.name.split("[")[0].split(".")[0] if character.isalnum()
        )
        base = f"{tag}+{stem}{'Bold' if self.face.bold else ''}"
        file = _stream(data)
        file.dictionary["Length1"] = len(data)
        descriptor = _dictionary(
            Type=_name("FontDescriptor"),
            FontName=_name(base),
            Flags=4,
            FontBBox=pdfdoc.PDFArray([-500, -int(self.face.descent), 1500, int(self.face.ascent)]),
            ItalicAngle=0,
            Ascent=int(self.face.ascent),
            Descent=-int(self.face.descent),
            CapHeight=700,
            StemV=120 if self.face.bold else 80,
        )
        descriptor.dict["FontFile2"] = document.Reference(file, f"{self.name}.file")
        descendant = _dictionary(
            Type=_name("Font"),
            Subtype=_name("CIDFontType2"),
            BaseFont=_name(base),
            CIDSystemInfo=_dictionary(Registry=_string("Adobe"), Ordering=_string("Identity"), Supplement=0),
            FontDescriptor=document.Reference(descriptor, f"{self.name}.descriptor"),
            W=pdfdoc.PDFArray([1, pdfdoc.PDFArray([self.width(glyph) for glyph, _text in self.codes])]),
            CIDToGIDMap=document.Reference(_stream(self._glyph_map()), f"{self.name}.glyphs"),
        )
        font = _dictionary(
            Type=_name("Font"),
            Subtype=_name("Type0"),
            BaseFont=_name(base),
            Encoding=_name("Identity-H"),
            DescendantFonts=pdfdoc.PDFArray([document.Reference(descendant, f"{self.name}.descendant")]),
            ToUnicode=document.Reference(
                _stream(_to_unicode({code: text for (_glyph, text), code in self.codes.items()})),
                f"{self.name}.unicode",
            ),
        )
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font, f"{self.name}.font")

    def _glyph_map(self) -> bytes:
        """Return the glyph for each code, two bytes each."""
        return b"\0\0" + b"".join(glyph.to_bytes(2, "big") for glyph, _text in self.codes)

    def _subset(self) -> bytes:
        """Return the font with only the used glyphs, under their own numbers, fixed at its weight."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(self.widths)
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.drop_table_tag_set.update(_NOT_NEEDED)
        for axis in self.face.axes:
            wanted.pin_axis_to_default(self.face.face, axis)
        if self.face.bold and "wght" in self.face.axes:
            wanted.pin_axis_location(self.face.face, "wght", BOLD)
        return bytes(hb.subset(self.face.face, wanted).blob.data)


def _to_unicode(texts: dict[int, str]) -> bytes:
    """Return the map from glyphs to the characters they stand for."""
    lines = [f"<{number:04x}> <{text.encode('utf-16-be').hex()}>" for number, text in texts.items() if text]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")


def _stream(data: bytes) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream(content=data)
    stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _name(text: str) -> pdfdoc.PDFName:
    return pdfdoc.PDFName(text)


def _string(text: str) -> pdfdoc.PDFString:
    return pdfdoc.PDFString(text)


def _dictionary(**entries: object) -> pdfdoc.PDFDictionary:
    return pdfdoc.PDFDictionary(entries)


class FontBook:
    """The fonts of one document."""

    def __init__(self) -> None:
        self.fonts: dict[Face, EmbeddedFont] = {}

    def font(self, face: Face) -> EmbeddedFont:
        """Return a font, opening it on first use."""
        if face not in self.fonts:
            self.fonts[face] = EmbeddedFont(face, f"S{len(self.fonts) + 1}")
        return self.fonts[face]

    def __iter__(self) -> Iterator[EmbeddedFont]:
        """Iterate over the fonts in the order of their first use."""
        return iter(self.fonts.values())
