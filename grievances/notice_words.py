"""Say in words what a notice of the channel tells, without a word about whom it concerns."""

from django.utils.translation import gettext_lazy as _

from core.notices import register_place, register_words
from core.roles import Role


def register() -> None:
    """Register the sentences and the places; called when the app is ready."""
    register_place("GRV", "grievances:grievance", Role.CASE_OFFICER)
    register_place("GRV", "grievances:overseen", Role.AUDITOR)
    register_place("CASE", "grievances:case")
    register_place("ASK", "replies:reply", Role.RECRUITER_MEMBER, Role.COMPANY_MEMBER)
    register_place("HLP", "help:referral", Role.REFERRAL_PARTNER)
    register_words(
        {
            "grievance": _("A grievance has something for you to read."),
            "grievance.assigned": _("A grievance was given to you."),
            "grievance.received": _("A new grievance waits."),
            "grievance.urgent": _("A new grievance waits and cannot wait long."),
            "grievance.message": _("A worker wrote to you."),
            "grievance.file_held": _("A worker's file is withheld: it was not checked, or is harmful."),
            "grievance.remedy_word": _("A worker said whether a remedy came."),
            "grievance.withdrawn": _("A worker took a grievance back."),
            "grievance.overdue": _("A step in a grievance is overdue."),
            "grievance.second_person": _("A case waits for a second person."),
            "grievance.second_declined": _("A second person did not agree with what you asked."),
            "grievance.second_for_keeping": _(
                "Somebody asks to delete or to release a grievance: a second person must agree."
            ),
            "grievance.reply": _("Somebody who is accused has answered."),
            "grievance.reply_letter": _("An answer to a letter is due soon: ask for it."),
            "grievance.referral": _("A partner answered a referral."),
            "grievance.override": _("A referral without consent waits for a second person."),
            "grievance.safety_check": _("A worker must be asked whether she is punished for complaining."),
            "grievance.retaliation": _("A worker says that she is punished for complaining."),
            "reply.asked": _("Your organisation is asked for its side of a matter."),
            "reply.reminder": _("Your organisation's answer is due in a few days."),
            "help.received": _("Somebody asks for your help."),
            "help.revoked": _("A referral to you was taken back."),
            "grievance.clawback_check": _("Somebody must be asked whether she kept what was repaid."),
            "grievance.part_late": _("A part of a repayment is late: see why, and that it is paid."),
            "grievance.key_waits": _("A colleague has a new key and waits for your word: see Keys."),
            "grievance.recovered": _("The recovery key was used to open grievances to a case officer."),
            "receipts.guessed": _(
                "Somebody is guessing receipts. Tries are slowed down, and workers still get in. Look at the network."
            ),
            "grievance.read_by_another": _("A grievance was opened by somebody who does not handle it."),
            "grievance.no_handler": _("The grievance channel needs a handler."),
        }
    )
