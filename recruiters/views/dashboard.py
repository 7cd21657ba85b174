"""Show the ministry officer what waits today."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, Value
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext_lazy

from core.access import staff
from core.roles import Role
from parties.conflicts import parties_of
from recruiters.filters import GROUP_LABELS
from recruiters.licensing import MAY_RECRUIT, group_of
from recruiters.models import (
    Appeal,
    Application,
    Claim,
    Correction,
    Dispute,
    LicenceStatus,
    Recruiter,
    Screening,
    ScreeningHit,
    WatchlistSource,
)
from recruiters.screening import HitState
from recruiters.views.acting import reader

SHOWN = 8
EXPIRY_DAYS = 60
_WAITING: tuple[tuple[str, Any, str, str], ...] = (
    ("open", ngettext_lazy("hit to decide", "hits to decide"), "hit_queue", ""),
    (
        "second", ngettext_lazy("hit that waits for a second decision", "hits that wait for a second decision"),
        "hit_queue", "",
    ),
    ("application", ngettext_lazy("application to answer", "applications to answer"), "applications", ""),
    ("dispute", ngettext_lazy("dispute to answer", "disputes to answer"), "disputes", ""),
    ("appeal", ngettext_lazy("appeal to decide", "appeals to decide"), "appeals", ""),
    ("claim", ngettext_lazy("claim to decide", "claims to decide"), "claims", ""),
    (
        "correction", ngettext_lazy("corrective action answered", "corrective actions answered"),
        "corrections", f"?state={Correction.State.ANSWERED}",
    ),
    (
        "ending", ngettext_lazy("valid licence that ends within 60 days", "valid licences that end within 60 days"),
        "register", "?sort=expires",
    ),
)  # fmt: skip
"""What may wait for an officer: how it is counted, its words by number, the page that lists it and how it is asked."""


@dataclass(frozen=True)
class Figure:
    """One number that leads to its list."""

    number: int
    label: str
    url: str


@staff(Role.MINISTRY_OFFICER)
def dashboard(request: HttpRequest) -> HttpResponseBase:
    """Show hits to decide, applications, disputes, licences that end, new decisions, lists and their age."""
    user, today = reader(request), timezone.localdate()
    seen = Recruiter.objects.visible_to(user)
    tied = parties_of(user)
    hits = ScreeningHit.objects.aggregate(
        open=Count("pk", filter=Q(state=HitState.OPEN)), second=Count("pk", filter=Q(state=HitState.AWAITING_SECOND))
    )
    ending = seen.filter(
        standing_code__in=[str(code) for code in MAY_RECRUIT],
        expires_on__range=(today, today + timedelta(days=EXPIRY_DAYS)),
    )
    decisions = LicenceStatus.objects.exclude(order_number="").exclude(licence__recruiter__party__in=tied)
    lists = list(WatchlistSource.objects.filter(is_active=True).select_related("current"))
    context = {
        "figures": _figures(user, hits, ending.count()),
        "statuses": _statuses(tied),
        "ending": ending.select_related("party").order_by("expires_on", "pk")[:SHOWN],
        "risky": seen.filter(risk_score__isnull=False).select_related("party").order_by("-risk_score", "pk")[:SHOWN],
        "decisions": decisions.select_related("licence__recruiter__party").order_by("-pk")[:SHOWN],
        "screenings": Screening.objects.visible_to(user)[:5],
        "stale": [source for source in lists if source.is_stale],
        "no_watchlist": not lists,
        "today": today,
    }
    return render(request, "recruiters/dashboard.html", context)


def _figures(user: Any, hits: dict[str, int], ending: int) -> list[Figure]:
    applications = Application.objects.visible_to(user).filter(state=Application.State.SUBMITTED)
    others = {
        "dispute": Dispute.objects.visible_to(user).filter(state=Dispute.State.OPEN),
        "appeal": Appeal.objects.visible_to(user).filter(state=Appeal.State.LODGED),
        "claim": Claim.objects.visible_to(user).filter(state__in=(Claim.State.OPEN, Claim.State.PROPOSED)),
        "correction": Correction.objects.visible_to(user).filter(state=Correction.State.ANSWERED),
    }
    named = [_named(rows, kind) for kind, rows in others.items()]
    waiting = Counter(kind for (kind,) in _named(applications, "application").union(*named, all=True))
    numbers = {**hits, **waiting, "ending": ending}
    return [
        Figure(number := numbers.get(kind, 0), words % number, reverse(f"recruiters:{page}") + asked)
        for kind, words, page, asked in _WAITING
    ]


def _named(rows: Any, kind: str) -> Any:
    """Return a row's kind for each row, so that many tables are counted by one query."""
    return rows.order_by().annotate(counts_as=Value(kind)).values_list("counts_as")


def _statuses(tied: frozenset[int]) -> list[tuple[str, str, int]]:
    """Count recruiters by the group of today's status, without whom the reader is tied to and what was merged."""
    everybody = Recruiter.objects.order_by()
    counted: Counter[str] = Counter()
    for code, number in everybody.values_list("standing_code").annotate(n=Count("*")):
        counted[group_of(code)] += number
    turned = everybody.filter(standing_turns_at__lte=timezone.now())  # terms that ran out since the nightly job
    # Above nothing rather than not null: SQLite takes the index for the one and walks the whole table for the other.
    left_out = everybody.filter(Q(party__in=tied) | Q(merged_into__gt=0))
    for why, recruiter in _marked(turned, left_out):
        counted[group_of(recruiter.standing_code if why == "turned" else recruiter.current_code)] -= 1
        if why == "turned":
            counted[group_of(recruiter.current_code)] += 1
    return [(group, str(label), counted[group]) for group, label in GROUP_LABELS.items()]


def _marked(turned: Any, left_out: Any) -> list[tuple[str, Recruiter]]:
    """Return both kinds of rows by one query, each with why it is there."""
    columns = ("standing_code", "standing_then", "standing_turns_at")
    both = [
        rows.annotate(why=Value(why)).values_list("why", *columns)
        for why, rows in (("turned", turned), ("left_out", left_out))
    ]
    found = both[0].union(both[1], all=True)
    return [(why, Recruiter(**dict(zip(columns, values, strict=True)))) for why, *values in found]
