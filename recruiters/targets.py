"""Read from the database what a row may be compared with: recruiters of the register, entries of watchlists."""

from __future__ import annotations

import hashlib
from collections.abc import Collection as AnyOf
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parties.matching import Match, Subject
from parties.models import Name
from recruiters.models import Licence, Recruiter, WatchlistEntry
from recruiters.registerrows import number_key
from recruiters.screening import REGISTER, gravity_of_standing


@dataclass(frozen=True, slots=True)
class Target:
    """One thing on a list, with what a hit has to show of it."""

    key: str
    name: str
    list_name: str
    list_date: date | None
    gravity: str
    content_hash: str
    recruiter_id: int | None = None
    entry_id: int | None = None
    standing: str = ""
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One comparison that a person has to see."""

    target: Target
    match: Match


Candidate = tuple[Subject, Target]


def recruiters_of_names(names: AnyOf[int]) -> dict[int, int]:
    """Return the recruiter behind each name of a party; names of parties that recruit nobody are left out."""
    parties = dict(Name.objects.filter(pk__in=names).order_by().values_list("pk", "party_id"))
    recruiters = dict(
        Recruiter.objects.filter(party__in=set(parties.values())).order_by().values_list("party_id", "pk")
    )
    return {name: recruiters[party] for name, party in parties.items() if party in recruiters}


def recruiters_of_licences(numbers: AnyOf[str]) -> dict[str, list[int]]:
    """Return the recruiters that hold or held a licence of these plain numbers."""
    found: dict[str, list[int]] = {}
    held = Licence.objects.filter(number_key__in=numbers).order_by("recruiter_id")
    for number, recruiter in held.values_list("number_key", "recruiter_id").distinct():
        found.setdefault(number, []).append(recruiter)
    return found


def register_candidates(recruiters: Sequence[int], today: date) -> dict[int, Candidate]:
    """Return recruiters as the matcher reads them, with what a hit shows of each; three statements."""
    if not recruiters:
        return {}
    licences: dict[int, list[tuple[str, str]]] = {}
    held = Licence.objects.filter(recruiter__in=recruiters).exclude(number_key="").order_by("pk")
    for owner, country, key in held.values_list("recruiter_id", "country", "number_key"):
        licences.setdefault(owner, []).append((f"licence:{country}" if country else "licence", key))
    found = (
        Recruiter.objects.filter(pk__in=recruiters)
        .with_status()
        .select_related("party")
        .prefetch_related("party__names", "party__identifiers")
    )
    return {one.pk: _registered(one, licences.get(one.pk, []), today) for one in found}


def _registered(recruiter: Recruiter, licences: Iterable[tuple[str, str]], today: date) -> Candidate:
    party = recruiter.party
    identifiers = [(i.scheme, number_key(i.value)) for i in party.identifiers.all()]
    subject = Subject(
        name=party.name,
        names=tuple(name.text for name in party.names.all() if name.text != party.name),
        country=recruiter.country,
        identifiers=(*licences, *identifiers),
        ref=recruiter.ref,
    )
    status: str = recruiter.status_code  # type: ignore[attr-defined]  # annotated
    target = Target(
        key=f"{REGISTER}:{recruiter.ref}",
        name=party.name,
        list_name=REGISTER,
        list_date=today,
        gravity=gravity_of_standing(status),
        content_hash=_register_hash(subject, status),
        recruiter_id=recruiter.pk,
        standing=status,
        countries=(recruiter.country,) if recruiter.country else (),
    )
    return subject, target


def _register_hash(subject: Subject, status: str) -> str:
    parts = (
        subject.name,
        *sorted(subject.names),
        subject.country,
        *sorted(f"{s}={v}" for s, v in subject.identifiers),
        status,
    )
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def watchlist_candidates(entries: Sequence[int]) -> dict[int, Candidate]:
    """Return entries that stand on a list in use as the matcher reads them, with what a hit shows; one statement."""
    if not entries:
        return {}
    found = WatchlistEntry.objects.filter(pk__in=entries, gone_on__isnull=True, source__is_active=True)
    return {entry.pk: _listed(entry) for entry in found.order_by().select_related("source__current")}


def _listed(entry: WatchlistEntry) -> Candidate:
    plain = entry.as_subject()
    subject = replace(plain, identifiers=tuple((scheme, number_key(value)) for scheme, value in plain.identifiers))
    target = Target(
        key=f"{entry.source.code}:{entry.external_id}"[:200],
        name=entry.name,
        list_name=entry.source.name,
        list_date=entry.source.list_date,
        gravity=entry.gravity,
        content_hash=entry.content_hash,
        entry_id=entry.pk,
        countries=tuple(entry.countries),
    )
    return subject, target
