"""Merge two entries that are one agency, and take a merge back: both references stay alive, and nothing is lost."""

from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from core import access, audit
from core.actors import Actor
from core.models import User
from parties import services as parties
from parties.models import Contact, Name, Relationship, Site
from recruiters.models import (
    Appeal,
    Application,
    Assessment,
    Claim,
    ContractFact,
    Dispute,
    FeeFact,
    Guarantee,
    Licence,
    Merge,
    MergeUndo,
    Recruiter,
    RiskFact,
    SourceRecord,
    TieDecision,
)
from recruiters.registerrows import number_key
from recruiters.services.licences import DecisionRefused
from recruiters.services.risk import rate_recruiter
from recruiters.services.standing import refresh_standing

OF_RECRUITER: tuple[type[models.Model], ...] = (
    Licence, RiskFact, FeeFact, ContractFact, Assessment, Application, Dispute, Appeal, Claim, Guarantee, TieDecision,
    SourceRecord,
)  # fmt: skip
"""What goes along with an entry. Ratings stay: each was made of the entry as it was."""
OF_PARTY = ((Contact, "party"), (Site, "party"), (Relationship, "source"), (Relationship, "target"))


@dataclass(frozen=True)
class Preview:
    """What a merge would do, before it is done."""

    survivor: Recruiter
    merged: Recruiter
    counts: tuple[tuple[str, int], ...]
    problems: tuple[str, ...]


def preview(survivor: Recruiter, merged: Recruiter) -> Preview:
    """Return what would move, and what stands in the way; writes nothing."""
    counts = [
        (str(model._meta.verbose_name_plural), model._default_manager.filter(recruiter=merged).count())
        for model in OF_RECRUITER
    ]
    return Preview(survivor, merged, tuple((name, n) for name, n in counts if n), tuple(_problems(survivor, merged)))


def differences(one: Recruiter, other: Recruiter) -> tuple[str, ...]:
    """Return the kinds of number in which two entries differ and share none: ``licence``, ``registration``."""
    found = []
    for kind, mine, theirs in (
        ("licence", _licences(one), _licences(other)),
        ("registration", _registrations(one), _registrations(other)),
    ):
        if mine and theirs and not mine & theirs:
            found.append(kind)
    return tuple(found)


def _licences(recruiter: Recruiter) -> set[tuple[str, str]]:
    return set(recruiter.licences.exclude(number_key="").values_list("country", "number_key"))


def _registrations(recruiter: Recruiter) -> set[tuple[str, str]]:
    return {(one.scheme, number_key(one.value)) for one in recruiter.party.identifiers.all()}


def _refuse_if_unsound(survivor: Recruiter, merged: Recruiter, reason_code: str, note: str) -> None:
    shared = _licences(survivor) & _licences(merged) or _registrations(survivor) & _registrations(merged)
    if reason_code == Merge.Why.SAME_NUMBER and not shared:
        raise DecisionRefused(
            _("These entries share no registration or licence number. Choose the reason that is true.")
        )
    if differences(survivor, merged) and not note.strip():
        raise DecisionRefused(
            _("Their numbers differ. Say in the note how it is known that they are one organisation.")
        )


def _problems(survivor: Recruiter, merged: Recruiter) -> list[str]:
    if survivor.pk == merged.pk:
        return [_("These are one and the same entry.")]
    found = []
    if survivor.merged_into_id or merged.merged_into_id:
        found.append(_("One of these entries was merged before. Take that merge back first, or choose its survivor."))
    accounts = {survivor.party.account_id, merged.party.account_id} - {None}
    if len(accounts) > 1:
        found.append(_("Two organisations sign in for these entries. End one of their claims first."))
    approved = Claim.objects.filter(recruiter__in=[survivor.pk, merged.pk], state=Claim.State.APPROVED)
    if approved.count() > 1:
        found.append(_("Both entries are claimed. End one of the claims first."))
    first = Application.objects.filter(
        recruiter__in=[survivor.pk, merged.pk], licence__isnull=True, state__in=Application.OPEN
    )
    if first.count() > 1:
        found.append(_("Both entries have an open application for a first licence. Answer one of them first."))
    return found


@transaction.atomic
def merge_recruiters(
    survivor: Recruiter, merged: Recruiter, *, reason_code: str, actor: Actor, note: str = ""
) -> Merge:
    """Merge one entry into another; raises DecisionRefused for what stands in the way.

    Licences, facts, people and papers go along; names and numbers are added to the survivor; the merged entry stays,
    hidden, so that its reference leads on and the merge can be taken back.
    """
    for recruiter in (survivor, merged):
        access.require(actor, "decide", recruiter)
    locked = Recruiter.objects.select_for_update(of=("self",)).select_related("party").order_by("pk")
    by_pk = {r.pk: r for r in locked.filter(pk__in=[survivor.pk, merged.pk])}
    survivor, merged = by_pk[survivor.pk], by_pk[merged.pk]
    problems = _problems(survivor, merged)
    if problems:
        raise DecisionRefused(" ".join(problems))
    if isinstance(actor, User):
        _refuse_if_unsound(survivor, merged, reason_code, note)
    moved: dict[str, Any] = {"was_listed": merged.is_listed, "survivor_account": survivor.party.account_id}
    moved["rows"] = _move_rows(survivor, merged)
    moved["party_rows"] = _move_party_rows(survivor, merged)
    moved["names"], moved["identifiers"] = _add_names(survivor, merged, actor)
    moved["corridors"] = _add_corridors(survivor, merged)
    moved["account"] = _move_account(survivor, merged)
    merged.merged_into, merged.is_listed = survivor, False
    merged.save(update_fields=["merged_into", "is_listed"])
    merge = Merge.objects.create(
        survivor=survivor, merged=merged, reason_code=reason_code, note=note.strip()[:500], moved=moved,
        by=actor if isinstance(actor, User) else None,
    )  # fmt: skip
    audit.record(
        "recruiter.merged", actor=actor, subject=merged.ref, into=survivor.ref, merge=merge.ref, reason=reason_code
    )
    _settle(survivor, merged, actor)
    return merge


def _move_rows(survivor: Recruiter, merged: Recruiter) -> dict[str, list[int]]:
    moved = {}
    for model in OF_RECRUITER:
        rows = model._default_manager.filter(recruiter=merged)
        moved[model.__name__] = list(rows.values_list("pk", flat=True))
        rows.update(recruiter=survivor)
    return moved


def _move_party_rows(survivor: Recruiter, merged: Recruiter) -> dict[str, list[int]]:
    moved = {}
    for model, field in OF_PARTY:
        rows = model._default_manager.filter(**{field: merged.party_id})
        if model is Relationship:  # what ties the two to each other would tie the survivor to itself
            both = [survivor.party_id, merged.party_id]
            rows = rows.exclude(pk__in=Relationship.objects.filter(source__in=both, target__in=both))
        moved[f"{model.__name__}.{field}"] = list(rows.values_list("pk", flat=True))
        rows.update(**{field: survivor.party_id})
    return moved


def _add_names(survivor: Recruiter, merged: Recruiter, actor: Actor) -> tuple[list[int], list[int]]:
    """Add the merged entry's names and numbers to the survivor; return the rows that are new."""
    known = set(survivor.party.names.values_list("text", flat=True))
    names = [
        parties.add_name(survivor.party, name.text, use=_use(name), language=name.language, actor=actor).pk
        for name in merged.party.names.all()
        if name.text not in known
    ]
    held = set(survivor.party.identifiers.values_list("scheme", "value"))
    numbers = [
        parties.add_identifier(
            survivor.party, scheme=one.scheme, value=one.value, authority=one.authority, country=one.country,
            actor=actor,
        ).pk
        for one in merged.party.identifiers.all()
        if (one.scheme, one.value) not in held
    ]  # fmt: skip
    return names, numbers


def _use(name: Name) -> str:
    return Name.Use.ALIAS if name.kind == Name.Use.PRIMARY else name.kind


def _add_corridors(survivor: Recruiter, merged: Recruiter) -> list[int]:
    had = set(survivor.corridors.values_list("pk", flat=True))
    new = [pk for pk in merged.corridors.values_list("pk", flat=True) if pk not in had]
    survivor.corridors.add(*new)
    return new


def _move_account(survivor: Recruiter, merged: Recruiter) -> int | None:
    """Let whoever signed in for the merged entry sign in for the survivor; return the account that moved."""
    account = merged.party.account
    if account is None or survivor.party.account_id is not None:
        return None
    merged.party.account = None
    merged.party.save(update_fields=["account"])
    survivor.party.account = account
    survivor.party.save(update_fields=["account"])
    return account.pk


def _settle(survivor: Recruiter, merged: Recruiter, actor: Actor) -> None:
    refresh_standing([survivor.pk, merged.pk])
    for recruiter in (survivor, merged):
        recruiter.refresh_from_db()
        rate_recruiter(recruiter, actor=actor, cause="merge")


@transaction.atomic
def undo_merge(merge: Merge, *, note: str, actor: Actor) -> MergeUndo:
    """Take a merge back: whatever went along goes home, what came later stays; raises DecisionRefused if it cannot."""
    for recruiter in (merge.survivor, merge.merged):
        access.require(actor, "decide", recruiter)
    merge = Merge.objects.select_for_update().select_related("survivor__party", "merged__party").get(pk=merge.pk)
    if MergeUndo.objects.filter(merge=merge).exists():
        raise DecisionRefused(_("This merge was taken back already."))
    if merge.survivor.merged_into_id:
        raise DecisionRefused(_("The survivor was itself merged since. Take that merge back first."))
    if not note.strip():
        raise DecisionRefused(_("Say why the merge is taken back."))
    survivor, merged, moved = merge.survivor, merge.merged, merge.moved
    for model in OF_RECRUITER:
        rows = model._default_manager.filter(pk__in=moved["rows"].get(model.__name__, []), recruiter=survivor)
        rows.update(recruiter=merged)
    for model, field in OF_PARTY:
        pks = moved["party_rows"].get(f"{model.__name__}.{field}", [])
        model._default_manager.filter(pk__in=pks, **{field: survivor.party_id}).update(**{field: merged.party_id})
    parties.take_names_back(survivor.party, moved["names"], moved["identifiers"], actor=actor)
    survivor.corridors.remove(*moved["corridors"])
    if moved["account"] is not None and survivor.party.account_id == moved["account"]:
        survivor.party.account = None
        survivor.party.save(update_fields=["account"])
        merged.party.account_id = moved["account"]
        merged.party.save(update_fields=["account"])
    merged.merged_into, merged.is_listed = None, moved["was_listed"]
    merged.save(update_fields=["merged_into", "is_listed"])
    undo = MergeUndo.objects.create(merge=merge, note=note.strip()[:500], by=actor if isinstance(actor, User) else None)
    audit.record("recruiter.merge_undone", actor=actor, subject=merged.ref, out_of=survivor.ref, merge=merge.ref)
    _settle(survivor, merged, actor)
    return undo
