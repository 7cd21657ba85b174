"""Wire the inspections app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import workspace
from core.roles import Role


class InspectionsConfig(AppConfig):
    """Visits, findings, actions, screening, referrals."""

    name = "inspections"
    verbose_name = _("Inspections")

    def ready(self) -> None:
        """Register each role's places, and the periodic job."""
        from core import auditsight
        from inspections import auditsight as narrowing
        from inspections import (
            jobs,  # noqa: F401 - registers itself
            notice_words,
        )
        from inspections.models.referrals import unanswered_by

        auditsight.register_narrowing(narrowing.hidden_from)
        notice_words.register()
        workspace.register(Role.INSPECTOR, label=_("Visits"), url_name="inspections:queue", order=10, landing=True)
        workspace.register(Role.INSPECTOR, label=_("Corrective actions"), url_name="inspections:actions", order=20)
        workspace.register(Role.INSPECTOR, label=_("Referrals"), url_name="inspections:referrals", order=30)
        workspace.register(Role.INSPECTOR, label=_("Letters"), url_name="inspections:letters", order=40)
        workspace.register(Role.INSPECTOR, label=_("Supervision"), url_name="inspections:supervision", order=50)
        workspace.register(Role.MINISTRY_OFFICER, label=_("Inspections"), url_name="inspections:supervision", order=40)
        workspace.register(Role.MINISTRY_OFFICER, label=_("Visits"), url_name="inspections:queue", order=42)
        workspace.register(
            Role.MINISTRY_OFFICER, label=_("Corrective actions"), url_name="inspections:actions", order=44
        )
        workspace.register(Role.AUDITOR, label=_("Visits"), url_name="inspections:queue", order=40)
        workspace.register(Role.AUDITOR, label=_("Corrective actions"), url_name="inspections:actions", order=42)
        workspace.register(
            Role.REFERRAL_PARTNER,
            label=_("Referrals from inspectors"),
            url_name="inspections:inbox",
            order=10,
            landing=True,
            waits=unanswered_by,
        )
        for role in (Role.MINISTRY_OFFICER, Role.AUDITOR):
            workspace.register(role, label=_("Letters"), url_name="inspections:letters", order=46)
        for role in (Role.COMPANY_MEMBER, Role.RECRUITER_MEMBER):
            workspace.register(role, label=_("Inspection letters"), url_name="inspections:letters", order=60)
