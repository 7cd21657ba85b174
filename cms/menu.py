"""Offer the public menu: pages that an editor put into it, the register, the reports; and the footer's pages."""

from collections.abc import Iterator

from django.core.cache import cache
from django.utils import translation
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms import destinations
from core.menu import MenuEntry, register_menu

SECONDS = 60
AFTER_PAGES = ("recruiters", "reports", "statistics")


def pages_of(language: str) -> list[MenuEntry]:
    """Return the pages below a language's first page that header and footer show; kept for a minute."""
    key = f"cms-menu-{language}"
    kept: list[MenuEntry] | None = cache.get(key)
    if kept is None:
        from cms.models import HomePage, InfoPage

        home = HomePage.objects.live().filter(locale__language_code=language).first()
        pages = home.get_children().live().specific(defer=True) if home is not None else ()
        kept = [
            MenuEntry(page.title, page.url or "", order, in_footer=isinstance(page, InfoPage))
            for order, page in enumerate(pages, start=10)
            if page.show_in_menus or isinstance(page, InfoPage)
        ]
        cache.set(key, kept, SECONDS)
    return kept


def entries(language: str) -> Iterator[MenuEntry]:
    """Return the whole menu of a language."""
    yield from pages_of(language)
    for order, code in enumerate(AFTER_PAGES, start=100):
        if destinations.is_open(code):
            with translation.override(language):
                yield MenuEntry(str(destinations.DESTINATIONS[code][1]), destinations.address(code, language), order)


def forget(**_kwargs: object) -> None:
    """Forget the kept menus after a page was published, withdrawn or moved."""
    from django.conf import settings

    cache.delete_many([f"cms-menu-{code}" for code, _name in settings.PUBLIC_LANGUAGES])


def connect() -> None:
    """Register the menu and forget it when pages change."""
    register_menu("cms", entries)
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(forget, dispatch_uid="cms.menu")
