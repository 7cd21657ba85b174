"""Note what is held against a recruiter and rate it anew, in the transaction of the one who says so."""

from dataclasses import asdict
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, notices
from core.actors import WORKER, Actor
from core.models import User
from recruiters.models import FactStep, Rating, Recruiter, RiskFact
from recruiters.models.risk import NEVER_SHOWN
from recruiters.models.words import Origin
from recruiters.scoring import severity_of
from recruiters.services.judging import judge
from recruiters.services.publications import recheck
from recruiters.services.register import people_of

ORIGINS = {
    "GRV": Origin.GRIEVANCE,
    "CAS": Origin.GRIEVANCE,
    "REM": Origin.GRIEVANCE,
    "VIS": Origin.INSPECTION,
    "INS": Origin.INSPECTION,
    "FND": Origin.INSPECTION,
    "FIN": Origin.INSPECTION,
    "COR": Origin.INSPECTION,
    "CAP": Origin.INSPECTION,
    "LIC": Origin.LICENCE,
    "ASM": Origin.ASSESSMENT,
    "FEE": Origin.FEE,
    "CNF": Origin.CONTRACT,
    "CTR": Origin.CONTRACT,
    "SCR": Origin.SCREENING,
    "HIT": Origin.SCREENING,
}


def origin_of(source_ref: str) -> Origin:
    """Return where a fact comes from, by the prefix of its source's reference."""
    return ORIGINS.get(source_ref.split("-", 1)[0], Origin.OTHER)


@transaction.atomic
def note_risk(
    recruiter: Recruiter,
    code: str,
    severity: str,
    source_ref: str,
    occurred_on: date,
    *,
    actor: Actor,
    weight: float | None = None,
) -> Rating:
    """Write a coded fact about a recruiter and rate it anew, in the caller's transaction; return the new rating.

    The same fact from the same source is kept once; a changed severity replaces it. ``severity`` may be a word of the
    caller's own scale: one that is not known counts as serious. ``weight`` replaces the points of the severity.
    """
    recruiter = recruiter.survivor()  # what is learned of a merged entry counts for the one that goes on
    ours = severity_of(severity)
    same = recruiter.risk_facts.filter(code=code, source_ref=source_ref).prefetch_related("steps")
    standing = [fact for fact in same if fact.state != "withdrawn"]
    unchanged = [f for f in standing if f.severity == ours and f.occurred_on == occurred_on and f.weight == weight]
    for fact in standing:
        if fact not in unchanged:
            write_step(fact, FactStep.Is.SUPERSEDED, actor=actor)
    if not unchanged:
        fact = RiskFact.objects.create(
            recruiter=recruiter,
            code=code,
            severity=ours,
            severity_word=severity[:20],
            origin=origin_of(source_ref),
            source_ref=source_ref,
            occurred_on=occurred_on,
            weight=weight,
            noted_by=actor.audit_code,
        )
        audit.record(
            "recruiter.risk_noted",
            actor=actor,
            subject=recruiter.ref,
            fact=fact.ref,
            code=code,
            severity=ours.value,
            source=source_ref,
        )
    return rate_recruiter(recruiter, actor=actor, cause="note_risk", cause_ref=source_ref)


def write_step(fact: RiskFact, state: str, *, actor: Actor, reason_code: str = "", on: date | None = None) -> FactStep:
    return FactStep.objects.create(
        fact=fact,
        state=state,
        reason_code=reason_code,
        on=on or timezone.localdate(),
        by=actor if isinstance(actor, User) else None,
    )


@transaction.atomic
def rate_recruiter(
    recruiter: Recruiter, *, actor: Actor, cause: str = "asked", cause_ref: str = "", day: date | None = None
) -> Rating:
    """Rate a recruiter from its facts by the newest ruleset, keep the account, and return the new rating."""
    on = day or timezone.localdate()
    judgement = judge(recruiter, on)
    rating = Rating.objects.create(
        recruiter=recruiter,
        ruleset=judgement.ruleset,
        day=on,
        score=judgement.score,
        band=judgement.band,
        lines=[asdict(line) for line in judgement.lines],
        relief=[asdict(relief) for relief in judgement.relief],
        cause=cause,
        cause_ref=cause_ref,
        made_by=actor.audit_code,
    )
    recruiter.risk_band, recruiter.risk_score, recruiter.rated_at = judgement.band, judgement.score, rating.made_at
    recruiter.save(update_fields=["risk_band", "risk_score", "rated_at"])
    audit.record(
        "recruiter.rated",
        actor=actor,
        subject=recruiter.ref,
        ruleset=judgement.ruleset,
        score=judgement.score,
        band=judgement.band,
        cause=cause,
    )
    if actor is not WORKER:  # what a worker said is never told, and so cannot change what is published
        recheck(recruiter)
    return rating


@transaction.atomic
def serve_fact(fact: RiskFact, *, actor: Actor) -> FactStep:
    """Tell a fact to the recruiter, which opens its right of reply; refused for what a grievance or a list said."""
    access.require(actor, "decide", fact.recruiter)
    if fact.origin in NEVER_SHOWN:
        raise PermissionDenied(_("A fact from a grievance or a watchlist is never told to the recruiter."))
    step = write_step(fact, FactStep.Is.SERVED, actor=actor)
    audit.record("recruiter.fact_served", actor=actor, subject=fact.ref, recruiter=fact.recruiter.ref)
    for user in people_of(fact.recruiter):
        notices.notify(user, "recruiter_fact_served", subject_ref=fact.ref)
    return step


@transaction.atomic
def settle_fact(fact: RiskFact, *, state: str, reason_code: str, actor: Actor) -> Rating:
    """Uphold, withdraw or mark as put right a fact, and rate anew."""
    access.require(actor, "decide", fact.recruiter)
    write_step(fact, FactStep.Is(state), actor=actor, reason_code=reason_code)
    audit.record(
        "recruiter.fact_settled",
        actor=actor,
        subject=fact.ref,
        state=state,
        reason=reason_code,
        recruiter=fact.recruiter.ref,
    )
    return rate_recruiter(fact.recruiter, actor=actor, cause="fact_settled", cause_ref=fact.ref)


def settle_source(recruiter: Recruiter, source_ref: str, *, state: str, actor: Actor) -> int:
    """Mark every standing fact of one source; return how many. The caller rates."""
    facts = [
        fact
        for fact in recruiter.risk_facts.filter(source_ref=source_ref).prefetch_related("steps")
        if fact.state in ("standing", "disputed")
    ]
    for fact in facts:
        write_step(fact, FactStep.Is(state), actor=actor)
    return len(facts)
