"""Keep from an auditor who is tied to any party what the audit trail says of visits: one may be to him."""

from functools import reduce
from operator import or_

from django.db.models import Q

from core.models import User
from parties.conflicts import parties_of

VERBS = ("visit.", "finding.", "interview.", "letter.", "referral.")
SUBJECTS = ("VIS-", "FND-", "INT-", "LET-", "REF-", "ACT-")


def hidden_from(user: User) -> Q | None:
    """Return the entries that a reader must not see; None for whoever is tied to nobody.

    Not only of visits to whom he is tied: what is left out of a longer list would tell as much.
    """
    if not parties_of(user):
        return None
    return reduce(or_, [Q(verb__startswith=verb) for verb in VERBS] + [Q(subject__startswith=ref) for ref in SUBJECTS])
