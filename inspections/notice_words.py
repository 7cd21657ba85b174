"""Say in words what a notice of an inspection tells, and where its reader finds it."""

from django.utils.translation import gettext_lazy as _

from core.notices import register_place, register_words
from core.roles import Role


def register() -> None:
    """Register the sentences and the places; called when the app is ready."""
    register_place("VIS", "inspections:visit")
    register_place("LET", "inspections:letter")
    register_place("ACT", "inspections:action")
    register_place("REF", "inspections:inbox_referral", Role.REFERRAL_PARTNER)
    register_place("REF", "inspections:referral")
    register_words(
        {
            "visit_planned": _("You are on the team of a visit."),
            "visit_reopened": _("A visit of yours was opened again."),
            "visit_closed": _("A visit you supervise was closed."),
            "visit_needs_inspector": _("A visit needs another inspector."),
            "critical_finding": _("A critical finding was recorded on a visit you supervise."),
            "screening_decided": _("A decision on indicators was recorded."),
            "referral_advised": _("The indicators of a visit advise a referral."),
            "referral_received": _("A referral waits for your answer."),
            "referral_answered": _("A partner answered a referral."),
            "referral_withdrawn": _("The consent to a referral was withdrawn."),
            "emergency_referral": _("A referral was made in an emergency, without consent."),
            "letter_issued": _("An inspection letter was issued."),
            "action_evidence": _("Evidence for a corrective action was sent in."),
            "action_returned": _("Evidence for a corrective action was not enough."),
            "action_overdue": _("A corrective action is overdue."),
        }
    )
