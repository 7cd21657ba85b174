"""Make strongboxes, give keys to them, and take keys away. Nobody gives what nobody present can open."""

from collections.abc import Iterable

from core import keyring, keywork, serverkey
from core.keyring import Locked, box_context
from core.keywork import Pair
from core.models import KeyPair, RecoveryKey, Strongbox, StrongboxKey


def make_box() -> tuple[Strongbox, Pair]:
    """Return a new strongbox and, for this moment only, its private half."""
    pair = keywork.new_pair()
    return Strongbox.objects.create(public=pair.public), pair


def give(box: Strongbox, private: bytes, recipients: Iterable[tuple[StrongboxKey.Kind, str]]) -> int:
    """Wrap a strongbox's private half for each recipient who has no key yet; return how many got one."""
    had = {key.recipient: key for key in box.keys.all()}
    fresh, given = [], 0
    for kind, recipient in recipients:
        earlier = had.get(recipient)
        if earlier is not None and earlier.wrapped:
            continue
        wrapped = keywork.wrap_for(recipient, private, box_context(box.pk, recipient))
        given += 1
        if earlier is not None:
            earlier.wrapped = wrapped
            earlier.save(update_fields=["wrapped"])
        else:
            fresh.append(StrongboxKey(strongbox=box, kind=kind, recipient=recipient, wrapped=wrapped))
            had[recipient] = fresh[-1]
    # Two people may open the same box at the same moment: either one's wrapping is as good as the other's.
    StrongboxKey.objects.bulk_create(fresh, ignore_conflicts=True)
    return given


def private_of(box: Strongbox) -> bytes:
    """Return a strongbox's private half for the people present; raises Locked."""
    return keyring.current().private_of(box.pk)


def try_private_of(box: Strongbox) -> bytes | None:
    """Return a strongbox's private half, or None where nobody present holds a key."""
    try:
        return private_of(box)
    except Locked:
        return None


def people_of(box: Strongbox) -> "set[int]":
    """Return the ids of the people who hold a key that their present pair opens."""
    keys = box.keys.filter(kind=StrongboxKey.Kind.PERSON).exclude(wrapped=b"")
    return set(
        KeyPair.objects.filter(retired_on=None, public__in=keys.values("recipient")).values_list("user", flat=True)
    )


def take_away(box: Strongbox, user_ids: Iterable[int]) -> int:
    """Drop the keys of these people to a strongbox, those of their retired pairs too; return how many."""
    publics = KeyPair.objects.filter(user__in=list(user_ids)).values("public")
    return box.keys.filter(kind=StrongboxKey.Kind.PERSON, recipient__in=publics).delete()[0]


def recovery_recipient() -> list[tuple[StrongboxKey.Kind, str]]:
    """Return the organisation's recovery key as a recipient, where there is one."""
    return [(StrongboxKey.Kind.RECOVERY, key.public) for key in RecoveryKey.objects.filter(live=True)]


def forget_earlier_recovery(box: Strongbox) -> None:
    """Drop the keys of replaced recovery keys, once the present one has its own."""
    live = RecoveryKey.objects.filter(live=True).values("public")
    keys = box.keys.filter(kind=StrongboxKey.Kind.RECOVERY)
    if keys.filter(recipient__in=live).exists():
        keys.exclude(recipient__in=live).delete()


def leave_with_server(box: Strongbox, private: bytes) -> None:
    """Let the server itself open a strongbox, so that it is not lost, until a person has a key."""
    wrapped = keywork.lock(serverkey.wrapping_key(), private, box_context(box.pk, serverkey.RECIPIENT))
    StrongboxKey.objects.get_or_create(
        strongbox=box, recipient=serverkey.RECIPIENT, defaults={"kind": StrongboxKey.Kind.SERVER, "wrapped": wrapped}
    )


def take_from_server(box: Strongbox) -> bool:
    """Take the server's key away, now that people hold theirs; say whether it had one."""
    return bool(box.keys.filter(kind=StrongboxKey.Kind.SERVER).delete()[0])
