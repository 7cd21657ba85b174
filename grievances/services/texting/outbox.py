"""Send what waits: sealed until the gateway has it, tried again with growing pauses, never in a log."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.keywork import Unfit, lock, unlock
from grievances.keys import derived
from grievances.models import PhoneLine, SmsOut
from grievances.smsgateways import GatewayDown, gateway_for
from grievances.smstext import split

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
CLAIM = timedelta(minutes=10)
AT_ONCE = 200
log = logging.getLogger(__name__)
_CONTEXT = b"sms-out"


@dataclass(frozen=True)
class Delivered:
    """What one run of the outbox did."""

    sent: int
    waiting: int
    given_up: int

    def __str__(self) -> str:
        return f"{self.sent} text messages sent, {self.waiting} to be tried again, {self.given_up} given up"


def _key() -> bytes:
    return derived(b"sms-outbox")


def enqueue(line: PhoneLine, number: str, texts: Sequence[str], *, at: datetime | None = None) -> None:
    """Put texts into the outbox of a line, cut into messages, and send them once this transaction stands."""
    when = at or timezone.now()
    pieces = [piece for text in texts for piece in split(text)]
    SmsOut.objects.bulk_create(
        SmsOut(
            line=line,
            next_at=when,
            sealed=lock(_key(), json.dumps([number, piece], ensure_ascii=False).encode(), _CONTEXT),
        )
        for piece in pieces
    )
    if pieces and settings.SMS_URL and at is None:
        line_pk = line.pk
        transaction.on_commit(lambda: _soon(line_pk))


def _soon(line_pk: int) -> None:
    from grievances.tasks import send_texts

    send_texts.enqueue(line_pk=line_pk)


def deliver(at: datetime, *, line_pk: int | None = None) -> Delivered:
    """Send what is due, oldest first and each line's in order; what fails waits longer each time, then is given up."""
    if not settings.SMS_URL:
        return Delivered(0, SmsOut.objects.count(), 0)
    gateway = gateway_for(settings.SMS_URL)
    sent = failed = given_up = 0
    stuck: set[int | None] = set()
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lte=at - CLAIM)
    waiting = SmsOut.objects.filter(unclaimed, next_at__lte=at)
    if line_pk is not None:
        waiting = waiting.filter(line=line_pk)
    for row in list(waiting.order_by("pk")[:AT_ONCE]):
        # The condition is part of the write: two runs at the same moment send a message once.
        if row.line_id in stuck or not waiting.filter(pk=row.pk).update(claimed_at=at):
            continue
        try:
            number, text = json.loads(unlock(_key(), bytes(row.sealed), _CONTEXT))
            gateway.send(number, text, str(row.pk))
        except Unfit:
            row.delete()
            given_up += 1
        except GatewayDown as down:
            stuck.add(row.line_id)
            given_up += _try_later(row, at, final=down.final)
            failed += 1
        else:
            row.delete()
            sent += 1
    if failed:
        log.warning("The text message gateway did not take %s messages.", failed)
    return Delivered(sent, failed, given_up)


def _try_later(row: SmsOut, at: datetime, *, final: bool) -> int:
    """Wait longer before the next try; give a message up that was refused for good or tried for a day."""
    if final or row.tries >= len(PAUSES):
        row.delete()
        return 1
    SmsOut.objects.filter(pk=row.pk).update(tries=row.tries + 1, next_at=at + PAUSES[row.tries], claimed_at=None)
    return 0
