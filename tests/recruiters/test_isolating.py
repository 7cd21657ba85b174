"""Names and numbers in sentences of the other direction."""

import pytest
from django.utils.translation import override

from recruiters.isolating import isolated, unmarked
from recruiters.tiewords import tie_sentence


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "Golden Bridge Pvt. Ltd.", "Golden Bridge Pvt. Ltd."),
        ("en", "شركة الجسر", "\u2068شركة الجسر\u2069"),
        ("ar", "Golden Bridge Pvt. Ltd.", "\u2068Golden Bridge Pvt. Ltd.\u2069"),
        ("ar", "شركة الجسر", "شركة الجسر"),
        ("ar", "+54 92 555 0190", "\u2066+54 92 555 0190\u2069"),
        ("en", "+54 92 555 0190", "+54 92 555 0190"),
        ("ur", "", ""),
    ],
)
def test_what_runs_against_the_page_is_set_apart(language: str, text: str, shown: str) -> None:
    with override(language):
        assert isolated(text) == shown
        assert unmarked(shown) == text


def test_a_tie_in_arabic_keeps_each_latin_name_whole() -> None:
    tie = {"kind": "owner", "from_first": True, "starts": None, "ends": None, "source": ""}
    with override("ar"):
        told = tie_sentence(tie, "Kamala Shrestha", "New Bagmara Pvt. Ltd.")
    assert "\u2068Kamala Shrestha\u2069" in told
    assert "\u2068New Bagmara Pvt. Ltd.\u2069" in told
