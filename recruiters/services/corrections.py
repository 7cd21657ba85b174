"""Ask for what must be put right, take the recruiter's answers, decide on them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, evidence, notices, vault
from core.actors import Actor
from core.models import Notice, User
from recruiters.models import Assessment, Correction, CorrectionStep, FactStep
from recruiters.services.assessments import criteria_of
from recruiters.services.register import officers, people_of
from recruiters.services.risk import rate_recruiter, write_step


class CorrectionRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A step that cannot be taken; the message is for people."""


def _step(correction: Correction, state: str, *, actor: Actor, **fields: Any) -> None:
    correction.state = Correction.State(state)
    correction.save(update_fields=["state", "due_on"])
    by = actor if isinstance(actor, User) else None
    CorrectionStep.objects.create(correction=correction, state=state, by=by, due_on=correction.due_on, **fields)
    audit.record(
        f"correction.{state}", actor=actor, subject=correction.ref, recruiter=correction.recruiter.ref,
        criterion=correction.criterion, due=correction.due_on,
    )  # fmt: skip


def _locked(correction: Correction, *states: str) -> Correction:
    rows = Correction.objects.select_for_update(of=("self",)).select_related("recruiter__party", "assessment")
    found: Correction = rows.get(pk=correction.pk)
    if found.state not in states:
        raise CorrectionRefused(_("This action does not wait for that any more."))
    return found


@transaction.atomic
def ask_correction(
    assessment: Assessment, *, criterion: str, severity: str, what: str, owner: str, due_on: date, actor: Actor
) -> Correction:
    """Ask the recruiter to put something right by a day. Raises CorrectionRefused for a day that is past."""
    access.require(actor, "decide", assessment)
    if criterion not in {each.code for each in criteria_of(assessment)}:
        raise CorrectionRefused(_("There is no such criterion."))
    if due_on <= timezone.localdate():
        raise CorrectionRefused(_("Give a day that is still to come."))
    if not what.strip():
        raise CorrectionRefused(_("Say what must be put right."))
    correction = Correction(
        recruiter=assessment.recruiter, assessment=assessment, criterion=criterion, severity=severity,
        what=what.strip()[:500], owner=owner, due_on=due_on, opened_by=actor if isinstance(actor, User) else None,
    )  # fmt: skip
    correction.save()
    _step(correction, Correction.State.OPEN, actor=actor)
    for user in people_of(assessment.recruiter):
        notices.notify(user, "correction_open", subject_ref=correction.ref)
    return correction


@transaction.atomic
def answer_correction(
    correction: Correction, *, words: str, actor: User, files: "Iterable[UploadedFile[Any]]" = ()
) -> Correction:
    """Say for the recruiter how it was put right; the words are sealed, the papers kept as evidence."""
    access.require(actor, "answer", correction)
    correction = _locked(correction, *Correction.WAITS_FOR_RECRUITER)
    if not words.strip():
        raise CorrectionRefused(_("Say how it was put right."))
    for upload in files:
        correction.files.add(evidence.keep(upload, actor=actor, subject=correction.ref))
    sealed = vault.seal(words.strip()[:4000], purpose="recruiter.correction")
    _step(correction, Correction.State.ANSWERED, actor=actor, words=sealed)
    for officer in officers():
        notices.notify(officer, "correction_answered", subject_ref=correction.ref)
    return correction


@transaction.atomic
def decide_correction(
    correction: Correction, *, accept: bool, note: str, actor: Actor, due_on: date | None = None
) -> Correction:
    """Accept an answer, or return it with a reason and a new day; the recruiter reads the note.

    When the last action for a criterion is put right, its fact counts as remedied and the recruiter is rated anew.
    """
    access.require(actor, "decide", correction)
    correction = _locked(correction, Correction.State.ANSWERED)
    if not accept:
        if not note.strip():
            raise CorrectionRefused(_("Say what is still missing."))
        if due_on is None or due_on <= timezone.localdate():
            raise CorrectionRefused(_("Give a new day that is still to come."))
        correction.due_on = due_on
    state = Correction.State.CLOSED if accept else Correction.State.RETURNED
    _step(correction, state, actor=actor, note=note.strip()[:1000])
    for user in people_of(correction.recruiter):
        notices.notify(user, f"correction_{state}", subject_ref=correction.ref)
    if accept:
        _settle(correction, actor=actor)
    return correction


def _settle(correction: Correction, *, actor: Actor) -> None:
    same = correction.assessment.corrections.filter(criterion=correction.criterion)
    if same.filter(state__in=Correction.UNDONE).exists():
        return
    facts = correction.recruiter.risk_facts.filter(
        source_ref=correction.assessment.ref, code=f"gap.{correction.criterion}"
    ).prefetch_related("steps")
    open_facts = [fact for fact in facts if fact.state in ("standing", "disputed")]
    for fact in open_facts:
        write_step(fact, FactStep.Is.REMEDIED, actor=actor, reason_code="put_right")
    if open_facts:
        rate_recruiter(correction.recruiter, actor=actor, cause="correction", cause_ref=correction.ref)


@transaction.atomic
def drop_correction(correction: Correction, *, note: str, actor: Actor) -> Correction:
    """Drop an action that is not needed, with the reason."""
    access.require(actor, "decide", correction)
    correction = _locked(correction, *Correction.UNDONE)
    if not note.strip():
        raise CorrectionRefused(_("Say why it is not needed."))
    _step(correction, Correction.State.DROPPED, actor=actor, note=note.strip()[:1000])
    for user in people_of(correction.recruiter):
        notices.notify(user, "correction_dropped", subject_ref=correction.ref)
    return correction


def remind_due(at: datetime) -> tuple[int, int]:
    """Tell recruiters and officers once, on the day after, that an action is overdue or a look due; return both counts.

    Safe to run twice: a notice that was left is not left again.
    """
    today = timezone.localdate(at)
    overdue = list(Correction.objects.overdue(today).select_related("recruiter__party"))
    due = list(
        Assessment.objects.filter(next_look_on__lte=today, followed_by__isnull=True).select_related("recruiter__party")
    )
    told = sum(_tell(row.ref, "correction_overdue", [*people_of(row.recruiter), *officers()]) for row in overdue)
    told_due = sum(_tell(row.ref, "look_due", officers()) for row in due)
    return told, told_due


def _tell(ref: str, code: str, users: Iterable[User]) -> bool:
    told = False
    for user in users:
        if not Notice.objects.filter(user=user, code=code, subject_ref=ref).exists():
            notices.notify(user, code, subject_ref=ref)
            told = True
    return told
