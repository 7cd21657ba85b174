"""Record what people decide about hits; a confirmed one against a recruiter of ours is a fact of its rating."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit
from core.models import User
from recruiters.models import HitDecision, Recruiter, ScreeningHit
from recruiters.screening import Answer, Decision, HitState, hit_state
from recruiters.services.risk import note_risk
from recruiters.services.screenings import ScreeningRefused


@transaction.atomic
def decide_hit(hit: ScreeningHit, *, answer: str, reason_code: str, actor: User, reason: str = "") -> ScreeningHit:
    """Record one person's decision with its reason; a severe hit is settled by two people who agree.

    Raises ScreeningRefused when the reason is missing, or when the same person would decide twice.
    """
    access.require(actor, "decide", hit.screening)
    hit = ScreeningHit.objects.select_for_update().select_related("row", "screening").get(pk=hit.pk)
    if reason_code == HitDecision.Reason.OTHER and not reason.strip():
        raise ScreeningRefused(_("Give the reason in words."))
    if hit.state == HitState.AWAITING_SECOND and hit.decisions.order_by("-pk")[0].decided_by_id == actor.pk:
        raise ScreeningRefused(_("You decided this hit first. The second decision is for somebody else."))
    HitDecision.objects.create(
        hit=hit,
        subject_key=hit.row.subject_key,
        target_key=hit.target_key,
        content_hash=hit.content_hash,
        answer=Answer(answer),
        reason_code=HitDecision.Reason(reason_code),
        reason=reason.strip()[:500],
        decided_by=actor,
    )
    made = hit.decisions.order_by("pk").values_list("answer", "decided_by_id")
    hit.state = hit_state(hit.gravity, [Decision(said, str(by)) for said, by in made])
    hit.note = ""
    hit.save(update_fields=["state", "note"])
    audit.record(
        "screening.hit_decided", actor=actor, subject=hit.ref, screening=hit.screening.ref, answer=answer,
        reason=reason_code, state=str(hit.state),
    )  # fmt: skip
    if hit.state == HitState.TRUE and hit.entry_id is not None:
        _tell_rating(hit, actor)
    return hit


def _tell_rating(hit: ScreeningHit, actor: User) -> None:
    """Note the match against the recruiter that the row is, where the row was made from our own register."""
    ref = hit.row.raw.get("recruiter", "")
    recruiter = Recruiter.objects.select_related("party").filter(ref=ref).first() if ref else None
    if recruiter is not None:
        note_risk(recruiter, "screening.true_match", "critical", hit.ref, timezone.localdate(), actor=actor)
