"""Seal and open texts and files: authenticated encryption (libsodium), one data key per record.

Who holds the wrapping key is behind `KeyHolder`: one key from the environment, which the server itself can use, or a
strongbox, which only the people who hold a key to it can open. Opening is always written to the audit trail, with a
coded reason. The design and its threat model: grievances/VAULT.md.
"""

import secrets
import uuid
from typing import Protocol

from django.db import models, transaction
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from core import audit, deletions, keyring, keywork, serverkey
from core.actors import Actor
from core.keyring import Locked as Locked
from core.keyring import VaultError as VaultError
from core.models import SealedRecord, Strongbox
from core.storage import sealed_storage


class KeyHolder(Protocol):
    """Whoever wraps and unwraps data keys."""

    name: str

    def wrap(self, data_key: bytes, context: bytes) -> bytes:
        """Return the data key sealed for this holder, bound to its context."""

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the data key; raises VaultError when key or context do not fit."""


class EnvironmentKeyHolder:
    """Wrap data keys with the key of the environment variable VAULT_KEY."""

    name = "environment"

    def __init__(self, key: bytes) -> None:
        self._box = Aead(key)

    def wrap(self, data_key: bytes, context: bytes) -> bytes:
        """Return the data key sealed under the environment's key."""
        return bytes(self._box.encrypt(data_key, context))

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the data key; raises VaultError when it was sealed under another key or for another record."""
        try:
            return self._box.decrypt(wrapped, context)
        except CryptoError as error:
            raise VaultError("This record was sealed under another key, or was changed.") from error


class StrongboxKeyHolder:
    """Wrap data keys for one strongbox: its public half seals, and only a key of the present key ring opens."""

    name = "strongbox"

    def __init__(self, box: uuid.UUID, public: str = "") -> None:
        self.box, self._public = box, public

    def wrap(self, data_key: bytes, context: bytes) -> bytes:
        """Return the data key sealed for whoever can open the strongbox; no secret is needed."""
        return keywork.wrap_for(self._public, data_key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the data key; raises Locked where nobody present holds a key, VaultError when context differs."""
        try:
            return keywork.unwrap_with(keyring.current().private_of(self.box), wrapped, context)
        except keywork.Unfit as error:
            raise VaultError("This record was sealed for another strongbox, or was changed.") from error


def key_holder() -> KeyHolder:
    """Return the holder whose key is the environment's: the server itself."""
    return EnvironmentKeyHolder(serverkey.wrapping_key())


def holder_of(box: Strongbox | None) -> KeyHolder:
    """Return the holder that wraps for a strongbox; without one, the environment's."""
    return StrongboxKeyHolder(box.pk, box.public) if box is not None else key_holder()


def _holder_of_record(record: SealedRecord) -> KeyHolder:
    return StrongboxKeyHolder(record.strongbox_id) if record.strongbox_id is not None else key_holder()


def _context(record: SealedRecord) -> bytes:
    return f"{record.pk}:{record.purpose}".encode()


def seal(data: str | bytes, *, purpose: str, holder: KeyHolder | None = None) -> SealedRecord:
    """Seal a text or bytes in a row of its own and return it; the purpose is a code and is bound to the content."""
    return _seal(data.encode() if isinstance(data, str) else data, purpose, holder, to_file=False)


def seal_file(data: bytes, *, purpose: str, holder: KeyHolder | None = None) -> SealedRecord:
    """Seal a file's bytes into the sealed storage, synced to the disk before the row is written."""
    return _seal(data, purpose, holder, to_file=True)


def _seal(data: bytes, purpose: str, holder: KeyHolder | None, *, to_file: bool) -> SealedRecord:
    data_key = secrets.token_bytes(Aead.KEY_SIZE)
    holder = holder or key_holder()
    record = SealedRecord(purpose=purpose, key_holder=holder.name, strongbox_id=getattr(holder, "box", None))
    ciphertext = bytes(Aead(data_key).encrypt(data, _context(record)))
    record.wrapped_key = holder.wrap(data_key, _context(record))
    if to_file:
        record.stored_name = sealed_storage().keep(record.pk.hex, ciphertext)
    else:
        record.ciphertext = ciphertext
    record.save(force_insert=True)
    return record


def _decrypt(record: SealedRecord) -> bytes:
    if record.destroyed_on is not None:
        raise VaultError("This record was destroyed when its time to be kept was over.")
    sealed = sealed_storage().read(record.stored_name) if record.stored_name else bytes(record.ciphertext or b"")
    data_key = _holder_of_record(record).unwrap(bytes(record.wrapped_key), _context(record))
    try:
        return Aead(data_key).decrypt(sealed, _context(record))
    except CryptoError as error:
        raise VaultError("This record's content was changed after it was sealed.") from error


@transaction.atomic
def open_bytes(record: SealedRecord, *, actor: Actor, reason: str, subject: str = "") -> bytes:
    """Open a sealed record and write who did, for which coded reason; raises VaultError."""
    data = _decrypt(record)
    audit.record(
        "vault.opened", actor=actor, subject=subject or f"SEAL:{record.pk.hex}", purpose=record.purpose, reason=reason
    )
    return data


def open_text(record: SealedRecord, *, actor: Actor, reason: str, subject: str = "") -> str:
    """Open a sealed text and write who did, for which coded reason; raises VaultError."""
    return open_bytes(record, actor=actor, reason=reason, subject=subject).decode()


@transaction.atomic
def destroy(record: SealedRecord, *, actor: Actor) -> None:
    """Destroy a record's key and content for good; a row without content remains as the certificate."""
    from django.utils import timezone

    stored_name = record.stored_name
    record.wrapped_key, record.ciphertext, record.stored_name, record.strongbox = b"", None, "", None
    record.destroyed_on = timezone.localdate()
    record.save()
    audit.record("vault.destroyed", actor=actor, subject=f"SEAL:{record.pk.hex}", purpose=record.purpose)
    deletions.note("sealed", record.pk.hex)  # an older backup, restored, destroys it again
    if stored_name:
        transaction.on_commit(lambda: sealed_storage().remove(stored_name))


@transaction.atomic
def rewrap(old: KeyHolder, new: KeyHolder, records: models.QuerySet[SealedRecord], *, actor: Actor) -> int:
    """Wrap every data key for a new holder without touching the content; return how many were wrapped."""
    count = 0
    for record in records.filter(destroyed_on__isnull=True, key_holder=old.name):
        record.wrapped_key = new.wrap(old.unwrap(bytes(record.wrapped_key), _context(record)), _context(record))
        record.key_holder, record.strongbox_id = new.name, getattr(new, "box", None)
        record.save(update_fields=["wrapped_key", "key_holder", "strongbox"])
        count += 1
    audit.record("vault.rewrapped", actor=actor, subject="vault", records=count)
    return count
