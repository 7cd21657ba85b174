"""Assess a recruiter criterion by criterion; what was found stays as it was found."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, evidence, notices
from core.actors import Actor
from core.models import User
from core.standards import standard
from recruiters.assessing import Criterion, Outcome, Result, conclude
from recruiters.models import Assessment, AssessmentAnswer, AssessmentEvidence, Recruiter
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
    return conclude(criteria_of(assessment), found, unexplained=silent)


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
    )
    audit.record("assessment.started", actor=actor, subject=assessment.ref, recruiter=recruiter.ref, kind=str(kind))
    return assessment


def _is_own(recruiter: Recruiter, actor: Actor) -> bool:
    return isinstance(actor, User) and recruiter.belongs_to(actor)


def _still_open(assessment: Assessment) -> Assessment:
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if not locked.is_open:
        raise AssessmentClosed(_("This assessment is finished. Begin another one to record what changed."))
    return locked


@transaction.atomic
def answer_criteria(assessment: Assessment, answers: Mapping[str, tuple[str, str]], *, actor: Actor) -> int:
    """Record findings, criterion to (outcome, note); what did not change is not written again. Return how many were."""
    access.require(actor, "assess", assessment)
    assessment = _still_open(assessment)
    known = {criterion.code for criterion in criteria_of(assessment)}
    now = assessment.answers_now()
    rows = [
        AssessmentAnswer(
            assessment=assessment,
            criterion=code,
            outcome=Outcome(outcome),
            note=note.strip()[:1000],
            answered_by=actor if isinstance(actor, User) else None,
        )
        for code, (outcome, note) in answers.items()
        if code in known and (code not in now or (now[code].outcome, now[code].note) != (outcome, note.strip()[:1000]))
    ]
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
    assessment = _still_open(assessment)
    file = evidence.keep(upload, actor=actor, subject=assessment.ref)
    return AssessmentEvidence.objects.create(assessment=assessment, criterion=criterion, file=file, label=label[:200])


@transaction.atomic
def complete_assessment(assessment: Assessment, *, actor: Actor) -> Assessment:
    """Finish an assessment: conclude, keep the reasons, and rate. It never is a certificate."""
    access.require(actor, "assess", assessment)
    assessment = _still_open(assessment)
    result = result_now(assessment)
    assessment.completed_on = timezone.localdate()
    assessment.conclusion = result.conclusion.value
    assessment.conforming, assessment.applicable = result.conforming, result.applicable
    assessment.assessed = result.assessed
    assessment.reasons = [asdict(reason) for reason in result.reasons]
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


def _rate(assessment: Assessment, result: Result, *, actor: Actor) -> None:
    day = assessment.completed_on or timezone.localdate()
    by_rule = {reason.rule: reason.criteria for reason in result.reasons}
    for criterion in by_rule.get("critical_major_gap", ()):
        note_risk(assessment.recruiter, f"gap.{criterion}", "serious", assessment.ref, day, actor=actor)
    for criterion in by_rule.get("major_gap", ()):
        note_risk(assessment.recruiter, f"gap.{criterion}", "moderate", assessment.ref, day, actor=actor)
    rate_recruiter(assessment.recruiter, actor=actor, cause="assessment", cause_ref=assessment.ref)
