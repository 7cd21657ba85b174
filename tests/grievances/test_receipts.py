"""Receipts: typable in any script, checked without a database, never shown where they should not be."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievances import receipts
from grievances.receipts import DIGITS, BadReceipt, Receipt, from_seed, read

seeds = st.binary(min_size=32, max_size=64)
ZEROS = [chr(code) for code in range(0x10000) if unicodedata.decimal(chr(code), None) == 0]
SCRIPTS = {"Arabic-Indic": "٠", "Persian": "۰", "Bengali": "০", "Devanagari": "०", "Burmese": "၀", "Khmer": "០",
           "Thai": "๐", "Tamil": "௦", "Sinhala": "෦", "full width": "０"}  # fmt: skip


def written(receipt: Receipt, zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in receipt.digits)


@given(seeds)
def test_a_seed_always_leads_to_the_same_valid_receipt(seed: bytes) -> None:
    receipt = from_seed(seed)
    assert from_seed(seed) == receipt
    assert read(receipt.digits) == receipt
    assert len(receipt.digits) == DIGITS == 27


@given(seeds, st.sampled_from(ZEROS))
def test_case_4_the_digits_of_every_script_are_read(seed: bytes, zero: str) -> None:
    receipt = from_seed(seed)
    assert read(written(receipt, zero)) == receipt


@pytest.mark.parametrize("script", SCRIPTS)
def test_case_4_a_worker_may_type_her_own_digits(script: str) -> None:
    receipt = from_seed(b"\x07" * 32)
    assert read(written(receipt, SCRIPTS[script])) == receipt


@given(
    seeds, st.lists(st.sampled_from([" ", "-", "\u00a0", "\u200f", "\u200e", "\n", "–", ".", "\u2066"]), max_size=40)
)
def test_case_4_spaces_dashes_and_direction_marks_do_not_matter(seed: bytes, marks: list[str]) -> None:
    receipt = from_seed(seed)
    shuffled = list(receipt.digits)
    maker = random.Random(len(marks))
    for mark in marks:
        shuffled.insert(maker.randrange(len(shuffled) + 1), mark)
    assert read("".join(shuffled)) == receipt


def test_case_4_letters_that_look_like_digits_are_taken_as_such() -> None:
    receipt = from_seed(b"\x01" * 32)
    assert read(receipt.digits.replace("0", "O").replace("1", "l")) == receipt


@given(seeds, st.integers(0, DIGITS - 1), st.integers(1, 9))
def test_case_4_any_one_wrong_digit_is_caught_without_a_database(seed: bytes, place: int, shift: int) -> None:
    digits = list(from_seed(seed).digits)
    digits[place] = str((int(digits[place]) + shift) % 10)
    with pytest.raises(BadReceipt) as caught:
        read("".join(digits))
    assert caught.value.code == "mistyped"


@given(seeds, st.integers(0, DIGITS - 2))
def test_any_two_swapped_neighbours_are_caught(seed: bytes, place: int) -> None:
    digits = list(from_seed(seed).digits)
    if digits[place] == digits[place + 1]:
        return
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    with pytest.raises(BadReceipt):
        read("".join(digits))


@given(st.text(max_size=400))
def test_whatever_is_typed_gives_a_receipt_or_a_named_reason(text: str) -> None:
    try:
        assert len(read(text).digits) == DIGITS
    except BadReceipt as bad:
        assert bad.code in {"too_long", "not_digits", "wrong_length", "mistyped"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "not_digits"),
        ("123", "wrong_length"),
        ("my receipt", "not_digits"),
        ("1" * 161, "too_long"),
        ("1" * 28, "wrong_length"),
    ],
)
def test_it_says_what_is_wrong_with_what_was_typed(typed: str, code: str) -> None:
    with pytest.raises(BadReceipt) as caught:
        read(typed)
    assert caught.value.code == code


def test_case_39_a_receipt_shows_its_digits_in_no_log_and_no_traceback() -> None:
    receipt = from_seed(b"\x09" * 32)
    for text in (repr(receipt), str(receipt), f"{receipt}", f"{[receipt]}"):
        assert receipt.digits not in text
        assert receipt.locator not in text


def test_it_is_shown_in_groups_of_three_on_three_lines() -> None:
    receipt = from_seed(b"\x05" * 32)
    assert [len(line) for line in receipt.lines] == [3, 3, 3]
    assert "".join(group for line in receipt.lines for group in line) == receipt.digits


def test_it_holds_at_least_eighty_bits() -> None:
    assert 10**receipts.SECRET_DIGITS >= 2**80


def test_a_short_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        from_seed(b"short")
