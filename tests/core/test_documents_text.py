"""The order, the breaks and the sides of text on paper."""

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents.bidi import is_plain, levels, visual_runs
from core.documents.faces import MissingFont
from core.documents.flow import Part, pages_of
from core.documents.scripts import script_of
from core.documents.styles import BODY, CELL, FRAME_HEIGHT, FRAME_WIDTH
from core.documents.tables import _fitted
from core.documents.wrapping import direction_of, wrap

INVISIBLE = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u064b"))
# Letters, digits and signs of every kind that the algorithm tells apart. (After an embedding, the other implementation
# leaves tabs and the spaces at the end where they were, against rule L1: those are left out.)
SIGNS = "aB1 2+-.,:/%$!ابتשא٣\u064b&*()[]\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def seen(text: str, base: int) -> str:
    found = levels(text, base)
    return "".join(
        text[start:end][::-1] if level % 2 else text[start:end] for level, start, end in visual_runs(text, found)
    )


@given(st.text(alphabet=SIGNS, max_size=16), st.sampled_from([0, 1]))
@settings(max_examples=400)
def test_mixed_text_is_seen_as_another_implementation_sees_it(text: str, base: int) -> None:
    text = text.rstrip(SIGNS[-9:] + " ")
    assert seen(text, base).translate(INVISIBLE) == get_display(text, base_dir="LR"[base]).translate(INVISIBLE)


@given(st.text(max_size=30), st.sampled_from([0, 1]))
def test_any_text_has_a_level_for_each_character_and_loses_none(text: str, base: int) -> None:
    found = levels(text, base)
    assert len(found) == len(text)
    assert sorted(place for _level, start, end in visual_runs(text, found) for place in range(start, end)) == list(
        range(len(text))
    )


def test_a_text_without_right_to_left_letters_stays_as_it_is() -> None:
    assert is_plain("Müller 26–30 क्षति")
    assert levels("Müller 26–30", 0) == [0] * 12


def test_an_isolate_keeps_a_telephone_number_together_in_arabic() -> None:
    number = "+974 4406 8888"
    assert number in seen(f"الهاتف \u2066{number}\u2069 صباحا", 1)


@pytest.mark.parametrize(
    ("text", "default", "expected"),
    [
        ("Gulf Star", False, (False, False)),
        ("جلف ستار", False, (True, True)),
        ("Gulf جلف", False, (False, False)),
        ("Gulf جلف", True, (True, True)),
        ("Gulf Star", True, (False, False)),
        ("+974 4406", True, (False, True)),
        ("+974 4406", False, (False, False)),
        ("", True, (False, True)),
    ],
)
def test_a_text_is_laid_out_and_set_from_its_own_side(text: str, default: bool, expected: tuple[bool, bool]) -> None:
    assert direction_of(text, default=default) == expected


@given(
    st.lists(
        st.sampled_from(["word", "a", "https://example.org/a/b?c=d", "हजुर", "عمل", "x" * 90, "12,5", "–"]), max_size=25
    ),
    st.floats(40, 400),
)
@settings(deadline=None)
def test_lines_fit_and_no_word_is_lost(words: list[str], width: float) -> None:
    text = " ".join(words)
    lines = wrap(text, BODY, round(width, 1), "en", rtl=False)
    assert all(line.width <= width + 0.6 for line in lines)
    assert "".join("".join(line.text for line in lines).split()) == "".join(text.split())


def test_line_breaks_of_the_writer_are_kept() -> None:
    assert [line.text for line in wrap("a\n\nb", BODY, 100, "en", rtl=False)] == ["a", "", "b"]


@pytest.mark.parametrize("text", ["ลูกจ้างไม่ต้องจ่ายค่าธรรมเนียมการจัดหางาน" * 5, "အလုပ်သမားများသည်ပေးရန်မလိုပါ" * 6])
def test_scripts_without_spaces_break_between_signs_only(text: str) -> None:
    import unicodedata

    try:
        lines = wrap(text, CELL, 120, "th", rtl=False)
    except MissingFont:
        return
    assert len(lines) > 2
    assert "".join(line.text for line in lines) == text
    assert not any(unicodedata.category(line.text[0])[0] == "M" for line in lines)


@given(st.lists(st.tuples(st.floats(10, 300), st.floats(0, 400)), min_size=1, max_size=10))
def test_columns_fill_the_page_and_get_at_least_what_they_need(wishes: list[tuple[float, float]]) -> None:
    least = [need for need, _more in wishes]
    liked = [need + more for need, more in wishes]
    widths = _fitted(least, liked)
    assert abs(sum(widths) - FRAME_WIDTH) < 0.01
    if sum(least) < FRAME_WIDTH:
        assert all(width >= need - 0.01 for width, need in zip(widths, least, strict=True))


@given(st.lists(st.tuples(st.floats(1, 400), st.booleans(), st.floats(0, 40)), min_size=1, max_size=60))
def test_nothing_is_placed_outside_its_page_and_nothing_is_left_out(shapes: list[tuple[float, bool, float]]) -> None:
    parts = [Part(height, lambda pen, top: None, before=before, glued=glued) for height, glued, before in shapes]
    pages = pages_of(parts)
    assert [placed.part for page in pages for placed in page] == parts
    for page in pages:
        assert all(placed.down + placed.part.height <= FRAME_HEIGHT + 0.1 for placed in page)
        assert page


def test_scripts_are_told_by_their_blocks() -> None:
    assert script_of("a").name == "Latin"
    assert script_of("ب").rtl
    assert script_of("क").reordered
    assert not script_of("ก").spaced
    assert script_of("\U0001f600").name == "Symbols"
    assert script_of("\U00012000").name == "an uncommon script"
