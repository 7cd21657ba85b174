"""Wire the ground floor."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Users, access, audit trail, vault, evidence, standards."""

    name = "core"
    label = "core"
    verbose_name = "Core"
