"""Freeze what those who oversee are told of a quarter: once it is over, protected, the same for all of them."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from core import audit
from core.actors import Actor
from core.models import User
from core.roles import Role
from core.standards import standard
from grievances.indicators import INDICATORS, Series, Share, quarters_until, series
from grievances.measuring import measure
from grievances.models import Accused, FrozenShare, Grievance
from parties.conflicts import parties_of_each

OVERSEERS = (Role.AUDITOR, Role.MINISTRY_OFFICER)


def countable_for_all() -> "QuerySet[Grievance]":
    """Return what everybody's figures may rest on: never what accuses anybody who reads them, or whom she is tied to.

    So the figures are the same for all who oversee, and two of them who compare learn nothing.
    """
    readers = User.objects.filter(is_active=True, memberships__role__in=OVERSEERS).distinct()
    tied = frozenset[int]().union(*parties_of_each(list(readers)).values())
    accused = Accused.objects.filter(party__in=tied, dropped_on__isnull=True).values("grievance")
    return Grievance.objects.exclude(pk__in=accused)


@transaction.atomic
def freeze_quarters(today: date, *, actor: Actor) -> int:
    """Freeze the shares of the newest quarters that are over and not frozen yet; return how many quarters."""
    over = quarters_until(today, with_running=False)
    known = set(FrozenShare.objects.filter(quarter__in=over).values_list("quarter", flat=True))
    new = [quarter for quarter in over if quarter not in known]
    if not new:
        return 0
    found = series(measure(countable_for_all(), new[0]), new, k=standard("statistics").tier("public").k)
    FrozenShare.objects.bulk_create(
        FrozenShare(quarter=quarter, code=each.indicator.code, percent=share.percent, hidden=share.hidden)
        for each in found
        for quarter, share in zip(new, each.shares, strict=True)
    )
    for quarter in new:
        audit.record("indicators.frozen", actor=actor, subject=f"indicators:{quarter:%Y-%m}")
    return len(new)


def frozen_series(quarters: Sequence[date]) -> tuple[Series, ...]:
    """Return every indicator over these quarters as it was frozen; of a quarter that is not, there is nothing yet."""
    rows = FrozenShare.objects.filter(quarter__in=quarters)
    told = {(row.code, row.quarter): Share(hidden=row.hidden, percent=row.percent) for row in rows}
    return tuple(Series(each, tuple(told.get((each.code, day), Share()) for day in quarters)) for each in INDICATORS)
