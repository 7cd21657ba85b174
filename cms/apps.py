"""Wire the public site: its menu entries and what happens when a page is published."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """The roof: the public site in Wagtail."""

    name = "cms"
    label = "cms"
    verbose_name = "Public site"

    def ready(self) -> None:
        """Name the public menu and the editor's place, and connect cache and pictures to publishing."""
        from cms import caching, due, menu, pictures, serving  # noqa: F401 -- due registers its job
        from core import workspace
        from core.roles import Role

        menu.connect()
        caching.connect()
        pictures.connect()
        serving.connect()
        workspace.register(Role.EDITOR, label=_("Public site"), url_name="wagtailadmin_home", order=10, landing=True)
