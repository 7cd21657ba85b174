"""Let go of a list that was never screened; stop a screening that runs and keep what was compared."""

from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, vault
from core.actors import SYSTEM
from core.models import Job, User
from recruiters.models import Screening, ScreeningPiece
from recruiters.screening import Outcome
from recruiters.services.intake import ScreeningRefused, mark_unreadable

State = Screening.State


@transaction.atomic
def discard_list(screening: Screening, *, actor: User) -> Screening:
    """Let go of a list whose columns were not confirmed, and destroy its file; raises ScreeningRefused otherwise."""
    access.require(actor, "run", screening)
    screening = Screening.objects.select_for_update(of=("self",)).select_related("upload").get(pk=screening.pk)
    if screening.state == State.DISCARDED:
        return screening
    if screening.state != State.MAPPING:
        raise ScreeningRefused(_("This list was screened already, and what was found is kept."))
    screening.state, screening.samples, screening.is_watched = State.DISCARDED, [], False
    screening.save(update_fields=["state", "samples", "is_watched"])
    if screening.upload is not None and screening.upload.destroyed_on is None:
        vault.destroy(screening.upload, actor=SYSTEM)
    audit.record("screening.discarded", actor=actor, subject=screening.ref)
    return screening


@transaction.atomic
def cancel_screening(screening: Screening, *, actor: User) -> Screening:
    """Stop a screening that runs: rows that were compared stay, the others say that they were not screened."""
    access.require(actor, "run", screening)
    screening = Screening.objects.select_for_update(of=("self",)).get(pk=screening.pk)
    if screening.state != State.RUNNING or screening.owner_id is None:
        raise ScreeningRefused(_("Only a screening that runs, and that a person began, can be cancelled."))
    ScreeningPiece.objects.filter(screening=screening).exclude(state=ScreeningPiece.DONE).delete()
    screening.rows.filter(reason="waiting").update(outcome=Outcome.NOT_SCREENED.value, reason="cancelled")
    mark_unreadable(screening)
    screening.counts = dict(Counter(screening.rows.values_list("outcome", flat=True)))
    screening.state, screening.finished_at = State.CANCELLED, timezone.now()
    screening.save()
    Job.objects.filter(pk=screening.job_id or 0).exclude(state=Job.DONE).update(
        state=Job.DONE, finished_at=timezone.now()
    )
    audit.record(
        "screening.cancelled", actor=actor, subject=screening.ref, rows=screening.total,
        left=screening.rows.filter(reason="cancelled").count(),
    )  # fmt: skip
    return screening
