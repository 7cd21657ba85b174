"""Grant or refuse applications. A grave one is proposed by one officer and decided by another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, notices
from core.actors import Actor
from core.models import User
from parties.models import Provenance
from recruiters.applying import Gravity, gravity_of
from recruiters.licensing import ENDED_BY_AUTHORITY, Status
from recruiters.models import Application, ApplicationProposal, HitWaiver, LicenceStatus, Recruiter
from recruiters.models.words import Reason
from recruiters.services import licences
from recruiters.services.applications import day_of, for_decision, move
from recruiters.services.details import set_term
from recruiters.services.licences import DecisionRefused
from recruiters.services.prefilling import left_out
from recruiters.services.register import corridors_for, end_person, officers
from recruiters.services.ties import newest_decisions
from recruiters.tiegraph import Ties, ties_of
from recruiters.watchhits import Watch, watch_of


@dataclass(frozen=True)
class Terms:
    """What a decision says: how long, under which number, by which order, and why."""

    expires_on: date | None = None
    number: str = ""
    authority: str = ""
    order_number: str = ""
    reason_code: str = ""
    note: str = ""
    hit_words: str = ""

    def as_kept(self) -> dict[str, Any]:
        """Return the terms as they are kept with a proposal."""
        return {
            "expires_on": self.expires_on.isoformat() if self.expires_on else None,
            "number": self.number,
            "authority": self.authority,
            "order_number": self.order_number,
        }


def gravity(application: Application, *, grant: bool, ties: Ties | None = None, watch: Watch | None = None) -> Gravity:
    """Return whether deciding so needs two people, and why."""
    return gravity_for(application.recruiter, grant=grant, workers=application.workers_a_year, ties=ties, watch=watch)


def gravity_for(
    recruiter: Recruiter, *, grant: bool, workers: int | None, ties: Ties | None = None, watch: Watch | None = None
) -> Gravity:
    """Return what makes a decision about a recruiter a grave one, with an application or without."""
    found = ties if ties is not None else ties_of(recruiter)
    decided = newest_decisions(recruiter)
    standing = [judged for judged in found.found if not _set_aside(decided.get(judged.key))]
    ended = [str(code) for code in ENDED_BY_AUTHORITY]
    return gravity_of(
        grant=grant,
        bands=[judged.band.value for judged in standing],
        relevant_ties=sum(1 for judged in standing if (made := decided.get(judged.key)) and made.decided == "relevant"),
        was_barred=LicenceStatus.objects.filter(licence__recruiter=recruiter, code__in=ended).exists(),
        workers=workers,
        watch=(watch or watch_of(recruiter)).speaks if grant else "",
    )


def _set_aside(decision: Any) -> bool:
    return decision is not None and decision.decided == "not_relevant"


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
    reason_code: str = "",
    hit_words: str = "",
) -> Application:
    """Grant (a licence, or a longer term) or refuse an application; a grave decision is only proposed by this.

    ``hit_words`` say, for officers alone, why it is granted although a severe hit on a watchlist stands. Raises
    DecisionRefused for what is missing. The licence changes in the same transaction as the decision.
    """
    application = for_decision(application, actor)
    terms = Terms(
        expires_on, number.strip(), authority.strip(), order_number.strip(), reason_code, note.strip(),
        hit_words.strip()[:1000],
    )  # fmt: skip
    _check(terms, grant=grant)
    watch = watch_of(application.recruiter)
    if grant and watch.severe and not terms.hit_words:
        raise DecisionRefused(_("A severe hit on a watchlist stands. Say why the licence is granted all the same."))
    if application.proposals.filter(answer="").exists():
        raise DecisionRefused(_("A proposal waits for a second officer. Agree to it, or say that you do not."))
    if isinstance(actor, User) and gravity(application, grant=grant, watch=watch).two_people:
        proposal = _propose(application, terms, grant=grant, actor=actor)
        _waive(application, watch, terms, grant=grant, actor=actor, proposal=proposal)
        return application
    _waive(application, watch, terms, grant=grant, actor=actor)
    return _carry_out(application, terms, grant=grant, actor=actor)


def _check(terms: Terms, *, grant: bool) -> None:
    if grant and terms.expires_on is None:
        raise DecisionRefused(_("Give the last day of the term."))
    if grant and terms.expires_on is not None and terms.expires_on < timezone.localdate():
        raise DecisionRefused(_("A licence cannot end before it starts."))
    if not grant and not terms.note:
        raise DecisionRefused(_("Say why, so that the applicant knows what to do."))
    if not grant and (terms.reason_code not in Reason.values or not terms.order_number):
        raise DecisionRefused(_("A refusal needs the number of its order and a reason."))


def _waive(
    application: Application,
    watch: Watch,
    terms: Terms,
    *,
    grant: bool,
    actor: Actor,
    proposal: ApplicationProposal | None = None,
) -> None:
    """Keep why a licence is granted although severe hits stand, and which; in the audit trail only which."""
    if not grant or not watch.severe:
        return
    hits = sorted(line.hit.ref for line in watch.severe)
    HitWaiver.objects.create(
        application=application, proposal=proposal, hits=hits, words=terms.hit_words,
        by=actor if isinstance(actor, User) else None,
    )  # fmt: skip
    audit.record("application.hits_waived", actor=actor, subject=application.ref, hits="+".join(hits)[:200])


def _propose(application: Application, terms: Terms, *, grant: bool, actor: User) -> ApplicationProposal:
    proposal = ApplicationProposal.objects.create(
        application=application, grant=grant, terms=terms.as_kept(), reason_code=terms.reason_code, note=terms.note,
        by=actor,
    )  # fmt: skip
    audit.record("application.proposed", actor=actor, subject=application.ref, grant=grant)
    for officer in officers():
        if officer != actor:
            notices.notify(officer, "application_second", subject_ref=application.ref)
    return proposal


@transaction.atomic
def answer_proposal(proposal: ApplicationProposal, *, agree: bool, actor: User) -> Application:
    """Agree with another officer's proposal, which carries it out, or do not; nobody agrees with themselves."""
    application = for_decision(proposal.application, actor)
    proposal = ApplicationProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if proposal.answer:
        raise DecisionRefused(_("This proposal was answered already."))
    if agree and proposal.by_id == actor.pk:
        raise DecisionRefused(_("You proposed this yourself. Another officer has to agree."))
    proposal.answer = "agreed" if agree else "not_agreed"
    proposal.answered_at, proposal.answered_by = timezone.now(), actor
    proposal.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record("application.proposal_answered", actor=actor, subject=application.ref, agreed=agree)
    if not agree:
        return application
    kept = proposal.terms
    terms = Terms(
        day_of(kept["expires_on"]), kept["number"], kept["authority"], kept["order_number"], proposal.reason_code,
        proposal.note,
    )  # fmt: skip
    _check(terms, grant=proposal.grant)
    known = {ref for waiver in HitWaiver.objects.filter(proposal=proposal) for ref in waiver.hits}
    if proposal.grant and any(line.hit.ref not in known for line in watch_of(application.recruiter).severe):
        raise DecisionRefused(_("A severe hit has come since this was proposed. Drop the proposal and propose anew."))
    return _carry_out(application, terms, grant=proposal.grant, actor=actor)


def _carry_out(application: Application, terms: Terms, *, grant: bool, actor: Actor) -> Application:
    application.order_number = terms.order_number
    if not grant:
        application.reason_code = terms.reason_code
        move(application, Application.State.REFUSED, terms.note, actor=actor, reason=terms.reason_code)
        return application
    application.reason_code = Reason.REQUIREMENTS_MET
    _licence(application, terms, actor)
    recruiter = application.recruiter
    for relation in left_out(recruiter, application.content):
        if relation.provenance == Provenance.APPLICATION:  # what others know of it, the applicant does not end
            end_person(recruiter, relation, on=max(timezone.localdate(), relation.starts or date.min), actor=actor)
    recruiter.corridors.add(*corridors_for(recruiter.country, application.destinations))
    if not recruiter.is_listed:
        Recruiter.objects.filter(pk=recruiter.pk).update(is_listed=True)
    move(application, Application.State.GRANTED, terms.note, actor=actor)
    return application


def _licence(application: Application, terms: Terms, actor: Actor) -> None:
    """Give or renew the licence, with what it covers from that day on."""
    assert terms.expires_on is not None  # noqa: S101 - _check made sure of it
    if application.licence is not None:
        licences.renew_licence(
            application.licence, expires_on=terms.expires_on, actor=actor, order_number=terms.order_number
        )
    else:
        application.licence = licences.add_licence(
            application.recruiter, actor=actor, number=terms.number, authority=terms.authority,
            expires_on=terms.expires_on, code=Status.ACTIVE, order_number=terms.order_number,
            reason_code=Reason.REQUIREMENTS_MET, capacity=application.workers_a_year,
        )  # fmt: skip
    licence = application.licence
    _cover(licence, "corridor", application.destinations, actor)
    _cover(licence, "sector", application.content.get("sectors", []), actor)
    if application.workers_a_year:
        set_term(licence, kind="workers_a_year", amount=application.workers_a_year, actor=actor)
    application.recruiter.guarantees.filter(provenance_ref=application.ref, licence=None).update(licence=licence)


def _cover(licence: Any, kind: str, codes: Iterable[str], actor: Actor) -> None:
    for code in codes:
        set_term(licence, kind=kind, code=code, actor=actor)
