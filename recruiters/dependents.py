"""Find what rests on the rows of a load: whatever a table protects is an act, whatever cascades is a part."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import PROTECT, RESTRICT, F, Model, QuerySet
from django.utils.functional import Promise

from parties.models import Contact, Identifier, Name, Party, Provenance, Relationship, Site
from recruiters.models import (
    Certificate,
    Licence,
    LicenceStatus,
    LoadChange,
    Rating,
    Recruiter,
    RegisterLoad,
    ScreeningHit,
    SourceRecord,
)
from recruiters.screening import HitState
from recruiters.undoing import Obstacle, Since, obstacles

PART = 400
MADE = {"parties": Party, "people": Party, "sites": Site, "licences": Licence, "statuses": LicenceStatus}
PARTS = ((Name, "party_id", "names"), (Identifier, "party_id", "identifiers"),
         (Relationship, "target_id", "relations"), (Relationship, "source_id", "relations"))  # fmt: skip
Acts = dict[int, Counter[str]]


def parts(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the items in lists that every database takes as one question."""
    kept = list(items)
    for start in range(0, len(kept), PART):
        yield kept[start : start + PART]


def obstacles_to(load: RegisterLoad) -> dict[int, tuple[Obstacle, ...]]:
    """Return, for each change of a load that cannot be taken back, what stands in the way."""
    found: dict[int, tuple[Obstacle, ...]] = {}
    for changes in parts(load.changes.select_related("recruiter__party").order_by("pk")):
        found |= _judge(load, changes)
    return found


def _judge(load: RegisterLoad, changes: Sequence[LoadChange]) -> dict[int, tuple[Obstacle, ...]]:
    acts, decisions = _acts(load, changes), _decisions(changes)
    certificates, later = _certificates(load, changes), _later_loads(load, changes)
    found = {}
    for change in changes:
        recruiter = change.recruiter
        if recruiter is None:
            continue
        party = recruiter.party
        now = {"name": party.name, "phone": recruiter.phone, "email": recruiter.email, "website": recruiter.website}
        added = change.kind == LoadChange.Kind.ADDED
        since = Since(
            left=change.before.get("after", {}),
            now=now,
            decisions=decisions[change.pk],
            certificates=certificates[change.pk],
            later_loads=tuple(later[change.pk]),
            signs_in=added and (party.account_id is not None or party.user_id is not None),
            acts=tuple(sorted(acts[change.pk].items())),
        )
        against = obstacles(since)
        if against:
            found[change.pk] = against
    return found


def _acts(load: RegisterLoad, changes: Sequence[LoadChange]) -> Acts:
    """Count by change what people entered that rests on its rows."""
    acts: Acts = defaultdict(Counter)
    made = {kind: {pk for change in changes for pk in change.made.get(kind, ())} for kind in (*MADE, *_PART_KINDS)}
    for kind, model in MADE.items():
        owners = {pk: change.pk for change in changes for pk in change.made.get(kind, ())}
        for rows, field in _protected(model):
            _count(acts, rows, field, owners, made)
        if model is Party:
            for part, field, ours in PARTS:
                _count(acts, part._base_manager.all(), field, owners, made, ours=ours)
            _count(acts, Contact.objects.exclude(provenance=Provenance.IMPORT), "party_id", owners, made)
    added = {change.recruiter_id: change.pk for change in changes if change.kind == LoadChange.Kind.ADDED}
    for rows, field in _protected(Recruiter):
        own = rows.exclude(source=load.source) if rows.model is SourceRecord else rows
        _count(acts, own, field, {pk: change for pk, change in added.items() if pk}, made)
    return acts


_PART_KINDS = ("names", "identifiers", "relations")
_OURS = {Licence: "licences", LicenceStatus: "statuses", Site: "sites"}


def _protected(model: type[Model]) -> Iterator[tuple[QuerySet[Any], str]]:
    """Yield the tables that protect rows of a model, in any app, each with the field that points here."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        if getattr(relation, "on_delete", None) not in (PROTECT, RESTRICT):
            continue
        other: Any = relation.related_model
        if (other is Recruiter and model is Party) or other is Certificate:
            continue
        if other is SourceRecord and model is Licence:
            continue
        rows = other._base_manager.all()
        if other is ScreeningHit:  # a hit that nobody decided is no act; it only loses its link
            rows = rows.exclude(state__in=(HitState.INFO, HitState.OPEN))
        if other is Rating:
            rows = rows.filter(made_by__startswith="user:")
        yield rows, relation.field.attname  # type: ignore[union-attr]


def _count(
    acts: Acts,
    rows: QuerySet[Any],
    field: str,
    owners: dict[int, int],
    made: dict[str, set[int]],
    *,
    ours: str = "",
) -> None:
    mine = made.get(ours or _OURS.get(rows.model, ""), set())
    label: str | Promise = rows.model._meta.verbose_name_plural or rows.model.__name__
    for ids in parts(owners):
        for pk, owner in rows.filter(**{f"{field}__in": ids}).values_list("pk", field):
            if pk not in mine:
                acts[owners[owner]][str(label)] += 1


def _decisions(changes: Sequence[LoadChange]) -> Counter[int]:
    """Count by change the rows of history that were written after the load's own."""
    owners = {pk: change.pk for change in changes for pk in change.made.get("statuses", ())}
    found: Counter[int] = Counter()
    for ids in parts(owners):
        later = LicenceStatus.objects.filter(pk__in=ids, licence__history__pk__gt=F("pk"))
        for own, other in later.values_list("pk", "licence__history__pk"):
            if other not in owners:
                found[owners[own]] += 1
    return found


def _certificates(load: RegisterLoad, changes: Sequence[LoadChange]) -> Counter[int]:
    """Count by change the certificates issued since the load on licences that it touched."""
    owners = {change.recruiter_id: change.pk for change in changes if change.made.get("statuses")}
    issued = Certificate.objects.filter(
        issued_at__gte=load.loaded_at, licence__recruiter__in=list(filter(None, owners))
    )
    return Counter(owners[pk] for pk in issued.values_list("licence__recruiter", flat=True))


def _later_loads(load: RegisterLoad, changes: Sequence[LoadChange]) -> dict[int, list[str]]:
    """Return by change the standing loads of other registers that changed the same recruiter afterwards."""
    owners = {change.recruiter_id: change.pk for change in changes if change.recruiter_id}
    found: dict[int, list[str]] = defaultdict(list)
    later = LoadChange.objects.filter(recruiter__in=list(owners), load__state=RegisterLoad.State.APPLIED, fate="")
    for recruiter, ref in later.filter(load__pk__gt=load.pk).values_list("recruiter", "load__ref"):
        found[owners[recruiter]].append(ref)
    return found
