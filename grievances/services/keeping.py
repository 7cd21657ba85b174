"""Escalate what is overdue, exactly once, and let go of what nobody may keep any longer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError

from core import audit, vault
from core.actors import Automatic
from core.models import EvidenceFile, SealedRecord
from grievances.handlers import eligible as handlers_of
from grievances.handlers import tell, untied_overseers
from grievances.models import Clock, Disposal, Grievance, WorkerSession
from grievances.services.drafts import sweep_drafts
from grievances.services.lodging import lock_receipts
from grievances.services.texting.reaching import drop_reach

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
            able = handlers_of(clock.grievance)
            tell(able or untied_overseers(clock.grievance), "grievance.overdue", clock.grievance.ref if able else "")
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
    emptied: int
    deleted: int
    held: int

    def __str__(self) -> str:
        return (
            f"{self.drafts} drafts, {self.sessions} worker sessions and {self.receipts} unfinished receipts let go; "
            f"{self.emptied} grievances emptied of words and files, {self.deleted} deleted whole, {self.held} on hold"
        )


def purge(at: datetime) -> Purged:
    """Let go of drafts, sessions, words, files and grievances whose time is over; running it again changes nothing."""
    day = at.date()
    sessions, _by_model = WorkerSession.objects.filter(begun_on__lt=day).delete()
    due = Grievance.objects.filter(keep_until__lt=day)
    emptied = [_empty(grievance, day) for grievance in due.filter(hold=False, emptied_on=None)]
    gone = [_delete(grievance, day) for grievance in Grievance.objects.filter(shell_until__lt=day, hold=False)]
    return Purged(
        drafts=sweep_drafts(at),
        sessions=sessions,
        receipts=lock_receipts(at),
        emptied=len(emptied),
        deleted=len(gone),
        held=due.filter(hold=True, emptied_on=None).count(),
    )


@transaction.atomic
def _empty(grievance: Grievance, day: date) -> None:
    """Destroy everything sealed of a grievance; its codes remain, and a certificate without content."""
    records, files = sealed_of(grievance), evidence_of(grievance)
    for record in records:
        vault.destroy(record, actor=PURGE)
    for file in files:
        for sealed in (file.original, file.cleaned):
            if sealed is not None:
                vault.destroy(sealed, actor=PURGE)
    drop_reach(grievance, actor=PURGE)
    box, grievance.strongbox = grievance.strongbox, None
    grievance.emptied_on = day
    grievance.contact_mode = Grievance.ContactMode.RECEIPT
    # From here on the receipt opens nothing, and answers like one that never was.
    grievance.receipt_locator = grievance.receipt_verifier = ""
    grievance.save(update_fields=["emptied_on", "contact_mode", "receipt_locator", "receipt_verifier", "strongbox"])
    if box is not None:
        for record in box.records.all():
            vault.destroy(record, actor=PURGE)
        box.delete()
    Disposal.objects.create(subject_ref=grievance.ref, on=day, rule="identity", records=len(records), files=len(files))
    audit.record("grievance.emptied", actor=PURGE, subject=grievance.ref, records=len(records), files=len(files))


@transaction.atomic
def _delete(grievance: Grievance, day: date) -> None:
    """Delete a grievance and its case whole, once its coded facts have been counted long enough."""
    if grievance.emptied_on is None:
        _empty(grievance, day)
    records, files, ref = sealed_of(grievance), evidence_of(grievance), grievance.ref
    grievance.delete()
    for file in files:
        sealed = [record for record in (file.original, file.cleaned) if record is not None]
        EvidenceFile.objects.filter(pk=file.pk).delete()
        records += sealed
    for record in records:
        try:
            SealedRecord.objects.filter(pk=record.pk).delete()
        except ProtectedError:
            continue
    Disposal.objects.filter(subject_ref=ref).update(rule="case_facts")
    audit.record("grievance.deleted", actor=PURGE, subject=ref)


def sealed_of(grievance: Grievance) -> list[SealedRecord]:
    """Return every sealed text of a grievance, its messages, decisions and steps."""
    found = [grievance.statement, grievance.names_told, grievance.contact]
    found += [message.body for message in grievance.messages.select_related("body")]
    found += [decision.note for decision in grievance.decisions.select_related("note")]
    case = getattr(grievance, "case", None)
    if case is not None:
        found += [step.note for step in case.steps.select_related("note")]
    return [record for record in found if record is not None]


def evidence_of(grievance: Grievance) -> list[EvidenceFile]:
    """Return every file of a grievance and its case."""
    subjects = [grievance.ref]
    case = getattr(grievance, "case", None)
    if case is not None:
        subjects.append(case.ref)
    return list(EvidenceFile.objects.filter(subject__in=subjects).select_related("original", "cleaned"))
