"""Make a PDF: a report, a certificate, an order. Say what it says; how it looks is decided here, once."""

from collections.abc import Sequence

from django.utils.functional import Promise

from core.documents import blocks, boxes
from core.documents.flow import Part, Placed, pages_of
from core.documents.numerals import page_of
from core.documents.pen import Pen
from core.documents.styles import (
    BODY,
    BOTTOM,
    BRAND,
    EYEBROW,
    FRAME_WIDTH,
    MARGIN,
    PAGE_HEIGHT,
    REFERENCE,
    RULE,
    SMALL,
    TITLE,
    TOP,
)
from core.documents.tables import table
from core.documents.wrapping import forget

Text = str | Promise
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he", "ps", "sd", "ug", "dv", "ckb", "ku", "rhg"})


class Document:
    """A PDF in the making: `Document("Inspection report", "ar", "VIS-7K3M-9QX2-C")`, then its content, then `render()`.

    Right-to-left languages are set from the right; every script is shaped; equal content gives equal bytes. Pages carry
    the reference and their number; the file carries title, language and a structure for screen readers.
    """

    def __init__(self, title: Text, language: str, reference: str, *, issuer: Text = "", subtitle: Text = "") -> None:
        self.title = str(title)
        self.language = language
        self.reference = reference
        self.issuer = str(issuer)
        self.rtl = language.lower().partition("-")[0] in RIGHT_TO_LEFT
        self._pen = Pen(title=self.title, language=language, author=self.issuer, rtl=self.rtl)
        self._sheet = self._first = blocks.Sheet(language, rtl=self.rtl, root=self._pen.root)
        self._parts: list[Part] = []
        self._open_new = False
        self._head(str(subtitle))

    def speak(self, language: str) -> None:
        """Set what follows in another language, from its own side, and say so to screen readers."""
        rtl = language.lower().partition("-")[0] in RIGHT_TO_LEFT
        self._sheet = blocks.Sheet(language, rtl=rtl, root=self._pen.root.add("Sect", lang=language))

    def heading(self, text: Text, level: int = 1) -> None:
        """Add a heading of level 1 to 3."""
        self._add(blocks.heading(self._sheet, str(text), min(max(level, 1), 3)))

    def paragraph(self, text: Text) -> None:
        """Add a paragraph; line breaks in it are kept."""
        if str(text).strip():
            self._add(blocks.paragraph(self._sheet, str(text)))

    def note(self, text: Text) -> None:
        """Add a remark that stands out."""
        self._add(blocks.note(self._sheet, str(text)))

    def facts(self, pairs: Sequence[tuple[Text, object]]) -> None:
        """Add labels with their values."""
        if pairs:
            self._add(blocks.facts(self._sheet, [(str(label), _text(value)) for label, value in pairs]))

    def table(
        self, headers: Sequence[Text], rows: Sequence[Sequence[object]], widths: Sequence[float] | None = None
    ) -> None:
        """Add a table; `widths` are shares of the page's width. Raises ValueError for a row of another length."""
        cells = [[_text(cell) for cell in row] for row in rows]
        self._add(table(self._sheet, [str(header) for header in headers], cells, widths))

    def image(self, data: bytes, caption: Text = "") -> None:
        """Add a picture, cleaned of its metadata; the caption is also what a screen reader says. Raises ValueError."""
        self._add(blocks.picture(self._sheet, data, str(caption)))

    def code(self, content: str, caption: Text) -> None:
        """Add a QR code, for instance the address at which the document can be verified."""
        self._add(blocks.code(self._sheet, content, str(caption)))

    def choices(self, items: Sequence[boxes.Choice], columns: int = 2) -> None:
        """Add boxes to tick by hand, with pictograms beside words."""
        if items:
            self._add(boxes.choices(self._sheet, items, columns))

    def blanks(self, label: Text, count: int = 1) -> None:
        """Add a label with lines to write on by hand."""
        self._add(boxes.blanks(self._sheet, str(label), count))

    def signatures(self, labels: Sequence[Text]) -> None:
        """Add lines to sign on."""
        if labels:
            self._add(blocks.signatures(self._sheet, [str(label) for label in labels]))

    def page_break(self) -> None:
        """Begin what follows on a new page."""
        self._open_new = True

    def render(self) -> bytes:
        """Return the PDF. Raises MissingFont, naming what to install; a document can be rendered once."""
        pages = pages_of(self._parts)
        try:
            for number, placed in enumerate(pages, start=1):
                self._page(placed, number, len(pages))
            return self._pen.finish()
        finally:
            forget()

    def _add(self, parts: list[Part]) -> None:
        if self._open_new and parts:
            first = parts[0]
            parts = [Part(first.height, first.draw, first.before, first.glued, first.head, new_page=True), *parts[1:]]
            self._open_new = False
        self._parts += parts

    def _head(self, subtitle: str) -> None:
        """Say who issues the document, what it is and its reference."""
        root, sheet = self._pen.root, self._sheet
        if self.issuer:
            self._parts += blocks.lines_parts(sheet, self.issuer, EYEBROW, root.add("P"), before=0, glued=True)
        self._parts += blocks.lines_parts(sheet, self.title, TITLE, root.add("H1"), before=2, glued=True)
        if subtitle:
            self._parts += blocks.lines_parts(sheet, subtitle, BODY, root.add("P"), before=2, glued=True)
        if self.reference:
            self._parts += blocks.lines_parts(
                sheet, self.reference, REFERENCE, root.add("P"), before=4, glued=True, by_own_direction=False
            )
        self._parts.append(Part(9, self._band, glued=True))

    def _band(self, pen: Pen, top: float) -> None:
        with pen.marked(None):
            pen.box(MARGIN, top - 8, FRAME_WIDTH, 2, BRAND)

    def _page(self, placed: Sequence[Placed], number: int, count: int) -> None:
        for one in placed:
            one.part.draw(self._pen, PAGE_HEIGHT - TOP - one.down)
        with self._pen.marked(None):
            self._foot(number, count)
        self._pen.next_page()

    def _foot(self, number: int, count: int) -> None:
        sheet, top = self._first, BOTTOM - 18
        self._pen.rule(MARGIN, BOTTOM - 12, FRAME_WIDTH, RULE)
        paging = sheet.lines(page_of(number, count, self.language), SMALL, FRAME_WIDTH * 0.35)[0]
        named = sheet.lines(" · ".join(filter(None, (self.reference, self.title))), SMALL, FRAME_WIDTH * 0.6)[0]
        self._pen.text(named, SMALL, sheet.start(named.width), top)
        self._pen.text(paging, SMALL, sheet.start(paging.width, inset=FRAME_WIDTH - paging.width), top)


def _text(value: object) -> str:
    return "" if value is None else str(value)
