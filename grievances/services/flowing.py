"""Let what a case shows reach others only as far as the worker's own words go, and take it back with her word.

Which consents each way needs stands in the grievance standard (`flows`); what was not asked counts as no.
"""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from core import audit
from core.actors import Actor
from grievances.models import Accused, CaseState, Grievance, RemediationCase
from grievances.rulebook import category_rules, grievance_standard
from grievances.services.clockwork import moment
from grievances.services.news import news_of
from grievances.services.writing import current_consents
from grievances.signals import case_changed, case_opened
from recruiters.models import Recruiter
from recruiters.services import note_risk, rate_recruiter
from recruiters.services.risk import settle_source

RATE_RECRUITER, TELL_COMPANIES, NAME_RELATED = "rate_recruiter", "tell_companies", "name_related"
# The last thing that companies learn where a worker no longer agrees that they are told.
KEPT_PRIVATE = "kept_private"


def may_flow(grievance: Grievance, way: str) -> bool:
    """Say whether the worker agreed to everything that a way out of her grievance needs."""
    given = current_consents(grievance)
    return all(given.get(purpose, False) for purpose in grievance_standard().flow(way).needs)


@transaction.atomic
def let_flow(case: RemediationCase, *, actor: Actor, at: datetime | None = None) -> None:
    """Bring what recruiters' files and companies hold of a case in line with the worker's consents and the accused.

    Safe to call again whenever one of them changed; nothing new is told of a case that is closed.
    """
    _rate(case, actor=actor, day=moment(actor, at).date())
    _tell(case, actor=actor)


def tell_change(case: RemediationCase, state: str, *, actor: Actor, on: date) -> None:
    """Tell the floors above that a case moved on, where they know of it already and may still be told."""
    if case.told_companies and may_flow(case.grievance, TELL_COMPANIES):
        case_changed.send(sender=RemediationCase, news=news_of(case, state=state, changed_on=on))
    else:
        let_flow(case, actor=actor)


def accused_recruiters(grievance: Grievance) -> list[Recruiter]:
    """Return the registered recruiters that are confirmed as accused."""
    links = grievance.accusations.filter(dropped_on=None, basis=Accused.Basis.CONFIRMED)
    return list(Recruiter.objects.filter(party__in=links.values("party")).order_by("pk"))


def _rate(case: RemediationCase, *, actor: Actor, day: date) -> None:
    """Push one coded fact per category to each accused recruiter; withdraw what is held without her consent."""
    agreed = may_flow(case.grievance, RATE_RECRUITER)
    meant = accused_recruiters(case.grievance) if agreed else []
    if case.state != CaseState.State.CLOSED:
        for recruiter in meant:
            _note(case, recruiter, actor=actor, day=day)
    held = Recruiter.objects.filter(risk_facts__source_ref=case.ref).distinct()
    for recruiter in held.exclude(pk__in=[each.survivor().pk for each in meant]):
        if settle_source(recruiter, case.ref, state="withdrawn", actor=actor):
            rate_recruiter(recruiter, actor=actor, cause="case_kept_private", cause_ref=case.ref)
            audit.record("case.facts_withdrawn", actor=actor, subject=case.ref)


def _note(case: RemediationCase, recruiter: Recruiter, *, actor: Actor, day: date) -> None:
    """Note what a recruiter's file does not hold yet; what was put right or disputed there stays so."""
    facts = recruiter.survivor().risk_facts.filter(source_ref=case.ref).prefetch_related("steps")
    held = {fact.code for fact in facts if fact.state != "withdrawn"}
    for code in case.grievance.codes:
        if f"grievance.{code}" not in held:
            note_risk(
                recruiter,
                code=f"grievance.{code}",
                severity=str(category_rules()[code].severity),
                source_ref=case.ref,
                occurred_on=day,
                actor=actor,
            )


def _tell(case: RemediationCase, *, actor: Actor) -> None:
    """Tell the floors above of a case once she agrees, and once more when she no longer does."""
    agreed = may_flow(case.grievance, TELL_COMPANIES)
    if agreed and not case.told_companies and case.state != CaseState.State.CLOSED:
        case_opened.send(sender=RemediationCase, news=news_of(case, state=case.state))
    elif case.told_companies and not agreed:
        # No recruiter named: whoever knows of it hears that it is over for them, and nobody hears of it anew.
        news = replace(news_of(case, state=KEPT_PRIVATE), recruiter_party_ids=(), employer_party_ids=())
        case_changed.send(sender=RemediationCase, news=news)
    else:
        return
    case.told_companies = agreed
    case.save(update_fields=["told_companies"])
    audit.record("case.told_companies" if agreed else "case.kept_private", actor=actor, subject=case.ref)
