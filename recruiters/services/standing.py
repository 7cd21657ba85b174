"""Keep the columns by which lists know a recruiter's status equal to what the dated history says."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from recruiters.licensing import Standing, joint_standing, standing_on
from recruiters.models import Licence, Recruiter

COLUMNS = [
    "standing_code",
    "standing_since",
    "standing_until",
    "standing_then",
    "expires_on",
    "licence_number",
]
BATCH = 500


def set_standing(recruiter: Recruiter, licences: Iterable[Licence], day: date) -> None:
    """Set the columns on an instance from its licences' histories, without saving."""
    kept = list(licences)
    histories = [licence.changes() for licence in kept]
    put_standing(recruiter, joint_standing(histories, day))
    speaking = [
        licence
        for licence, history in zip(kept, histories, strict=True)
        if standing_on(history, day).code == recruiter.standing_code and licence.number
    ]
    numbered = speaking or [licence for licence in kept if licence.number]
    recruiter.licence_number = numbered[0].number if numbered else ""


def put_standing(recruiter: Recruiter, standing: Standing) -> None:
    """Set the columns that repeat a standing, without saving."""
    recruiter.standing_code = standing.code
    recruiter.standing_since = standing.since
    recruiter.standing_until = standing.turns_on
    recruiter.standing_then = standing.then
    recruiter.expires_on = standing.expires_on


@transaction.atomic
def refresh_standing(recruiter_ids: Iterable[int], *, day: date | None = None) -> int:
    """Write the columns anew for these recruiters from their history; return how many changed."""
    on = day or timezone.localdate()
    ids = list(recruiter_ids)
    changed = 0
    for start in range(0, len(ids), BATCH):
        batch = list(Recruiter.objects.filter(pk__in=ids[start : start + BATCH]).prefetch_related("licences__history"))
        before = {recruiter.pk: [getattr(recruiter, name) for name in COLUMNS] for recruiter in batch}
        for recruiter in batch:
            set_standing(recruiter, recruiter.licences.all(), on)
        turned = [r for r in batch if before[r.pk] != [getattr(r, name) for name in COLUMNS]]
        Recruiter.objects.bulk_update(turned, COLUMNS)
        changed += len(turned)
    return changed


def turn_standings(day: date) -> int:
    """Write the columns anew for every recruiter whose status changed by itself by this day; return how many."""
    due = Recruiter.objects.filter(standing_until__lte=day).values_list("pk", flat=True)
    return refresh_standing(list(due), day=day)
