"""Bring declared ownership in: parties and dated ties between them, each once however often the file comes."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from core import access, audit
from core.actors import Actor
from core.references import BadReference, parse_reference
from core.roles import Role
from parties import services as parties
from parties.models import Identifier, Kind, Name, Party, Provenance, Relationship
from recruiters.exchange.bodsin import EntityIn, Ownership, PersonIn, TieIn
from recruiters.models import Recruiter

SCHEME = "bods"


@dataclass(slots=True)
class Imported:
    """What came of a file."""

    parties_known: int = 0
    parties_added: int = 0
    people_added: int = 0
    ties_added: int = 0
    ties_ended: int = 0
    ties_unchanged: int = 0
    left_out: int = 0
    party_of: dict[str, Party] = field(default_factory=dict)


@transaction.atomic
def import_ownership(ownership: Ownership, *, source: str, actor: Actor) -> Imported:
    """Bring ownership in under a source's name; a tie that came before is changed, never doubled.

    Records that no tie names are left out: nobody is kept here for being on a list alone.
    """
    access.require_role(actor, Role.MINISTRY_OFFICER)
    done = Imported()
    for tie in ownership.ties:
        target = _organisation(ownership.entities[tie.subject], source, done, actor)
        if tie.interested in ownership.people:
            _person_tie(ownership.people[tie.interested], tie, target, source, done, actor)
        else:
            owner = _organisation(ownership.entities[tie.interested], source, done, actor)
            _tie(owner, tie, target, source, done, actor)
    used = {one for tie in ownership.ties for one in (tie.subject, tie.interested)}
    done.left_out = len((ownership.entities.keys() | ownership.people.keys()) - used)
    audit.record(
        "register.ownership_imported",
        actor=actor,
        subject=source,
        read=ownership.read,
        faults=len(ownership.problems),
        ties=done.ties_added,
        ended=done.ties_ended,
        parties=done.parties_added,
        people=done.people_added,
    )
    return done


def _mark(source: str, record_id: str) -> str:
    """Return the code under which a source's record is known again; the record's own id may name somebody."""
    return hashlib.blake2b(f"{source}|{record_id}".encode(), digest_size=16).hexdigest()


def _organisation(entity: EntityIn, source: str, done: Imported, actor: Actor) -> Party:
    if entity.record_id in done.party_of:
        return done.party_of[entity.record_id]
    party = _known(entity, source)
    if party is None:
        done.parties_added += 1
        party = parties.register_party(
            kind=Kind.ORGANISATION,
            name=entity.name,
            country=entity.country,
            names=[(text, Name.Use.ALIAS) for text in entity.other_names],
            identifiers=_numbers(entity),
            actor=actor,
        )
    else:
        done.parties_known += 1
    parties.add_identifier(party, scheme=SCHEME, value=_mark(source, entity.record_id), actor=actor)
    done.party_of[entity.record_id] = party
    return party


def _numbers(entity: EntityIn) -> list[tuple[str, str]]:
    scheme = f"registration:{entity.country}" if entity.country else "registration"
    return [(scheme, number) for _scheme, number in entity.identifiers[:3]]


def _known(entity: EntityIn, source: str) -> Party | None:
    """Return the party that a record means: known from this source, by our own reference, by number, or by name."""
    marked = Identifier.objects.filter(scheme=SCHEME, value=_mark(source, entity.record_id)).select_related("party")
    for identifier in marked[:1]:
        return identifier.party
    for text in (entity.record_id, *(number for _scheme, number in entity.identifiers)):
        party = _by_reference(text)
        if party is not None:
            return party
    numbers = [number for _scheme, number in entity.identifiers]
    found = Party.objects.organisations().filter(
        identifiers__scheme__startswith="registration", identifiers__value__in=numbers, country=entity.country
    )
    ids = set(found.values_list("pk", flat=True)[:3])
    if not ids:
        named = Party.objects.organisations().filter(name=entity.name, country=entity.country)
        ids = set(named.values_list("pk", flat=True)[:2]) if entity.country else set()
    return Party.objects.get(pk=ids.pop()) if len(ids) == 1 else None


def _by_reference(text: str) -> Party | None:
    try:
        ref = parse_reference(text)
    except BadReference:
        return None
    if ref.startswith("PTY-"):
        return Party.objects.organisations().filter(ref=ref).first()
    recruiter = Recruiter.objects.filter(ref=ref).select_related("party").first() if ref.startswith("REC-") else None
    return recruiter.party if recruiter else None


def _person_tie(person: PersonIn, tie: TieIn, target: Party, source: str, done: Imported, actor: Actor) -> None:
    """Tie a person; one who is not known yet enters together with what the person is to the organisation."""
    known = done.party_of.get(person.record_id)
    if known is None:
        mark = Identifier.objects.filter(scheme=SCHEME, value=_mark(source, person.record_id))
        known = Party.objects.filter(pk__in=mark.values("party")).first()
    if known is not None:
        done.party_of[person.record_id] = known
        _tie(known, tie, target, source, done, actor)
        return
    relation = parties.register_person(
        person.name,
        tie.kind,
        target,
        country=person.country,
        starts=tie.starts,
        ends=tie.ends,
        provenance=Provenance.EXTRACT,
        provenance_ref=_tie_mark(source, tie),
        actor=actor,
    )
    done.people_added += 1
    done.ties_added += 1
    parties.add_identifier(relation.source, scheme=SCHEME, value=_mark(source, person.record_id), actor=actor)
    done.party_of[person.record_id] = relation.source


def _tie_mark(source: str, tie: TieIn) -> str:
    return f"{SCHEME}:{_mark(source, f'{tie.record_id}|{tie.kind}')}"


def _tie(owner: Party, tie: TieIn, target: Party, source: str, done: Imported, actor: Actor) -> None:
    """Add a tie, end one that the file says has ended, or leave one that is as it was."""
    mark = _tie_mark(source, tie)
    before = Relationship.objects.filter(provenance_ref=mark, source=owner, target=target).order_by("-pk").first()
    if before is None:
        same = Relationship.objects.filter(source=owner, kind=tie.kind, target=target, starts=tie.starts)
        before = same.order_by("-pk").first()
    if before is None:
        parties.relate(
            owner,
            tie.kind,
            target,
            actor=actor,
            starts=tie.starts,
            ends=tie.ends,
            provenance=Provenance.EXTRACT,
            provenance_ref=mark,
        )
        done.ties_added += 1
    elif _ends_now(before, tie.ends):
        assert tie.ends is not None  # noqa: S101 - _ends_now made sure
        parties.end_relationship(before, on=tie.ends, actor=actor)
        done.ties_ended += 1
    else:
        done.ties_unchanged += 1


def _ends_now(before: Relationship, ends: date | None) -> bool:
    return ends is not None and before.ends != ends and (before.starts is None or before.starts <= ends)
