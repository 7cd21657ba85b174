"""Escalate what is overdue, exactly once, and let go of what nobody may keep any longer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import DatabaseError, transaction

from core import audit, settling
from core.actors import Automatic
from grievances.handlers import everybody_who_may_know, tell, untied_overseers
from grievances.models import Clock, Grievance, Hold, WorkerSession
from grievances.services import retaining
from grievances.services.deleting import delete, empty, note_certificates, strip_files
from grievances.services.drafts import sweep_drafts
from grievances.services.lodging import lock_receipts

log = logging.getLogger(__name__)
ESCALATE = Automatic("escalate")
PURGE = Automatic("purge")


@dataclass(frozen=True)
class Escalated:
    """What one run of `escalate` did."""

    clocks: int
    without_handler: int

    def __str__(self) -> str:
        return (
            f"{self.clocks} overdue clocks escalated, {self.without_handler} of them without anybody who may handle it"
        )


def escalate(at: datetime) -> Escalated:
    """Escalate every clock that ran out, once each, however long nobody looked; running it again changes nothing."""
    done = without = 0
    overdue = Clock.objects.filter(due_at__lte=at, met_at=None, dropped_at=None, escalated_at=None)
    for pk in list(overdue.order_by("due_at", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            # The condition is part of the write: two runs at the same moment escalate once.
            if not overdue.filter(pk=pk).update(escalated_at=at):
                continue
            clock = Clock.objects.select_related("grievance").get(pk=pk)
            able, overseers = everybody_who_may_know(clock.grievance)
            tell([*able, *overseers], "grievance.overdue", clock.grievance.ref)
            if not able:
                tell(untied_overseers(clock.grievance), "grievance.no_handler", "")
            audit.record(
                "grievance.escalated",
                actor=ESCALATE,
                subject=clock.grievance.ref,
                clock=clock.kind,
                due=clock.due_at.date(),
                handlers=len(able),
            )
            done += 1
            without += not able
    return Escalated(done, without)


@dataclass(frozen=True)
class Purged:
    """What one run of `purge` did."""

    drafts: int
    sessions: int
    receipts: int
    stripped: int
    emptied: int
    deleted: int
    held: int
    failed: int

    def __str__(self) -> str:
        failed = f", {self.failed} could not be deleted and are tried again" if self.failed else ""
        return (
            f"{self.drafts} drafts, {self.sessions} worker sessions and {self.receipts} unfinished receipts let go; "
            f"{self.emptied} grievances emptied of words and files, {self.stripped} of files alone, "
            f"{self.deleted} deleted whole, {self.held} on hold{failed}"
        )


def purge(at: datetime) -> Purged:
    """Let go of drafts, sessions, words, files and grievances whose time is over; running it again changes nothing.

    Each grievance goes in a transaction of its own: one that cannot be deleted stops no other, and is counted.
    """
    day = at.date()
    sessions, _by_model = WorkerSession.objects.filter(begun_on__lt=day).delete()
    retaining.date_what_ended()
    free = Grievance.objects.exclude(pk__in=Hold.objects.standing().values("grievance"))
    tries = (
        [_try(empty, grievance, day) for grievance in free.filter(keep_until__lt=day, emptied_on=None)],
        [_try(strip_files, grievance, day) for grievance in free.filter(files_until__lt=day, emptied_on=None)],
        [_try(delete, grievance, day) for grievance in free.filter(shell_until__lt=day)],
    )
    emptied, stripped, deleted = (sum(done) for done in tries)
    due = Grievance.objects.filter(keep_until__lt=day, emptied_on=None)
    done = Purged(
        drafts=sweep_drafts(at),
        sessions=sessions,
        receipts=lock_receipts(at),
        stripped=stripped,
        emptied=emptied,
        deleted=deleted,
        held=due.filter(pk__in=Hold.objects.standing().values("grievance")).count(),
        failed=sum(len(done) for done in tries) - emptied - stripped - deleted,
    )
    note_certificates()
    if emptied or stripped or deleted:
        settling.settle()
    return done


def _try(verb: Callable[..., object], grievance: Grievance, day: date) -> bool:
    try:
        verb(grievance, day, actor=PURGE)
    except (DatabaseError, OSError):
        log.exception("a grievance could not be deleted")
        return False
    return True
