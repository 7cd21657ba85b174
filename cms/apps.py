"""Wire the public site: its menu entries and the forgetting of pages that changed."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The roof: the public site in Wagtail."""

    name = "cms"
    label = "cms"
    verbose_name = "Public site"

    def ready(self) -> None:
        """Name the public menu and connect the cache to publishing."""
        from cms import caching, menu

        menu.connect()
        caching.connect()
