"""Take in and answer disputes: of a fact that was told, or of what the entry says."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import access, audit, evidence, notices, vault
from core.actors import Actor
from core.models import User
from recruiters.models import Dispute, DisputeStep, FactStep, Recruiter, RiskFact
from recruiters.services.licences import DecisionRefused
from recruiters.services.register import officers, people_of
from recruiters.services.risk import settle_fact, write_step


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
    dispute = _open(fact.recruiter, Dispute.About.FACT, ground, words, files, actor, fact=fact)
    write_step(fact, FactStep.Is.DISPUTED, actor=actor, reason_code=ground)
    return dispute


@transaction.atomic
def dispute_entry(
    recruiter: Recruiter,
    *,
    about: str,
    ground: str,
    words: str,
    actor: User,
    files: "Iterable[UploadedFile[Any]]" = (),
) -> Dispute:
    """Say that something in one's entry is wrong, and what it should be; raises DecisionRefused without words."""
    access.require(actor, "dispute", recruiter)
    if about == Dispute.About.FACT or about not in Dispute.About.values:
        raise DecisionRefused(_("Choose what in the entry is wrong."))
    if not words.strip():
        raise DecisionRefused(_("Say what is wrong, and what it should be."))
    return _open(recruiter, about, ground, words, files, actor)


def _open(
    recruiter: Recruiter,
    about: str,
    ground: str,
    words: str,
    files: "Iterable[UploadedFile[Any]]",
    actor: User,
    fact: RiskFact | None = None,
) -> Dispute:
    dispute = Dispute.objects.create(
        recruiter=recruiter,
        fact=fact,
        about=about,
        ground=ground,
        words=vault.seal(words, purpose="recruiter.dispute") if words.strip() else None,
        opened_by=actor,
    )
    for upload in files:
        dispute.files.add(evidence.keep(upload, actor=actor, subject=dispute.ref))
    DisputeStep.objects.create(dispute=dispute, state=dispute.state, by=actor)
    audit.record(
        "dispute.opened", actor=actor, subject=dispute.ref, about=about, fact=fact.ref if fact else None, ground=ground
    )
    for officer in officers():
        notices.notify(officer, "dispute_opened", subject_ref=dispute.ref)
    return dispute


@transaction.atomic
def answer_dispute(dispute: Dispute, *, accept: bool, answer: str, actor: Actor) -> Dispute:
    """Accept a dispute (the fact is withdrawn, or counts as put right) or reject it; the recruiter reads the answer.

    What the entry says is changed by the officer in the entry itself: an accepted dispute says that it was.
    """
    access.require(actor, "decide", dispute)
    locked = Dispute.objects.select_for_update(of=("self",)).select_related(
        "fact__recruiter__party", "recruiter__party"
    )
    dispute = locked.get(pk=dispute.pk)
    if dispute.state != Dispute.State.OPEN:
        raise DecisionRefused(_("This dispute was already answered."))
    if not answer.strip():
        raise DecisionRefused(_("Say why, so that the recruiter understands the answer."))
    dispute.state = Dispute.State.ACCEPTED if accept else Dispute.State.REJECTED
    dispute.save(update_fields=["state"])
    by = actor if isinstance(actor, User) else None
    DisputeStep.objects.create(dispute=dispute, state=dispute.state, answer=answer.strip()[:1000], by=by)
    fact = dispute.fact
    audit.record(f"dispute.{dispute.state}", actor=actor, subject=dispute.ref, fact=fact.ref if fact else None)
    if fact is not None:
        put_right = dispute.ground == Dispute.Ground.PUT_RIGHT
        accepted = FactStep.Is.REMEDIED if put_right else FactStep.Is.WITHDRAWN
        state = accepted if accept else FactStep.Is.UPHELD
        settle_fact(fact, state=state, reason_code=dispute.ground, actor=actor)
    for user in people_of(dispute.recruiter):
        notices.notify(user, f"dispute_{dispute.state}", subject_ref=dispute.ref)
    return dispute
