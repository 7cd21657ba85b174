"""Take in what recruiters ask for, and answer it: licences, renewals, corrections of facts."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import access, audit, evidence, notices, vault
from core.actors import Actor
from core.models import User
from recruiters.licensing import ALLOWED, Status
from recruiters.models import (
    Application,
    ApplicationStep,
    Dispute,
    DisputeStep,
    FactStep,
    Licence,
    Recruiter,
    RiskFact,
)
from recruiters.models.words import Reason
from recruiters.services import licences
from recruiters.services.licences import DecisionRefused
from recruiters.services.register import corridors_for, officers, people_of
from recruiters.services.risk import settle_fact, write_step


@transaction.atomic
def submit_application(
    recruiter: Recruiter,
    *,
    actor: Actor,
    licence: Licence | None = None,
    destinations: Iterable[str] = (),
    workers_a_year: int | None = None,
    charges_no_fees: bool = False,
    files: "Iterable[UploadedFile[Any]]" = (),
    application: Application | None = None,
) -> Application:
    """Hand in an application for a licence, or for the renewal of one, or a returned one completed.

    Raises DecisionRefused when the licence cannot be renewed or an application for it is already open.
    """
    access.require(actor, "apply", recruiter)
    if application is None:
        application = _new_application(recruiter, licence)
    elif application.state != Application.State.RETURNED:
        raise DecisionRefused(_("This application is not waiting for you."))
    application.destinations = sorted(set(destinations))
    application.workers_a_year = workers_a_year
    application.charges_no_fees = charges_no_fees
    by = actor if isinstance(actor, User) else None
    application.submitted_by = by
    application.state = Application.State.SUBMITTED
    application.save()
    for upload in files:
        application.files.add(evidence.keep(upload, actor=actor, subject=application.ref))
    ApplicationStep.objects.create(application=application, state=application.state, by=by)
    audit.record(
        "application.submitted", actor=actor, subject=application.ref, recruiter=recruiter.ref, kind=application.kind
    )
    for officer in officers():
        notices.notify(officer, "application_submitted", subject_ref=application.ref)
    return application


def _new_application(recruiter: Recruiter, licence: Licence | None) -> Application:
    if licence is not None:
        if licence.recruiter_id != recruiter.pk:
            raise PermissionDenied(_("This licence belongs to another recruiter."))
        if licence.standing().code not in ALLOWED["renew"]:
            raise DecisionRefused(_("This licence cannot be renewed as it stands. You may appeal against its order."))
    same = Application.objects.filter(recruiter=recruiter, licence=licence, state__in=Application.OPEN)
    if same.exists():
        raise DecisionRefused(_("An application for this licence is already open."))
    kind = Application.Kind.RENEWAL if licence else Application.Kind.NEW
    return Application(recruiter=recruiter, licence=licence, kind=kind)


@transaction.atomic
def return_application(application: Application, *, note: str, actor: Actor) -> Application:
    """Return an application for completion, saying what is missing."""
    return _move(application, Application.State.RETURNED, note, actor=actor)


def _move(application: Application, state: str, note: str, *, actor: Actor) -> Application:
    access.require(actor, "decide", application)
    application = Application.objects.select_for_update().select_related("recruiter__party").get(pk=application.pk)
    if application.state != Application.State.SUBMITTED:
        raise DecisionRefused(_("This application was already answered, or waits for the applicant."))
    if state != Application.State.GRANTED and not note.strip():
        raise DecisionRefused(_("Say why, so that the applicant knows what to do."))
    application.state = state
    application.save(update_fields=["state"])
    by = actor if isinstance(actor, User) else None
    ApplicationStep.objects.create(application=application, state=state, note=note.strip()[:1000], by=by)
    audit.record(f"application.{state}", actor=actor, subject=application.ref, recruiter=application.recruiter.ref)
    for user in people_of(application.recruiter):
        notices.notify(user, f"application_{state}", subject_ref=application.ref)
    return application


@transaction.atomic
def decide_application(
    application: Application,
    *,
    grant: bool,
    actor: Actor,
    note: str = "",
    expires_on: date | None = None,
    number: str = "",
    authority: str = "",
    order_number: str = "",
) -> Application:
    """Grant (a licence, or a longer term) or refuse an application; the licence changes in the same transaction."""
    if not grant:
        return _move(application, Application.State.REFUSED, note, actor=actor)
    if expires_on is None:
        raise DecisionRefused(_("Give the last day of the term."))
    application = _move(application, Application.State.GRANTED, note, actor=actor)
    recruiter = application.recruiter
    if application.licence is not None:
        licences.renew_licence(application.licence, expires_on=expires_on, actor=actor, order_number=order_number)
    else:
        application.licence = licences.add_licence(
            recruiter, actor=actor, number=number, authority=authority, expires_on=expires_on,
            code=Status.ACTIVE, order_number=order_number, reason_code=Reason.REQUIREMENTS_MET,
            capacity=application.workers_a_year,
        )  # fmt: skip
        application.save(update_fields=["licence"])
    recruiter.corridors.add(*corridors_for(recruiter.country, application.destinations))
    return application


@transaction.atomic
def open_dispute(
    fact: RiskFact, *, ground: str, words: str, actor: User, files: "Iterable[UploadedFile[Any]]" = ()
) -> Dispute:
    """Dispute a fact that the recruiter was told; its words are sealed. Raises PermissionDenied for any other fact."""
    access.require(actor, "dispute", fact.recruiter)
    if not fact.may_be_told():
        raise PermissionDenied(_("There is no such fact for you."))
    if fact.disputes.filter(state=Dispute.State.OPEN).exists():
        raise DecisionRefused(_("You have already disputed this. It waits for an officer."))
    dispute = Dispute.objects.create(
        recruiter=fact.recruiter,
        fact=fact,
        ground=ground,
        words=vault.seal(words, purpose="recruiter.dispute") if words.strip() else None,
        opened_by=actor,
    )
    for upload in files:
        dispute.files.add(evidence.keep(upload, actor=actor, subject=dispute.ref))
    DisputeStep.objects.create(dispute=dispute, state=dispute.state, by=actor)
    write_step(fact, FactStep.Is.DISPUTED, actor=actor, reason_code=ground)
    audit.record("dispute.opened", actor=actor, subject=dispute.ref, fact=fact.ref, ground=ground)
    for officer in officers():
        notices.notify(officer, "dispute_opened", subject_ref=dispute.ref)
    return dispute


@transaction.atomic
def answer_dispute(dispute: Dispute, *, accept: bool, answer: str, actor: Actor) -> Dispute:
    """Accept a dispute (the fact is withdrawn, or counts as put right) or reject it; the recruiter reads the answer."""
    access.require(actor, "decide", dispute)
    dispute = Dispute.objects.select_for_update().select_related("fact__recruiter__party").get(pk=dispute.pk)
    if dispute.state != Dispute.State.OPEN:
        raise DecisionRefused(_("This dispute was already answered."))
    if not answer.strip():
        raise DecisionRefused(_("Say why, so that the recruiter understands the answer."))
    dispute.state = Dispute.State.ACCEPTED if accept else Dispute.State.REJECTED
    dispute.save(update_fields=["state"])
    by = actor if isinstance(actor, User) else None
    DisputeStep.objects.create(dispute=dispute, state=dispute.state, answer=answer.strip()[:1000], by=by)
    audit.record(f"dispute.{dispute.state}", actor=actor, subject=dispute.ref, fact=dispute.fact.ref)
    put_right = dispute.ground == Dispute.Ground.PUT_RIGHT
    accepted = FactStep.Is.REMEDIED if put_right else FactStep.Is.WITHDRAWN
    settle_fact(dispute.fact, state=accepted if accept else FactStep.Is.UPHELD, reason_code=dispute.ground, actor=actor)
    for user in people_of(dispute.recruiter):
        notices.notify(user, f"dispute_{dispute.state}", subject_ref=dispute.ref)
    return dispute
