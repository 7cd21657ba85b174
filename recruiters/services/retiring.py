"""Take a watchlist out of use: what rested on it is screened again without it, and past results keep naming it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, jobs, notices
from core.actors import SYSTEM, Actor
from core.models import Job, User
from core.roles import Role
from recruiters.models import ListRetirement, Screening, ScreeningHit, ScreeningRow, WatchlistSource
from recruiters.screening import HitState, Outcome
from recruiters.services.register import officers
from recruiters.services.rescreening import OPEN, compare_waiting, conclude, take_again
from recruiters.services.watchlists import WatchlistRefused

JOB = "recruiters.rescreen_retired"
State = ListRetirement.State


def is_in_use(source: WatchlistSource) -> bool:
    """Tell whether a screening rested on a list: then two officers take it out of use."""
    if ScreeningHit.objects.filter(list_code=source.code).exists():
        return True
    done = Screening.objects.filter(state=Screening.State.DONE).order_by("-pk").values_list("lists", flat=True)
    return any(each.get("code") == source.code for lists in done.iterator(chunk_size=200) for each in lists)


@transaction.atomic
def retire_list(source: WatchlistSource, *, reason: str, actor: User) -> ListRetirement:
    """Take a list out of use; one that screenings rested on waits for a second officer. Raises WatchlistRefused."""
    access.require_role(actor, Role.MINISTRY_OFFICER)
    source = WatchlistSource.objects.select_for_update().get(pk=source.pk)
    if not source.is_active:
        raise WatchlistRefused(_("This list is out of use already."))
    if not reason.strip():
        raise WatchlistRefused(_("Give the reason in words."))
    if source.retirements.filter(state=State.PROPOSED).exists():
        raise WatchlistRefused(_("A proposal waits for a second officer already."))
    made = ListRetirement.objects.create(source=source, reason=reason.strip()[:500], by=actor)
    if not is_in_use(source):
        _carry_out(made, actor=actor)
        return made
    audit.record("watchlist.retirement_proposed", actor=actor, subject=source.code)
    for officer in officers():
        if officer != actor:
            notices.notify(officer, "watchlist_second", subject_ref=source.code)
    return made


@transaction.atomic
def answer_retirement(retirement: ListRetirement, *, agree: bool, actor: User) -> None:
    """Agree that a list goes out of use, or do not; nobody agrees with themselves. Raises WatchlistRefused."""
    access.require_role(actor, Role.MINISTRY_OFFICER)
    made = ListRetirement.objects.select_for_update(of=("self",)).select_related("source").get(pk=retirement.pk)
    if made.state != State.PROPOSED:
        raise WatchlistRefused(_("This proposal was answered already."))
    if agree and made.by_id == actor.pk:
        raise WatchlistRefused(_("You proposed this yourself. Another officer has to agree."))
    made.answered_at, made.answered_by = timezone.now(), actor
    if agree:
        _carry_out(made, actor=actor)
        return
    made.state = State.NOT_AGREED
    made.save()
    audit.record("watchlist.retirement_not_agreed", actor=actor, subject=made.source.code)


def _carry_out(retirement: ListRetirement, *, actor: Actor) -> None:
    source = retirement.source
    retirement.state = State.DONE
    retirement.save()
    source.is_active = False
    source.save(update_fields=["is_active"])
    waiting = ScreeningHit.objects.filter(list_code=source.code, state__in=OPEN)
    keys = set(waiting.values_list("row__subject_key", flat=True)) | _held_back(source)
    count = waiting.update(state=HitState.SUPERSEDED, note="list_retired", held_by=None, held_until=None)
    rows = take_again(None, keys)
    audit.record("watchlist.retired", actor=actor, subject=source.code, hits=count, rows=rows)
    if rows:
        jobs.start(JOB, owner=actor if isinstance(actor, User) else None, total=rows, payload={"list": source.code})


def _held_back(source: WatchlistSource) -> set[str]:
    """Return the subjects that were not screened where this list was one of those that could not be relied on."""
    found: set[str] = set()
    done = Screening.objects.filter(state=Screening.State.DONE).exclude(kind=Screening.Kind.REGISTER)
    for screening in done.only("pk", "problems").iterator(chunk_size=200):
        if any(problem.endswith(f":{source.code}") for problem in screening.problems):
            rows = ScreeningRow.objects.filter(
                screening=screening.pk, outcome=Outcome.NOT_SCREENED.value, reason__startswith="list_"
            )
            found |= set(rows.values_list("subject_key", flat=True))
    return found


@jobs.handler(JOB)
def run(job: Job) -> bool:
    """Compare the next rows without the list; say whether more remains."""
    waiting = Screening.objects.filter(kind=Screening.Kind.RESCREEN, load=None, state=Screening.State.RUNNING)
    for screening in waiting.order_by("pk"):
        count = compare_waiting(screening)
        job.done = min(job.total, job.done + count)
        if count:
            return True
        conclude(screening, actor=job.owner or SYSTEM)
    job.done = job.total
    return False
