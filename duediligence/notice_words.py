"""Say in words what a notice to a company tells, and where its reader finds it."""

from django.utils.translation import gettext_lazy as _

from core.notices import register_place, register_words


def register() -> None:
    """Register the sentence and the place; called when the app is ready."""
    register_place("STX", "duediligence:case")
    register_words({"duediligence.case": _("A case concerns a recruiter you work with.")})
