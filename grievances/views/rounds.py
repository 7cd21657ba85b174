"""Work through what waits for a decision, one after the other: which is next, how many are left; nothing is kept."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from core.models import User
from grievances.models import Clock, Grievance
from grievances.statuses import Status

ROUND = "round"
# What a handler can decide on now: what waits for a worker's answer comes back once she has given it.
TO_DECIDE = (Status.RECEIVED, Status.ACKNOWLEDGED, Status.REOPENED)


@dataclass(frozen=True)
class Place:
    """Where one stands in the round: how many wait, and what comes before and after."""

    number: int
    total: int
    before: str
    after: str


def in_round(request: HttpRequest) -> bool:
    """Say whether this request is part of a round."""
    return (request.POST if request.method == "POST" else request.GET).get(ROUND) == "1"


def waiting_for(user: User) -> list[str]:
    """Return the references of what waits for a decision, the most pressing first, as the queue shows them."""
    due = Clock.objects.filter(grievance=OuterRef("pk"), met_at=None, dropped_at=None).order_by("due_at", "pk")
    seen: QuerySet[Any] = Grievance.objects.visible_to(user).with_status()
    found = seen.filter(state__in=TO_DECIDE)
    soonest = found.annotate(next_due=Subquery(due.values("due_at")[:1]))
    return list(soonest.order_by(F("next_due").asc(nulls_last=True), "ref").values_list("ref", flat=True))


def place_of(grievance: Grievance, user: User) -> Place | None:
    """Return where a grievance stands in its handler's round; nothing for one that waits for no decision."""
    refs = waiting_for(user)
    if grievance.ref not in refs:
        return None
    at = refs.index(grievance.ref)
    return Place(at + 1, len(refs), refs[at - 1] if at else "", refs[at + 1] if at + 1 < len(refs) else "")


def address_of(ref: str) -> str:
    """Return where a grievance is decided within a round; without one, the queue.

    The place is named, else a browser would carry the place on the page before over to this one.
    """
    return f"{reverse('grievances:triage', args=[ref])}?{ROUND}=1#words" if ref else reverse("grievances:queue")


def begin(user: User) -> HttpResponseBase:
    """Lead to the first that waits; to the queue where nothing does."""
    return redirect(address_of(next(iter(waiting_for(user)), "")))
