"""Which hit an officer looks at next: the gravest and likeliest first, and never one that somebody else has open."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from core.models import User
from recruiters.models import HitDecision, ScreeningHit
from recruiters.screening import HitState

ORDER = ("rank", "-score", "pk")


def waiting_for(user: User, *, whose: str = "") -> QuerySet[ScreeningHit]:
    """Return the hits that this officer may decide: not those whose first decision was hers.

    ``whose``: "mine" and "free" as they say, "all" whoever's; otherwise hers and those given to nobody.
    """
    kept = HitDecision.objects.filter(hit=OuterRef("pk"), undoes__isnull=True).order_by("-pk")
    undone = HitDecision.objects.filter(undoes=OuterRef("pk"))
    last = kept.filter(~Exists(undone)).values("decided_by")[:1]
    hits = ScreeningHit.objects.filter(state__in=(HitState.OPEN, HitState.AWAITING_SECOND))
    hits = hits.alias(last_by=Subquery(last)).exclude(state=HitState.AWAITING_SECOND, last_by=user.pk)
    if whose == "mine":
        return hits.filter(assigned_to=user)
    if whose == "free":
        return hits.filter(assigned_to=None)
    return hits if whose == "all" else hits.filter(Q(assigned_to=None) | Q(assigned_to=user))


def not_held(hits: QuerySet[ScreeningHit], user: User, now: datetime | None = None) -> QuerySet[ScreeningHit]:
    """Leave out the hits that somebody else has open."""
    at = now or timezone.now()
    return hits.filter(Q(held_until=None) | Q(held_until__lte=at) | Q(held_by=user))


def following(hits: QuerySet[ScreeningHit], hit: ScreeningHit | None = None) -> ScreeningHit | None:
    """Return the hit after this one in the queue's order, from the beginning again past its end."""
    ordered = hits.order_by(*ORDER)
    if hit is None:
        return ordered.first()
    ordered = ordered.exclude(pk=hit.pk)
    return ordered.filter(_after(hit)).first() or ordered.first()


def preceding(hits: QuerySet[ScreeningHit], hit: ScreeningHit) -> ScreeningHit | None:
    """Return the hit before this one in the queue's order, or None at its beginning."""
    before = hits.exclude(pk=hit.pk).exclude(_after(hit))
    return before.order_by(F("rank").desc(), F("score").asc(), F("pk").desc()).first()


def _after(hit: ScreeningHit) -> Q:
    same = Q(rank=hit.rank)
    return Q(rank__gt=hit.rank) | (same & Q(score__lt=hit.score)) | (same & Q(score=hit.score, pk__gt=hit.pk))
