"""Wire due diligence: its places in the workspace, and who listens to cases."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DueDiligenceConfig(AppConfig):
    """A company's due-diligence record, from policy to published report."""

    name = "duediligence"

    def ready(self) -> None:
        """Register the places, and listen to cases by name."""
        from core import workspace
        from core.roles import Role
        from duediligence import notice_words, receivers

        workspace.register(
            Role.COMPANY_MEMBER, label=_("Due diligence"), url_name="duediligence:home", order=10, landing=True
        )
        workspace.register(Role.COMPANY_MEMBER, label=_("Suppliers"), url_name="duediligence:suppliers", order=20)
        workspace.register(Role.COMPANY_MEMBER, label=_("Recruiters"), url_name="duediligence:engagements", order=30)
        workspace.register(Role.COMPANY_MEMBER, label=_("Cases"), url_name="duediligence:cases", order=40)
        workspace.register(Role.AUDITOR, label=_("Due-diligence records"), url_name="duediligence:home", order=60)

        notice_words.register()
        receivers.connect()
