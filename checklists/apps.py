"""Wire the checklists app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import workspace
from core.roles import Role


class ChecklistsConfig(AppConfig):
    """Questions, versions, answers."""

    name = "checklists"
    verbose_name = _("Checklists")

    def ready(self) -> None:
        """Register where each role finds the checklists."""
        for role, order in ((Role.INSPECTOR, 60), (Role.MINISTRY_OFFICER, 70), (Role.AUDITOR, 60)):
            workspace.register(role, label=_("Checklists"), url_name="checklists:versions", order=order)
