"""What a supervisor looks after: critical findings, advised referrals, overdue actions, visits that wait."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from core.access import staff
from core.roles import Role
from inspections.indicators import Outcome
from inspections.models import (
    CorrectiveAction,
    Finding,
    Judgement,
    Referral,
    Screening,
    TeamMember,
    Visit,
)
from inspections.models.referrals import Stage
from inspections.models.visits import State, VisitQuerySet
from inspections.views.gate import reader
from inspections.words import STATE_TONES

STAFF = (Role.INSPECTOR, Role.MINISTRY_OFFICER)
SHOWN = 12


@staff(*STAFF)
def supervision(request: HttpRequest) -> HttpResponseBase:
    """Show what needs a supervisor: a fixed number of queries, however much there is."""
    user = reader(request)
    today = timezone.localdate()
    visits = Visit.objects.visible_to(user)
    if not user.has_role(Role.MINISTRY_OFFICER):
        visits = visits.filter(supervisor=user)
    critical = Finding.objects.filter(visit__in=visits, severity="critical").standing()
    context = {
        "critical": list(critical.select_related("visit__party").order_by("-found_at")[:SHOWN]),
        "advised": list(_advised(visits).select_related("party")[:SHOWN]),
        "overdue": list(
            CorrectiveAction.objects.filter(finding__visit__in=visits)
            .overdue(today)
            .select_related("owner", "finding")
            .order_by(F("due_on").asc())[:SHOWN]
        ),
        "waiting": list(
            visits.in_state(State.PLANNED)
            .filter(planned_for__lt=today)
            .select_related("party")
            .order_by("planned_for")[:SHOWN]
        ),
        "long": list(
            visits.in_state(State.UNDER_WAY)
            .unchanged_since(timezone.now() - timedelta(days=14))
            .select_related("party")
            .order_by("planned_for")[:SHOWN]
        ),
        "declined": list(
            Referral.objects.visible_to(user)
            .filter(visit__in=visits)
            .at_stage(Stage.DECLINED, Stage.RETURNED)
            .select_related("partner", "visit")[:SHOWN]
        ),
        "load": _load(visits),
        "by_state": _by_state(visits),
    }
    return render(request, "inspections/supervision.html", context)


def _advised(visits: VisitQuerySet) -> VisitQuerySet:
    """Return the visits whose answers ask for a referral that nobody made or decided against."""
    asked = Screening.objects.filter(visit=OuterRef("pk"), outcome=Outcome.REFER)
    later = Screening.objects.filter(
        subject=OuterRef("subject"), ruleset=OuterRef("ruleset"), person=OuterRef("person"), pk__gt=OuterRef("pk")
    )
    asked = asked.filter(~Exists(later))
    referred = Referral.objects.filter(visit=OuterRef("pk"))
    judged = Judgement.objects.filter(visit=OuterRef("pk"))
    return visits.filter(Exists(asked)).filter(~Exists(referred), ~Exists(judged)).order_by("-planned_for")


def _load(visits: VisitQuerySet) -> list[Any]:
    """Return how many open visits each inspector has."""
    open_visits = visits.in_state(State.PLANNED, State.UNDER_WAY).values("pk")
    return list(
        TeamMember.objects.filter(visit__in=open_visits, until__isnull=True)
        .values("inspector__display_name")
        .annotate(number=Count("visit"))
        .order_by("-number", "inspector__display_name")
    )


def _by_state(visits: VisitQuerySet) -> list[tuple[object, int, str]]:
    return [(state.label, visits.in_state(state).count(), STATE_TONES[state]) for state in State]
