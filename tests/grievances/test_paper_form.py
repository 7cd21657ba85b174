"""The paper form: the web form's questions and codes, in every language, with pictograms that can be drawn."""

import io
import re

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from core.documents import MissingFont
from core.documents.drawing import drawing_operators
from core.pictograms import PICTOGRAMS
from grievances import paperform
from grievances.rulebook import worker_categories


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("code", sorted(PICTOGRAMS))
def test_every_pictogram_can_be_drawn_on_paper(code: str) -> None:
    operators = drawing_operators(PICTOGRAMS[code], 0, 100, 24, "0 0 0", "1 1 1")
    assert operators.startswith("q ")
    assert operators.endswith("Q")
    assert " m" in operators
    assert "nan" not in operators


@pytest.mark.parametrize("path", ["M1", "M1 1 X2 2", "<script/>"])
def test_a_drawing_that_is_none_of_ours_is_an_error_not_rubbish_on_paper(path: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        drawing_operators(path if path.startswith("<") else f'<path d="{path}"/>', 0, 0, 24, "0 0 0", "1 1 1")


def test_an_arc_ends_where_it_should() -> None:
    operators = drawing_operators('<path d="M14 22a10 10 0 0 1 20 0"/>', 0, 48, 48, "0 0 0", "1 1 1")
    ends = re.findall(r"(\S+) (\S+) c(?:\s|$)", operators)
    assert [round(float(number), 2) for number in ends[-1]] == [34.0, 22.0]


def test_it_holds_every_code_of_the_web_form() -> None:
    text = text_of(paperform.paper_form("en"))
    for category in worker_categories():
        assert category.code in text
        assert category.worker_label.split()[0] in text


def test_equal_words_give_equal_bytes() -> None:
    first = paperform.paper_form("en")
    paperform._made.cache_clear()
    assert paperform.paper_form("en") == first


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_it_is_made_in_every_language_or_names_the_font_to_install(language: str) -> None:
    try:
        pdf = paperform.paper_form(language)
    except MissingFont as missing:
        assert "Install" in str(missing)
    else:
        assert pdf.startswith(b"%PDF")
        assert b"/Lang" in pdf


@pytest.mark.django_db
def test_it_is_linked_from_the_first_page_and_says_nothing_by_its_name() -> None:
    page = Client().get("/en/report/").content.decode()
    assert "/en/report/form.pdf" in page
    response = Client().get("/en/report/form.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="form.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert io.BytesIO(response.content).read(5) == b"%PDF-"


@pytest.mark.django_db
def test_a_missing_font_is_a_page_that_names_the_package(monkeypatch) -> None:
    from core.documents.scripts import script_of

    def missing(*_args: object) -> bytes:
        raise MissingFont(script_of("中"), "中")

    monkeypatch.setattr("grievances.views.paper.paper_form", missing)
    response = Client().get("/en/report/form.pdf")
    assert response.status_code == 503
    assert "fonts-noto-cjk" in response.content.decode()
