"""Let a worker in with her receipt and out again: one answer for whoever is unknown, and short sessions."""

import secrets

from django.db import transaction
from django.utils import timezone

from core import audit
from core.actors import WORKER
from grievances import budgets, verifiers
from grievances.keys import receipt_locator, session_digest
from grievances.models import Grievance, WorkerSession
from grievances.receipts import Receipt


class PleaseWait(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """Too many tries in a short time; `seconds` says how long to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = max(1, round(seconds))


def find_by_receipt(receipt: Receipt, *, source: str) -> Grievance | None:
    """Return the grievance that a receipt opens, or None: unknown, expired and foreign receipts cost the same work.

    Raises PleaseWait before any costly work when too many tries came in a short time.
    """
    locator = receipt_locator(receipt)
    candidates = list(Grievance.objects.filter(receipt_locator=locator).order_by("pk")[:3])
    wait = budgets.wait_for_guess(source, locator, known=bool(candidates))
    if wait:
        raise PleaseWait(wait)
    if not candidates:
        verifiers.fits(receipt, None)
    found = None
    for candidate in candidates:
        if verifiers.fits(receipt, candidate.receipt_verifier):
            found = candidate
    return found


@transaction.atomic
def open_session(grievance: Grievance) -> str:
    """Begin a worker's session and return the secret for her cookie."""
    secret = secrets.token_urlsafe(32)
    WorkerSession.objects.create(digest=session_digest(secret), grievance=grievance, begun_on=timezone.localdate())
    audit.record("grievance.worker_entered", actor=WORKER, subject=grievance.ref)
    return secret


def grievance_of_session(secret: str) -> Grievance | None:
    """Return the grievance of a session that still stands."""
    row = WorkerSession.objects.select_related("grievance").filter(digest=session_digest(secret)).first()
    return row.grievance if row else None


def end_session(secret: str) -> None:
    """End a session for good."""
    WorkerSession.objects.filter(digest=session_digest(secret)).delete()
