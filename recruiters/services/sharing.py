"""Share a screening out among workers: pieces of some rows, each taken by one, compared, and written in one go.

Comparing happens outside any transaction, so that on either database workers only wait for each other's writing. What
a worker had taken when it died is taken again by another; what is written is written once, by who still holds it.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from core import audit, jobs
from core.actors import SYSTEM
from core.models import Job
from recruiters.engine import current_engine
from recruiters.models import Screening, ScreeningPiece
from recruiters.services.intake import JOB
from recruiters.services.screenings import compare_rows, finish, note_lists, write_answers

PIECE = 250
"""Rows in one piece."""
MOST_WORKERS = 8
"""Tasks that are queued for one screening; each goes on until no piece is left."""
HELD_AT_MOST = timedelta(minutes=5)
"""A piece held for longer is taken for one whose worker died."""


@jobs.handler(JOB)
def share_out(job: Job) -> bool | None:
    """Cut a screening into pieces, or free those whose worker died, and queue workers for what is left."""
    screening = Screening.objects.select_for_update().get(pk=job.payload["screening"])
    if screening.state not in (Screening.State.RUNNING, Screening.State.DONE):
        return False  # cancelled meanwhile
    if not screening.pieces.exists():
        note_lists(screening, current_engine())
        cut(screening)
    left = screening.pieces.exclude(state=ScreeningPiece.DONE).count()
    if not left:
        return False if screening.state == Screening.State.DONE else _end(screening, job)
    for _number in range(min(left, MOST_WORKERS)):
        transaction.on_commit(lambda: work.enqueue(screening_id=screening.pk))
    return None


def cut(screening: Screening) -> None:
    """Write down the pieces of a screening's rows."""
    numbers = list(screening.rows.order_by("number").values_list("number", flat=True))
    ScreeningPiece.objects.bulk_create(
        ScreeningPiece(screening=screening, first=part[0], last=part[-1])
        for part in (numbers[start : start + PIECE] for start in range(0, len(numbers), PIECE))
    )


def _end(screening: Screening, job: Job) -> bool:
    finish(screening, actor=job.owner or SYSTEM)
    return False


@task()
def work(screening_id: int) -> None:
    """Take pieces of a screening until none is left; who writes the last one ends the screening and its job."""
    while (piece := take(screening_id)) is not None:
        try:
            do(piece)
        except Exception:
            _let_go(piece)
            raise
    close(screening_id)


def free(screening_id: int) -> QuerySet[ScreeningPiece]:
    """Return the pieces that a worker may take."""
    dead = Q(state=ScreeningPiece.HELD, held_since__lt=timezone.now() - HELD_AT_MOST)
    return ScreeningPiece.objects.filter(Q(state=ScreeningPiece.WAITING) | dead, screening=screening_id)


def take(screening_id: int) -> ScreeningPiece | None:
    """Take the next free piece; nothing when none is left. Of two workers who want one, one gets it."""
    holder = uuid.uuid4().hex
    while (wanted := free(screening_id).values_list("pk", flat=True).first()) is not None:
        taken = free(screening_id).filter(pk=wanted)
        if taken.update(state=ScreeningPiece.HELD, holder=holder, held_since=timezone.now()):
            return ScreeningPiece.objects.select_related("screening").get(pk=wanted)
    return None


def do(piece: ScreeningPiece) -> bool:
    """Compare a piece's rows and write what came out; False when another worker has taken the piece meanwhile."""
    screening = piece.screening
    rows = list(screening.rows.filter(number__gte=piece.first, number__lte=piece.last).order_by("number"))
    answers = compare_rows(current_engine(), rows, screening.threshold)
    with transaction.atomic():
        held = ScreeningPiece.objects.filter(pk=piece.pk, state=ScreeningPiece.HELD, holder=piece.holder)
        if not held.update(state=ScreeningPiece.DONE, rows=len(rows)):
            return False
        write_answers(screening, rows, answers)
        Job.objects.filter(pk=screening.job_id or 0).update(done=F("done") + len(rows), state=Job.RUNNING)
    return True


def close(screening_id: int) -> bool:
    """End a screening and its job when every piece is done; whoever comes second does nothing."""
    with transaction.atomic():
        screening = Screening.objects.select_for_update(of=("self",)).select_related("owner").get(pk=screening_id)
        if screening.state != Screening.State.RUNNING or screening.pieces.exclude(state=ScreeningPiece.DONE).exists():
            return False
        job = Job.objects.select_for_update().filter(pk=screening.job_id or 0).first()
        finish(screening, actor=screening.owner or SYSTEM)
        if job is not None and job.state != Job.DONE:
            job.state, job.done, job.finished_at = Job.DONE, job.total, timezone.now()
            job.save()
            audit.record("job.done", actor=SYSTEM, subject=job.ref, kind=job.kind, done=job.done)
    return True


def _let_go(piece: ScreeningPiece) -> None:
    """Give a piece back after an error; the page says that the rest can be resumed. The error goes to the log."""
    ScreeningPiece.objects.filter(pk=piece.pk, state=ScreeningPiece.HELD, holder=piece.holder).update(
        state=ScreeningPiece.WAITING, holder=""
    )
    Job.objects.filter(pk=piece.screening.job_id or 0).update(state=Job.FAILED, finished_at=timezone.now())


def resume_abandoned() -> int:
    """Queue workers again for screenings that run, but whose pieces nobody works on; return how many there are."""
    busy = ScreeningPiece.objects.filter(
        state=ScreeningPiece.HELD, held_since__gte=timezone.now() - HELD_AT_MOST
    ).values("screening")
    left = ScreeningPiece.objects.exclude(state=ScreeningPiece.DONE).values("screening")
    running = Screening.objects.filter(state=Screening.State.RUNNING, pk__in=left).exclude(pk__in=busy)
    abandoned = list(running.filter(job__state=Job.RUNNING).select_related("job"))
    for screening in abandoned:
        if screening.job is not None:
            jobs.resume(screening.job)
    return len(abandoned)
