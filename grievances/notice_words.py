"""Say in words what a notice of the channel tells, without a word about whom it concerns."""

from django.utils.translation import gettext_lazy as _

from core.notices import register_place, register_words


def register() -> None:
    """Register the sentences and the places; called when the app is ready."""
    register_place("GRV", "grievances:grievance")
    register_place("CASE", "grievances:case")
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
            "grievance.second_person": _("A case waits for a second person to close it."),
            "grievance.second_for_keeping": _("Somebody asks to delete or to release a grievance: a second person must agree."),
            "grievance.clawback_check": _("Somebody must be asked whether she kept what was repaid."),
            "grievance.key_waits": _("A colleague has a new key and waits for your word: see Keys."),
            "grievance.recovered": _("The recovery key was used to open grievances to a case officer."),
            "receipts.guessed": _(
                "Somebody is guessing receipts. Tries are slowed down, and workers still get in. Look at the network."
            ),
            "grievance.no_handler": _("The grievance channel needs a handler."),
        }
    )
