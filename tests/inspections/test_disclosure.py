"""What an employer reads must not point at a complaint or at a person."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.references import new_reference
from inspections.disclosure import THRESHOLD, leaks, shown_count

with (Path(__file__).parent / "disclosure_expected.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_it_follows_the_signed_table(row: dict[str, str]) -> None:
    assert " ".join(sorted({leak.code for leak in leaks(row["text"])})) == row["leaks"]


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["GRV", "REF", "INT", "VIS", "CAS"]))
def test_a_reference_of_ours_is_always_found(before: str, after: str, prefix: str) -> None:
    text = f"{before} {new_reference(prefix)} {after}"
    assert "reference" in {leak.code for leak in leaks(text)}


@given(st.integers(1, 10**6))
def test_a_small_count_is_withheld_and_a_large_one_shown(number: int) -> None:
    assert shown_count(number).is_hidden == (number < THRESHOLD)


def test_nought_is_said() -> None:
    assert shown_count(0).shown == 0


def test_sealed_words_are_found_in_any_case() -> None:
    assert [leak.code for leak in leaks("Told by MAYA at noon.", ["maya"])] == ["forbidden"]
