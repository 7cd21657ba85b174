"""Write and verify the audit trail: append-only, chained by keyed digests, codes and references only."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from core.actors import WORKER, Actor
from core.models import AuditEntry, AuditHead

Fact = str | int | bool | date | None

# No spaces: a code, a reference, a date or a digest fits; a sentence, and so a worker's words, does not.
_CODE = re.compile(r"^[A-Za-z0-9_.:/@+#-]{0,80}$")
_READ = "SELECT sequence, digest FROM core_audithead"
_READ_LOCKED = "SELECT sequence, digest FROM core_audithead FOR UPDATE"
_VERB = re.compile(r"^[a-z_]+(\.[a-z_]+)+$")


def record(verb: str, *, actor: Actor, subject: str, **facts: Fact) -> AuditEntry:
    """Append one entry in the caller's transaction.

    Raises ValueError for anything that is not a code, reference, number or date, and RuntimeError outside a
    transaction: an entry stands or falls with what it records. A worker's acts are kept to the day only.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("The audit trail is written inside the transaction of what it records.")
    clean = {name: _fact(name, value) for name, value in facts.items()}
    if not _VERB.match(verb) or not _CODE.match(subject):
        raise ValueError("An audit entry holds a verb such as licence.suspended and a reference.")
    # Plain SQL for the head: every write of the product passes here, and the ORM would cost more than the work.
    with connection.cursor() as cursor:
        sequence, previous = _lock_head(cursor)
        entry = AuditEntry(
            sequence=sequence + 1,
            at=_moment(actor),
            actor=actor.audit_code,
            verb=verb,
            subject=subject,
            facts=clean,
            previous=previous,
        )
        entry.digest = digest(entry)
        entry.save(force_insert=True)
        cursor.execute("UPDATE core_audithead SET sequence = %s, digest = %s", [entry.sequence, entry.digest])
    return entry


def _lock_head(cursor: CursorWrapper) -> tuple[int, str]:
    """Return the newest link's number and digest, locked until the transaction ends (SQLite has one writer anyway)."""
    cursor.execute(_READ_LOCKED if connection.features.has_select_for_update else _READ)
    found = cursor.fetchone()
    if found is None:
        AuditHead.objects.get_or_create(pk=1)
        return _lock_head(cursor)
    return int(found[0]), str(found[1])


def _moment(actor: Actor) -> datetime:
    now = timezone.now().replace(microsecond=0)
    return now.replace(hour=0, minute=0, second=0) if actor == WORKER else now


def _fact(name: str, value: Fact) -> str | int | bool | None:
    if value is None or isinstance(value, bool | int):
        return value
    text = value.isoformat() if isinstance(value, date) else str(value)
    if not _CODE.match(text):
        raise ValueError(f"The audit fact '{name}' must be a code, a reference, a number or a date.")
    return text


def digest(entry: AuditEntry) -> str:
    """Return the keyed digest of an entry and its predecessor's; without the key nobody can forge the chain."""
    content = [
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor,
        entry.verb,
        entry.subject,
        entry.facts,
        entry.previous,
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.new(_chain_key(), text.encode(), hashlib.sha256).hexdigest()


def _chain_key() -> bytes:
    return hashlib.blake2b(settings.VAULT_KEY.encode(), person=b"audit-chain-v1", digest_size=32).digest()


@dataclass(frozen=True)
class BrokenLink:
    """The first entry at which the chain no longer holds, and why."""

    sequence: int
    reason: str


def verify() -> tuple[int, BrokenLink | None]:
    """Walk the whole chain; return how many entries were read and the first broken link, if any."""
    previous, expected = "", 1
    for entry in _entries():
        if entry.sequence != expected:
            return expected - 1, BrokenLink(expected, f"entry {expected} is missing; entry {entry.sequence} follows")
        if entry.previous != previous:
            return expected - 1, BrokenLink(expected, "it does not continue the entry before it")
        if not hmac.compare_digest(entry.digest, digest(entry)):
            return expected - 1, BrokenLink(expected, "its content was changed after it was written")
        previous, expected = entry.digest, expected + 1
    head = AuditHead.objects.filter(pk=1).first()
    if head and head.sequence != expected - 1:
        return expected - 1, BrokenLink(expected, f"the newest entries are missing: {head.sequence} were written")
    return expected - 1, None


def _entries() -> Iterator[AuditEntry]:
    yield from AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000)
