"""Take in applications part by part; return them field by field. Granting and refusing is in `granting`."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, evidence, notices
from core.actors import Actor, Automatic
from core.models import User
from recruiters.applying import FIELDS, SECTIONS, TIES, missing
from recruiters.applywords import FIELD_LABELS
from recruiters.licensing import ALLOWED
from recruiters.models import (
    Application,
    ApplicationFinding,
    ApplicationPaper,
    ApplicationStep,
    FindingAnswer,
    Licence,
    Recruiter,
)
from recruiters.services.comparing import compare_behind
from recruiters.services.declaring import declare
from recruiters.services.licences import DecisionRefused
from recruiters.services.prefilling import known_of
from recruiters.services.register import officers, people_of

SCREENER = Automatic("applicant screening")


def lacking(application: Application) -> tuple[str, ...]:
    """Return what is still missing before it can be handed in."""
    papers = application.papers.filter(taken_back_at__isnull=True).count() if application.pk else 0
    return missing(application.content, papers=papers, today=timezone.localdate())


@transaction.atomic
def start_application(recruiter: Recruiter, *, actor: Actor, licence: Licence | None = None) -> Application:
    """Begin an application for a first licence or for the renewal of one, or go on with the open draft.

    Raises DecisionRefused when the licence cannot be renewed, or when one is handed in already.
    """
    access.require(actor, "apply", recruiter)
    if licence is not None:
        if licence.recruiter_id != recruiter.pk:
            raise PermissionDenied(_("This licence belongs to another recruiter."))
        if licence.standing().code not in ALLOWED["renew"]:
            raise DecisionRefused(_("This licence cannot be renewed as it stands. You may appeal against its order."))
    begun: Application | None = Application.objects.filter(
        recruiter=recruiter, licence=licence, state__in=Application.OPEN
    ).first()
    if begun is not None and begun.state in Application.EDITABLE:
        return begun
    if begun is not None:
        raise DecisionRefused(_("An application for this licence is already open."))
    kind = Application.Kind.RENEWAL if licence else Application.Kind.NEW
    application = Application.objects.create(
        recruiter=recruiter, licence=licence, kind=kind, state=Application.State.DRAFT,
        content=known_of(recruiter, licence), submitted_by=actor if isinstance(actor, User) else None,
    )  # fmt: skip
    audit.record("application.begun", actor=actor, subject=application.ref, recruiter=recruiter.ref, kind=kind)
    return application


def _editable(application: Application, actor: Actor) -> Application:
    access.require(actor, "apply", application.recruiter)
    locked = Application.objects.select_for_update(of=("self",)).select_related("recruiter__party", "licence")
    found: Application = locked.get(pk=application.pk)
    if found.state not in Application.EDITABLE:
        raise DecisionRefused(_("This application is not waiting for you."))
    return found


@transaction.atomic
def save_section(application: Application, section: str, data: Mapping[str, Any], *, actor: Actor) -> Application:
    """Keep one part of an application as far as it is filled in; nothing is handed in by it."""
    application = _editable(application, actor)
    fields = SECTIONS[section]
    application.content = application.content | {field: data[field] for field in fields if field in data}
    application.save(update_fields=["content"])
    audit.record("application.saved", actor=actor, subject=application.ref, section=section)
    return application


@transaction.atomic
def add_papers(
    application: Application, kind: str, files: "Iterable[UploadedFile[Any]]", *, actor: Actor
) -> list[ApplicationPaper]:
    """Keep papers of an application, by what they are."""
    application = _editable(application, actor)
    return [
        ApplicationPaper.objects.create(
            application=application, kind=kind, file=evidence.keep(upload, actor=actor, subject=application.ref)
        )
        for upload in files
    ]


@transaction.atomic
def take_paper_back(application: Application, paper: ApplicationPaper, *, actor: Actor) -> ApplicationPaper:
    """Take a paper back before it is handed in (again); the file stays sealed, the officer no longer sees it."""
    application = _editable(application, actor)
    if paper.application_id != application.pk:
        raise PermissionDenied(_("This paper belongs to another application."))
    paper.taken_back_at = timezone.now()
    paper.save(update_fields=["taken_back_at"])
    audit.record("application.paper_taken_back", actor=actor, subject=application.ref, file=paper.file.ref)
    return paper


def open_findings(application: Application) -> list[ApplicationFinding]:
    """Return the findings of the newest return, with their answers; none while it is not returned."""
    last = application.steps.filter(state=Application.State.RETURNED).order_by("-pk").first()
    if last is None or application.state != Application.State.RETURNED:
        return []
    return list(last.findings.prefetch_related("answers"))


@transaction.atomic
def answer_finding(finding: ApplicationFinding, words: str, *, actor: Actor) -> FindingAnswer:
    """Answer one finding in words; the newest answer counts."""
    _editable(finding.application, actor)
    if finding.pk not in {one.pk for one in open_findings(finding.application)}:
        raise DecisionRefused(_("This finding is not open any more."))
    if not words.strip():
        raise DecisionRefused(_("Say what you changed, or why it is right as it is."))
    answer = FindingAnswer.objects.create(
        finding=finding, words=words.strip()[:2000], by=actor if isinstance(actor, User) else None
    )
    audit.record("application.finding_answered", actor=actor, subject=finding.application.ref, field=finding.field)
    return answer


@transaction.atomic
def hand_in(application: Application, *, actor: Actor) -> Application:
    """Hand in an application, complete and with every finding answered; what it declares enters the register."""
    application = _editable(application, actor)
    gaps = lacking(application)
    if gaps:
        raise DecisionRefused(
            _("Still missing: %(fields)s. Nothing was handed in; all that you saved is kept.")
            % {"fields": "; ".join(str(FIELD_LABELS[field]) for field in gaps)}
        )
    if any(finding.answer is None for finding in open_findings(application)):
        raise DecisionRefused(_("Answer every finding first. Nothing was handed in; all that you saved is kept."))
    by = actor if isinstance(actor, User) else None
    content = application.content
    application.destinations = sorted(set(content.get("destinations", [])))
    application.workers_a_year = content.get("workers_a_year")
    application.charges_no_fees = bool(content.get("charges_no_fees"))
    application.submitted_by, application.submitted_at = by, timezone.now()
    application.state = Application.State.SUBMITTED
    application.save()
    ApplicationStep.objects.create(application=application, state=application.state, by=by)
    declare(application)
    compare_behind(application.recruiter, actor=SCREENER)
    audit.record(
        "application.submitted", actor=actor, subject=application.ref, recruiter=application.recruiter.ref,
        kind=application.kind,
    )  # fmt: skip
    for officer in officers():
        notices.notify(officer, "application_submitted", subject_ref=application.ref)
    return application


@transaction.atomic
def submit_application(
    recruiter: Recruiter,
    *,
    actor: Actor,
    content: Mapping[str, Any],
    licence: Licence | None = None,
    papers: "Iterable[tuple[str, UploadedFile[Any]]]" = (),
) -> Application:
    """Begin, fill and hand in an application at once; raises DecisionRefused for what is missing."""
    application = start_application(recruiter, licence=licence, actor=actor)
    for section, fields in SECTIONS.items():
        save_section(application, section, {name: content[name] for name in fields if name in content}, actor=actor)
    for kind, upload in papers:
        add_papers(application, kind, [upload], actor=actor)
    return hand_in(application, actor=actor)


@transaction.atomic
def withdraw_application(application: Application, *, actor: Actor) -> Application:
    """Withdraw an application that was not decided yet; what it declared stays in the register as declared."""
    access.require(actor, "apply", application.recruiter)
    application = Application.objects.select_for_update().get(pk=application.pk)
    if not application.is_open:
        raise DecisionRefused(_("This application was decided already."))
    by = actor if isinstance(actor, User) else None
    application.state = Application.State.WITHDRAWN
    application.save(update_fields=["state"])
    ApplicationStep.objects.create(application=application, state=application.state, by=by)
    audit.record("application.withdrawn", actor=actor, subject=application.ref)
    return application


def for_decision(application: Application, actor: Actor) -> Application:
    """Return the application locked, or raise: who may not, or what waits for somebody else."""
    access.require(actor, "decide", application)
    locked = Application.objects.select_for_update(of=("self",)).select_related("recruiter__party", "licence")
    found: Application = locked.get(pk=application.pk)
    if found.state != Application.State.SUBMITTED:
        raise DecisionRefused(_("This application was already answered, or waits for the applicant."))
    return found


def move(application: Application, state: str, note: str, *, actor: Actor, **facts: str) -> ApplicationStep:
    """Write the step by which an application changes, and tell the applicant; the caller holds the lock."""
    application.state = state
    application.save(update_fields=["state", "reason_code", "order_number", "licence"])
    by = actor if isinstance(actor, User) else None
    step = ApplicationStep.objects.create(application=application, state=state, note=note.strip()[:1000], by=by)
    audit.record(
        f"application.{state}", actor=actor, subject=application.ref, recruiter=application.recruiter.ref, **facts
    )
    for user in people_of(application.recruiter):
        notices.notify(user, f"application_{state}", subject_ref=application.ref)
    return step


@transaction.atomic
def return_application(
    application: Application, *, actor: Actor, note: str = "", findings: Mapping[str, str] | None = None
) -> Application:
    """Return an application: field by field, what is missing or wrong, each in words that the applicant answers."""
    application = for_decision(application, actor)
    given = {field: words.strip() for field, words in (findings or {}).items() if words.strip()}
    unknown = given.keys() - {*FIELDS, TIES}
    if unknown:
        raise DecisionRefused(_("There is no such field in an application."))
    if not given and not note.strip():
        raise DecisionRefused(_("Say why, so that the applicant knows what to do."))
    application.proposals.filter(answer="").update(answer="not_agreed", answered_at=timezone.now())
    step = move(application, Application.State.RETURNED, note, actor=actor, findings="+".join(sorted(given))[:80])
    by = actor if isinstance(actor, User) else None
    ApplicationFinding.objects.bulk_create(
        ApplicationFinding(application=application, step=step, field=field, words=words[:1000], by=by)
        for field, words in sorted(given.items())
    )
    return application


def day_of(text: Any) -> date | None:
    """Return a day kept as text in JSON."""
    return date.fromisoformat(text) if text else None
