"""Make, open, seal anew and retire a person's key pair; and say whose new pair colleagues have vouched for.

The private half opens with the person's password alone, stretched by Argon2id and tied to this installation's
VAULT_KEY, so that a stolen database cannot be tried against lists of passwords. A pair gets keys to strongboxes only
once it is trusted: somebody who sets another person's password must not become her.
"""

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from core import audit, keywork, serverkey
from core.actors import SYSTEM, Actor
from core.keywork import Cost, Pair, Unfit
from core.models import KeyPair, Membership, StrongboxKey, User
from core.roles import Role
from core.signals import PairNews, pair_made

# Whose work is to open what others sealed.
KEY_ROLES = frozenset({Role.CASE_OFFICER})


def pepper_code() -> str:
    """Return a code that changes when the installation's part changes, and tells nothing of it."""
    return keywork.part_of(serverkey.pepper(), b"pepper-code-v1", size=8).hex()


def needs_pair(user: User) -> bool:
    """Say whether a person holds a role today whose work is to open what others sealed."""
    return Membership.objects.current(timezone.localdate()).filter(user=user, role__in=KEY_ROLES).exists()


def live_pair(user: User) -> KeyPair | None:
    """Return the pair that a person uses now."""
    return KeyPair.objects.filter(user=user, retired_on=None).first()


def open_at_sign_in(user: User, password: str) -> Pair | None:
    """Return a person's unlocked pair, made now where her role needs one and she has none.

    A pair that her right password does not open was sealed by an earlier password: it is retired and a new one made.
    None where she needs no pair, or where the installation's VAULT_KEY is not the one that her pair was made with.
    """
    pair = live_pair(user)
    if pair is None:
        return _make(user, password) if needs_pair(user) else None
    if pair.pepper != pepper_code():
        return None
    try:
        return unseal(pair, password)
    except Unfit:
        return renew(user, password)


def unseal(pair: KeyPair, password: str) -> Pair:
    """Return the unlocked pair; raises Unfit for another password."""
    key = _key(password, bytes(pair.salt), Cost(pair.passes, pair.memory))
    return Pair(keywork.unlock(key, bytes(pair.sealed_private), _context(pair.user_id, pair.public)))


@transaction.atomic
def reseal(user: User, unlocked: Pair, password: str) -> None:
    """Seal a person's private half under her new password; call it in the transaction that sets the password."""
    pair = KeyPair.objects.select_for_update().get(user=user, public=unlocked.public, retired_on=None)
    _seal(pair, unlocked, password)
    pair.save()
    audit.record("key.resealed", actor=user, subject=user.audit_code)


@transaction.atomic
def renew(user: User, password: str) -> Pair:
    """Retire a pair whose password is lost and make a new one; what the old one opened waits for a colleague."""
    KeyPair.objects.filter(user=user, retired_on=None).update(retired_on=timezone.localdate())
    audit.record("key.retired", actor=user, subject=user.audit_code)
    return _make(user, password)


def _make(user: User, password: str) -> Pair:
    unlocked = keywork.new_pair()
    pair = KeyPair(user=user, public=unlocked.public)
    _seal(pair, unlocked, password)
    try:
        with transaction.atomic():
            if not _somebody_is_trusted():
                pair.trusted_on = timezone.localdate()
            pair.save(force_insert=True)
            trusted = pair.trusted_on is not None
            audit.record("key.made", actor=user, subject=user.audit_code, trusted=trusted)
            pair_made.send(sender=KeyPair, news=PairNews(user.pk, pair.public, trusted))
    except IntegrityError:
        # Two sign-ins of the same person at the same moment: the first one's pair stands.
        return unseal(KeyPair.objects.get(user=user, retired_on=None), password)
    return unlocked


def _seal(pair: KeyPair, unlocked: Pair, password: str) -> None:
    cost, pair.salt = Cost(*settings.KEY_COST), keywork.new_salt()
    pair.passes, pair.memory, pair.pepper = cost.passes, cost.memory, pepper_code()
    key = _key(password, pair.salt, cost)
    pair.sealed_private = keywork.lock(key, unlocked.private, _context(pair.user_id, pair.public))


def _key(password: str, salt: bytes, cost: Cost) -> bytes:
    return keywork.part_of(serverkey.pepper(), b"person-key-v1", keywork.stretch(password.encode(), salt, cost))


def _context(user_id: int, public: str) -> bytes:
    return f"keypair:{user_id}:{public}".encode()


def trusted_pairs(on: date | None = None) -> "QuerySet[KeyPair]":
    """Return the live, trusted pairs of the people whose role needs one today."""
    members = Membership.objects.current(on or timezone.localdate()).filter(role__in=KEY_ROLES)
    return KeyPair.objects.filter(
        retired_on=None, trusted_on__isnull=False, user__is_active=True, user__in=members.values("user")
    )


def _somebody_is_trusted() -> bool:
    return trusted_pairs().exists()


@transaction.atomic
def vouch(pair: KeyPair, *, actor: Actor) -> None:
    """Trust a person's new pair, on the word of a colleague who asked her; raises ValueError for one's own."""
    by = actor if isinstance(actor, User) else None
    if by is not None and by.pk == pair.user_id:
        raise ValueError("Nobody vouches for her own key.")
    if pair.trusted_on is None:
        pair.trusted_on, pair.trusted_by = timezone.localdate(), by
        pair.save(update_fields=["trusted_on", "trusted_by"])
        audit.record("key.trusted", actor=actor, subject=pair.user.audit_code)


@transaction.atomic
def take_keys_away(user: User, *, actor: Actor = SYSTEM) -> int:
    """Drop every key that a person holds because her role ended; return how many had to stay.

    Her key to a strongbox that nobody else could open stays, so that nothing is lost: without her role she reaches no
    page that would use it. Her pair must be trusted anew, should she come back.
    """
    pairs = KeyPair.objects.filter(user=user)
    hers = StrongboxKey.objects.filter(recipient__in=pairs.values("public"))
    others = (
        StrongboxKey.objects.filter(strongbox=OuterRef("strongbox"))
        .exclude(kind=StrongboxKey.Kind.RECEIPT)
        .exclude(recipient__in=pairs.values("public"))
        .exclude(recipient__in=KeyPair.objects.filter(retired_on__isnull=False).values("public"))
    )
    dropped, _by_model = hers.filter(Exists(others)).delete()
    stay = hers.count()
    pairs.filter(retired_on=None).update(trusted_on=None, trusted_by=None)
    if dropped or stay:
        audit.record("key.taken_away", actor=actor, subject=user.audit_code, keys=dropped, last=stay)
    return stay


def fingerprint(pair: KeyPair) -> str:
    """Return what two people compare aloud before one vouches for the other: five groups of four digits."""
    number = int.from_bytes(keywork.part_of(bytes.fromhex(pair.public), b"fingerprint-v1"), "big")
    digits = f"{number % 10**20:020d}"
    return " ".join(digits[place : place + 4] for place in range(0, 20, 4))
