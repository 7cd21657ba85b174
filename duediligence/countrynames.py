"""Name countries in the reader's language where a translation is known, in English otherwise."""

from django.utils.translation import gettext

from recruiters.countries import all_countries, sort_key
from recruiters.countries import country_name as english_name


def country_label(code: str) -> str:
    """Return a country's name in the active language."""
    return gettext(english_name(code)) if code else ""


def country_choices() -> list[tuple[str, str]]:
    """Return (code, name) of every country in the order of the active language."""
    return sorted(((code, gettext(name)) for code, name in all_countries()), key=lambda pair: sort_key(pair[1]))
