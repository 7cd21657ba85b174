"""Draw on the pages of one PDF: text, rules, boxes, pictures, each marked with what it is."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from core.documents.embedding import FontBook
from core.documents.styles import PAGE_HEIGHT, PAGE_WIDTH, Style
from core.documents.tagging import Tag, hex_text, write_structure
from core.documents.wrapping import Line

Colour = tuple[float, float, float]


class Pen:
    """A canvas whose every mark belongs to an element of the structure or is an ornament."""

    def __init__(self, *, title: str, language: str, author: str, rtl: bool) -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(
            self.buffer,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            lang=language,
            pdfVersion=(1, 7),
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator("Safeconduct")
        self.canvas.setProducer("Safeconduct")
        preferences = {"DisplayDocTitle": "true"} | ({"Direction": "R2L"} if rtl else {})
        for name, value in preferences.items():
            self.canvas.setViewerPreference(name, value)
        # reportlab opens every page with a font of its own that is not in the file; ours are.
        self.canvas._preamble = "1 0 0 1 0 0 cm"
        self.canvas._doc.idToObject["BasicFonts"].dict.clear()
        self.fonts = FontBook()
        self.root = Tag("Document")
        self.page = 0
        self.marks = 0
        self.depth = -1  # of the last heading in the outline

    @contextmanager
    def marked(self, tag: Tag | None) -> Iterator[None]:
        """Mark what is drawn inside as belonging to an element; None marks an ornament."""
        if tag is None:
            self._write("/Artifact BMC")
        else:
            tag.marks.append((self.page, self.marks))
            self._write(f"/{tag.kind} <</MCID {self.marks}>> BDC")
            self.marks += 1
        yield
        self._write("EMC")

    def text(self, line: Line, style: Style, x: float, top: float) -> None:
        """Draw a line with its left end at x and its upper edge at `top`."""
        y = top - line.ascent
        self._write("{:.3f} {:.3f} {:.3f} rg".format(*style.colour))
        for piece in line.pieces:
            operators = self.fonts.font(piece.face).operators(piece, style.size, x, y)
            if piece.carried:
                operators = f"/Span <</ActualText <{hex_text(piece.text)}>>> BDC {operators} EMC"
            self._write(operators)
            x += piece.width * style.size / 1000

    def rule(self, x: float, y: float, width: float, colour: Colour, thickness: float = 0.6) -> None:
        """Draw a horizontal line."""
        self._write("{:.3f} {:.3f} {:.3f} RG".format(*colour))
        self._write(f"{thickness:g} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle whose lower left corner is at x, y."""
        self._write("{:.3f} {:.3f} {:.3f} rg".format(*colour))
        self._write(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def frame(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Outline a rectangle whose lower left corner is at x, y."""
        self._write("{:.3f} {:.3f} {:.3f} RG".format(*colour))
        self._write(f"1 w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def draw(self, operators: str) -> None:
        """Draw what somebody else has put into a PDF's own operators."""
        self._write(operators)

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a JPEG or PNG in a rectangle whose lower left corner is at x, y."""
        self.canvas.drawImage(ImageReader(io.BytesIO(data)), x, y, width, height, mask="auto")

    def bookmark(self, title: str, level: int, top: float) -> None:
        """Add a heading to the reader's outline."""
        key = f"h{self.page}-{self.marks}-{top:.0f}"
        self.canvas.bookmarkHorizontal(key, 0, top)
        self.depth = min(level, self.depth + 1)  # an outline goes down one step at a time
        self.canvas.addOutlineEntry(title, key, level=self.depth, closed=False)

    def next_page(self) -> None:
        """Finish this page."""
        self.canvas.showPage()
        self.page += 1
        self.marks = 0

    def finish(self) -> bytes:
        """Return the file."""
        document: pdfdoc.PDFDocument = self.canvas._doc
        document.delayedFonts.extend(self.fonts)
        write_structure(document, self.root, self.page)
        self.canvas.save()
        return self.buffer.getvalue()

    def _write(self, operators: str) -> None:
        self.canvas._code.append(operators)
