"""Which hit an officer looks at next."""

from django.db.models import Case, IntegerField, Value, When

from recruiters.models import HitDecision, Screening, ScreeningHit
from recruiters.screening import Gravity, HitState


def next_hit(screening: Screening, user_id: int, after: ScreeningHit | None = None) -> ScreeningHit | None:
    """Return the next hit that this officer may decide: the gravest and likeliest first."""
    waiting = screening.hits.filter(state__in=(HitState.OPEN, HitState.AWAITING_SECOND))
    mine = HitDecision.objects.filter(decided_by=user_id, hit__screening=screening, hit__state=HitState.AWAITING_SECOND)
    waiting = waiting.exclude(pk__in=mine.values("hit"))
    if after is not None:
        waiting = waiting.exclude(pk=after.pk)
    gravest = Case(When(gravity=Gravity.SEVERE, then=Value(0)), default=Value(1), output_field=IntegerField())
    return waiting.order_by(gravest, "-score", "pk").first()
