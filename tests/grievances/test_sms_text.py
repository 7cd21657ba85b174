"""Counting, cutting and reading text messages as phones do."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievances.smslanguages import NAMES, guesses, other_page, page, question
from grievances.smstext import BadNumber, bits_of, choices_in, number_of, plain, segments, split


@pytest.mark.parametrize(
    ("text", "bits", "count"),
    [
        ("a" * 160, 7, 1),
        ("a" * 161, 7, 2),
        ("a" * 306, 7, 2),
        ("a" * 307, 7, 3),
        ("€" * 80, 7, 1),
        ("€" * 81, 7, 2),
        ("न" * 70, 16, 1),
        ("न" * 71, 16, 2),
        ("न" * 134, 16, 2),
        ("😀" * 35, 16, 1),
        ("😀" * 36, 16, 2),
        ("é à ü ñ", 7, 1),
        ("ê", 16, 1),
    ],
)
def test_a_message_costs_what_a_network_charges(text: str, bits: int, count: int) -> None:
    assert (bits_of(text), segments(text)) == (bits, count)


def test_printers_signs_do_not_double_the_price() -> None:
    assert plain("We can\u2019t \u2013 yet\u2026") == "We can't - yet..."
    assert plain("नमस्ते \u2013 क") == "नमस्ते \u2013 क"


@given(st.text(max_size=2000))
def test_cut_messages_hold_everything_and_none_is_too_long(text: str) -> None:
    pieces = split(text)
    assert all(segments(piece) <= 4 for piece in pieces)
    bare = [piece.partition(") ")[2] if len(pieces) > 1 else piece for piece in pieces]
    assert "".join("".join(bare).split()) == "".join(plain(text.strip()).split())


def test_a_long_answer_is_cut_between_words_and_numbered() -> None:
    pieces = split("कामदारको राहदानी " * 60)
    assert pieces[0].startswith("(1/")
    assert all(piece.rsplit(" ", 1)[-1] in {"कामदारको", "राहदानी"} for piece in pieces)


@pytest.mark.parametrize("typed", ["+974 5550 1234", "0097455501234", "97455501234", "٩٧٤٥٥٥٠١٢٣٤"])
def test_a_number_is_read_however_it_is_written(typed: str) -> None:
    assert number_of(typed) == "+97455501234"


@pytest.mark.parametrize("typed", ["", "12345", "MyBank", "055501234", "+1234567890123456", "+97455501234; drop"])
def test_short_codes_names_and_rubbish_are_no_phones(typed: str) -> None:
    with pytest.raises(BadNumber):
        number_of(typed)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("1", (1,)), ("13", (1, 3)), ("1, 3", (1, 3)), ("१ ३", (1, 3)), ("٢", (2,)), ("၁၄", (1, 4)), ("a1", ()), ("", ())],
)
def test_answers_in_any_digits_are_read(typed: str, numbers: tuple[int, ...]) -> None:
    assert choices_in(typed) == numbers


@given(st.text(max_size=300))
def test_whatever_comes_in_is_read_without_an_error(text: str) -> None:
    choices_in(text)
    guesses(text, NAMES)
    with contextlib.suppress(BadNumber):
        number_of(text)


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("मेरो राहदानी", ("ne", "hi")),
        ("আমার পাসপোর্ট", ("bn",)),
        ("میرا پاسپورٹ", ("ur",)),
        ("أخذوا جوازي", ("ar",)),
        ("ကျွန်တော့်", ("my",)),
        ("ខ្ញុំ", ("km",)),
        ("எனது", ("ta",)),
        ("මගේ", ("si",)),
        ("我的护照", ("zh-hans",)),
        ("tôi bị giữ hộ chiếu", ("vi",)),
        ("123", ()),
    ],
)
def test_letters_decide_the_language_or_narrow_it(text: str, languages: tuple[str, ...]) -> None:
    assert guesses(text, NAMES) == languages


def test_every_language_can_be_reached_by_asking_for_more() -> None:
    offered = tuple(NAMES)
    shown = page((), offered)
    seen = set(shown)
    for _turn in range(4):
        shown = other_page(shown, offered)
        assert len(shown) <= 9
        assert segments(question(shown, more=True)) <= 2
        seen |= set(shown)
    assert seen == set(offered)
