"""Make the recovery key, and let two people together use it; the server never keeps its private half."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, keypairs
from core.actors import SYSTEM
from core.keywork import Pair
from core.models import RecoveryKey, User
from core.recoverykeys import BadPart, Part, join, make_parts, read_part

WHY = {
    "length": "A part has 64 letters and digits, in sixteen groups of four. Some are missing or too many.",
    "mistyped": "A letter or digit of this part is wrong. Compare each group with the paper.",
    "same": "This is the same part twice. The other person's part is needed.",
    "different": "These two parts belong to different recovery keys.",
    "unknown": "These parts fit each other, but no recovery key of this installation.",
}


class RecoveryRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A recovery key that cannot be made or used so; the message is for people."""


def two_people(first: str, second: str) -> tuple[User, User]:
    """Return two different people who may sign in, by their sign-in names; raises RecoveryRefused."""
    found = []
    for name in (first, second):
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None or not user.roles:
            raise RecoveryRefused(_("Nobody with a role today signs in as %(name)s.") % {"name": name})
        found.append(user)
    if found[0] == found[1]:
        raise RecoveryRefused(_("Two different people are needed."))
    return found[0], found[1]


@transaction.atomic
def make_recovery_key(*, first: str, second: str, replace: bool = False) -> tuple[Part, Part]:
    """Make the recovery key for two people to keep, and return its parts; only the public half is stored.

    Raises RecoveryRefused where one exists already, and before any handler has a key: else what comes in meanwhile
    could be read by nobody without both parts.
    """
    one, two = two_people(first, second)
    if not keypairs.trusted_pairs().exists():
        raise RecoveryRefused(_("No case officer has a key yet. Let one sign in first, then make the recovery key."))
    if RecoveryKey.objects.filter(live=True).exists() and not replace:
        raise RecoveryRefused(_("There is a recovery key already. Add --replace to make a new one in its place."))
    RecoveryKey.objects.filter(live=True).update(live=False)
    pair, part_one, part_two = make_parts()
    RecoveryKey.objects.create(public=pair.public)
    audit.record("key.recovery_made", actor=SYSTEM, subject="recovery", first=one.audit_code, second=two.audit_code)
    return part_one, part_two


def join_parts(typed_one: str, typed_other: str) -> Pair:
    """Return the recovery key that two typed parts make; raises RecoveryRefused with what is wrong with which."""
    parts = []
    for place, typed in enumerate((typed_one, typed_other), start=1):
        try:
            parts.append(read_part(typed))
        except BadPart as bad:
            raise RecoveryRefused(f"The part typed {('first', 'second')[place - 1]}: {WHY[bad.code]}") from bad
    try:
        pair = join(*parts)
    except BadPart as bad:
        raise RecoveryRefused(WHY[bad.code]) from bad
    if not RecoveryKey.objects.filter(public=pair.public).exists():
        raise RecoveryRefused(WHY["unknown"])
    return pair
