"""The drawings: present for every code, well-formed, free of words and scripts, small."""

from xml.etree import ElementTree

import pytest

from core.pictograms import PICTOGRAMS, WORDMARK
from core.templatetags.design import pictogram, tag

PROMISED = """
passport money contract wages hours house lock violence threat child food health isolation pressure confined
deceived dismissed other help phone message shield
""".split()  # noqa: SIM905


def test_every_promised_code_has_a_drawing() -> None:
    assert set(PROMISED) <= set(PICTOGRAMS)


@pytest.mark.parametrize("code", sorted(PICTOGRAMS))
def test_a_drawing_is_well_formed_and_small(code: str) -> None:
    root = ElementTree.fromstring(f"<svg>{PICTOGRAMS[code]}</svg>")  # noqa: S314 -- our own text
    assert {element.tag for element in root.iter()} <= {"svg", "path", "circle", "rect"}
    assert all("style" not in element.attrib for element in root.iter())
    assert len(PICTOGRAMS[code]) < 420


def test_the_wordmark_is_well_formed() -> None:
    ElementTree.fromstring(f"<a>{WORDMARK}</a>")  # noqa: S314 -- our own text


def test_a_drawing_beside_words_is_silent() -> None:
    assert 'aria-hidden="true"' in pictogram("passport")


def test_a_drawing_alone_is_named_and_its_name_is_escaped() -> None:
    drawn = pictogram("passport", label='"<b>')
    assert 'role="img"' in drawn
    assert 'aria-label="&quot;&lt;b&gt;"' in drawn


def test_an_unknown_code_draws_nothing() -> None:
    assert pictogram("no-such-thing") == ""


def test_a_tag_escapes_its_words_and_ignores_an_unknown_tone() -> None:
    assert tag("<i>", "evil") == '<span class="tag">&lt;i&gt;</span>'
    assert "tag--good" in tag("Valid", "good")
