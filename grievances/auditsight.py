"""Keep from an auditor who is tied to any party what the audit trail says of grievances: one may be about him."""

from functools import reduce
from operator import or_

from django.db.models import Q

from core.models import User
from parties.conflicts import parties_of
from parties.models import Party
from recruiters.models import Recruiter

# Everything that a grievance leaves in the trail begins with one of these verbs or is about one of these references.
# Of a prepared report, the trail holds a digest from which its number of cases could be guessed.
VERBS = ("grievance.", "case.", "repayment.", "remedy.", "vault.", "evidence.", "key.", "receipts.", "record.prepared")
SUBJECTS = ("GRV-", "CASE-", "EVD-", "ASK-", "HLP-", "STX-")


def hidden_from(user: User) -> Q | None:
    """Return the entries that a reader must not see; None for whoever is tied to nobody.

    Not only the entries of grievances that accuse him: what is left out of a longer list would tell as much.
    """
    tied = parties_of(user)
    if not tied:
        return None
    refs = [*Party.objects.filter(pk__in=tied).values_list("ref", flat=True)]
    refs += Recruiter.objects.filter(party__in=tied).values_list("ref", flat=True)
    begins = [Q(verb__startswith=verb) for verb in VERBS] + [Q(subject__startswith=ref) for ref in SUBJECTS]
    return reduce(or_, begins, Q(subject__in=refs) | Q(verb="recruiter.risk_noted"))
