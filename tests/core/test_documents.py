"""PDFs: what they say can be read, copied, searched and heard, in every script; equal content gives equal bytes."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from core.documents import Document, MissingFont, faces, fontfiles
from core.documents.scripts import script_of

ARABIC = "لا يجوز للعامل أن يدفع أي رسوم توظيف"
NEPALI = "मेरो राहदानी रोजगारदाताले राखेको छ। क्षतिपूर्ति, श्रमिक, स्त्री।"


def pdf(fill: Callable[[Document], None], language: str = "en", title: str = "Inspection report") -> PdfReader:
    paper = Document(title, language, "VIS-7K3M-9QX2-C", issuer="Labour Inspectorate")
    fill(paper)
    return PdfReader(io.BytesIO(paper.render()))


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def photo(width: int = 60, height: int = 40, **save: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG", **save)
    return out.getvalue()


def kinds(reader: PdfReader) -> list[str]:
    found: list[str] = []

    def walk(element: Any) -> None:
        element = element.get_object()
        if isinstance(element, int):
            return
        if isinstance(element, list):
            for kid in element:
                walk(kid)
            return
        if "/S" in element:
            found.append(element["/S"][1:])
        if "/K" in element:
            walk(element["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def full(paper: Document) -> None:
    paper.facts([("Employer", "Gulf Star"), ("Workers", 34), ("Owner", None)])
    paper.heading("Findings")
    paper.paragraph("Passports are held.")
    paper.note("Fictional.")
    paper.table(["No.", "Finding"], [[1, "Passports"], [2, None]])
    paper.image(photo(), "Dormitory")
    paper.code("https://example.org/verify", "Check this document.")
    paper.signatures(["Inspector", "Employer"])


def test_it_says_what_it_was_given() -> None:
    words = text_of(pdf(full))
    for expected in ("Labour Inspectorate", "Inspection report", "VIS-7K3M-9QX2-C", "Gulf Star", "34", "Findings",
                     "Passports are held.", "Fictional.", "Dormitory", "Check this document.", "Inspector",
                     "Page 1 of"):  # fmt: skip
        assert expected in words


def test_equal_content_gives_equal_bytes() -> None:
    def made(owner: str) -> bytes:
        paper = Document("Report", "en", "VIS-7K3M-9QX2-C")
        full(paper)
        paper.facts([("Owner", owner)])
        return paper.render()

    assert made("A") == made("A")
    assert made("A") != made("B")


def test_it_tells_title_language_and_structure_to_a_screen_reader() -> None:
    reader = pdf(full, "ar")
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Inspection report"
    assert root["/Lang"] == "ar"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not None
    assert root["/ViewerPreferences"]["/Direction"] == "/R2L"
    assert root["/MarkInfo"]["/Marked"]
    found = kinds(reader)
    for expected in ("Document", "H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure", "Caption"):
        assert expected in found


def test_every_mark_belongs_to_an_element_and_every_element_to_its_page() -> None:
    reader = pdf(lambda paper: paper.table(["A", "B"], [[number, "x"] for number in range(120)]))
    parents = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert parents[::2] == list(range(len(reader.pages)))
    for page, owners in zip(reader.pages, parents[1::2], strict=True):
        marks = page.get_contents().get_data().count(b"/MCID")
        assert marks == len(owners.get_object())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", ARABIC),
        ("ne", NEPALI),
        ("bn", "শ্রমিকদের নিয়োগ ফি দিতে হবে না"),
        ("vi", "Người lao động không phải trả phí"),
        ("ru", "Рабочие не платят"),
    ],
)
def test_text_of_every_script_is_in_the_file_as_text(language: str, text: str) -> None:
    try:
        reader = pdf(lambda paper: paper.paragraph(text), language)
    except MissingFont as missing:
        assert "Install" in str(missing)
        return
    raw = b"".join(page.get_contents().get_data() for page in reader.pages)
    carried = text.encode("utf-16-be").hex().encode() in raw
    told = {
        character
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
        for character in told_by(font)
    }
    assert carried or set(text) - {" "} <= told


def told_by(font: Any) -> str:
    """Return the characters that a font's own map gives back."""
    stream = font.get_object()["/ToUnicode"].get_object().get_data().decode()
    pairs = [line.split() for line in stream.splitlines() if line.startswith("<") and line.count("<") == 2]
    return "".join(bytes.fromhex(pair[1].strip("<>")).decode("utf-16-be") for pair in pairs)


def test_arabic_letters_that_share_a_shape_are_told_apart() -> None:
    reader = pdf(lambda paper: paper.paragraph("بتثنيبيت"), "ar")
    told = "".join(told_by(font) for font in reader.pages[0]["/Resources"]["/Font"].values())
    assert set("بتثني") <= set(told)


def test_pages_are_numbered_in_the_digits_of_the_language() -> None:
    from core.documents.numerals import numerals, page_of

    assert page_of(2, 13, "en") == "Page 2 of 13"
    assert page_of(2, 13, "ar") == "صفحة ٢ من ١٣"
    assert page_of(2, 13, "ne-NP") == "पृष्ठ २ / १३"
    assert page_of(2, 13, "xx") == "2 / 13"
    assert numerals(2026, "ur") == "2026"


def test_a_long_table_says_its_header_on_every_page_and_loses_no_row() -> None:
    rows = [[f"R{number:04d}", "word " * (number % 40)] for number in range(300)]
    reader = pdf(lambda paper: paper.table(["Reference", "Words"], rows))
    assert len(reader.pages) > 5
    pages = [page.extract_text() for page in reader.pages]
    assert all("Reference" in page for page in pages)
    for row in rows:
        assert sum(page.count(row[0]) for page in pages) == 1


def test_a_cell_taller_than_a_page_goes_on_on_the_next() -> None:
    words = " ".join(f"w{number}" for number in range(3000))
    reader = pdf(lambda paper: paper.table(["No.", "Words"], [["1", words]]))
    assert len(reader.pages) > 2
    found = set(text_of(reader).split())
    assert {f"w{number}" for number in range(3000)} <= found


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    for lines in range(30, 60):

        def fill(paper: Document, lines: int = lines) -> None:
            paper.paragraph("\n".join("line" for _line in range(lines)))
            paper.heading("The heading")
            paper.paragraph("What follows it.")

        for page in pdf(fill).pages:
            text = page.extract_text()
            assert ("The heading" in text) == ("What follows it." in text)


def test_headings_are_in_the_outline() -> None:
    def fill(paper: Document) -> None:
        paper.heading("First")
        paper.heading("Below", 2)
        paper.page_break()
        paper.heading("Second")

    reader = pdf(fill)
    outline = reader.outline
    assert [entry.title for entry in outline if not isinstance(entry, list)] == ["First", "Second"]
    assert outline[1][0].title == "Below"
    assert len(reader.pages) == 2


def test_an_outline_may_begin_at_any_level_and_leave_one_out() -> None:
    def headings(paper: Document) -> None:
        for number, level in enumerate((3, 1, 3, 2)):
            paper.heading(f"Heading {number}", level)

    first, second, below = pdf(headings).outline
    assert first["/Title"] == "Heading 0"
    assert second["/Title"] == "Heading 1"
    assert [entry["/Title"] for entry in below] == ["Heading 2", "Heading 3"]


def test_a_photo_goes_in_without_what_the_camera_wrote() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    exif[0x0112] = 6
    data = photo(90, 30, exif=exif)
    assert b"secret place" in data
    reader = pdf(lambda paper: paper.image(data, "Dormitory"))
    image = reader.pages[0].images[0]
    assert b"secret place" not in image.data
    assert image.image.size == (30, 90)


def test_a_huge_photo_is_made_smaller_and_a_clear_one_gets_a_white_ground() -> None:
    reader = pdf(lambda paper: paper.image(photo(4000, 2000), "Big"))
    assert max(reader.pages[0].images[0].image.size) == 1600
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    clear = pdf(lambda paper: paper.image(out.getvalue(), "Clear")).pages[0].images[0].image.convert("RGB")
    assert min(clear.getpixel((5, 5))) > 250


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="not a picture"):
        Document("Report", "en", "VIS-1").image(b"no picture")


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="Row 2 has 1 cells, the table has 2 columns"):
        Document("Report", "en", "VIS-1").table(["a", "b"], [["1", "2"], ["3"]])


def test_a_script_without_a_font_names_what_to_install(monkeypatch: Any) -> None:
    monkeypatch.setattr(
        faces, "font_file", lambda family, *, bold: None if "Bengali" in family else real(family, bold=bold)
    )
    real = fontfiles.font_file
    for cached in (faces._face, faces.faces_for, faces.face_of):
        cached.cache_clear()
    try:
        with pytest.raises(MissingFont) as caught:
            pdf(lambda paper: paper.paragraph("শ্রমিক"))
        assert "Bengali" in str(caught.value)
        assert "fonts-noto-core" in str(caught.value)
        assert "fontpkg-noto-sans-tamil" in script_of("த").advice
    finally:
        for cached in (faces._face, faces.faces_for, faces.face_of):
            cached.cache_clear()


def test_a_sign_without_a_font_is_written_out() -> None:
    assert "[U+E000]" in text_of(pdf(lambda paper: paper.paragraph("before \ue000 after")))
    words = faces.drawable("a\u2003b\tc\x07d\u00ad", bold=False)
    assert words.startswith("a b cd")


def test_empty_texts_do_no_harm() -> None:
    def fill(paper: Document) -> None:
        paper.paragraph("")
        paper.facts([])
        paper.table(["A"], [])
        paper.table(["A", "B"], [["", None]])
        paper.heading("")
        paper.signatures([])

    assert len(pdf(fill).pages) == 1


def test_no_word_of_a_report_stays_in_memory() -> None:
    from core.documents import shaping, wrapping

    pdf(lambda paper: paper.paragraph("a worker's own words"))
    assert wrapping.wrap.cache_info().currsize == 0
    assert wrapping._plain_width.cache_info().currsize == 0
    assert shaping.shape.cache_info().currsize == 0


def test_a_word_wider_than_the_page_is_cut_and_none_of_it_lost() -> None:
    word = "x" * 300
    assert text_of(pdf(lambda paper: paper.paragraph(word))).count("x") == 300
