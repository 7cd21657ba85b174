"""References are typable, and a mistyped one is refused as mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.references import ALPHABET, BadReference, format_reference, new_reference, parse_reference

bodies = st.text(alphabet=ALPHABET, min_size=8, max_size=8)
prefixes = st.sampled_from(["VIS", "GRV", "REC", "CASE", "RPT", "PTY"])


@given(prefixes, bodies)
def test_a_reference_reads_back_however_it_is_typed(prefix: str, body: str) -> None:
    reference = format_reference(prefix, body)
    assert parse_reference(reference.lower().replace("-", " ")) == reference
    assert parse_reference(f"  {reference} ", prefix) == reference


@given(prefixes, bodies, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_caught(prefix: str, body: str, place: int, wrong: str) -> None:
    reference = format_reference(prefix, body)
    typed = body[:place] + wrong + body[place + 1 :]
    changed = f"{prefix}-{typed[:4]}-{typed[4:]}-{reference[-1]}"
    if typed == body:
        assert parse_reference(changed) == reference
    else:
        with pytest.raises(BadReference):
            parse_reference(changed)


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    reference = format_reference("VIS", "0101AAAA")
    assert parse_reference(reference.replace("0", "O").replace("1", "I")) == reference


def test_a_reference_of_another_kind_is_named_as_such() -> None:
    with pytest.raises(BadReference, match="begins with VIS"):
        parse_reference(new_reference("VIS"), "GRV")


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        parse_reference(text)
    except BadReference as refusal:
        assert str(refusal)
