"""Give keys anew: to a colleague whose new key somebody vouches for, and to whoever waits for what others can open."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from core import audit, keypairs, keyring, strongboxes
from core.access import require_role
from core.actors import Actor
from core.models import KeyPair, Strongbox, StrongboxKey, User
from core.roles import Role
from grievances.handlers import holders
from grievances.models import Accused, Grievance, Recusal
from grievances.services import locks
from grievances.services.deleting import hanging_on
from grievances.services.handling import HandlingRefused
from parties.conflicts import parties_of_each

if TYPE_CHECKING:
    from django.db.models import QuerySet

Kind = StrongboxKey.Kind
# So many strongboxes are named in one question: databases limit how many values one may hold.
AT_ONCE = 5000


@dataclass(frozen=True)
class Waiting:
    """A colleague who cannot read everything that she may: her new key is not vouched for, or keys are missing."""

    user: User
    pair: KeyPair
    fingerprint: str
    trusted: bool
    locked: int
    can_give: int


def locked_for(user: User, *, public: str | None = None) -> "QuerySet[Grievance]":
    """Return the grievances that a person may handle and cannot open with her present key, looked up unless given."""
    if public is None:
        pair = keypairs.live_pair(user)
        public = pair.public if pair else ""
    opens = StrongboxKey.objects.filter(strongbox=OuterRef("strongbox"), recipient__in=[public, "server"])
    opens = opens.exclude(wrapped=b"")
    return Grievance.objects.visible_to(user).filter(strongbox__isnull=False).exclude(Exists(opens))


def colleagues_waiting(actor: User) -> list[Waiting]:
    """Return the case officers whose key waits for a word, or who lack keys that the person present could give."""
    found = []
    for user in holders(Role.CASE_OFFICER):
        pair = keypairs.live_pair(user)
        if user.pk == actor.pk or pair is None:
            continue
        # Only what both may know of: a count must not tell of a grievance that is hidden from whoever reads it.
        locked = locked_for(user).filter(pk__in=Grievance.objects.visible_to(actor).values("pk"))
        can_give = len(_givable(user, actor)) if keyring.current().pairs else 0
        if pair.trusted_on is None or can_give:
            found.append(
                Waiting(
                    user=user,
                    pair=pair,
                    fingerprint=keypairs.fingerprint(pair),
                    trusted=pair.trusted_on is not None,
                    locked=locked.count(),
                    can_give=can_give,
                )
            )
    return found


@transaction.atomic
def vouch_for(user: User, public: str, *, actor: User) -> int:
    """Vouch for a colleague's new key and give her what she may read; return how many grievances opened to her.

    Raises HandlingRefused for whoever has no trusted key at hand, and where her key changed since it was shown.
    """
    require_role(actor, Role.CASE_OFFICER)
    mine = keypairs.live_pair(actor)
    if mine is None or mine.trusted_on is None or mine.public not in keyring.current().pairs:
        raise HandlingRefused(_("Your own key is not at hand. Sign out, sign in with your password, and try again."))
    pair = keypairs.live_pair(user)
    if pair is None or pair.public != public or not user.has_role(*keypairs.KEY_ROLES) or user.pk == actor.pk:
        raise HandlingRefused(_("This key was replaced meanwhile. Compare the new number first."))
    keypairs.vouch(pair, actor=actor)
    return give_all(user, actor=actor, by=actor)


@transaction.atomic
def give_all(user: User, *, actor: Actor, by: User | None = None) -> int:
    """Give a person with a trusted key all that she may read and that the ring present opens; return how many."""
    pair = keypairs.trusted_pairs().filter(user=user).first()
    if pair is None:
        return 0
    ring, given = keyring.current(), 0
    for box in Strongbox.objects.filter(pk__in=_givable(user, by)).prefetch_related("keys"):
        given += strongboxes.give(box, ring.private_of(box.pk), [(Kind.PERSON, pair.public)])
    if given:
        audit.record("key.given", actor=actor, subject=user.audit_code, keys=given)
    return given


def _givable(user: User, by: User | None) -> list[UUID]:
    """Return the strongboxes that a person lacks and the ring present opens; `by` limits them to what he may see."""
    have = StrongboxKey.objects.filter(
        strongbox=OuterRef("strongbox"), recipient__in=list(keyring.current().pairs)
    ).exclude(wrapped=b"")
    found = locked_for(user).filter(Exists(have))
    if by is not None:
        found = found.filter(pk__in=Grievance.objects.visible_to(by).values("pk"))
    return list(found.values_list("strongbox", flat=True))


@transaction.atomic
def settle(*, actor: Actor, most: int = 2000) -> tuple[int, int]:
    """Put grievances in order, as many at once as `most`: into a strongbox, and out of the server's reach.

    Return how many moved into a strongbox and from how many the server's key was taken.
    """
    moved = taken = 0
    for grievance in Grievance.objects.filter(strongbox=None, emptied_on=None)[:most]:
        found = hanging_on(grievance)
        in_files = [sealed for file in found.files for sealed in (file.original, file.cleaned) if sealed is not None]
        records = [record for record in [*found.records, *in_files] if record.destroyed_on is None]
        moved += locks.put_in_strongbox(grievance, records, actor=actor)
    with_server = StrongboxKey.objects.filter(kind=Kind.SERVER).values("strongbox")
    for grievance in Grievance.objects.filter(strongbox__in=with_server).select_related("strongbox")[:most]:
        locks.share(grievance, actor=actor)
        box = grievance.strongbox
        taken += box is not None and not box.keys.filter(kind=Kind.SERVER).exists()
    return moved, taken


@transaction.atomic
def prune(*, actor: Actor) -> int:
    """Drop the keys of everybody whose access ended elsewhere: a date that passed, a tie that came to be.

    Return from how many grievances. A handler's pages have been closed to her since the moment it happened. A fixed
    number of queries while nothing is to be dropped, however many grievances and handlers there are.
    """
    lost, found = _lost_keys(), 0
    for boxes in (list(lost)[start : start + AT_ONCE] for start in range(0, len(lost), AT_ONCE)):
        keys = StrongboxKey.objects.filter(strongbox__in=boxes).exclude(kind=Kind.RECEIPT).exclude(wrapped=b"")
        held = list(keys.values_list("strongbox", "recipient"))
        # What nobody else could open stays as it is, unusable, until somebody has a key.
        others = {box for box, public in held if public not in lost[box]}
        for grievance in Grievance.objects.filter(
            strongbox__in=others & {b for b, public in held if public in lost[b]}
        ):
            locks.drop_keys(grievance, actor=actor)
            found += 1
    return found


def _lost_keys() -> dict[UUID, set[str]]:
    """Return by strongbox the keys of whoever is no case officer any more, stepped back, or is tied to the accused."""
    officers = holders(Role.CASE_OFFICER)
    publics: dict[int, set[str]] = defaultdict(set)
    for public, user_id in KeyPair.objects.filter(user__in=officers).values_list("public", "user"):
        publics[user_id].add(public)
    lost: dict[UUID, set[str]] = defaultdict(set)
    left = StrongboxKey.objects.filter(recipient__in=KeyPair.objects.exclude(user__in=officers).values("public"))
    for box, public in left.values_list("strongbox", "recipient"):
        lost[box].add(public)
    own = KeyPair.objects.filter(user=OuterRef(OuterRef("user"))).values("public")
    keys = StrongboxKey.objects.filter(strongbox=OuterRef("grievance__strongbox"))
    gone = Recusal.objects.filter(Exists(keys.filter(recipient__in=own)))
    for box, user_id in gone.values_list("grievance__strongbox", "user"):
        lost[box] |= publics[user_id]
    ties = {user_id: parties for user_id, parties in parties_of_each(officers).items() if parties}
    tied = set().union(*(publics[user_id] for user_id in ties))
    named = Accused.objects.filter(dropped_on=None, party__in=frozenset().union(*ties.values()))
    for box, party in named.filter(Exists(keys.filter(recipient__in=tied))).values_list(
        "grievance__strongbox", "party"
    ):
        for user_id in (user_id for user_id, parties in ties.items() if party in parties):
            lost[box] |= publics[user_id]
    return lost


def uncovered(user: User) -> "QuerySet[Grievance]":
    """Return the grievances that the ring present opens and that are not sealed for the present recovery key yet."""
    recipients = [recipient for _kind, recipient in strongboxes.recovery_recipient()]
    keys = StrongboxKey.objects.filter(strongbox=OuterRef("strongbox")).exclude(wrapped=b"")
    found = Grievance.objects.visible_to(user).filter(Exists(keys.filter(recipient__in=list(keyring.current().pairs))))
    return found.exclude(Exists(keys.filter(recipient__in=recipients))) if recipients else found.none()


@transaction.atomic
def cover(*, actor: User) -> int:
    """Seal everything that the person present can open for the recovery key too; return how many were not yet."""
    require_role(actor, Role.CASE_OFFICER)
    found = list(uncovered(actor).select_related("strongbox"))
    for grievance in found:
        locks.share(grievance, actor=actor)
    return len(found)
