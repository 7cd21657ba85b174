"""Name the app and connect it to the ground floor."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import workspace
from core.roles import Role


class RecruitersConfig(AppConfig):
    """Who recruits: licences, screening, assessment, fees, risk."""

    name = "recruiters"
    verbose_name = _("Recruiters")

    def ready(self) -> None:
        """Offer the places of work, and register the jobs."""
        from recruiters import (
            notice_words,
            tasks,  # noqa: F401 - registers the chunked and the periodic jobs
        )

        notice_words.register()
        offer_interface()
        officer = Role.MINISTRY_OFFICER
        workspace.register(officer, label=_("Today"), url_name="recruiters:dashboard", order=10, landing=True)
        workspace.register(officer, label=_("Register"), url_name="recruiters:register", order=11)
        workspace.register(officer, label=_("Screening"), url_name="recruiters:screenings", order=12)
        workspace.register(officer, label=_("Applications"), url_name="recruiters:applications", order=13)
        workspace.register(officer, label=_("Watchlists"), url_name="recruiters:watchlists", order=14)
        workspace.register(officer, label=_("Assessments"), url_name="recruiters:assessments", order=13)
        for reader in (Role.INSPECTOR, Role.CASE_OFFICER, Role.AUDITOR):
            workspace.register(reader, label=_("Recruiters"), url_name="recruiters:register", order=60)
            workspace.register(reader, label=_("Assessments"), url_name="recruiters:assessments", order=61)
        auditor = Role.AUDITOR
        workspace.register(auditor, label=_("Screening"), url_name="recruiters:screenings", order=62)
        workspace.register(auditor, label=_("Watchlists"), url_name="recruiters:watchlists", order=63)
        workspace.register(auditor, label=_("Applications"), url_name="recruiters:applications", order=64)
        member = Role.RECRUITER_MEMBER
        workspace.register(member, label=_("My licences"), url_name="recruiters:own", order=10, landing=True)
        workspace.register(member, label=_("Corrective actions"), url_name="recruiters:corrections", order=12)


def offer_interface() -> None:
    """Name what keys may be allowed here, and describe what programs may ask."""
    from core.api.description import describe
    from core.apikeys import register_scope
    from recruiters.api.datasets import SCOPES
    from recruiters.api.operations import operations

    for code, words in SCOPES.items():
        register_scope(code, words)
    describe("recruiters", operations)
