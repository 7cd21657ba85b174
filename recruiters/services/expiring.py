"""Tell that a term ends: ninety and thirty days before and on its last day, each once, however long nothing ran."""

from datetime import datetime, timedelta

from django.db import transaction

from core import audit, notices
from core.actors import Automatic
from recruiters.expiry import NOTICE_DAYS, notice_days_due
from recruiters.licensing import OPEN_TERM
from recruiters.models import ExpiryNotice, Licence, LicenceStatus
from recruiters.services.register import officers, people_of
from recruiters.zones import local_day

ACTOR = Automatic("expiry")
LOOK_BACK = 366
"""A term that ended longer ago is not announced any more, even if nothing ran since."""


@transaction.atomic
def tell_expiries(at: datetime) -> str:
    """Send the notices that are due at a moment and were not sent; safe to run at any time, any number of times."""
    told: dict[int, list[ExpiryNotice]] = {days: [] for days in NOTICE_DAYS}
    day = at.date()
    window = (day - timedelta(days=LOOK_BACK), day + timedelta(days=max(NOTICE_DAYS) + 1))
    ending = LicenceStatus.objects.filter(code__in=[str(code) for code in OPEN_TERM], expires_on__range=window)
    licences = (
        Licence.objects.filter(pk__in=ending.values("licence"))
        .select_related("recruiter__party__account")
        .prefetch_related("history", "expiry_notices")
        .order_by("pk")
    )
    for licence in licences.iterator(chunk_size=500):
        for notice in _tell(licence, at):
            told[notice.days].append(notice)
    _tell_officers(told)
    return ", ".join(f"{len(rows)} licences at {days} days" for days, rows in told.items())


def _tell(licence: Licence, at: datetime) -> list[ExpiryNotice]:
    """Write the notices of one licence and tell its holder's people; what was told before is not told again."""
    today = local_day(licence.country, at)
    standing = licence.standing(today)
    row = _ruling(licence, today)
    if row is None or standing.expires_on is None or row.expires_on != standing.expires_on:
        return []
    known = min(
        max(same.effective_on, local_day(licence.country, same.recorded_at))
        for same in licence.standing_rows()
        if same.expires_on == row.expires_on
    )
    already = {notice.days for notice in licence.expiry_notices.all() if notice.expires_on == standing.expires_on}
    written = []
    for days in notice_days_due(standing.expires_on, today, known_since=known, told=already):
        notice, new = ExpiryNotice.objects.get_or_create(
            licence=licence, expires_on=standing.expires_on, days=days, defaults={"told_on": today}
        )
        if not new:
            continue
        written.append(notice)
        audit.record("licence.expiry_told", actor=ACTOR, subject=licence.ref, days=days, expires_on=notice.expires_on)
        for user in people_of(licence.recruiter):
            notices.notify(user, f"licence_ends_{days}", subject_ref=licence.ref)
    return written


def _ruling(licence: Licence, today: object) -> LicenceStatus | None:
    """Return the newest begun row with a term, where the licence still runs by it."""
    rows = [row for row in licence.standing_rows() if row.effective_on <= today]  # type: ignore[operator]
    newest = max(rows, key=lambda row: (row.effective_on, row.pk), default=None)
    return newest if newest is not None and newest.code in OPEN_TERM else None


def _tell_officers(told: dict[int, list[ExpiryNotice]]) -> None:
    """Tell each officer once for each kind of notice: the list names the licences, not a thousand messages."""
    for days, rows in told.items():
        if rows:
            for officer in officers():
                notices.notify(officer, f"licences_end_{days}", subject_ref=rows[0].ref)
