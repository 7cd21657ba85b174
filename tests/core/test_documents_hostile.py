"""What somebody types to harm or deceive is only text on paper: in every place of a document, and at bearable cost."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from core.documents import Document, faces, wrapping
from core.documents.faces import drawable

ACTIVE = (
    "/AA",
    "/OpenAction",
    "/JavaScript",
    "/Launch",
    "/URI",
    "/SubmitForm",
    "/GoToR",
    "/EmbeddedFiles",
    "/AcroForm",
)
"""What would make a file do something, or lead somewhere, when it is opened."""
PLAIN = {
    "formula": '=HYPERLINK("https://evil.example","click")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "markup": '<b>bold</b> & <img src="file:///etc/passwd"/> <a href="https://evil.example">here</a></para><para>',
    "entities": "&lt;b&gt; &amp;amp; &#65; &nonsense; <!-- x --> <![CDATA[y]]>",
    "file": ") Tj ET (\\ \\) << /JS (app.alert(1)) /URI (https://evil.example) >> endstream endobj",
    "template": "{{7*7}} {% now 'Y' %} %s %(name)s ${x} #{y}",
}


def paper(text: str, language: str = "en") -> PdfReader:
    """Return a document that says a text in every place that it has."""
    made = Document(text, language, text, issuer=text)
    made.heading(text)
    made.paragraph(text)
    made.note(text)
    made.facts([(text, text)])
    made.table([text, text], [[text, text], [text, None]])
    made.signatures([text])
    return PdfReader(io.BytesIO(made.render()))


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_markup_formulas_and_the_file_s_own_signs_are_said_as_they_were_typed(name: str, language: str) -> None:
    found = paper(PLAIN[name], language)
    said = squeezed(text_of(found))
    assert said.count(squeezed(PLAIN[name])) >= (6 if language == "en" else 0)
    letters = sorted(re.sub(r"\W", "", PLAIN[name]))
    assert all(said.count(letter) >= 6 * letters.count(letter) for letter in set(letters)), "no letter is lost"
    assert _active(found) == []


def _active(reader: PdfReader) -> list[str]:
    """Return what in a file would act: read object by object, not as bytes, for words may look alike."""
    found = []

    def walk(thing: object, seen: set[int]) -> None:
        thing = thing.get_object() if hasattr(thing, "get_object") else thing
        if id(thing) in seen:
            return
        seen.add(id(thing))
        if isinstance(thing, dict):
            found.extend(key for key in thing if key in ACTIVE)
            found.extend(str(value) for key, value in thing.items() if key == "/S" and value in ACTIVE)
            for key, value in thing.items():
                if key != "/Parent" and key != "/P":
                    walk(value, seen)
        elif isinstance(thing, list):
            for each in thing:
                walk(each, seen)

    walk(reader.trailer["/Root"], set())
    return found


def test_what_would_act_would_be_found() -> None:
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    out = io.BytesIO()
    writer.write(out)
    assert _active(PdfReader(out)) == ["/OpenAction", "/JavaScript"]


@pytest.mark.parametrize("sign", ["\u202e", "\u202d"])
def test_nobody_turns_letters_around_on_paper(sign: str) -> None:
    text = text_of(paper(f"Licence {sign}detcepsus to fdp.exe"))
    assert sign not in text
    assert "Licence detcepsus to fdp.exe" in text, "drawn in the order in which it was typed"


def test_directions_that_are_never_closed_end_with_their_text() -> None:
    made = Document("Report", "en", "VIS-1", issuer="Office")
    made.facts([("\u202b\u202a\u2067\u2066" * 60 + "name", "\u2067value"), ("Next label", "next value 123")])
    made.paragraph("\u2067")
    made.paragraph("Plain words behind it.")
    text = text_of(PdfReader(io.BytesIO(made.render())))
    assert "Next label" in text
    assert "next value 123" in text
    assert "Plain words behind it." in text


@pytest.mark.parametrize("text", ["Gol\u200bden\u200d Bri\u2060dge\ufeff", "x" + "\u0301" * 400, "\u00ad" * 400 + "x"])
def test_signs_that_are_not_seen_take_no_word_away(text: str) -> None:
    said = re.sub(r"[^a-zA-Z]", "", text_of(paper(text)))
    assert said.count(re.sub(r"[^a-zA-Z]", "", text)) >= 1


def test_control_signs_and_foreign_line_ends_do_no_harm() -> None:
    said = text_of(paper("a\x00b\x07c\x1b[31md\x0be\x0cf\x85g\u2028h\u2029i\r\nj"))
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x85]", said)
    assert re.search(r"abc\[31mdefg h i", said)


@pytest.mark.parametrize("letter", ["\U00013000", "\u16a0", "\U00010380", "\ua66e", "\ue000", "\U0010ffff", "\ufffe"])
def test_one_letter_of_a_dead_script_does_not_keep_a_report_from_being_made(letter: str) -> None:
    said = squeezed(text_of(paper(f"before {letter} after")))
    assert said.count("before") >= 6
    written = drawable(letter, bold=False)
    assert squeezed(written) in said or written == letter, "it is drawn, or named"


@pytest.mark.parametrize("sign", ["W", "ض", "क", "ល", "=", "\u0301"])
def test_a_word_that_never_ends_costs_in_proportion(sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times as long a word is measured four times as often, not sixteen times: one word stops no office."""
    measured = [0]
    width = wrapping._width

    def counting(text: str, *rest: Any) -> float:
        measured[0] += len(text)
        return width(text, *rest)

    monkeypatch.setattr(wrapping, "_width", counting)
    cost = []
    for length in (500, 2_000):
        measured[0] = 0
        made = Document("Report", "en", "VIS-1", issuer="Office")
        made.paragraph(sign * length)
        made.render()
        cost.append(measured[0])
    assert cost[1] < 6 * max(cost[0], 500), cost
    assert cost[1] < 40 * 2_000, cost


def test_wide_forms_of_plain_signs_are_written_where_no_font_for_them_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in wide letters is read as what it says, and stops no report."""
    monkeypatch.setattr(faces, "_is_drawn", lambda _character, *, bold: bold is None)
    faces._drawable.cache_clear()
    try:
        assert drawable("\uff1dSUM\uff08\uff21\uff11\uff09", bold=False) == "=SUM(A1)"
        assert "=SUM(A1)" in squeezed(text_of(paper("\uff1dSUM\uff08\uff21\uff11\uff09")))
    finally:
        faces._drawable.cache_clear()
