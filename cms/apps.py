"""Wire the public site: its menu entries and what happens when a page is published."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The roof: the public site in Wagtail."""

    name = "cms"
    label = "cms"
    verbose_name = "Public site"

    def ready(self) -> None:
        """Name the public menu and connect cache and pictures to publishing."""
        from cms import caching, menu, pictures

        menu.connect()
        caching.connect()
        pictures.connect()
