"""Assess a recruiter criterion by criterion; what was found stays as it was found."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, evidence, notices
from core.actors import Actor
from core.models import User
from core.standards import standard
from recruiters.assessing import (
    Criterion,
    Maturity,
    Outcome,
    Result,
    conclude,
    maturity_of,
    missing_looks,
    next_look,
)
from recruiters.models import (
    Assessment,
    AssessmentAnswer,
    AssessmentEvidence,
    Correction,
    OutcomeStep,
    Recruiter,
)
from recruiters.services.register import people_of
from recruiters.services.risk import note_risk, rate_recruiter


class AssessmentClosed(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """An assessment that is finished; the message is for people."""


def criteria_of(assessment: Assessment) -> list[Criterion]:
    """Return the criteria of the edition that the assessment is made by."""
    edition = standard("iris", assessment.edition)
    return [Criterion(c.code, c.principle, c.proposed_critical) for c in edition.criteria]


def result_now(assessment: Assessment) -> Result:
    """Return what the answers given so far come to."""
    answers = assessment.answers_now()
    silent = [
        code for code, answer in answers.items() if answer.outcome == Outcome.NOT_APPLICABLE and not answer.note.strip()
    ]
    found = {code: answer.outcome for code, answer in answers.items()}
    closed = assessment.stages.filter(closed_on__isnull=False).values_list("kind", flat=True)
    return conclude(criteria_of(assessment), found, unexplained=silent, missing=missing_looks(assessment.kind, closed))


def maturity_now(assessment: Assessment) -> float | None:
    """Return the average maturity of the criteria that were judged so far."""
    applicable = (a for a in assessment.answers_now().values() if a.outcome != Outcome.NOT_APPLICABLE)
    return maturity_of(answer.maturity for answer in applicable if answer.maturity is not None)


@transaction.atomic
def start_assessment(recruiter: Recruiter, *, kind: str, actor: Actor) -> Assessment:
    """Begin an assessment by the newest edition; the recruiter's own people may begin a self-assessment only."""
    access.require(
        actor, "apply" if kind == Assessment.Kind.SELF and _is_own(recruiter, actor) else "assess", recruiter
    )
    assessment = Assessment.objects.create(
        recruiter=recruiter,
        edition=standard("iris").edition,
        kind=kind,
        assessor=actor if isinstance(actor, User) else None,
        follows=_before(recruiter) if kind == Assessment.Kind.SURVEILLANCE else None,
    )
    audit.record("assessment.started", actor=actor, subject=assessment.ref, recruiter=recruiter.ref, kind=str(kind))
    return assessment


def _before(recruiter: Recruiter) -> Assessment | None:
    """Return the newest finished assessment that a follow-up looks at again."""
    return recruiter.assessments.completed().exclude(kind=Assessment.Kind.SELF).order_by("-completed_on", "-pk").first()


def _is_own(recruiter: Recruiter, actor: Actor) -> bool:
    return isinstance(actor, User) and recruiter.belongs_to(actor)


def still_open(assessment: Assessment) -> Assessment:
    """Return the assessment, locked; raises AssessmentClosed when it is finished."""
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if not locked.is_open:
        raise AssessmentClosed(_("This assessment is finished. Begin another one to record what changed."))
    return locked


@transaction.atomic
def answer_criteria(
    assessment: Assessment,
    answers: Mapping[str, tuple[str, str]],
    *,
    actor: Actor,
    levels: Mapping[str, int | None] | None = None,
) -> int:
    """Record findings, criterion to (outcome, note), and maturity by criterion; return how many were new or changed."""
    access.require(actor, "assess", assessment)
    assessment = still_open(assessment)
    known = {criterion.code for criterion in criteria_of(assessment)}
    now = assessment.answers_now()
    grown = levels or {}
    rows = []
    for code, (outcome, note) in answers.items():
        kept = note.strip()[:1000]
        before = now.get(code)
        level = grown.get(code, before.maturity if before else None)
        if code not in known or (before and (before.outcome, before.note, before.maturity) == (outcome, kept, level)):
            continue
        by = actor if isinstance(actor, User) else None
        rows.append(
            AssessmentAnswer(
                assessment=assessment, criterion=code, outcome=Outcome(outcome), note=kept, answered_by=by,
                maturity=None if level is None else Maturity(level),
            )
        )  # fmt: skip
    AssessmentAnswer.objects.bulk_create(rows)
    if rows:
        audit.record("assessment.answered", actor=actor, subject=assessment.ref, answers=len(rows))
    return len(rows)


@transaction.atomic
def attach_evidence(
    assessment: Assessment, criterion: str, upload: "UploadedFile[Any]", *, actor: Actor, label: str = ""
) -> AssessmentEvidence:
    """Attach a file to a criterion; raises EvidenceRefused."""
    access.require(actor, "assess", assessment)
    assessment = still_open(assessment)
    file = evidence.keep(upload, actor=actor, subject=assessment.ref)
    return AssessmentEvidence.objects.create(assessment=assessment, criterion=criterion, file=file, label=label[:200])


@transaction.atomic
def complete_assessment(assessment: Assessment, *, actor: Actor) -> Assessment:
    """Finish an assessment: conclude, keep the reasons, and rate. It never is a certificate."""
    access.require(actor, "assess", assessment)
    assessment = still_open(assessment)
    result = result_now(assessment)
    assessment.completed_on = timezone.localdate()
    assessment.conclusion = result.conclusion.value
    assessment.conforming, assessment.applicable = result.conforming, result.applicable
    assessment.assessed = result.assessed
    assessment.reasons = [asdict(reason) for reason in result.reasons]
    assessment.maturity = maturity_now(assessment)
    if assessment.kind != Assessment.Kind.SELF:
        assessment.next_look_on = next_look(
            result.conclusion, assessment.maturity, assessment.completed_on, _due_days(assessment)
        )
    assessment.save()
    audit.record(
        "assessment.completed", actor=actor, subject=assessment.ref, recruiter=assessment.recruiter.ref,
        conclusion=assessment.conclusion, conforming=result.conforming, applicable=result.applicable,
    )  # fmt: skip
    if assessment.kind != Assessment.Kind.SELF:
        _rate(assessment, result, actor=actor)
        for user in people_of(assessment.recruiter):
            notices.notify(user, "assessment_completed", subject_ref=assessment.ref)
    return assessment


def _due_days(assessment: Assessment) -> list[date]:
    undone = assessment.corrections.filter(state__in=Correction.UNDONE)
    return list(undone.values_list("due_on", flat=True))


def _rate(assessment: Assessment, result: Result, *, actor: Actor) -> None:
    day = assessment.completed_on or timezone.localdate()
    by_rule = {reason.rule: reason.criteria for reason in result.reasons}
    for criterion in by_rule.get("critical_major_gap", ()):
        note_risk(assessment.recruiter, f"gap.{criterion}", "serious", assessment.ref, day, actor=actor)
    for criterion in by_rule.get("major_gap", ()):
        note_risk(assessment.recruiter, f"gap.{criterion}", "moderate", assessment.ref, day, actor=actor)
    rate_recruiter(assessment.recruiter, actor=actor, cause="assessment", cause_ref=assessment.ref)


HOLDS_NEXT = {
    None: (OutcomeStep.Is.SUSPENDED, OutcomeStep.Is.WITHDRAWN),
    OutcomeStep.Is.SUSPENDED: (OutcomeStep.Is.RESTORED, OutcomeStep.Is.WITHDRAWN),
    OutcomeStep.Is.RESTORED: (OutcomeStep.Is.SUSPENDED, OutcomeStep.Is.WITHDRAWN),
    OutcomeStep.Is.WITHDRAWN: (),
}
"""What may become of an outcome, by what it is; a withdrawn one is never given back: assess anew."""


def outcome_state(assessment: Assessment) -> OutcomeStep.Is | None:
    """Return what the outcome is now; None while nothing was decided about it."""
    newest = assessment.outcome_steps.order_by("pk").last()
    return OutcomeStep.Is(newest.state) if newest else None


@transaction.atomic
def decide_outcome(assessment: Assessment, *, state: str, reason: str, actor: Actor) -> OutcomeStep:
    """Suspend, give back or withdraw a finished assessment's outcome, and rate anew. Raises AssessmentClosed."""
    access.require(actor, "decide", assessment)
    assessment = Assessment.objects.select_for_update(of=("self",)).select_related("recruiter__party").get(
        pk=assessment.pk
    )  # fmt: skip
    if assessment.is_open or assessment.kind == Assessment.Kind.SELF:
        raise AssessmentClosed(_("There is no outcome to decide about."))
    if state not in HOLDS_NEXT[outcome_state(assessment)]:
        raise AssessmentClosed(_("As the outcome stands today this cannot be decided."))
    step = OutcomeStep.objects.create(
        assessment=assessment, state=OutcomeStep.Is(state), reason_code=OutcomeStep.Because(reason),
        by=actor if isinstance(actor, User) else None,
    )  # fmt: skip
    audit.record(
        f"assessment.outcome_{state}", actor=actor, subject=assessment.ref, recruiter=assessment.recruiter.ref,
        reason=reason,
    )  # fmt: skip
    for user in people_of(assessment.recruiter):
        notices.notify(user, f"assessment_{state}", subject_ref=assessment.ref)
    rate_recruiter(assessment.recruiter, actor=actor, cause="outcome", cause_ref=assessment.ref)
    return step
