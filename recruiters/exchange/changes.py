"""Collect the newest changes of status on the public register, as entries of a feed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from recruiters.licensing import OPEN_TERM, Status
from recruiters.models import LicenceStatus

SHOWN = 100
TERM_DAYS = 60
"""A term that ran out within so many days is told as a change of its own: nobody decided it, and it matters as much."""


@dataclass(frozen=True)
class StatusChange:
    """One change: which licence of whom became what, from when, and when we knew."""

    key: str
    recruiter_ref: str
    name: str
    number: str
    authority: str
    status: str
    effective_on: date
    until: date | None
    at: datetime


def newest_changes(recruiter_ref: str = "") -> list[StatusChange]:
    """Return the newest changes that have taken effect, of one listed recruiter or of all, newest first."""
    rows = (
        LicenceStatus.objects.not_withdrawn()
        .filter(licence__recruiter__is_listed=True, licence__recruiter__merged_into__isnull=True)
        .select_related("licence__recruiter__party")
    )
    if recruiter_ref:
        rows = rows.filter(licence__recruiter__ref=recruiter_ref)
    found = [*_decided(rows), *_run_out(rows)]
    # What we learned in the same second stands in the order in which it took effect.
    found.sort(key=lambda change: (change.at, change.effective_on, change.key), reverse=True)
    return found[:SHOWN]


def _decided(rows: QuerySet[LicenceStatus]) -> Iterator[StatusChange]:
    begun = rows.filter(effective_on__lte=timezone.localdate())
    seen: set[int] = set()
    for some in (begun.order_by("-recorded_at", "-pk")[:SHOWN], begun.order_by("-effective_on", "-pk")[:SHOWN]):
        for row in some:
            if row.pk not in seen:
                seen.add(row.pk)
                yield _change(row, f"{row.licence.ref}:{row.pk}", row.code, row.effective_on)


def _run_out(rows: QuerySet[LicenceStatus]) -> Iterator[StatusChange]:
    today = timezone.localdate()
    newer = LicenceStatus.objects.filter(licence=OuterRef("licence"), pk__gt=OuterRef("pk"), effective_on__lte=today)
    ended = rows.filter(code__in=[str(code) for code in OPEN_TERM], effective_on__lte=today)
    ended = ended.filter(expires_on__gte=today - timedelta(days=TERM_DAYS), expires_on__lt=today)
    for row in ended.filter(~Exists(newer)).order_by("-expires_on", "-pk")[:SHOWN]:
        assert row.expires_on is not None  # noqa: S101 - the filter made sure
        day = row.expires_on + timedelta(days=1)
        yield _change(row, f"{row.licence.ref}:{row.expires_on:%Y%m%d}", Status.EXPIRED, day)


def _change(row: LicenceStatus, key: str, status: str, day: date) -> StatusChange:
    licence = row.licence
    begun = datetime.combine(day, time(0), tzinfo=UTC)
    return StatusChange(
        key=key,
        recruiter_ref=licence.recruiter.ref,
        name=licence.recruiter.party.name,
        number=licence.number,
        authority=licence.authority,
        status=str(status),
        effective_on=day,
        until=row.until if status == row.code else None,
        at=max(begun, row.recorded_at.replace(microsecond=0)),
    )
