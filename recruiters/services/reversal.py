"""Reverse a whole load: every change is taken back from what was noted, or the load stays and says why."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import access, audit
from core.actors import Actor
from core.models import User
from parties.models import Collection, Contact, Name, Party, Provenance, Relationship, Site
from parties.nameindex import drop_names
from recruiters.dependents import obstacles_to, parts
from recruiters.loadwording import obstacle_sentence
from recruiters.models import (
    Licence,
    LicenceStatus,
    LoadChange,
    Rating,
    Recruiter,
    RegisterLoad,
    ScreeningHit,
    SourceRecord,
)
from recruiters.services.journal import CONTACTS
from recruiters.services.register import sorting
from recruiters.services.staging import LoadRefused
from recruiters.services.standing import refresh_standing

Kind, Fate = LoadChange.Kind, LoadChange.Fate


@transaction.atomic
def undo_load(load: RegisterLoad, *, actor: Actor, leave: bool = False) -> RegisterLoad:
    """Take a whole load back, so that the register stands as it did before; ``leave`` spares what others built on.

    Raises LoadRefused, with every reason and nothing changed, for a load that is not in force, that a newer load of
    the same register followed, or on which later human acts rest.
    """
    access.require(actor, "run", load)
    load = RegisterLoad.objects.select_for_update().get(pk=load.pk)
    _refuse_if_not_the_last(load)
    against = obstacles_to(load)
    if against and not leave:
        refs = dict(LoadChange.objects.filter(pk__in=list(against)[:500]).values_list("pk", "recruiter_ref"))
        reasons = tuple(
            obstacle_sentence(refs[pk], obstacle) for pk, found in against.items() if pk in refs for obstacle in found
        )
        raise LoadRefused(_refusal(len(against)), load, reasons)
    fates: Counter[str] = Counter()
    try:
        for changes in parts(load.changes.select_related("load", "recruiter__party").order_by("-pk")):
            undone = [change for change in changes if change.pk not in against]
            _take_back([change for change in undone if change.kind != Kind.ADDED])
            _remove([change for change in undone if change.kind == Kind.ADDED])
            for change in changes:
                change.fate = Fate.LEFT if change.pk in against else Fate.UNDONE
                fates[change.fate] += 1
                change.recruiter_id = None if change.kind == Kind.ADDED and change.fate else change.recruiter_id
            LoadChange.objects.bulk_create(
                changes, update_conflicts=True, unique_fields=["pk"], update_fields=["fate", "kept"]
            )  # an update of many rows in one go
    except ProtectedError as error:
        raise LoadRefused(_refusal(len(error.protected_objects)), load) from error
    load.state, load.undone_at = RegisterLoad.State.UNDONE, timezone.now()
    load.undone_by = actor if isinstance(actor, User) else None
    load.save()
    audit.record(
        "register.reversed", actor=actor, subject=load.ref, source=load.source,
        undone=fates[Fate.UNDONE], left=fates[Fate.LEFT],
    )  # fmt: skip
    return load


def _refuse_if_not_the_last(load: RegisterLoad) -> None:
    if load.state != RegisterLoad.State.APPLIED:
        raise LoadRefused(_("Only a load that is in force can be reversed. Nothing was changed."), load)
    if "ownership" in load.report:
        raise LoadRefused(
            _("Ownership statements are not reversed whole: end the ties that are wrong. Nothing was changed."), load
        )
    later = RegisterLoad.objects.filter(source=load.source, state=RegisterLoad.State.APPLIED, pk__gt=load.pk)
    newest = later.order_by("-pk").first()
    if newest is not None:
        raise LoadRefused(
            _("A newer load of the same register followed: %(ref)s. Reverse that one first. Nothing was changed.")
            % {"ref": newest.ref},
            load,
        )
    if load.added + load.changed + load.gone and not load.changes.exists():
        raise LoadRefused(
            _("What this load changed was not noted at the time, so it cannot be reversed. Nothing was changed."), load
        )


def _refusal(count: int) -> str:
    return ngettext(
        "The load cannot be reversed whole: later work rests on %(count)s of its recruiters. Nothing was changed.",
        "The load cannot be reversed whole: later work rests on %(count)s of its recruiters. Nothing was changed.",
        count,
    ) % {"count": count}


def _made(changes: list[LoadChange], *kinds: str) -> list[int]:
    return [pk for change in changes for kind in kinds for pk in change.made.get(kind, ())]


def _take_back(changes: list[LoadChange]) -> None:
    """Put changed, linked and vanished recruiters back as they were."""
    _keep_history(changes)
    records = SourceRecord.objects.filter(source=changes[0].load.source) if changes else SourceRecord.objects.none()
    LicenceStatus.objects.filter(pk__in=_made(changes, "statuses")).delete()
    for change in changes:
        _put_record(records, change)
    SourceRecord.objects.filter(pk__in=_made(changes, "record")).delete()
    Licence.objects.filter(pk__in=_made(changes, "licences")).delete()
    Site.objects.filter(pk__in=_made(changes, "sites")).delete()
    Relationship.objects.filter(pk__in=_made(changes, "relations")).delete()
    _drop_parties(_made(changes, "people"))
    for kind, model in (("relations", Relationship), ("contacts", Contact)):
        ended = [pk for change in changes for pk in change.before.get("ended", {}).get(kind, ())]
        model._default_manager.filter(pk__in=ended).update(ends=None)
    brought = Contact.objects.filter(provenance=Provenance.IMPORT, provenance_ref__in={c.load.ref for c in changes})
    brought.filter(party__in=[change.recruiter.party_id for change in changes if change.recruiter]).delete()
    names = _made(changes, "names")
    drop_names(Collection.PARTY, names)
    Name.objects.filter(pk__in=names).delete()
    for change in changes:
        _put_recruiter(change)
    refresh_standing([change.recruiter_id for change in changes if change.recruiter_id])


def _put_record(records: Any, change: LoadChange) -> None:
    stood = change.before.get("record")
    if stood:
        gone_on = date.fromisoformat(stood["gone_on"]) if stood["gone_on"] else None
        records.filter(key=change.key).update(
            digest=stood["digest"], last_load=stood["last_load"], gone_on=gone_on, licence=stood["licence"]
        )


def _put_recruiter(change: LoadChange) -> None:
    recruiter, before = change.recruiter, change.before
    if recruiter is None or "name" not in before:
        return
    party = recruiter.party
    for name in party.names.all():
        use = before["names"].get(str(name.pk))
        if use and use != name.kind:
            name.kind = use
            name.save(update_fields=["kind"])
    party.name = before["name"]
    party.save(update_fields=["name"])
    recruiter.sort_name = sorting(party.name)
    for field in CONTACTS:
        setattr(recruiter, field, before[field])
    recruiter.save(update_fields=["sort_name", *CONTACTS])
    recruiter.corridors.remove(*change.made.get("corridors", ()))


def _remove(changes: list[LoadChange]) -> None:
    """Remove recruiters that the load brought, with everything that came with them."""
    _keep_history(changes)
    ids = [change.recruiter_id for change in changes if change.recruiter_id]
    ScreeningHit.objects.filter(recruiter__in=ids).update(recruiter=None)
    Rating.objects.filter(recruiter__in=ids).delete()
    SourceRecord.objects.filter(recruiter__in=ids).delete()
    LicenceStatus.objects.filter(pk__in=_made(changes, "statuses")).delete()
    Licence.objects.filter(pk__in=_made(changes, "licences")).delete()
    Recruiter.objects.filter(pk__in=ids).delete()
    Site.objects.filter(pk__in=_made(changes, "sites")).delete()
    _drop_parties(_made(changes, "people"))
    _drop_parties(_made(changes, "parties"))


def _drop_parties(ids: list[int]) -> None:
    for some in parts(ids):
        drop_names(Collection.PARTY, list(Name.objects.filter(party__in=some).values_list("pk", flat=True)))
        Party.objects.filter(pk__in=some).delete()


def _keep_history(changes: list[LoadChange]) -> None:
    """Keep with each change the licences and the rows of history that go, so that what was shown can be told."""
    licences = {licence.pk: licence for licence in Licence.objects.filter(pk__in=_made(changes, "licences"))}
    statuses = {row.pk: row for row in LicenceStatus.objects.filter(pk__in=_made(changes, "statuses"))}
    for change in changes:
        held = [licences[pk] for pk in change.made.get("licences", ()) if pk in licences]
        rows = [statuses[pk] for pk in change.made.get("statuses", ()) if pk in statuses]
        change.kept = {
            "licences": [{"ref": each.ref, "number": each.number, "authority": each.authority} for each in held],
            "statuses": [
                {
                    "code": row.code,
                    "raw": row.raw,
                    "effective_on": row.effective_on.isoformat(),
                    "expires_on": row.expires_on.isoformat() if row.expires_on else None,
                }
                for row in rows
            ],
        }
        if change.kind == Kind.ADDED and change.recruiter is not None:
            change.kept["name"] = change.recruiter.party.name
