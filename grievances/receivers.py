"""What the grievance channel does when the ground floor tells of a new key."""

from typing import Any

from core.actors import SYSTEM
from core.models import User
from core.roles import Role
from core.signals import PairNews
from grievances.handlers import holders, tell
from grievances.services.regranting import settle

# As many as a sign-in can wait for; the hourly job does the rest.
AT_ONCE = 100


def pair_made(sender: Any, news: PairNews, **kwargs: Any) -> None:  # noqa: ARG001
    """Take out of the server's reach what a first trusted key can hold; else tell colleagues that one waits."""
    if news.trusted:
        settle(actor=SYSTEM, most=AT_ONCE)
        return
    colleagues = User.objects.filter(pk__in=[user.pk for user in holders(Role.CASE_OFFICER)]).exclude(pk=news.user_id)
    tell(list(colleagues), "grievance.key_waits", "")
