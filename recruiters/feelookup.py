"""Find the rules of national law for a corridor: what officers put on record, and the reviewed file beside it."""

from django.db.models import Q

from recruiters.feerulebook import reviewed
from recruiters.feerules import NationalRule
from recruiters.models import FeeRule


def rules_for(origin: str, destination: str) -> list[NationalRule]:
    """Return the rules that may govern a corridor; a reviewed rule that an officer confirmed stands once."""
    rows = FeeRule.objects.filter(Q(origin__in=("", origin)) & Q(destination__in=("", destination)))
    recorded = [row.as_rule() for row in rows]
    confirmed = {(rule.code, rule.destination) for rule in recorded}
    shipped = [
        rule
        for rule in reviewed()
        if rule.origin in ("", origin)
        and rule.destination in ("", destination)
        and (rule.code, rule.destination) not in confirmed
    ]
    return [*recorded, *shipped]


def every_rule() -> list[NationalRule]:
    """Return all rules, for the page that lists them: recorded ones first."""
    recorded = [row.as_rule() for row in FeeRule.objects.order_by("jurisdiction", "origin", "destination", "-pk")]
    confirmed = {(rule.code, rule.destination) for rule in recorded}
    return [*recorded, *(rule for rule in reviewed() if (rule.code, rule.destination) not in confirmed)]
