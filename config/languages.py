"""Name the languages that workers speak and Django does not list yet."""

from typing import TypedDict

import django.conf.locale


class LangInfo(TypedDict):
    """How Django describes one language."""

    bidi: bool
    code: str
    name: str
    name_local: str


EXTRA_LANG_INFO: dict[str, LangInfo] = {
    "si": {"bidi": False, "code": "si", "name": "Sinhala", "name_local": "සිංහල"},
    "am": {"bidi": False, "code": "am", "name": "Amharic", "name_local": "አማርኛ"},
    "fil": {"bidi": False, "code": "fil", "name": "Filipino", "name_local": "Filipino"},
}


def register_languages(languages: dict[str, LangInfo]) -> None:
    """Add languages to Django's table, leaving those that it already knows."""
    for code, info in languages.items():
        django.conf.locale.LANG_INFO.setdefault(code, dict(info))
