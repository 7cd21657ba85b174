"""Keep the columns by which lists know a recruiter's status equal to what the dated history says."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from recruiters.licensing import Standing, joint_standing, standing_on
from recruiters.models import Licence, Recruiter
from recruiters.zones import day_begins, local_day

COLUMNS = [
    "standing_code",
    "standing_since",
    "standing_until",
    "standing_turns_at",
    "standing_then",
    "expires_on",
    "licence_number",
]
BATCH = 500


def set_standing(recruiter: Recruiter, licences: Iterable[Licence], day: date | None = None) -> None:
    """Set the columns on an instance from its licences' histories, without saving.

    The day is today where the licences were given when none is named.
    """
    kept = list(licences)
    country = _where(recruiter, kept)
    on = day or local_day(country, timezone.now())
    histories = [licence.changes() for licence in kept]
    put_standing(recruiter, joint_standing(histories, on), country=country)
    speaking = [
        licence
        for licence, history in zip(kept, histories, strict=True)
        if standing_on(history, on).code == recruiter.standing_code and licence.number
    ]
    numbered = speaking or [licence for licence in kept if licence.number]
    recruiter.licence_number = numbered[0].number if numbered else ""


def _where(recruiter: Recruiter, licences: list[Licence]) -> str:
    """Return the country by whose midnight a recruiter's status turns: its licences' where they agree, else its own."""
    countries = {licence.country for licence in licences if licence.country}
    return countries.pop() if len(countries) == 1 else recruiter.country


def put_standing(recruiter: Recruiter, standing: Standing, *, country: str = "") -> None:
    """Set the columns that repeat a standing, without saving."""
    recruiter.standing_code = standing.code
    recruiter.standing_since = standing.since
    recruiter.standing_until = standing.turns_on
    recruiter.standing_turns_at = (
        day_begins(country or recruiter.country, standing.turns_on) if standing.turns_on else None
    )
    recruiter.standing_then = standing.then
    recruiter.expires_on = standing.expires_on


@transaction.atomic
def refresh_standing(recruiter_ids: Iterable[int], *, day: date | None = None) -> int:
    """Write the columns anew for these recruiters from their history; return how many changed."""
    ids = list(recruiter_ids)
    changed = 0
    for start in range(0, len(ids), BATCH):
        batch = list(Recruiter.objects.filter(pk__in=ids[start : start + BATCH]).prefetch_related("licences__history"))
        before = {recruiter.pk: [getattr(recruiter, name) for name in COLUMNS] for recruiter in batch}
        for recruiter in batch:
            set_standing(recruiter, recruiter.licences.all(), day)
        turned = [r for r in batch if before[r.pk] != [getattr(r, name) for name in COLUMNS]]
        Recruiter.objects.bulk_update(turned, COLUMNS)
        changed += len(turned)
    return changed


def turn_standings(at: datetime) -> int:
    """Write the columns anew for every recruiter whose status changed by itself by this moment; return how many."""
    due = Recruiter.objects.filter(standing_turns_at__lte=at).values_list("pk", flat=True)
    return refresh_standing(list(due))
