"""Hold the looks of an assessment on the shared checklists: answers in the clear, every written word sealed."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from checklists import services as checklists
from checklists.answers import Answer, is_adverse, progress
from checklists.models import ChecklistVersion
from checklists.services import Saved
from checklists.sheets import Words, standing, standings
from core import access, audit
from core.actors import SYSTEM, Actor
from core.models import User
from core.standards import standard
from recruiters.assessing import Criterion
from recruiters.looking import Proposal, Voice, propose, questionnaire, voices
from recruiters.models import Assessment, AssessmentStage
from recruiters.services.assessments import AssessmentClosed, criteria_of, still_open

FEWEST_WORKERS = 3
"""With fewer, what is told could be traced to one of them."""
Kind = AssessmentStage.Kind


class LookRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A look that cannot be begun or closed; the message is for people."""


def version_for(kind: str, assessment: Assessment) -> ChecklistVersion:
    """Return the newest published version of a look's checklist; it is published when it is new."""
    labels = {str(p.code): str(p.label) for p in standard("iris", assessment.edition).principles}
    return checklists.publish(questionnaire(kind, criteria_of(assessment), labels), actor=SYSTEM)


@transaction.atomic
def begin_look(
    assessment: Assessment,
    *,
    kind: str,
    actor: Actor,
    held_on: date | None = None,
    heard: int = 0,
    without_employer: bool | None = None,
) -> AssessmentStage:
    """Begin a look; of people who are heard only their number is kept. Raises LookRefused, AssessmentClosed."""
    access.require(actor, "assess", assessment)
    assessment = still_open(assessment)
    if assessment.kind == Assessment.Kind.SELF:
        raise LookRefused(_("A self-assessment has no looks by others."))
    if assessment.stages.filter(kind=kind).exists():
        raise LookRefused(_("This look is begun already."))
    day = held_on or timezone.localdate()
    if day > timezone.localdate():
        raise LookRefused(_("This day has not come yet."))
    stage = AssessmentStage.objects.create(
        assessment=assessment, kind=Kind(kind), version=version_for(kind, assessment), held_on=day, heard=heard,
        without_employer=without_employer, begun_by=actor if isinstance(actor, User) else None,
    )  # fmt: skip
    audit.record("assessment.look_begun", actor=actor, subject=stage.ref, assessment=assessment.ref, kind=str(kind))
    return stage


@transaction.atomic
def answer_look(
    stage: AssessmentStage, section: str, *, answers: Mapping[str, Answer], words: Words, base: int | None, actor: Actor
) -> Saved:
    """Save one section of a look; what a colleague saved meanwhile is kept. Raises AssessmentClosed."""
    access.require(actor, "assess", stage.assessment)
    still_open(stage.assessment)
    locked = AssessmentStage.objects.select_for_update().get(pk=stage.pk)
    if not locked.is_open:
        raise AssessmentClosed(_("This look is closed."))
    return checklists.save_section(
        subject=stage.ref, version=stage.version, section=section, answers=answers, words=words, base=base, actor=actor
    )


@transaction.atomic
def close_look(
    stage: AssessmentStage, *, actor: Actor, heard: int | None = None, without_employer: bool | None = None
) -> AssessmentStage:
    """Close a look. Raises LookRefused while nothing is answered, or when too few workers, or not alone, were heard."""
    access.require(actor, "assess", stage.assessment)
    still_open(stage.assessment)
    stage = (
        AssessmentStage.objects.select_for_update(of=("self",)).select_related("assessment", "version").get(pk=stage.pk)
    )
    if not stage.is_open:
        raise LookRefused(_("This look is closed."))
    stage.heard = stage.heard if heard is None else heard
    stage.without_employer = stage.without_employer if without_employer is None else without_employer
    if not progress(stage.version.questionnaire.items(), standing(stage.ref, stage.version).answers).is_started:
        raise LookRefused(_("Nothing is answered yet."))
    if stage.kind == Kind.WORKERS:
        if stage.heard < FEWEST_WORKERS:
            least = _("Hear at least %(count)s workers, so that nothing can be traced to one of them.")
            raise LookRefused(least % {"count": FEWEST_WORKERS})
        if stage.without_employer is not True:
            raise LookRefused(_("Workers are heard with nobody from the recruiter or employer present."))
    stage.closed_on = timezone.localdate()
    stage.save(update_fields=["closed_on", "heard", "without_employer"])
    audit.record("assessment.look_closed", actor=actor, subject=stage.ref, assessment=stage.assessment.ref)
    return stage


def voices_of(assessment: Assessment) -> dict[str, tuple[Voice, ...]]:
    """Return what each look says of each criterion; two queries beside the looks themselves."""
    stages = list(assessment.stages.select_related("version"))
    stood = standings((stage.ref, stage.version) for stage in stages)
    answers: dict[str, dict[str, bool | None]] = {}
    for stage in stages:
        given = stood[stage.ref].answers
        answers[stage.kind] = {
            item.code: is_adverse(item, given[item.code]) if item.code in given else None
            for item in stage.version.questionnaire.items()
        }
    return voices(answers)


def proposals_for(assessment: Assessment, criteria: list[Criterion]) -> dict[str, Proposal]:
    """Return what the looks suggest for each criterion; the assessor decides."""
    heard = voices_of(assessment)
    return {c.code: propose(heard.get(c.code, ()), critical=c.critical) for c in criteria}
