"""Everything that a worker reads is there in Arabic and Nepali, with the same placeholders."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "grievances"
TEMPLATES = [
    *(APP / "templates/grievances/report").glob("*.html"),
    *(APP / "templates/grievances/followup").glob("*.html"),
]
MODULES = [
    APP / name
    for name in (
        "forms/worker.py",
        "places.py",
        "services/drafts.py",
        "views/report.py",
        "views/followup.py",
        "views/standing.py",
    )
]
IN_TEMPLATE = re.compile(r'{% translate "([^"]+)"')
IN_BLOCK = re.compile(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", re.DOTALL)
IN_CODE = re.compile(r'\b(?:_|gettext|ngettext)\(\s*"((?:[^"\\]|\\.)*)"')


def worker_words() -> set[str]:
    found: set[str] = set()
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        found.update(IN_TEMPLATE.findall(text))
        found.update(re.sub(r"{{ (\w+) }}", r"%(\1)s", block) for block in IN_BLOCK.findall(text))
    for path in MODULES:
        found.update(IN_CODE.findall(path.read_text(encoding="utf-8")))
    return found


def catalogue(language: str) -> dict[str, polib.POEntry]:
    entries: dict[str, polib.POEntry] = {}
    for app in ("grievances", "core"):
        for entry in polib.pofile(str(ROOT / app / "locale" / language / "LC_MESSAGES/django.po")):
            if entry.translated() and "fuzzy" not in entry.flags:
                entries.setdefault(entry.msgid, entry)
    return entries


@pytest.mark.parametrize("language", ["ar", "ne"])
def test_every_worker_word_is_translated(language: str) -> None:
    words, known = worker_words(), catalogue(language)
    assert len(words) > 150
    assert sorted(words - set(known)) == []


@pytest.mark.parametrize("language", ["ar", "ne"])
def test_placeholders_are_the_same_in_every_language(language: str) -> None:
    for entry in catalogue(language).values():
        wanted = set(re.findall(r"%\(\w+\)s", entry.msgid + entry.msgid_plural))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert not text or set(re.findall(r"%\(\w+\)s", text)) <= wanted, entry.msgid
