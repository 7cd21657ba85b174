"""Say how the vault stands: whose keys it has, and what keeps it from being in people's hands alone."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import keypairs
from core.models import KeyPair, RecoveryKey, Strongbox, StrongboxKey, User
from core.roles import Role

Kind = StrongboxKey.Kind
NO_HANDLER = _(
    "No case officer has a key: what comes in now can be opened by the server itself. Let a case officer sign in with "
    "her password."
)
WITH_SERVER = _("Some grievances can still be opened by the server itself. The hourly job seals them for people.")
NO_RECOVERY = _(
    "There is no recovery key: should every case officer lose her password, nothing could be opened again. Let two "
    "people run make_recovery_key and keep its parts offline."
)
ONE_HANDLER = _(
    "Only one case officer has a key. Let a second one sign in, so that one can give the other access again."
)


@dataclass(frozen=True)
class Holder:
    """One case officer and her key."""

    user: User
    state: str
    keys: int
    alone: int


@dataclass(frozen=True)
class VaultState:
    """What an administrator may know of the vault: counts and keys, never what they open."""

    holders: tuple[Holder, ...]
    recovery: RecoveryKey | None
    strongboxes: int
    with_server: int
    warnings: tuple[tuple[str, Promise], ...]


def vault_state() -> VaultState:
    """Return how the vault stands now."""
    with_server = StrongboxKey.objects.filter(kind=Kind.SERVER).count()
    recovery = RecoveryKey.objects.filter(live=True).first()
    trusted = keypairs.trusted_pairs().count()
    warnings = [
        ("W001", NO_HANDLER, not trusted),
        ("W002", WITH_SERVER, bool(with_server and trusted)),
        ("W003", NO_RECOVERY, recovery is None),
        ("W004", ONE_HANDLER, trusted == 1),
    ]
    return VaultState(
        holders=tuple(holder_of(user) for user in case_officers()),
        recovery=recovery,
        strongboxes=Strongbox.objects.filter(keys__kind=Kind.RECEIPT).count(),
        with_server=with_server,
        warnings=tuple((code, words) for code, words, holds in warnings if holds),
    )


def case_officers() -> list[User]:
    """Return everybody whose role needs a key today, and whoever still holds one."""
    current = User.objects.filter(is_active=True, memberships__role=Role.CASE_OFFICER).distinct()
    return [user for user in current.order_by("display_name", "pk") if keypairs.needs_pair(user)]


def holder_of(user: User) -> Holder:
    """Return a person's key, how many strongboxes it opens, and how many nothing else opens."""
    pair = keypairs.live_pair(user)
    state = "none" if pair is None else "trusted" if pair.trusted_on else "waiting"
    hers = StrongboxKey.objects.filter(recipient=pair.public if pair else "")
    retired = KeyPair.objects.filter(retired_on__isnull=False).values("public")
    others = StrongboxKey.objects.filter(strongbox=OuterRef("strongbox")).exclude(kind=Kind.RECEIPT)
    others = others.exclude(recipient=pair.public if pair else "").exclude(recipient__in=retired)
    return Holder(user, state, hers.count(), hers.exclude(Exists(others)).count())
