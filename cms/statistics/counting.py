"""Count what a finished period brought. Exact numbers live only here and in the hands of what protects them."""

import datetime as dt

from django.db.models import Count, QuerySet
from django.utils import timezone

from cms.statistics.periods import Period
from core.standards import standard
from grievances.models import CaseState, Concern, Grievance
from inspections.models import ActionStep, CorrectiveAction, VisitState
from inspections.models.actions import Step
from inspections.models.visits import State
from recruiters.licensing import ENDED_BY_AUTHORITY, SUSPENDED
from recruiters.models import LicenceStatus, Recruiter


def grievances(period: Period) -> int:
    """Return how many grievances arrived."""
    return _arrived(period).count()


def categories(period: Period) -> dict[str, int]:
    """Return how many grievances named each category; one grievance may name several."""
    named = Concern.objects.filter(grievance__in=_arrived(period)).order_by()
    found = dict(named.values_list("code").annotate(number=Count("grievance", distinct=True)))
    return {category.code: found.get(category.code, 0) for category in standard("grievance").categories}


def countries(period: Period) -> dict[str, int]:
    """Return how many grievances came from each country of work; "" where it was not said."""
    rows = _arrived(period).order_by().values_list("country").annotate(number=Count("pk"))
    return dict(rows)


def outcomes(period: Period) -> dict[str, int]:
    """Return how many cases ended with each outcome; a case opened again and closed again counts for each time."""
    closed = CaseState.objects.filter(state=CaseState.State.CLOSED, **_during("at", period))
    found = dict(closed.order_by().values_list("outcome").annotate(number=Count("pk")))
    return {reason.code: found.get(reason.code, 0) for reason in standard("grievance").closure_reasons}


def visits(period: Period) -> int:
    """Return how many inspection visits were closed."""
    return VisitState.objects.filter(state=State.CLOSED, **_during("at", period)).values("visit").distinct().count()


def actions(period: Period) -> dict[str, int]:
    """Return how many corrective actions were ordered and how many were verified."""
    verified = ActionStep.objects.filter(state=Step.VERIFIED, **_during("at", period))
    return {
        "ordered": CorrectiveAction.objects.filter(**_during("created_at", period)).count(),
        "verified": verified.values("action").distinct().count(),
    }


def licences(period: Period) -> dict[str, int]:
    """Return how many listed recruiters might recruit on the last day, and what authorities decided in the period."""
    decided = LicenceStatus.objects.filter(
        licence__recruiter__is_listed=True, effective_on__range=(period.first_day, period.last_day)
    )
    known = Recruiter.objects.listed().filter(registered_on__lte=period.last_day)
    return {
        "valid": known.with_status(at=period.last_day).filter(status_valid=True).count(),  # type: ignore[misc]
        "suspended": decided.filter(code__in=[str(code) for code in SUSPENDED]).count(),
        "ended": decided.filter(code__in=[str(code) for code in ENDED_BY_AUTHORITY]).count(),
    }


def _arrived(period: Period) -> "QuerySet[Grievance]":
    return Grievance.objects.filter(received_on__range=(period.first_day, period.last_day))


def _during(field: str, period: Period) -> dict[str, dt.datetime]:
    zone = timezone.get_default_timezone()
    begins = dt.datetime.combine(period.first_day, dt.time.min, zone)
    ends = dt.datetime.combine(period.last_day + dt.timedelta(days=1), dt.time.min, zone)
    return {f"{field}__gte": begins, f"{field}__lt": ends}
