"""Wire the ground floor."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import workspace
from core.roles import Role


class CoreConfig(AppConfig):
    """Users, access, audit trail, vault, evidence, standards."""

    name = "core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Put the administrator's and the auditor's rooms into the navigation."""
        from core import (
            checks,  # noqa: F401 - registers itself
            rechecking,  # noqa: F401 - registers its job
        )
        from core.api import housekeeping  # noqa: F401 - registers its job

        workspace.register(Role.ADMIN, label=_("People"), url_name="core:people", order=10, landing=True)
        workspace.register(Role.ADMIN, label=_("Organisations that sign in"), url_name="core:accounts", order=20)
        workspace.register(Role.ADMIN, label=_("Keys for programs"), url_name="core:keys", order=30)
        workspace.register(Role.ADMIN, label=_("Vault"), url_name="core:vault", order=40)
        workspace.register(Role.AUDITOR, label=_("Audit trail"), url_name="core:audit", order=10, landing=True)
