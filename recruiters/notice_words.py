"""Say in words what a notice about a recruiter tells, and where its reader finds it."""

from django.utils.translation import gettext_lazy as _

from core.notices import register_place, register_words
from core.roles import Role


def register() -> None:
    """Register the sentences and the places; called when the app is ready."""
    officer, member = Role.MINISTRY_OFFICER, Role.RECRUITER_MEMBER
    register_place("APP", "recruiters:application", officer)
    register_place("DSP", "recruiters:dispute", officer)
    register_place("SCR", "recruiters:screening", officer)
    register_place("ASM", "recruiters:assessment", officer)
    register_place("WLD", "recruiters:watchlist_edition", officer)
    register_place("SCC", "recruiters:screening_certificate", officer)
    for prefix in ("APP", "DSP", "ASM", "LIC"):
        register_place(prefix, "recruiters:own", member, with_ref=False)
    register_place("RSK", "recruiters:own_dispute", member)
    register_words(
        {
            "application_submitted": _("An application waits for your decision."),
            "application": _("Your application was answered."),
            "licence": _("The ministry changed something about your licence."),
            "assessment": _("An assessment of your organisation is complete."),
            "dispute_opened": _("A recruiter disputes a recorded fact."),
            "dispute": _("Your dispute was answered."),
            "rescreen_new_hits": _("A list screened again has new hits."),
            "rescreen_failed": _("An edition of a watchlist could not be compared with earlier screenings yet."),
            "recruiter_fact_served": _("A fact about your organisation was recorded; you can answer it."),
        }
    )
