"""Count calls by key and by address, in the database, so that every process counts in the same place.

A process draws a few calls at once (a lease), which makes one write for several calls. While the database is locked by
something long, it goes on counting by itself: a caller is then held to his rate per process, and never let through
uncounted.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.api.errors import Refusal
from core.models import ApiKey, ApiMeter

LEASE = 5
"""So many calls are drawn at a time; a rate is kept to within this many for each process."""
BUSY_MS = 250
BUSY_REST = 2.0
"""After the database was too busy to count, so many seconds pass before it is asked again."""
RATES = {"address": 120, "key": 600, "bad_key": 20}
"""Calls a minute: without a key (for each address), with one, and with keys that are wrong (for each address)."""


@dataclass
class _Lease:
    minute: int
    left: int = 0
    local: int = 0
    full: bool = False


_leases: dict[str, _Lease] = {}
_busy_until = [0.0]
_ADD = (
    "INSERT INTO core_apimeter (bucket, minute, used) VALUES (%s, %s, %s) "
    "ON CONFLICT (bucket, minute) DO UPDATE SET used = core_apimeter.used + excluded.used RETURNING used"
)
_lock = Lock()


def count(request: HttpRequest, key: ApiKey | None, *, cost: int = 1) -> None:
    """Count a call; raises Refusal (429) with Retry-After when the caller has had his share of this minute."""
    kind, whom = ("key", key.ref) if key is not None else ("address", address_of(request))
    draw(bucket_of(kind, whom), RATES[kind], cost=cost)


def count_bad_key(request: HttpRequest) -> None:
    """Count a call with a key that is wrong, so that keys cannot be tried out; raises Refusal (429)."""
    draw(bucket_of("bad_key", address_of(request)), RATES["bad_key"])


def address_of(request: HttpRequest) -> str:
    """Return the caller's address as the server before us tells it; never kept, only digested."""
    return str(request.META.get("REMOTE_ADDR") or "")


def bucket_of(kind: str, whom: str) -> str:
    """Return the name of a caller's meter: a keyed digest that changes with the day, so that no address is kept."""
    day = int(time.time()) // 86_400
    secret = hashlib.blake2b(settings.VAULT_KEY.encode(), person=b"api-meter-v1", digest_size=32).digest()
    return hmac.new(secret, f"{kind}|{day}|{whom}".encode(), hashlib.sha256).hexdigest()[:40]


def draw(bucket: str, rate: int, *, cost: int = 1) -> None:
    """Take from a meter; raises Refusal (429) when it is empty."""
    now = time.time()
    minute = int(now // 60)
    with _lock:
        lease = _leases.get(bucket)
        if lease is None or lease.minute != minute:
            if len(_leases) > 10_000:
                _leases.clear()
            lease = _leases[bucket] = _Lease(minute)
        if lease.left < cost and not lease.full:
            _extend(lease, bucket, rate, max(LEASE, cost))
        if lease.left >= cost:
            lease.left -= cost
            return
    wait = max(1, int((minute + 1) * 60 - now) + 1)
    raise Refusal(
        429,
        _("Too many calls. Please wait and go on."),
        headers={"Retry-After": str(wait)},
    )


def _extend(lease: _Lease, bucket: str, rate: int, wanted: int) -> None:
    """Draw a lease from the shared meter."""
    used = _shared(bucket, lease.minute, wanted)
    if used is None:
        lease.local += wanted
        used = lease.local
    granted = max(0, wanted - max(0, used - rate))
    lease.left += granted
    lease.full = granted < wanted


def _shared(bucket: str, minute: int, amount: int) -> int | None:
    """Add to the shared meter and return what stands there now; None while the database has no time for it."""
    if time.monotonic() < _busy_until[0]:
        return None
    try:
        with _short_wait(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ADD, [bucket, minute, amount])
            return int(cursor.fetchone()[0])
    except DatabaseError:
        _busy_until[0] = time.monotonic() + BUSY_REST
        return None


class _short_wait:  # noqa: N801 - reads as a sentence after "with"
    """Make SQLite wait only a moment for its one writer; PostgreSQL locks one row only and needs nothing."""

    def __enter__(self) -> None:
        self._set(BUSY_MS)

    def __exit__(self, *_exc: object) -> None:
        self._set(int(connection.settings_dict.get("OPTIONS", {}).get("timeout", 5) * 1000))

    def _set(self, milliseconds: int) -> None:
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {milliseconds:d}")


def forget_old(now: float) -> int:
    """Delete the meters of earlier hours; return how many."""
    deleted, _each = ApiMeter.objects.filter(minute__lt=int(now // 60) - 60).delete()
    return deleted
