"""Wire the grievance channel."""

from django.apps import AppConfig


class GrievancesConfig(AppConfig):
    """A channel that a worker can trust, and the way from triage to remedy."""

    name = "grievances"
    label = "grievances"
    verbose_name = "Grievances"

    def ready(self) -> None:
        """Register the case officer's places and the periodic jobs."""
        from django.utils.translation import gettext_lazy as _

        from core import auditsight, workspace
        from core.roles import Role
        from core.signals import pair_made
        from grievances import auditsight as narrowing
        from grievances import (
            checks,  # noqa: F401 - registers the check of the office's calendar
            forgetting,  # noqa: F401 - registers what a restored backup forgets again
            jobs,  # noqa: F401 - registers the periodic jobs
            notice_words,
            receivers,
        )
        from grievances.models.referrals import unanswered_by
        from recruiters.models.words import Origin
        from recruiters.services.risk import ORIGINS

        auditsight.register_narrowing(narrowing.hidden_from)
        pair_made.connect(receivers.pair_made, dispatch_uid="grievances.pair_made")
        notice_words.register()
        # A fact from a case is a grievance's: recruiters never show it to the recruiter.
        ORIGINS.setdefault("CASE", Origin.GRIEVANCE)

        workspace.register(
            Role.CASE_OFFICER, label=_("Grievances"), url_name="grievances:queue", order=10, landing=True
        )
        workspace.register(Role.CASE_OFFICER, label=_("Cases"), url_name="grievances:cases", order=20)
        workspace.register(Role.CASE_OFFICER, label=_("Named repeatedly"), url_name="grievances:repeats", order=30)
        workspace.register(Role.AUDITOR, label=_("Grievances to oversee"), url_name="grievances:oversight", order=15)
        for role in (Role.CASE_OFFICER, Role.REFERRAL_PARTNER):
            workspace.register(role, label=_("File on a worker's behalf"), url_name="grievances:assisted", order=40)
        for role in (Role.RECRUITER_MEMBER, Role.COMPANY_MEMBER):
            workspace.register(role, label=_("Requests for your reply"), url_name="replies:replies", order=65)
        workspace.register(
            Role.REFERRAL_PARTNER,
            label=_("Referrals from case officers"),
            url_name="help:referrals",
            order=20,
            waits=unanswered_by,
        )
        for role in (Role.CASE_OFFICER, Role.AUDITOR, Role.MINISTRY_OFFICER):
            workspace.register(role, label=_("Effectiveness indicators"), url_name="grievances:indicators", order=55)
        workspace.register(Role.CASE_OFFICER, label=_("Encryption keys"), url_name="grievances:keys", order=60)
