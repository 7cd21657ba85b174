"""Count what a finished period brought. Exact numbers live only here and in the hands of what protects them."""

import datetime as dt
from collections import Counter

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from cms.statistics.periods import Period
from cms.statistics.telling import NOT_STATED, Cube
from core.standards import standard
from grievances.models import CaseState, Concern, ConsentGiven, Grievance
from inspections.models import ActionStep, CorrectiveAction, VisitState
from inspections.models.actions import Step
from inspections.models.visits import State
from recruiters.licensing import ENDED_BY_AUTHORITY, SUSPENDED
from recruiters.models import LicenceStatus, Recruiter

COUNTED = "statistics_anonymised"


def cube(period: Period) -> Cube:
    """Count what a finished quarter brought: how many, about what, by age group and sex, about what by sex.

    One grievance may name several categories. Only whoever was asked and said yes is counted, however she came to us.
    """
    rules, arrived = standard("statistics"), _arrived(period)
    codes = [category.code for category in standard("grievance").categories]
    ages, sexes = [entry.code for entry in rules.age_bands], [entry.code for entry in rules.sexes]
    named = Concern.objects.filter(grievance__in=arrived).order_by()
    by_code = dict(named.values_list("code").annotate(number=Count("grievance", distinct=True)))
    people, category_sex = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for age, sex, number in arrived.order_by().values_list("person__age_band", "person__sex").annotate(n=Count("pk")):
        people[age or NOT_STATED, sex or NOT_STATED] += number
    found = named.values_list("code", "grievance__person__sex").annotate(n=Count("grievance", distinct=True))
    for code, sex, number in found:
        category_sex[code, sex or NOT_STATED] += number
    return Cube(
        everybody=arrived.count(),
        categories={code: by_code.get(code, 0) for code in codes},
        people={(age, sex): people[age, sex] for age in ages for sex in sexes},
        category_sex={(code, sex): category_sex[code, sex] for code in codes for sex in sexes},
    )


def countries(period: Period) -> dict[str, int]:
    """Return how many grievances came from each country of work; "" where it was not said."""
    rows = _arrived(period).order_by().values_list("country").annotate(number=Count("pk"))
    return dict(rows)


def outcomes(period: Period) -> dict[str, int]:
    """Return how many cases ended with each outcome; a case opened again and closed again counts for each time."""
    asked = ConsentGiven.objects.filter(grievance=OuterRef("case__grievance"), purpose=COUNTED).order_by("-pk")
    closed = CaseState.objects.filter(state=CaseState.State.CLOSED, **_during("at", period))
    closed = closed.annotate(counted=Subquery(asked.values("given")[:1])).filter(Q(counted=True))
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
    """Return the grievances of a period whose worker lets herself be counted: her newest answer, never silence."""
    asked = ConsentGiven.objects.filter(grievance=OuterRef("pk"), purpose=COUNTED).order_by("-pk")
    found = Grievance.objects.filter(received_on__range=(period.first_day, period.last_day))
    said = found.annotate(counted=Subquery(asked.values("given")[:1]))
    return said.filter(Q(counted=True))


def _during(field: str, period: Period) -> dict[str, dt.datetime]:
    zone = timezone.get_default_timezone()
    begins = dt.datetime.combine(period.first_day, dt.time.min, zone)
    ends = dt.datetime.combine(period.last_day + dt.timedelta(days=1), dt.time.min, zone)
    return {f"{field}__gte": begins, f"{field}__lt": ends}
