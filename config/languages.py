"""Tell Django which languages workers, readers of the public site and staff find, each under its own name."""

from typing import NotRequired, TypedDict

import django.conf.locale
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.spoken import Spoken, also_called, spoken

Choice = tuple[str, str | Promise]


class LangInfo(TypedDict):
    """How Django describes one language."""

    bidi: NotRequired[bool]
    code: NotRequired[str]
    name: NotRequired[str]
    name_local: NotRequired[str]
    fallback: NotRequired[list[str]]


def choices(*languages: Spoken) -> list[Choice]:
    """Return languages as a setting: code and English name, the latter to be translated."""
    return [(each.code, _(each.name)) for each in languages]


WORKERS = choices(*spoken().values())
PUBLIC = choices(*(each for each in spoken().values() if each.public))
WORKSPACE = choices(*(each for each in spoken().values() if each.workspace))


def register_languages() -> None:
    """Give every language its own name, and lead codes that phones send to languages of ours."""
    table: dict[str, LangInfo] = django.conf.locale.LANG_INFO
    for each in spoken().values():
        table[each.code] = {
            "bidi": each.right_to_left,
            "code": each.code,
            "name": each.name,
            "name_local": each.own_name,
        }
    for other, code in also_called().items():
        table[other] = {"fallback": [code]}
