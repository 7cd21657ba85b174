"""Open again what a lost key locked: two people bring the two parts, and a handler gets what she may read."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, keypairs, keyring
from core.actors import Automatic
from core.keyring import KeyRing
from core.keywork import Pair
from core.models import User
from core.recovery import RecoveryRefused
from core.roles import Role
from grievances.handlers import holders, tell
from grievances.services.regranting import give_all, locked_for

RECOVERY = Automatic("recovery")


@transaction.atomic
def recover(user: User, recovery: Pair, *, first: User, second: User) -> tuple[int, int]:
    """Give a case officer everything that she may read and the recovery key opens.

    Return how many grievances opened to her and how many stay locked. Both people are written down and everybody who
    handles or audits is told. Raises RecoveryRefused where she is one of the two, or has no key of her own yet.
    """
    pair = keypairs.live_pair(user)
    if user in (first, second):
        raise RecoveryRefused(_("Whoever receives the keys cannot be one of the two people."))
    if pair is None or not keypairs.needs_pair(user):
        raise RecoveryRefused(
            _("She must be a case officer and have signed in once, so that she has a key of her own.")
        )
    audit.record(
        "key.recovered", actor=RECOVERY, subject=user.audit_code, first=first.audit_code, second=second.audit_code
    )
    keypairs.vouch(pair, actor=RECOVERY)
    with keyring.holding(KeyRing(lambda: [recovery])):
        given = give_all(user, actor=RECOVERY)
    tell(holders(Role.CASE_OFFICER, Role.AUDITOR), "grievance.recovered", "")
    return given, locked_for(user).count()
