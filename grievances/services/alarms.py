"""Raise an alarm when receipts are guessed: once per attack, to the people on duty, without anything that was tried."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core import audit, notices
from core.actors import SYSTEM
from core.roles import Role
from grievances import budgets
from grievances.handlers import holders
from grievances.models import GuessAlarm

QUIET = timedelta(hours=6)
"""So long nothing was refused before the next refusals count as another attack."""


def note_refusal() -> None:
    """Count a try that was refused; beyond what tired fingers explain, raise the alarm."""
    if budgets.refusals_alarm():
        raise_alarm()


@transaction.atomic
def raise_alarm() -> bool:
    """Write down that an attack goes on; tell administrators and case officers where it is a new one."""
    now = timezone.now()
    newest = GuessAlarm.objects.order_by("-number").first()
    if newest is not None and now - newest.seen_at < QUIET:
        GuessAlarm.objects.filter(pk=newest.pk).update(seen_at=now)
        return False
    number = newest.number + 1 if newest else 1
    _alarm, new = GuessAlarm.objects.get_or_create(number=number, defaults={"began_at": now, "seen_at": now})
    if new:
        audit.record("receipts.guessed", actor=SYSTEM, subject=f"ATTACK-{number}")
        for user in holders(Role.ADMIN, Role.CASE_OFFICER):
            notices.notify(user, "receipts.guessed", subject_ref="")
    return new
