"""Who holds a key to a grievance: given at lodging, shared when somebody opens it, taken away when access ends.

A grievance's words lie in its strongbox. Keys to it follow access: every case officer who may see the grievance and
whose own key is trusted, the worker through her receipt, and the organisation's recovery key.
"""

from dataclasses import dataclass

from core import audit, keypairs, keyring, strongboxes, vault
from core.actors import SYSTEM, Actor
from core.keywork import Pair
from core.models import KeyPair, SealedRecord, Strongbox, StrongboxKey, User
from core.vault import KeyHolder
from grievances.handlers import eligible
from grievances.models import Grievance

Kind = StrongboxKey.Kind


def holder_of(grievance: Grievance) -> KeyHolder:
    """Return the holder that wraps what belongs to a grievance: anybody may seal, only who holds a key opens."""
    return vault.holder_of(grievance.strongbox)


def give_first_keys(
    grievance: Grievance, able: list[User], box: Strongbox, private: bytes, worker: Pair | None
) -> None:
    """Give the keys to a new strongbox; where no person could open it, the server keeps one and says so."""
    pairs = keypairs.trusted_pairs().filter(user__in=[user.pk for user in able])
    recipients = [(Kind.PERSON, pair.public) for pair in pairs] + strongboxes.recovery_recipient()
    if not recipients:
        strongboxes.leave_with_server(box, private)
        audit.record("grievance.left_with_server", actor=SYSTEM, subject=grievance.ref)
    if worker is not None:
        recipients.append((Kind.RECEIPT, worker.public))
    strongboxes.give(box, private, recipients)


def share(grievance: Grievance, *, actor: Actor) -> int:
    """Give a key to everybody who is entitled and waits, where somebody present can open it; return to how many.

    Once a person holds a key, the server's own is taken away.
    """
    box = grievance.strongbox
    private = strongboxes.try_private_of(box) if box is not None else None
    if box is None or private is None:
        return 0
    keys = list(box.keys.all())
    had = {key.recipient for key in keys if key.wrapped}
    # Who has a key already is not asked again whether she may: opening stays cheap however many handlers there are.
    fresh = [pair for pair in keypairs.trusted_pairs().select_related("user") if pair.public not in had]
    recipients = [(Kind.PERSON, pair.public) for pair in fresh if grievance.permits(pair.user, "handle")]
    recipients += strongboxes.recovery_recipient()
    recipients += [(Kind.RECEIPT, key.recipient) for key in keys if key.kind == Kind.RECEIPT and not key.wrapped]
    given = strongboxes.give(box, private, recipients)
    if given:
        audit.record("grievance.key_given", actor=actor, subject=grievance.ref, keys=given)
        strongboxes.forget_earlier_recovery(box)
    if any(key.kind == Kind.SERVER for key in keys) and _people_can_open(box) and strongboxes.take_from_server(box):
        audit.record("grievance.taken_from_server", actor=actor, subject=grievance.ref)
    return given


def _people_can_open(box: Strongbox) -> bool:
    return box.keys.filter(kind=Kind.RECOVERY).exists() or bool(strongboxes.people_of(box))


def drop_keys(grievance: Grievance, *, actor: Actor) -> None:
    """Take the keys of everybody who may no longer know of a grievance; nothing that only they could open is lost."""
    box = grievance.strongbox
    if box is None:
        return
    may = {user.pk for user in eligible(grievance)}
    publics = box.keys.filter(kind=Kind.PERSON).values("recipient")
    gone = [pair for pair in KeyPair.objects.filter(public__in=publics) if pair.user_id not in may]
    if not gone:
        return
    share(grievance, actor=actor)
    others = box.keys.exclude(kind=Kind.RECEIPT).exclude(recipient__in=[pair.public for pair in gone])
    if not others.exclude(wrapped=b"").exists():
        private = strongboxes.try_private_of(box)
        if private is None:
            audit.record("grievance.last_key_stays", actor=SYSTEM, subject=grievance.ref)
            return
        strongboxes.leave_with_server(box, private)
        audit.record("grievance.left_with_server", actor=SYSTEM, subject=grievance.ref)
    dropped = strongboxes.take_away(box, {pair.user_id for pair in gone})
    audit.record("grievance.key_taken", actor=actor, subject=grievance.ref, keys=dropped)


def know_worker(grievance: Grievance, worker: Pair) -> None:
    """Let the worker's receipt open her grievance: at once where somebody present can, else at the next opening."""
    box = grievance.strongbox
    if box is None or box.keys.filter(recipient=worker.public).exists():
        return
    private = strongboxes.try_private_of(box)
    box.keys.filter(kind=Kind.RECEIPT).delete()
    if private is not None:
        strongboxes.give(box, private, [(Kind.RECEIPT, worker.public)])
    else:
        StrongboxKey.objects.get_or_create(strongbox=box, recipient=worker.public, defaults={"kind": Kind.RECEIPT})


def who_can_open(grievance: Grievance) -> list[User]:
    """Return the handlers who hold a key and may use it, for whoever must ask one of them."""
    if grievance.strongbox is None:
        return []
    holders = strongboxes.people_of(grievance.strongbox)
    return [user for user in eligible(grievance) if user.pk in holders]


@dataclass(frozen=True)
class Presence:
    """Whether the person present can open a grievance; else whether her key is at hand, and whether it would fit."""

    opens: bool
    has_key: bool = True
    mine: bool = False


def presence(grievance: Grievance, user: User) -> Presence:
    """Say what the present key ring can do with a grievance for the person whose request this is."""
    box, ring = grievance.strongbox, keyring.current()
    if box is None or ring.holds(box.pk):
        return Presence(opens=True)
    return Presence(opens=False, has_key=bool(ring.pairs), mine=user.pk in strongboxes.people_of(box))


def put_in_strongbox(grievance: Grievance, records: list[SealedRecord], *, actor: Actor) -> bool:
    """Move a grievance that the server could open into a strongbox of its own; say whether it moved."""
    if grievance.strongbox is not None or grievance.emptied_on is not None:
        return False
    box, pair = strongboxes.make_box()
    vault.rewrap(
        vault.key_holder(),
        vault.holder_of(box),
        SealedRecord.objects.filter(pk__in=[record.pk for record in records]),
        actor=actor,
    )
    grievance.strongbox = box
    grievance.save(update_fields=["strongbox"])
    give_first_keys(grievance, eligible(grievance), box, pair.private, None)
    return True
