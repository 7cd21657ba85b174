"""Find a page's address in every language."""

from typing import Any

from django.conf import settings


def alternates_of(page: Any) -> dict[str, str]:
    """Return language code to address: a page's published translation, or the first page where there is none."""
    found = {code: f"/{code}/" for code, _name in settings.LANGUAGES}
    for translation in page.get_translations(inclusive=True).live().select_related("locale"):
        code = translation.locale.language_code
        if code in found:
            found[code] = translation.url or found[code]
    return found


def published_alternates(page: Any) -> dict[str, str]:
    """Return language code to full address for each published translation, for search engines."""
    translations = page.get_translations(inclusive=True).live().select_related("locale")
    return {translation.locale.language_code: translation.full_url for translation in translations}
