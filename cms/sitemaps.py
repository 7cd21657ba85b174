"""List the public pages for search engines, each with its other languages."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from wagtail.models import Page

from cms import destinations
from cms.models import HomePage

# Where a machine should find nothing: the worker's follow-up has an address but no content of its own.
LISTED = ("report", "recruiters", "reports", "statistics", "verify")
IN_EVERY_LANGUAGE = ("report", "recruiters", "statistics", "verify")


@dataclass(frozen=True)
class Listed:
    """One address of the sitemap."""

    address: str
    changed: datetime | None = None
    alternates: dict[str, str] = field(default_factory=dict)


def listed_pages() -> list[Listed]:
    """Return every published page and every open part of the product, in every language."""
    homes = HomePage.objects.live()
    families: dict[str, dict[str, Page]] = defaultdict(dict)
    for home in homes:
        for page in home.get_descendants(inclusive=True).live().select_related("locale"):
            families[str(page.translation_key)][page.locale.language_code] = page
    found = []
    for family in families.values():
        alternates = {code: str(page.full_url) for code, page in family.items()}
        found += [Listed(alternates[code], page.last_published_at, alternates) for code, page in family.items()]
    return found + [entry for code in LISTED if destinations.is_open(code) for entry in _outside(code)]


def _outside(code: str) -> list[Listed]:
    languages = settings.LANGUAGES if code in IN_EVERY_LANGUAGE else settings.PUBLIC_LANGUAGES
    alternates = {language: settings.BASE_URL + destinations.address(code, language) for language, _name in languages}
    return [Listed(address, None, alternates) for address in alternates.values()]
