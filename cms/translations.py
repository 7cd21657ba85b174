"""Find a page's address in every language."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from wagtail.models import Page


@dataclass(frozen=True)
class Published:
    """A page in one language."""

    code: str
    url: str
    full_url: str


def published_translations(page: Any) -> list[Published]:
    """Return a page in each language in which it is published; asked once for each page."""
    kept: list[Published] | None = getattr(page, "_published_translations", None)
    if kept is None:
        rows = Page.objects.live().filter(translation_key=page.translation_key).select_related("locale")
        kept = [Published(row.locale.language_code, row.url or "", row.full_url or "") for row in rows]
        page._published_translations = kept
    return kept


def alternates_of(page: Any) -> dict[str, str]:
    """Return language code to address: a page's published translation, or the first page where there is none."""
    found = {code: f"/{code}/" for code, _name in settings.PUBLIC_LANGUAGES}
    return found | {entry.code: entry.url for entry in published_translations(page) if entry.code in found}
