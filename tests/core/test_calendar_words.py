"""Our words never take the place of the months and days that every date is written with."""

from pathlib import Path

import polib
import pytest
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import override

ROOT = Path(__file__).resolve().parents[2]


def calendar() -> set[str]:
    with override("en"):
        return {str(word) for words in (MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR) for word in words.values()}


@pytest.mark.parametrize("language", ["ar", "ne"])
def test_no_word_of_ours_is_taken_for_a_month(language: str) -> None:
    months = calendar() - {"Friday", "Sunday"}  # quick exit's calendar spells these two itself
    taken = [
        (path.parts[-5], entry.msgid)
        for path in ROOT.glob(f"*/locale/{language}/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
        if entry.msgid in months and not entry.msgctxt and entry.translated()
    ]
    assert taken == []
