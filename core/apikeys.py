"""Issue and revoke keys for programs, and recognise them. The secret is shown once; only its digest is kept."""

import hashlib
import hmac
import secrets
from datetime import date

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core import access, audit
from core.actors import Actor
from core.models import Account, ApiKey, User
from core.roles import Role

PREFIX_BYTES = 4
SECRET_BYTES = 32
_scopes: dict[str, str | Promise] = {}


def register_scope(code: str, label: str | Promise) -> None:
    """Name something that a key may be allowed; called from an app's ready()."""
    _scopes[code] = label


def scopes() -> dict[str, str | Promise]:
    """Return every scope with its words, in the order of their codes."""
    return dict(sorted(_scopes.items()))


def digest_of(secret: str) -> str:
    """Return the digest under which a secret is kept; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def issue_key(
    *, label: str, account: Account, scopes: list[str], actor: Actor, expires_on: date | None = None
) -> tuple[ApiKey, str]:
    """Issue a key and return it with its secret, which nobody can ever read again.

    Raises ValidationError for a scope that does not exist, for none at all, and for a last day that is over.
    """
    access.require_role(actor, Role.ADMIN)
    if not scopes or not set(scopes) <= _scopes.keys():
        raise ValidationError(_("Choose what the key may do."))
    if expires_on is not None and expires_on < timezone.localdate():
        raise ValidationError(_("The last day is already over."))
    prefix = secrets.token_hex(PREFIX_BYTES)
    secret = f"sc_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    key = ApiKey.objects.create(
        label=label.strip()[:120],
        account=account,
        prefix=prefix,
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        created_by=actor if isinstance(actor, User) else None,
        expires_on=expires_on,
    )
    audit.record(
        "apikey.issued",
        actor=actor,
        subject=key.ref,
        account=account.ref,
        scopes="+".join(key.scopes)[:80],
        expires=expires_on,
    )
    return key, secret


@transaction.atomic
def revoke_key(key: ApiKey, *, actor: Actor) -> ApiKey:
    """Revoke a key: its next call is refused. A key already revoked stays as it is."""
    access.require_role(actor, Role.ADMIN)
    key = ApiKey.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by = timezone.now(), actor if isinstance(actor, User) else None
        key.save(update_fields=["revoked_at", "revoked_by"])
        audit.record("apikey.revoked", actor=actor, subject=key.ref)
    return key


def recognise(secret: str) -> ApiKey | None:
    """Return the usable key of a secret, or None: unknown, revoked and run out are told apart to nobody."""
    parts = secret.split("_", 2)
    if len(parts) != 3 or parts[0] != "sc" or not parts[1].isalnum() or not secret.isascii():
        return None
    key = ApiKey.objects.usable().filter(prefix=parts[1][:12]).select_related("account").first()
    if key is None or not hmac.compare_digest(key.digest, digest_of(secret)):
        return None
    return key


def note_use(key: ApiKey) -> None:
    """Note the day on which a key was last used: one write a day, and never a reason to refuse the call."""
    today = timezone.localdate()
    if key.last_used_on == today:
        return
    try:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)
    except OperationalError:
        return
    key.last_used_on = today
