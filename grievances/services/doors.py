"""Let a worker in with her receipt and out again: one answer for whoever is unknown, and short sessions."""

import secrets
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from core import audit, keywork
from core.actors import WORKER
from core.keyring import KeyRing
from core.keywork import Pair, Unfit
from grievances import budgets, verifiers
from grievances.keys import receipt_locator, session_digest
from grievances.models import Grievance, WorkerSession
from grievances.receipts import Receipt
from grievances.services import alarms, locks
from grievances.verifiers import Known


class PleaseWait(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """Too many tries in a short time; `seconds` says how long to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = max(1, round(seconds))


@dataclass(frozen=True)
class Entrance:
    """What a receipt opens: the grievance, and the worker's own key to what it holds."""

    grievance: Grievance
    pair: Pair = field(repr=False)


def find_by_receipt(receipt: Receipt, *, source: str) -> Grievance | None:
    """Return the grievance that a receipt opens, or None; see let_in."""
    entrance = let_in(receipt, source=source)
    return entrance.grievance if entrance else None


def let_in(receipt: Receipt, *, source: str) -> Entrance | None:
    """Return what a receipt opens, or None: unknown, expired and foreign receipts cost the same work.

    Raises PleaseWait before any costly work when too many tries came in a short time.
    """
    locator = receipt_locator(receipt)
    candidates = list(Grievance.objects.filter(receipt_locator=locator).order_by("pk")[:3])
    wait = budgets.wait_for_guess(source, locator, known=bool(candidates))
    if wait:
        alarms.note_refusal()
        raise PleaseWait(wait)
    if not candidates:
        verifiers.admit(receipt, None)
    found = None
    for candidate in candidates:
        known = verifiers.admit(receipt, candidate.receipt_verifier)
        if known is not None:
            found = (candidate, known)
    return _welcome(*found) if found else None


@transaction.atomic
def _welcome(grievance: Grievance, known: Known) -> Entrance:
    """Store a verifier of today's form in place of an earlier one, and see to it that her key opens her grievance."""
    if grievance.receipt_verifier != known.verifier:
        grievance.receipt_verifier = known.verifier
        grievance.save(update_fields=["receipt_verifier"])
    locks.know_worker(grievance, known.pair)
    return Entrance(grievance, known.pair)


@transaction.atomic
def open_session(grievance: Grievance, pair: Pair | None = None) -> str:
    """Begin a worker's session and return the secret for her cookie; her key lies on the server sealed by it."""
    secret = secrets.token_urlsafe(32)
    digest = session_digest(secret)
    WorkerSession.objects.create(
        digest=digest,
        grievance=grievance,
        begun_on=timezone.localdate(),
        sealed_key=keywork.lock(_cookie_key(secret), pair.private, digest.encode()) if pair else b"",
    )
    audit.record("grievance.worker_entered", actor=WORKER, subject=grievance.ref)
    return secret


def grievance_of_session(secret: str) -> Grievance | None:
    """Return the grievance of a session that still stands."""
    row = WorkerSession.objects.select_related("grievance").filter(digest=session_digest(secret)).first()
    return row.grievance if row else None


def ring_of_session(secret: str) -> KeyRing:
    """Return the key ring of a worker's session: her own key, which opens her own grievance and nothing else."""

    def load() -> list[Pair]:
        row = WorkerSession.objects.filter(digest=session_digest(secret)).first()
        if row is None or not row.sealed_key:
            return []
        try:
            return [Pair(keywork.unlock(_cookie_key(secret), bytes(row.sealed_key), row.digest.encode()))]
        except Unfit:
            return []

    return KeyRing(load)


def _cookie_key(secret: str) -> bytes:
    """Return the key that only the worker's cookie leads to; what the server keeps of the cookie leads nowhere."""
    return keywork.part_of(secret.encode(), b"worker-session-1")


def end_session(secret: str) -> None:
    """End a session for good."""
    WorkerSession.objects.filter(digest=session_digest(secret)).delete()
