"""Delete what nobody may keep: every sealed record and file that hangs on a grievance, then the grievance itself.

What hangs on it is found by walking the tables, not from a list: a table that is added later is not forgotten. What
remains is a certificate without content, and marks outside the database that let a restored backup forget it again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import models, router, transaction
from django.db.models.deletion import Collector

from core import audit, deletions, vault
from core.actors import Actor
from core.models import EvidenceFile, FormSubmission, Notice, SealedRecord
from grievances.models import Disposal, Grievance, NameMark, WorkerSession
from grievances.services.texting.reaching import drop_reach

WORDS, FILES, WHOLE = "grievance.words", "grievance.files", "grievance.whole"


@dataclass(frozen=True)
class Hanging:
    """Everything that belongs to one grievance."""

    refs: frozenset[str]
    records: tuple[SealedRecord, ...] = field(repr=False)
    files: tuple[EvidenceFile, ...] = field(repr=False)


def hanging_on(grievance: Grievance) -> Hanging:
    """Return the references, sealed records and files of a grievance and of every row that falls with it."""
    return _hanging_on(grievance, _falling_with(grievance))


def _hanging_on(grievance: Grievance, falls: Collector) -> Hanging:
    rows = [row for rows in (*falls.data.values(), *falls.fast_deletes) for row in rows]
    refs = {str(ref) for row in rows if (ref := getattr(row, "ref", ""))}
    records, files = _pointed_at(rows, SealedRecord), _pointed_at(rows, EvidenceFile)
    found = EvidenceFile.objects.filter(models.Q(pk__in=files) | models.Q(subject__in=refs))
    kept = tuple(found.select_related("original", "cleaned").order_by("pk"))
    of_files = {record for file in kept for record in (file.original_id, file.cleaned_id) if record is not None}
    in_box = models.Q(strongbox=grievance.strongbox_id) if grievance.strongbox_id else models.Q(pk=None)
    sealed = SealedRecord.objects.filter(models.Q(pk__in=records) | in_box).exclude(pk__in=of_files)
    return Hanging(frozenset(refs), tuple(sealed.order_by("pk")), kept)


def _falling_with(grievance: Grievance) -> Collector:
    """Return what deletes a grievance with every row that falls with it, whatever table it is in."""
    collector = Collector(using=router.db_for_write(Grievance), origin=grievance)
    collector.collect([grievance])
    return collector


def _pointed_at(rows: Iterable[models.Model], target: type[models.Model]) -> set[object]:
    """Return the keys of rows of one table that these rows point at."""
    return {
        key
        for row in rows
        for column in row._meta.concrete_fields
        if column.related_model is target and (key := getattr(row, column.attname)) is not None
    }


@transaction.atomic
def strip_files(grievance: Grievance, day: date, *, actor: Actor) -> int:
    """Destroy the files of a grievance, whose period is over before that of the words; return how many."""
    files = [file for file in hanging_on(grievance).files if file.original.destroyed_on is None]
    _destroy_files(files, actor=actor)
    if files:
        _certify(grievance, day, rule="evidence_media", files=len(files))
        audit.record("grievance.files_deleted", actor=actor, subject=grievance.ref, files=len(files))
    Grievance.objects.filter(pk=grievance.pk).update(files_until=None)
    deletions.note(FILES, grievance.ref, on=day)
    return len(files)


@transaction.atomic
def empty(grievance: Grievance, day: date, *, actor: Actor, rule: str = "identity") -> None:
    """Destroy everything sealed of a grievance; its codes remain, and a certificate without content."""
    _empty(grievance, hanging_on(grievance), day, actor=actor, rule=rule)


def _empty(grievance: Grievance, found: Hanging, day: date, *, actor: Actor, rule: str) -> None:
    records = [record for record in found.records if record.destroyed_on is None]
    files = [file for file in found.files if file.original.destroyed_on is None]
    for record in records:
        vault.destroy(record, actor=actor)
    _destroy_files(files, actor=actor)
    drop_reach(grievance, actor=actor)
    _forget_traces(grievance, found.refs)
    box, grievance.strongbox = grievance.strongbox, None
    grievance.emptied_on, grievance.files_until = day, None
    grievance.contact_mode = Grievance.ContactMode.RECEIPT
    # From here on the receipt opens nothing, and answers like one that never was.
    grievance.receipt_locator = grievance.receipt_verifier = ""
    grievance.save(
        update_fields=[
            *("emptied_on", "files_until", "contact_mode", "receipt_locator", "receipt_verifier", "strongbox"),
        ]
    )
    if box is not None:
        box.delete()
    _certify(grievance, day, rule=rule, records=len(records), files=len(files))
    audit.record("grievance.emptied", actor=actor, subject=grievance.ref, records=len(records), files=len(files))
    deletions.note(WORDS, grievance.ref, on=day)


def _forget_traces(grievance: Grievance, refs: Iterable[str]) -> None:
    """Take away what lay around it: her open sessions, marks of names, notices, results of forms."""
    WorkerSession.objects.filter(grievance=grievance).delete()
    NameMark.objects.filter(grievance=grievance).delete()
    Notice.objects.filter(subject_ref__in=refs).delete()
    FormSubmission.objects.filter(result__in=refs).delete()


def _destroy_files(files: Iterable[EvidenceFile], *, actor: Actor) -> None:
    for file in files:
        for sealed in (file.original, file.cleaned):
            if sealed is not None and sealed.destroyed_on is None:
                vault.destroy(sealed, actor=actor)


@transaction.atomic
def delete(grievance: Grievance, day: date, *, actor: Actor) -> None:
    """Delete a grievance and its case whole, once its coded facts have been counted long enough."""
    # The tables are walked once: for what must be destroyed first, and for the rows that go.
    falls, ref = _falling_with(grievance), grievance.ref
    found = _hanging_on(grievance, falls)
    if grievance.emptied_on is None:
        _empty(grievance, found, day, actor=actor, rule="identity")
    records = {record.pk for record in found.records}
    records |= {record for file in found.files for record in (file.original_id, file.cleaned_id) if record is not None}
    _forget_traces(grievance, found.refs)
    _certify(grievance, day, rule="case_facts")
    falls.delete()
    EvidenceFile.objects.filter(pk__in=[file.pk for file in found.files]).delete()
    SealedRecord.objects.filter(pk__in=records).delete()
    audit.record("grievance.deleted", actor=actor, subject=ref)
    deletions.note(WHOLE, ref, on=day)


def _certify(grievance: Grievance, day: date, *, rule: str, records: int = 0, files: int = 0) -> None:
    """Write that something was deleted: when, by which rule, how much; nothing of what it said."""
    made, created = Disposal.objects.get_or_create(
        subject_ref=grievance.ref, defaults={"on": day, "rule": rule, "records": records, "files": files}
    )
    if not created:
        made.on, made.rule, made.listed = day, rule, False
        made.records, made.files = made.records + records, made.files + files
        made.save()


def note_certificates(*, every: bool = False) -> int:
    """Put on the list outside the database what a crash between commit and list has left out; return how many.

    Only what is not known to be listed is looked at, unless the list is gone or `every` certificate is wanted.
    """
    waiting = (
        Disposal.objects.all() if every or not deletions.place().exists() else Disposal.objects.filter(listed=False)
    )
    found = [(made, _listing_of(made)) for made in waiting.order_by("pk")]
    if not found:
        return 0
    listed = {(entry.kind, entry.mark) for entry in deletions.entries()}
    missing = [entry for _made, entry in found if (entry.kind, entry.mark) not in listed]
    deletions.append(missing)
    for made, _entry in found:
        if not made.listed:  # as it was read: what was deleted of it meanwhile is looked at again
            Disposal.objects.filter(pk=made.pk, on=made.on, rule=made.rule).update(listed=True)
    return len(missing)


def _listing_of(made: Disposal) -> deletions.Deletion:
    kind = {"case_facts": WHOLE, "evidence_media": FILES}.get(made.rule, WORDS)
    return deletions.Deletion(made.on, kind, deletions.mark_of(made.subject_ref))


def delete_again(known: Sequence[deletions.Deletion], *, actor: Actor) -> int:
    """Delete in a restored database what the list says was deleted, with the days on which it was; return how many."""
    wanted: dict[str, dict[str, date]] = {}
    for entry in known:
        if entry.kind in (WORDS, FILES, WHOLE):
            wanted.setdefault(entry.mark, {})[entry.kind] = entry.on
    done = 0
    for grievance in Grievance.objects.iterator(chunk_size=500) if wanted else ():
        kinds = wanted.get(deletions.mark_of(grievance.ref), {})
        if WHOLE in kinds:
            delete(grievance, kinds[WHOLE], actor=actor)
        elif WORDS in kinds and grievance.emptied_on is None:
            empty(grievance, kinds[WORDS], actor=actor)
        elif FILES in kinds:
            strip_files(grievance, kinds[FILES], actor=actor)
        done += bool(kinds)
    return done
