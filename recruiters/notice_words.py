"""Say in words what a notice about a recruiter tells, and where its reader finds it."""

from django.utils.translation import gettext_lazy as _

from core.notices import register_place, register_words
from core.roles import Role

ASSESSING = {
    "assessment": _("An assessment of your organisation is complete."),
    "assessment_suspended": _("The outcome of your assessment is suspended."),
    "assessment_restored": _("The outcome of your assessment holds again."),
    "assessment_withdrawn": _("The outcome of your assessment is withdrawn."),
    "correction_open": _("Something must be put right after an assessment; you can answer it."),
    "correction_returned": _("A corrective action is not enough yet; you can answer it again."),
    "correction_answered": _("A corrective action was answered and waits for your decision."),
    "correction_overdue": _("A corrective action is overdue."),
    "correction": _("A corrective action was decided."),
    "look_due": _("The next look at a recruiter is due."),
    "rating_proposed": _("A rating of your organisation is to be published; you can answer it."),
    "rating_replied": _("A recruiter answered the rating that is to be published."),
    "rating_withdrawn": _("A published rating was withdrawn."),
    "rating": _("It was decided about publishing your rating."),
    "dispute_opened": _("A recruiter disputes a recorded fact."),
    "dispute": _("Your dispute was answered."),
}

ENDINGS = {
    "licences_end_90": _("Licences end within ninety days."),
    "licences_end_30": _("Licences end within thirty days."),
    "licences_end_0": _("The last day of licences has come."),
}
TAKEN_BACK = {
    "licence_order_withdrawn": _("An order about your licence was withdrawn before it took effect."),
    "watchlist_second": _("A list is to go out of use and waits for a second officer."),
}


def register() -> None:
    """Register the sentences and the places; called when the app is ready."""
    officer, member = Role.MINISTRY_OFFICER, Role.RECRUITER_MEMBER
    register_place("APP", "recruiters:application", officer)
    register_place("REC", "recruiters:recruiter", officer)
    register_place("DSP", "recruiters:dispute", officer)
    register_place("SCR", "recruiters:screening", officer)
    register_place("ASM", "recruiters:assessment", officer)
    register_place("WLD", "recruiters:watchlist_edition", officer)
    register_place("SCC", "recruiters:screening_certificate", officer)
    register_place("CLM", "recruiters:claim", officer)
    register_place("APL", "recruiters:appeal", officer)
    register_place("EXN", "recruiters:ending", officer, with_ref=False)
    register_place("CLM", "recruiters:own_claim", member)
    register_place("APL", "recruiters:own_appeal", member)
    for prefix in ("APP", "DSP", "ASM", "LIC"):
        register_place(prefix, "recruiters:own", member, with_ref=False)
    register_place("RSK", "recruiters:own_dispute", member)
    for role in (officer, member):
        register_place("CRA", "recruiters:correction", role)
        register_place("RPB", "recruiters:publication", role)
    register_words(
        {
            "application_submitted": _("An application waits for your decision."),
            "application_second": _("An application waits for a second officer."),
            "licence_in_spite": _("A licence was given in spite of a grave tie or hit. Read the reason."),
            "application_returned": _("Your application was returned to you. Mend and answer what is asked."),
            "application": _("Your application was answered."),
            "licence": _("The ministry changed something about your licence."),
            "licence_ends_90": _("Your licence ends within ninety days. You can apply for its renewal."),
            "licence_ends_30": _("Your licence ends within thirty days. You can apply for its renewal."),
            "licence_ends_0": _(
                "The last day of your licence has come. Without a renewal you may not recruit after it."
            ),
            **ENDINGS,
            "claim_opened": _("An organisation claims an entry of the register."),
            "claim_second": _("A second claim of an entry waits for a second officer."),
            "claim_rival": _("Another organisation claims your entry of the register."),
            "claim": _("Your claim was answered."),
            "appeal_lodged": _("An appeal waits for a decision."),
            "appeal_overdue": _("An appeal was not decided by its last day."),
            "appeal": _("Your appeal was decided."),
            **ASSESSING,
            **TAKEN_BACK,
            "rescreen_new_hits": _("A list screened again has new hits."),
            "screening_certificate": _("The certificate that you asked for is ready."),
            "rescreen_failed": _("An edition of a watchlist could not be compared with earlier screenings yet."),
            "recruiter_fact_served": _("A fact about your organisation was recorded; you can answer it."),
        }
    )
