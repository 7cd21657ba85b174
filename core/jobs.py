"""Run long work in chunks, each in a transaction of its own, with progress, and go on where it stopped."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from core import audit
from core.actors import SYSTEM
from core.models import Job, User

# A handler does one chunk, sets job.done and job.message, and returns whether more remains; None when it has shared
# the rest out among tasks of their own, which count up what is done and end the job.
Handler = Callable[[Job], bool | None]
_handlers: dict[str, Handler] = {}
MOST_WORDS = 300


class JobRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """Work that cannot be done as things are; the message is for the person who asked for it."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does one chunk of this kind of job."""

    def decorate(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return decorate


@transaction.atomic
def start(kind: str, *, owner: User | None, total: int, payload: dict[str, Any]) -> Job:
    """Write down a job and queue it; the queue's row commits with the caller's."""
    if kind not in _handlers:
        raise LookupError(f"No handler is registered for jobs of the kind {kind}.")
    job = Job.objects.create(kind=kind, owner=owner, total=total, payload=payload)
    audit.record("job.queued", actor=owner or SYSTEM, subject=job.ref, kind=kind, total=total)
    transaction.on_commit(lambda: work.enqueue(job_id=job.pk))
    return job


def resume(job: Job) -> None:
    """Queue a job again that stopped or failed; it goes on after the last finished chunk."""
    Job.objects.filter(pk=job.pk).update(state=Job.QUEUED, message="", finished_at=None)
    work.enqueue(job_id=job.pk)


@task()
def work(job_id: int) -> None:
    """Work through a job, chunk by chunk; each chunk commits with its progress."""
    while _one_chunk(job_id):
        pass


def _one_chunk(job_id: int) -> bool:
    try:
        with transaction.atomic():
            job = Job.objects.select_for_update().get(pk=job_id)
            if job.is_over:
                return False
            job.state = Job.RUNNING
            more = _handlers[job.kind](job)
            if more is False:
                job.state, job.finished_at = Job.DONE, timezone.now()
                audit.record("job.done", actor=SYSTEM, subject=job.ref, kind=job.kind, done=job.done)
            job.save()
            return bool(more)
    except JobRefused as refused:
        words = str(refused)[:MOST_WORDS]
        Job.objects.filter(pk=job_id).update(state=Job.FAILED, message=words, finished_at=timezone.now())
        return False
    except Exception:
        # What was finished stays; the page says that the rest can be resumed. The error itself goes to the log.
        Job.objects.filter(pk=job_id).update(state=Job.FAILED, finished_at=timezone.now())
        raise
