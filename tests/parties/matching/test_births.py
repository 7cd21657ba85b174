# ruff: noqa: E501 (cases stay on their lines)
"""Dates of birth: read as lists write them, compared so that only what cannot be one person contradicts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parties.matching import Subject, Verdict, match
from parties.matching.births import compare_births, read_birth


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1974-08-03", "1974-08-03"), ("1974-8", "1974-08"), ("1974", "1974"), ("1974-08-03 00:00:00", "1974-08-03"),
        ("23/08/1974", "1974-08-23"), ("08/23/1974", "1974-08-23"), ("03/04/1974", "1974"), ("05.05.1974", "1974-05-05"),
        ("3 August 1974", "1974-08-03"), ("Aug 3, 1974", "1974-08-03"), ("August 1974", "1974-08"), ("circa 1974", "1974"),
        ("১৯৭৪", "1974"), ("١٩٧٤-٠٨", "1974-08"), ("", ""), ("unknown", ""), ("2047-02-11", ""), ("1974 or 1976", ""),
    ],
)  # fmt: skip
def test_a_date_is_read_as_far_as_it_can_be_told(written: str, read: str) -> None:
    assert read_birth(written, 2026) == read


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader_and_what_is_read_is_read_again_alike(text: str) -> None:
    found = read_birth(text)
    assert read_birth(found) == found


@pytest.mark.parametrize(
    ("left", "right", "agree"),
    [
        ("1974-08-03", "1974-08-03", True), ("1974-08-03", "1990-05", False), ("1974", "1976", False), ("1974", "1975", None),
        ("1974", "1974-08-03", None), ("1974-08", "1974-09", False), ("1974-08-03", "1974-03-08", None),
        ("1974-01-01", "1974-08-03", None), ("1974-08-03", "1974-08-05", False), ("", "1974", None),
    ],
)  # fmt: skip
def test_only_what_cannot_be_one_person_contradicts(left: str, right: str, agree: bool | None) -> None:
    assert compare_births([left], [right]) is agree
    assert compare_births([right], [left]) is agree


def test_one_of_several_listed_dates_is_enough() -> None:
    assert compare_births(["1974-08-03"], ["1961", "1974-08-03"]) is True
    assert compare_births(["1980"], ["1961", "1974-08-03"]) is False


def test_a_namesake_born_on_another_day_is_contradicted_and_the_same_day_adds() -> None:
    listed = Subject("Md. Kamal Mia", "person", born=("1974-08",))
    other = match(Subject("Md. Kamal Mia", "person", born=("1990-05",)), listed)
    assert other.verdict is Verdict.CONTRADICTED
    assert other.score <= 0.8
    assert any(f.name == "birth_differs" for f in other.features)
    near = Subject("Kamal Miah", "person")
    plain = match(near, Subject("Md. Kamal Mia", "person", born=("1974-08-03",)))
    known = match(
        Subject(near.name, "person", born=("1974-08-03",)), Subject("Md. Kamal Mia", "person", born=("1974-08-03",))
    )
    assert known.score > plain.score


def test_a_firm_has_no_birthday() -> None:
    found = match(Subject("Al Noor Overseas", born=("1974",)), Subject("Al Noor Overseas", born=("1990",)))
    assert found.verdict is Verdict.MATCH
