"""Weigh what a staged load would do, ask for agreement, and swap it in as one step.

A small load is weighed while the officer waits; a large one by the task that swaps it in, which stops and asks where
more licences would change than was agreed to.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import access, audit, jobs, vault
from core.actors import SYSTEM, Actor
from core.models import Job, User
from recruiters.models import RegisterLoad, SourceRecord
from recruiters.registerrows import RegisterRow
from recruiters.services.ownershiploads import confirm_ownership
from recruiters.services.shown import shown_keys
from recruiters.services.staging import LoadRefused, staged_rows
from recruiters.services.swap import Swap
from recruiters.services.weighing import ANOTHER, SAME_NAME

MOST_DROPPED = 0.10
AT_ONCE = 2000
"""So many rows are weighed in the request that confirms them; more are left to the task."""
SWAP_JOB = "recruiters.swap_register"
State = RegisterLoad.State


class StatusUnconfirmed(LoadRefused):
    """Licences would change their status, and nobody agreed to so many."""


UNCONFIRMED = gettext_lazy(
    "Licences would change their status. Look at the figures below, and tick those that are right."
)


def propose(load: RegisterLoad) -> None:
    """Set the counts of what would change; a file without a single good row is refused."""
    if not load.accepted:
        load.state = State.REFUSED
        load.report["refusal"] = _("No row of this file could be taken in. Nothing was changed.")
        let_go(load)
        return
    rows = staged_rows(load)
    _note(load, _weighed(load, rows))
    load.report["drops"] = _drop(load, rows) is not None
    load.state = State.STAGED


def _weighed(load: RegisterLoad, rows: dict[str, RegisterRow]) -> Swap:
    """Return what a load would do, without doing it."""
    swap = Swap(load, rows, set(load.report["kept_keys"]), actor=SYSTEM, day=timezone.localdate(), write=False)
    swap.run()
    return swap


def _note(load: RegisterLoad, swap: Swap) -> None:
    """Keep with a load what it would do; of a large one also which rows its page shows."""
    for name, count in swap.counts().items():
        setattr(load, name, count)
    load.report |= swap.report()
    if load.accepted > AT_ONCE:
        load.report["shown"] = shown_keys(swap)


@transaction.atomic
def confirm_load(
    load: RegisterLoad,
    *,
    actor: User,
    allow_drop: bool = False,
    graver: int = 0,
    better: int = 0,
    answers: Mapping[str, str] | None = None,
) -> RegisterLoad:
    """Start the swap of a load that was read and looked at; a large one is weighed again by the task itself.

    ``answers`` say by key which rows under another name are the same organisation; the others are left out. ``graver``
    and ``better`` are how many licences are agreed to become worse and better. Raises LoadRefused for a drop that was
    not allowed, and where more licences would change their status than was agreed to.
    """
    access.require(actor, "run", load)
    if "ownership" in load.report:
        return confirm_ownership(load, actor=actor)
    load = RegisterLoad.objects.select_for_update().get(pk=load.pk)
    asked_again = load.report.pop("unconfirmed", False)
    if load.state != State.STAGED or (load.job and load.job.kind == SWAP_JOB and not asked_again):
        return load
    rows = staged_rows(load)
    drop = _drop(load, rows)
    if drop and not allow_drop:
        raise LoadRefused(drop, load)
    load.report["answers"] = {key: said for key, said in (answers or {}).items() if said in (SAME_NAME, ANOTHER)}
    agreed = {"graver": graver, "better": better}
    large = len(rows) > AT_ONCE
    if not large and _more_than(agreed, _weighed(load, rows).report()):
        raise StatusUnconfirmed(str(UNCONFIRMED), load)
    payload = {"load": load.pk, "allow_drop": allow_drop, **({"agreed": agreed} if large else {})}
    load.job = jobs.start(SWAP_JOB, owner=actor, total=2 * len(rows) if large else len(rows), payload=payload)
    load.save(update_fields=["job", "report"])
    audit.record("register.confirmed", actor=actor, subject=load.ref, source=load.source, drop_allowed=allow_drop)
    return load


def _more_than(agreed: Mapping[str, int], found: Mapping[str, int]) -> bool:
    return any(found[name] > agreed[name] for name in ("graver", "better"))


@jobs.handler(SWAP_JOB)
def swap_chunk(job: Job) -> bool:
    """Weigh a large confirmed load once more, then swap it in as one step; resumed, it begins where it stopped."""
    load = RegisterLoad.objects.select_for_update().get(pk=job.payload["load"])
    if load.state != State.STAGED:
        job.done = job.total
        return False
    rows = staged_rows(load)
    agreed = job.payload.get("agreed")
    if agreed is not None:
        swap = _weighed(load, rows)
        _note(load, swap)
        load.report["unconfirmed"] = _more_than(agreed, swap.report())
        load.save()
        job.payload = {name: value for name, value in job.payload.items() if name != "agreed"}
        job.done = job.total if load.report["unconfirmed"] else len(rows)
        return not load.report["unconfirmed"]
    actor: Actor = job.owner or SYSTEM
    swap_in(load, rows, actor=actor, allow_drop=job.payload["allow_drop"])
    let_go(load)
    load.save()
    job.done = job.total
    return False


def let_go(load: RegisterLoad) -> None:
    """Destroy the file that was brought: what it held is in the register, in the report, or not wanted."""
    if load.upload is not None and load.upload.destroyed_on is None:
        vault.destroy(load.upload, actor=SYSTEM)


def _drop(load: RegisterLoad, rows: dict[str, RegisterRow]) -> str | None:
    """Return why a load needs a second look, if more than a tenth of the source's records would disappear."""
    present = SourceRecord.objects.filter(source=load.source, gone_on__isnull=True).count()
    stay = len(rows) + len(set(load.report["kept_keys"]) - rows.keys())
    if not present or stay >= present * (1 - MOST_DROPPED):
        return None
    return _(
        "The register “%(source)s” has %(present)s records here and this file only %(now)s: more than 10 %% "
        "would disappear. Nothing was changed."
    ) % {"source": load.source, "present": present, "now": stay}


def swap_in(
    load: RegisterLoad,
    rows: dict[str, RegisterRow],
    *,
    actor: Actor,
    allow_drop: bool,
    dry_run: bool = False,
    day: date | None = None,
) -> RegisterLoad:
    """Swap rows in, or with ``dry_run`` only count; raises LoadRefused, the load refused, for a drop not allowed."""
    drop = _drop(load, rows)
    if drop and not allow_drop:
        _close(load, State.REFUSED)
        advice = _("If this is right, run it again with --allow-drop.")
        raise LoadRefused(f"{drop} {advice}", load)
    with transaction.atomic():
        kept = set(load.report["kept_keys"])
        swap = Swap(load, rows, kept, actor=actor, day=day or timezone.localdate(), write=not dry_run)
        swap.run()
        for name, count in swap.counts().items():
            setattr(load, name, count)
        load.report = {**load.report, **swap.report()}
        _close(load, State.TRIED if dry_run else State.APPLIED)
        if not dry_run:
            audit.record(
                "register.loaded", actor=actor, subject=load.ref, source=load.source, rows=load.read,
                added=load.added, changed=load.changed, gone=load.gone, rejected=load.rejected,
            )  # fmt: skip
    return load


def _close(load: RegisterLoad, state: str) -> None:
    load.state = state
    load.save()
    load.staged.all().delete()
