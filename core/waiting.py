"""Offer, on one of a role's lists, the others in which something waits for an answer: nobody has to guess where."""

from django.utils.translation import gettext as _

from core import workspace
from core.listing.page import Action
from core.models import User
from core.roles import Role


def beside(user: User, role: Role, here: str) -> list[Action]:
    """Return a way to each other place of a role that counts what waits, with how much that is today."""
    return [
        Action(
            _("%(place)s: %(count)s without your answer") % {"place": entry.label, "count": count},
            entry.url,
            secondary=True,
        )
        for entry, count in workspace.waiting_elsewhere(user, role, here)
    ]
