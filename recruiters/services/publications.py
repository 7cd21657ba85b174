"""Publish a rating only after the recruiter was heard and a person decided; withdraw it when newer facts contradict."""

from dataclasses import asdict
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, notices, vault
from core.actors import SYSTEM, Actor
from core.models import User
from recruiters.models import Publication, PublicationStep, Recruiter
from recruiters.models.publications import published_for
from recruiters.scoring import Band
from recruiters.services.judging import judge
from recruiters.services.register import officers, people_of

HEARING_DAYS = 14
"""The recruiter has at least so long to answer."""
Because = PublicationStep.Because


class PublicationRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A step that cannot be taken; the message is for people."""


def _step(
    publication: Publication, state: str, *, actor: Actor, reason: str = "", note: str = "", words: str = ""
) -> None:
    publication.state = Publication.State(state)
    publication.save(update_fields=["state", "published_on"])
    PublicationStep.objects.create(
        publication=publication,
        state=state,
        reason_code=reason,
        note=note.strip()[:500],
        words=vault.seal(words, purpose="recruiter.reply") if words.strip() else None,
        by=actor if isinstance(actor, User) else None,
    )
    audit.record(
        f"rating.{state}", actor=actor, subject=publication.ref, recruiter=publication.recruiter.ref,
        band=publication.band, ruleset=publication.ruleset, reason=reason,
    )  # fmt: skip


def _locked(publication: Publication) -> Publication:
    rows = Publication.objects.select_for_update(of=("self",)).select_related("recruiter__party")
    found: Publication = rows.get(pk=publication.pk)
    return found


@transaction.atomic
def propose_publication(recruiter: Recruiter, *, actor: Actor, reply_until: date | None = None) -> Publication:
    """Tell the recruiter the rating that is to be published, and until when it may answer.

    The rating is made anew from facts alone that the recruiter may be told. Raises PublicationRefused when too little
    is known, a proposal is open, the same is published already, or the time to answer is too short.
    """
    access.require(actor, "decide", recruiter)
    today = timezone.localdate()
    until = reply_until or today + timedelta(days=HEARING_DAYS)
    if until < today + timedelta(days=HEARING_DAYS):
        raise PublicationRefused(
            _("The recruiter must have at least %(days)s days to answer.") % {"days": HEARING_DAYS}
        )
    if recruiter.publications.filter(state__in=Publication.OPEN).exists():
        raise PublicationRefused(_("A rating is proposed already. Decide about it first."))
    judgement = judge(recruiter, today, told_only=True)
    if judgement.band == Band.UNKNOWN:
        raise PublicationRefused(_("Too little is known that the recruiter may be told. Assess it first."))
    standing = published_for(recruiter)
    if standing is not None and standing.band == judgement.band:
        raise PublicationRefused(_("This rating is published already."))
    publication = Publication.objects.create(
        recruiter=recruiter, ruleset=judgement.ruleset, day=today, score=judgement.score, band=judgement.band,
        lines=[asdict(line) for line in judgement.lines], relief=[asdict(each) for each in judgement.relief],
        reply_until=until,
    )  # fmt: skip
    _step(publication, Publication.State.PROPOSED, actor=actor)
    for user in people_of(recruiter):
        notices.notify(user, "rating_proposed", subject_ref=publication.ref)
    return publication


@transaction.atomic
def reply_to_publication(publication: Publication, *, words: str, actor: User) -> Publication:
    """Answer a proposed rating for the recruiter, once and in time; the words are sealed. Raises PublicationRefused."""
    access.require(actor, "reply", publication)
    publication = _locked(publication)
    if publication.state != Publication.State.PROPOSED:
        raise PublicationRefused(_("This rating no longer waits for your answer."))
    if timezone.localdate() > publication.reply_until:
        raise PublicationRefused(_("The time to answer is over. You can still dispute each fact."))
    if not words.strip():
        raise PublicationRefused(_("Write your answer."))
    _step(publication, Publication.State.REPLIED, actor=actor, words=words.strip()[:4000])
    for officer in officers():
        notices.notify(officer, "rating_replied", subject_ref=publication.ref)
    return publication


@transaction.atomic
def decide_publication(
    publication: Publication, *, publish: bool, reason: str, note: str = "", actor: User
) -> Publication:
    """Publish a proposed rating, or drop it; a person decides, never a job. The one published before ends.

    Raises PublicationRefused before the recruiter was heard, or when the facts say something else by now.
    """
    access.require(actor, "decide", publication)
    publication = _locked(publication)
    if not publication.is_open:
        raise PublicationRefused(_("This was decided already."))
    if publish:
        if not publication.may_be_decided():
            raise PublicationRefused(_("The recruiter may still answer. Publish after its answer, or after its time."))
        if judge(publication.recruiter, timezone.localdate(), told_only=True).band != publication.band:
            raise PublicationRefused(_("The facts say something else by now. Propose the new rating instead."))
        before = published_for(publication.recruiter)
        if before is not None:
            _step(before, Publication.State.WITHDRAWN, actor=actor, reason=Because.NEWER_FACTS)
        publication.published_on = timezone.localdate()
    state = Publication.State.PUBLISHED if publish else Publication.State.DROPPED
    _step(publication, state, actor=actor, reason=Because(reason), note=note)
    for user in people_of(publication.recruiter):
        notices.notify(user, f"rating_{state}", subject_ref=publication.ref)
    return publication


@transaction.atomic
def withdraw_publication(publication: Publication, *, reason: str, note: str = "", actor: Actor) -> Publication:
    """Take a published rating back. Raises PublicationRefused when it is not published."""
    access.require(actor, "decide", publication)
    publication = _locked(publication)
    if publication.state != Publication.State.PUBLISHED:
        raise PublicationRefused(_("This rating is not published."))
    _step(publication, Publication.State.WITHDRAWN, actor=actor, reason=Because(reason), note=note)
    for user in (*people_of(publication.recruiter), *officers()):
        notices.notify(user, "rating_withdrawn", subject_ref=publication.ref)
    return publication


def recheck(recruiter: Recruiter, *, reason: str = Because.NEWER_FACTS) -> bool:
    """Withdraw what is published when the facts that may be told say something else today; tell whether it was."""
    standing = published_for(recruiter)
    if standing is None:
        return False
    if judge(recruiter, timezone.localdate(), told_only=True).band == standing.band:
        return False
    withdraw_publication(standing, reason=reason, actor=SYSTEM)
    return True


def recheck_all() -> int:
    """Withdraw every published rating that time alone has made untrue; return how many."""
    standing = Publication.objects.published().select_related("recruiter__party")
    return sum(recheck(publication.recruiter, reason=Because.TIME_PASSED) for publication in list(standing))
