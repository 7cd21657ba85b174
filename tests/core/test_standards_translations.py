"""Standards speak Arabic and Nepali where workers and the public read them, and say that nobody checked that yet."""

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from core.pictograms import PICTOGRAMS
from core.standards import extract, standard
from core.standards.entries import CERTAINTY_NOTES

LOCALE = Path(extract.__file__).parent.parent / "locale"
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\{\w*\}")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


def words_for_workers_and_public() -> set[str]:
    entries = [entry for name in extract.SHOWN for _, entry in standard(name).walk()]
    words = {str(getattr(entry, field, "")) for field in extract.OTHER_WORDS for entry in entries}
    return (words | set(CERTAINTY_NOTES.values())) - {""}


@pytest.mark.parametrize("language", ["ar", "ne"])
def test_every_word_for_workers_and_the_public_is_translated(language: str) -> None:
    translated = {entry.msgid for entry in catalogue(language) if entry.translated()}
    assert sorted(words_for_workers_and_public() - translated) == []


def test_every_shown_label_is_translated_into_arabic() -> None:
    translated = {entry.msgid for entry in catalogue("ar") if entry.translated()}
    assert sorted(set(extract.labels()) - translated) == []


@pytest.mark.parametrize("language", ["ar", "ne"])
def test_the_catalogue_says_that_no_native_speaker_has_checked_it(language: str) -> None:
    assert catalogue(language).header.strip() == "not yet reviewed by a native speaker"


@pytest.mark.parametrize("language", ["ar", "ne"])
def test_no_translation_loses_a_placeholder(language: str) -> None:
    wrong = [
        entry.msgid
        for entry in catalogue(language)
        if entry.translated()
        and not entry.msgid_plural
        and sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["ar", "ne"])
def test_no_translation_is_a_guess_of_the_extraction_tool(language: str) -> None:
    assert [entry.msgid for entry in catalogue(language) if entry.fuzzy] == []


def test_every_pictogram_that_a_category_names_is_drawn() -> None:
    pictured = [*standard("grievance").categories, *standard("fees").categories]
    assert {entry.pictogram for entry in pictured} <= set(PICTOGRAMS)


def test_the_standards_need_no_django() -> None:
    code = "import core.standards, sys; core.standards.standard('iris'); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"
