"""Put fonts into a PDF: only the glyphs that were drawn, at their weight, with the way back to text."""

import hashlib
from collections.abc import Iterable

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from core.documents.faces import BOLD, Face
from core.documents.shaping import Piece

_NOT_NEEDED = (
    "GSUB",
    "GPOS",
    "GDEF",
    "kern",
    "name",
    "cmap",
    "OS/2",
    "STAT",
    "HVAR",
    "MVAR",
    "DSIG",
    "BASE",
    "JSTF",
    "meta",
)


class EmbeddedFont:
    """One font as a document uses it: which glyphs, how wide, and the characters they stand for."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.widths: dict[int, float] = {}
        self.texts: dict[int, str] = {}

    def width(self, glyph: int) -> float:
        """Return a glyph's own width in thousandths, and remember that it is used."""
        width = self.widths.get(glyph)
        if width is None:
            width = round(self.face.font.get_glyph_h_advance(glyph) * self.face.unit, 2)
            self.widths[glyph] = width
        return width

    def operators(self, piece: Piece, size: float, x: float, y: float) -> str:
        """Return the page operators that draw a piece with its pen at a point."""
        shown: list[str] = []
        rise = 0.0
        waiting: list[str] = []
        owed = 0.0
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
            waiting.append(f"<{glyph.number:04x}>")
            owed = glyph.right + self.width(glyph.number) - glyph.advance
            if glyph.text and glyph.number not in self.texts:
                self.texts[glyph.number] = glyph.text
        if waiting:
            shown.append(f"[{''.join(waiting)}] TJ")
        if rise:
            shown.append("0 Ts")
        return f"BT /{self.name} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {' '.join(shown)} ET"

    def addObjects(self, document: pdfdoc.PDFDocument) -> None:  # noqa: N802 - reportlab's name
        """Add the font's objects when reportlab writes the file."""
        data = self._subset()
        is_cff = data[:4] == b"OTTO"
        digest = hashlib.sha256(data).digest()
        tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
        stem = "".join(
            character for character in self.face.path.name.split("[")[0].split(".")[0] if character.isalnum()
        )
        base = f"{tag}+{stem}{'Bold' if self.face.bold else ''}"
        file = _stream(data)
        if is_cff:
            file.dictionary["Subtype"] = pdfdoc.PDFName("OpenType")
        else:
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
        descriptor.dict["FontFile3" if is_cff else "FontFile2"] = document.Reference(file, f"{self.name}.file")
        descendant = _dictionary(
            Type=_name("Font"),
            Subtype=_name("CIDFontType0" if is_cff else "CIDFontType2"),
            BaseFont=_name(base),
            CIDSystemInfo=_dictionary(Registry=_string("Adobe"), Ordering=_string("Identity"), Supplement=0),
            FontDescriptor=document.Reference(descriptor, f"{self.name}.descriptor"),
            W=pdfdoc.PDFArray(_widths(self.widths)),
        )
        if not is_cff:
            descendant.dict["CIDToGIDMap"] = _name("Identity")
        font = _dictionary(
            Type=_name("Font"),
            Subtype=_name("Type0"),
            BaseFont=_name(base),
            Encoding=_name("Identity-H"),
            DescendantFonts=pdfdoc.PDFArray([document.Reference(descendant, f"{self.name}.descendant")]),
            ToUnicode=document.Reference(_stream(_to_unicode(self.texts)), f"{self.name}.unicode"),
        )
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font, f"{self.name}.font")

    def _subset(self) -> bytes:
        """Return the font with only the used glyphs, under their own numbers, fixed at its weight."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.set(self.widths)
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.drop_table_tag_set.update(_NOT_NEEDED)
        for axis in self.face.axes:
            wanted.pin_axis_to_default(self.face.face, axis)
        if self.face.bold and "wght" in self.face.axes:
            wanted.pin_axis_location(self.face.face, "wght", BOLD)
        return bytes(hb.subset(self.face.face, wanted).blob.data)


def _widths(widths: dict[int, float]) -> list[object]:
    """Return a PDF's list of widths: runs of neighbouring glyphs share one entry."""
    found: list[object] = []
    run: list[float] = []
    start = -1
    for number in sorted(widths):
        if number != start + len(run):
            if run:
                found += [start, pdfdoc.PDFArray(run)]
            start, run = number, []
        run.append(widths[number])
    return [*found, start, pdfdoc.PDFArray(run)] if run else found


def _to_unicode(texts: dict[int, str]) -> bytes:
    """Return the map from glyphs to the characters they stand for."""
    lines = [f"<{number:04x}> <{text.encode('utf-16-be').hex()}>" for number, text in sorted(texts.items())]
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

    def __iter__(self) -> Iterable[EmbeddedFont]:  # type: ignore[misc]
        """Iterate over the fonts in the order of their first use."""
        return iter(self.fonts.values())
