"""Everything that a worker reads is there in every language, with the same placeholders, and says who checked it."""

import re
from functools import cache
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings
from django.utils.translation import to_locale

from core.spoken import spoken
from recruiters.countries import all_countries
from tests.worker_words import words

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = [code for code, language in spoken().items() if not language.source]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%")
OURS = {"Safeconduct"}
COMMAND = re.compile(r"\b(?:STOP|RECEIPT|READ|NEW|WITHDRAW|LANG)\b", re.ASCII)
# One letter of each script that is not Latin: a sentence in such a language has some of them.
SCRIPTS = {
    "ar": "\u0600-\u06ff",
    "bn": "\u0980-\u09ff",
    "my": "\u1000-\u109f",
    "zh-hans": "\u4e00-\u9fff",
    "hi": "\u0900-\u097f",
    "km": "\u1780-\u17ff",
    "ne": "\u0900-\u097f",
    "si": "\u0d80-\u0dff",
    "ta": "\u0b80-\u0bff",
    "ur": "\u0600-\u06ff",
}


def files(language: str) -> list[Path]:
    return sorted(ROOT.glob(f"*/locale/{to_locale(language)}/LC_MESSAGES/django.po"))


@cache
def ours(language: str) -> dict[tuple[str, str], polib.POEntry]:
    return {
        (entry.msgctxt or "", entry.msgid): entry
        for path in files(language)
        for entry in polib.pofile(str(path))
        if entry.translated() and not entry.fuzzy
    }


@cache
def djangos(language: str) -> set[tuple[str, str]]:
    path = Path(django.__file__).parent / "conf/locale" / to_locale(language) / "LC_MESSAGES/django.mo"
    return {(entry.msgctxt or "", entry.msgid) for entry in polib.mofile(str(path))} if path.exists() else set()


def entries_of_workers(language: str) -> list[polib.POEntry]:
    known = ours(language)
    return [known[word.key] for word in words() if word.key in known]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_of_a_worker_is_translated(language: str) -> None:
    known = ours(language).keys()
    assert len(words()) > 700
    assert [word for word in words() if word.key not in known | djangos(language)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_loses_or_invents_a_placeholder(language: str) -> None:
    for entry in entries_of_workers(language):
        if entry.msgid_plural:
            allowed = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
            for text in entry.msgstr_plural.values():
                assert set(PLACEHOLDER.findall(text)) <= allowed, entry.msgid
            assert set(PLACEHOLDER.findall(entry.msgstr_plural[max(entry.msgstr_plural)])) == allowed, entry.msgid
        else:
            assert sorted(PLACEHOLDER.findall(entry.msgstr)) == sorted(PLACEHOLDER.findall(entry.msgid)), entry.msgid


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_text_message_asks_for_the_same_words_and_numbers_in_every_language(language: str) -> None:
    asked = [word.msgid for word in words() if word.where == "smswords.py"]
    entries = [entry for entry in entries_of_workers(language) if entry.msgid in asked]
    assert len(entries) > 20
    for entry in entries:
        assert sorted(COMMAND.findall(entry.msgstr)) == sorted(COMMAND.findall(entry.msgid)), entry.msgid
        assert re.findall(r"^\d(?= )", entry.msgstr, re.M) == re.findall(r"^\d(?= )", entry.msgid, re.M), entry.msgid


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_plural_has_as_many_forms_as_its_language(language: str) -> None:
    for path in files(language):
        book = polib.pofile(str(path))
        wanted = int(book.metadata["Plural-Forms"].partition("nplurals=")[2].partition(";")[0])
        for entry in book.translated_entries():
            if entry.msgid_plural:
                assert len(entry.msgstr_plural) == wanted, (path, entry.msgid)


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_sentence_is_written_in_the_script_of_its_language(language: str) -> None:
    letters = re.compile(f"[{SCRIPTS[language]}]")
    for entry in entries_of_workers(language):
        if entry.msgid not in OURS and not entry.msgid.startswith("%"):
            for text in [entry.msgstr, *entry.msgstr_plural.values()]:
                assert not text or letters.search(text), (entry.msgid, text)


@pytest.mark.parametrize("language", [code for code in TRANSLATED if code not in SCRIPTS])
def test_a_sentence_is_not_left_in_english(language: str) -> None:
    countries = {name for _code, name in all_countries()}
    same = [entry.msgid for entry in entries_of_workers(language) if entry.msgstr == entry.msgid]
    assert [
        text for text in same if len(re.findall(r"[a-z]{3,}", PLACEHOLDER.sub("", text))) > 2 and text not in countries
    ] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_catalogue_says_whether_a_native_speaker_has_checked_it(language: str) -> None:
    marks = {polib.pofile(str(path)).header.strip() for path in files(language)}
    assert (marks == {"not yet reviewed by a native speaker"}) is spoken()[language].unreviewed


def test_every_language_that_we_offer_is_one_that_we_speak() -> None:
    assert [code for code, _name in settings.LANGUAGES] == list(spoken())
    assert {code for code, _name in settings.PUBLIC_LANGUAGES} == {"en", "ar", "ne"}
    assert {code for code, _name in settings.WORKSPACE_LANGUAGES} == {"en", "ar", "ne"}
