"""Wire the parties."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Organisations, people, sites, names, relationships and name matching."""

    name = "parties"
