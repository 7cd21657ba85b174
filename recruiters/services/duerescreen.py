"""Screen again what is due every day: new editions and names, licences and measures that turned."""

import logging
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from core import audit, jobs
from core.actors import Automatic
from core.models import Job
from parties.models import Name, Relationship
from recruiters.models import Licence, Recruiter, Screening, ScreeningHit, ScreeningRow, WatchlistEntry, WatchlistLoad
from recruiters.models.watchlists import WatchlistSource
from recruiters.screening import Gravity, HitState, Outcome
from recruiters.services.behind import changed_since, everybody
from recruiters.services.newcomers import rows_touched
from recruiters.services.rescreening import (
    OPEN,
    Person,
    compare_waiting,
    conclude,
    start_rescreen,
    take_again,
    take_people,
    tell_officers,
    tell_watchers,
)

ACTOR = Automatic("rescreen")
log = logging.getLogger(__name__)


def rescreen(at: datetime) -> str:
    """Do whatever is due; return a sentence that says what was done. A failed part does not keep the others back."""
    today = timezone.localdate(at)
    turn_measures(today)
    said = [compare_register(), *compare_editions(), compare_rows()]
    said = [sentence for sentence in said if sentence]
    return "; ".join(said) or "nothing changed since the last time"


@transaction.atomic
def turn_measures(today: date) -> int:
    """Make records whose last measure has ended history, and their waiting hits with them; return how many turned."""
    ended = WatchlistEntry.objects.filter(alert_until__lt=today, gone_on__isnull=True).exclude(gravity=Gravity.INFO)
    pks = list(ended.values_list("pk", flat=True))
    for start in range(0, len(pks), 500):
        some = pks[start : start + 500]
        waiting = ScreeningHit.objects.filter(entry__in=some, state__in=OPEN)
        waiting.update(state=HitState.INFO, gravity=Gravity.INFO, rank=2, note="measures_ended")
        WatchlistEntry.objects.filter(pk__in=some).update(gravity=Gravity.INFO)
    if pks:
        audit.record("watchlist.measures_ended", actor=ACTOR, subject="watchlists", records=len(pks))
    return len(pks)


def compare_editions() -> list[str]:
    """Compare every list's edition in use that was not compared yet, or whose comparison stopped."""
    said = []
    current = WatchlistSource.objects.filter(is_active=True).values("current")
    for load in WatchlistLoad.objects.filter(pk__in=current, rescreened_at=None).select_related("job", "source"):
        job = load.job or start_rescreen(load, actor=ACTOR)
        if job.state == Job.FAILED:
            Job.objects.filter(pk=job.pk).update(state=Job.QUEUED, finished_at=None)
        try:
            jobs.work.call(job_id=job.pk)
        except Exception:
            log.exception("An edition could not be compared")
            tell_watchers(load)
            said.append(f"{load.ref} could not be compared and is tried again")
            continue
        load.refresh_from_db()
        done = load.compared
        said.append(
            f"{load.ref}: {done.get('rows', 0)} rows and {done.get('people', 0)} names screened again, "
            f"{done.get('opened', 0) + done.get('reopened', 0)} hits to decide"
        )
    return said


def _newest() -> dict[str, int]:
    """Return the numbers of the newest name, recruiter, relation and licence."""
    newest = {
        "name": Name.objects.aggregate(n=Max("pk")),
        "recruiter": Recruiter.objects.aggregate(n=Max("pk")),
        "relation": Relationship.objects.aggregate(n=Max("pk")),
        "licence": Licence.objects.aggregate(n=Max("pk")),
    }
    return {key: found["n"] or 0 for key, found in newest.items()}


def compare_register() -> str:
    """Compare the register's names that are new since the last time with the watchlists; all of them the first time.

    It goes on where it stopped. Of a whole register only the rows with a hit are kept, and the count of the others.
    """
    screening = _begun() or _begin()
    if screening is None:
        return ""
    while compare_waiting(screening):
        pass
    conclude(screening, actor=ACTOR)
    screening.rows.filter(hits__isnull=True, outcome=Outcome.CLEAR).delete()
    waiting = screening.hits.filter(state__in=OPEN)
    tell_officers(waiting, "rescreen_new_hits")
    unusable = f"; {len(screening.problems)} lists cannot be relied on" if screening.problems else ""
    return f"{screening.total} names screened, {waiting.count()} hits to decide{unusable}"


def _begun() -> Screening | None:
    return Screening.objects.filter(kind=Screening.Kind.REGISTER, load=None, state=Screening.State.RUNNING).first()


def _begin() -> Screening | None:
    newest = _newest()
    compared = Screening.objects.filter(kind=Screening.Kind.REGISTER, load=None, state=Screening.State.DONE)
    last = compared.filter(mapping__has_key="relation").order_by("-pk").first()
    before = {key: last.mapping[key] for key in newest if key in last.mapping} if last else None
    if before is not None and all(before.get(key, newest[key]) >= newest[key] for key in newest):
        return None
    rows = rows_touched(before)  # sought before anything is written, so that nobody waits for it
    with transaction.atomic():
        screening = Screening.objects.create(
            title=f"Register {timezone.localdate().isoformat()}", kind=Screening.Kind.REGISTER,
            state=Screening.State.RUNNING, mapping={**newest, "whole": before is None},
        )  # fmt: skip
        subjects = changed_since(before) if before else everybody()
        take_people(screening, (Person(ref, query) for ref, query in subjects))
        take_again(None, rows)
    return screening


def compare_rows() -> str:
    """Compare rows again that a new or renamed recruiter may be, or whose hit rests on a licence that turned."""
    with transaction.atomic():
        take_again(None, _turned())
    made = list(Screening.objects.filter(kind=Screening.Kind.RESCREEN, load=None, state=Screening.State.RUNNING))
    waiting = 0
    for screening in made:
        while compare_waiting(screening):
            pass
        conclude(screening, actor=ACTOR)
        opened = screening.hits.filter(state__in=OPEN)
        waiting += opened.count()
        tell_officers(opened, "rescreen_new_hits")
    rows = ScreeningRow.objects.filter(screening__in=made).count()
    return f"{rows} rows screened again as the register changed, {waiting} hits to decide" if rows else ""


def _turned() -> set[str]:
    """Return the subjects of rows whose hit on the register rests on a licence that stands otherwise today."""
    found = (
        ScreeningHit.objects.filter(
            recruiter__isnull=False, screening__is_watched=True, screening__state=Screening.State.DONE
        )
        .exclude(state=HitState.SUPERSEDED)
        .annotate(was=KeyTextTransform("standing", "facts"))
        .exclude(was=F("recruiter__standing_code"))
        .exclude(facts={})
    )
    return set(found.filter(row__later__isnull=True).values_list("row__subject_key", flat=True))


__all__ = ["compare_editions", "compare_register", "compare_rows", "rescreen", "turn_measures"]
