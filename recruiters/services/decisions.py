"""Record what people decide about hits; a confirmed one against a recruiter of ours is a fact of its rating."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit
from core.models import User
from core.roles import Role
from recruiters.deciding import OTHER, fits
from recruiters.models import HitDecision, Recruiter, ScreeningHit
from recruiters.screening import Answer, HitState
from recruiters.services.carrying import copied, state_of
from recruiters.services.intake import ScreeningRefused
from recruiters.services.risk import note_risk, rate_recruiter, settle_source

OPEN = (HitState.OPEN, HitState.AWAITING_SECOND)
HELD_FOR = timedelta(minutes=10)
AT_ONCE = 500


@transaction.atomic
def decide_hit(
    hit: ScreeningHit,
    *,
    answer: str,
    reason_code: str,
    actor: User,
    reason: str = "",
    together: bool = False,
    seen: int | None = None,
) -> ScreeningHit:
    """Record one person's decision with its reason; a severe hit is settled by two people who agree.

    ``together`` decides alike wherever the very same pair waits; ``seen`` is the newest decision that the person saw.
    Raises ScreeningRefused when the reason is missing or does not fit, when the same person would decide twice, or
    when somebody else decided meanwhile.
    """
    access.require(actor, "decide", hit.screening)
    hit = ScreeningHit.objects.select_for_update(of=("self",)).select_related("row", "screening").get(pk=hit.pk)
    _require_untied(hit, actor)
    _refuse_if_unsound(hit, answer, reason_code, reason, actor, seen)
    decision = HitDecision.objects.create(
        hit=hit,
        subject_key=hit.row.subject_key,
        target_key=hit.target_key,
        content_hash=hit.content_hash,
        answer=Answer(answer),
        reason_code=HitDecision.Reason(reason_code),
        reason=reason.strip()[:500],
        decided_by=actor,
    )
    _settle(hit, actor)
    alike = _decide_twins(hit, decision, actor) if together else 0
    audit.record(
        "screening.hit_decided", actor=actor, subject=hit.ref, screening=hit.screening.ref, answer=answer,
        reason=reason_code, state=str(hit.state), together=alike,
    )  # fmt: skip
    return hit


def _require_untied(hit: ScreeningHit, actor: User) -> None:
    """Raise PermissionDenied where a hit is about a recruiter whom the actor is tied to, on either side of it."""
    ref = hit.row.own_recruiter
    about = Q(pk=hit.recruiter_id) | Q(ref=ref) if ref else Q(pk=hit.recruiter_id)
    for recruiter in Recruiter.objects.filter(about).select_related("party"):
        access.require(actor, "decide", recruiter)


def _refuse_if_unsound(
    hit: ScreeningHit, answer: str, reason_code: str, reason: str, actor: User, seen: int | None
) -> None:
    if hit.state == HitState.SUPERSEDED:
        raise ScreeningRefused(_("The row was screened again since. Decide where it waits now."))
    if not fits(answer, reason_code):
        raise ScreeningRefused(_("This reason does not go with this decision. Choose one that is listed under it."))
    if reason_code == OTHER and not reason.strip():
        raise ScreeningRefused(_("Give the reason in words."))
    last = hit.decisions.order_by("-pk").select_related("decided_by").first()
    if seen is not None and last is not None and last.pk > seen and last.decided_by_id != actor.pk:
        raise ScreeningRefused(
            _("%(who)s decided this hit while you read it. Look at the decision below, then decide again if need be.")
            % {"who": last.decided_by}
        )
    if hit.state == HitState.AWAITING_SECOND and last_decider(hit) == actor.pk:
        raise ScreeningRefused(_("You decided this hit first. The second decision is for somebody else."))


def last_decider(hit: ScreeningHit) -> int | None:
    """Return who took the newest decision that nobody took back."""
    kept = hit.decisions.filter(undoes__isnull=True, undone_by__isnull=True).order_by("-pk")
    return kept.values_list("decided_by_id", flat=True).first()


def _settle(hit: ScreeningHit, actor: User) -> None:
    """Write where a hit stands after its decisions, and let the rating know."""
    before, hit.state = hit.state, state_of(hit)
    hit.note, hit.held_by, hit.held_until = "", None, None
    hit.save(update_fields=["state", "note", "held_by", "held_until"])
    if hit.entry_id is not None and HitState.TRUE in (before, hit.state) and before != hit.state:
        _tell_rating(hit, actor)


def twins(hit: ScreeningHit) -> QuerySet[ScreeningHit]:
    """Return the other waiting hits of the very same pair: the same row as written, the same record unchanged."""
    same = ScreeningHit.objects.filter(
        target_key=hit.target_key, content_hash=hit.content_hash, gravity=hit.gravity, verdict=hit.verdict
    )
    return same.filter(row__subject_key=hit.row.subject_key, state__in=OPEN).exclude(pk=hit.pk)


def _decide_twins(hit: ScreeningHit, decision: HitDecision, actor: User) -> int:
    found = list(twins(hit).select_related("row", "screening").order_by("pk")[:AT_ONCE])
    found = [twin for twin in found if last_decider(twin) != actor.pk]
    HitDecision.objects.bulk_create([copied(decision, twin) for twin in found])
    for twin in found:
        _settle(twin, actor)
    return len(found)


@transaction.atomic
def undo_decision(hit: ScreeningHit, *, actor: User) -> ScreeningHit:
    """Take the actor's own newest decision on a hit back, as a row of its own, wherever it was carried to.

    Raises ScreeningRefused when there is none, or when somebody else has decided after it.
    """
    access.require(actor, "decide", hit.screening)
    hit = ScreeningHit.objects.select_for_update(of=("self",)).select_related("row", "screening").get(pk=hit.pk)
    kept = hit.decisions.filter(undoes__isnull=True, undone_by__isnull=True).order_by("-pk")
    last = kept.first()
    if last is None or last.decided_by_id != actor.pk:
        raise ScreeningRefused(_("There is no decision of yours here that could be taken back."))
    original = last.carried_from or last
    for each in (original, *original.carried.select_related("hit__row", "hit__screening")):
        if each.undone_by.exists():
            continue
        HitDecision.objects.create(
            hit=each.hit,
            subject_key=each.subject_key,
            target_key=each.target_key,
            content_hash=each.content_hash,
            answer=HitDecision.UNDONE,
            decided_by=actor,
            undoes=each,
        )
        if each.hit.state != HitState.SUPERSEDED:
            _settle(each.hit, actor)
    audit.record("screening.decision_undone", actor=actor, subject=hit.ref, screening=hit.screening.ref)
    hit.refresh_from_db()
    return hit


def last_decided(actor: User) -> ScreeningHit | None:
    """Return the hit that this officer decided last and may still take back, within the day."""
    mine = HitDecision.objects.filter(decided_by=actor, undoes__isnull=True, undone_by__isnull=True)
    mine = mine.filter(carried_from__isnull=True, decided_at__gte=timezone.now() - timedelta(days=1))
    newest = mine.select_related("hit__row", "hit__screening").order_by("-pk").first()
    return newest.hit if newest and last_decider(newest.hit) == actor.pk else None


@transaction.atomic
def assign_hits(hits: QuerySet[ScreeningHit], *, to: User | None, actor: User) -> int:
    """Give waiting hits to an officer (or to nobody); return how many."""
    access.require_role(actor, Role.MINISTRY_OFFICER)
    if to is not None and not to.has_role(Role.MINISTRY_OFFICER):
        raise ScreeningRefused(_("Hits are decided by officers of the ministry only."))
    pks = list(hits.filter(state__in=OPEN).values_list("pk", flat=True)[:AT_ONCE])
    count = ScreeningHit.objects.filter(pk__in=pks).update(assigned_to=to)
    audit.record("screening.hits_assigned", actor=actor, subject=to.audit_code if to else "nobody", hits=count)
    return count


def hold_hit(hit: ScreeningHit, *, actor: User) -> None:
    """Keep a waiting hit for whoever has it on the screen, for ten minutes, so that two do not decide the same one."""
    now = timezone.now()
    if hit.state not in OPEN or (hit.held_until and hit.held_until > now and hit.held_by_id != actor.pk):
        return
    if hit.held_by_id == actor.pk and hit.held_until and hit.held_until > now + HELD_FOR / 2:
        return
    ScreeningHit.objects.filter(pk=hit.pk).update(held_by=actor, held_until=now + HELD_FOR)


def release_hits(hits: Iterable[int], *, actor: User) -> None:
    """Let go of hits that this officer left undecided."""
    ScreeningHit.objects.filter(pk__in=list(hits), held_by=actor).update(held_by=None, held_until=None)


def _tell_rating(hit: ScreeningHit, actor: User) -> None:
    """Note or withdraw the match for the recruiter that the row is, where the row was made from our own register."""
    ref = hit.row.own_recruiter
    recruiter = Recruiter.objects.select_related("party").filter(ref=ref).first() if ref else None
    if recruiter is None:
        return
    if hit.state == HitState.TRUE:
        note_risk(recruiter, "screening.true_match", "critical", hit.ref, timezone.localdate(), actor=actor)
    elif settle_source(recruiter, hit.ref, state="withdrawn", actor=actor):
        rate_recruiter(recruiter, actor=actor, cause="screening", cause_ref=hit.ref)
