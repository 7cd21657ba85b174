"""Write parties: every change of a name changes its search keys in the same transaction."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from core import audit
from core.actors import Actor
from parties.keys import script_of, search_keys
from parties.models import Identifier, Name, NameKey, Party, Relationship, Site


@transaction.atomic
def register_party(
    *,
    kind: str,
    name: str,
    actor: Actor,
    country: str = "",
    sector: str = "",
    employees: int | None = None,
    names: Iterable[tuple[str, str]] = (),
    identifiers: Iterable[tuple[str, str]] = (),
) -> Party:
    """Register a party with its names ((text, use) pairs) and identifiers ((scheme, value) pairs)."""
    party = Party.objects.create(
        kind=kind, name=name[:300], country=country.upper()[:2], sector=sector[:100], employees=employees
    )
    add_name(party, name, use=Name.Use.PRIMARY, actor=actor)
    for text, use in names:
        if text != name:
            add_name(party, text, use=use, actor=actor)
    for scheme, value in identifiers:
        add_identifier(party, scheme=scheme, value=value, actor=actor)
    audit.record("party.registered", actor=actor, subject=party.ref, kind=kind, country=party.country)
    return party


@transaction.atomic
def add_name(party: Party, text: str, *, actor: Actor, use: str = Name.Use.ALIAS, language: str = "") -> Name:
    """Add a name and its search keys; a name already there is returned as it is."""
    name, created = Name.objects.get_or_create(
        party=party, text=text.strip()[:300], defaults={"kind": use, "script": script_of(text), "language": language}
    )
    if created:
        NameKey.objects.bulk_create(keys_for(name))
        if use != Name.Use.PRIMARY:
            audit.record("party.name_added", actor=actor, subject=party.ref, use=str(use), script=name.script)
    return name


def keys_for(name: Name) -> list[NameKey]:
    """Return the unsaved search keys of a name."""
    return [NameKey(name=name, party_id=name.party_id, key=key) for key in sorted(search_keys(name.text))]


@transaction.atomic
def add_identifier(
    party: Party, *, scheme: str, value: str, actor: Actor, authority: str = "", country: str = ""
) -> Identifier:
    """Add a number that an authority gave; one already there is returned as it is."""
    identifier, created = Identifier.objects.get_or_create(
        party=party, scheme=scheme, value=value.strip()[:80], defaults={"authority": authority, "country": country}
    )
    if created:
        audit.record("party.identifier_added", actor=actor, subject=party.ref, scheme=scheme)
    return identifier


@transaction.atomic
def add_site(
    party: Party,
    *,
    name: str,
    country: str,
    actor: Actor,
    address: str = "",
    city: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
) -> Site:
    """Add a place of a party."""
    site = Site.objects.create(
        party=party,
        name=name[:300],
        country=country.upper()[:2],
        address=address[:500],
        city=city[:120],
        latitude=latitude,
        longitude=longitude,
    )
    audit.record("party.site_added", actor=actor, subject=party.ref, site=site.ref, country=site.country)
    return site


@transaction.atomic
def relate(
    source: Party, kind: str, target: Party, *, actor: Actor, starts: date | None = None, ends: date | None = None
) -> Relationship:
    """Relate two parties from a day on; raises IntegrityError when it would end before it starts."""
    relation = Relationship.objects.create(source=source, kind=kind, target=target, starts=starts, ends=ends)
    audit.record("party.related", actor=actor, subject=source.ref, kind=str(kind), target=target.ref, starts=starts)
    return relation


@transaction.atomic
def end_relationship(relation: Relationship, *, on: date, actor: Actor) -> Relationship:
    """End a relationship on a day; the row remains as history."""
    relation.ends = on
    relation.save(update_fields=["ends"])
    audit.record("party.relation_ended", actor=actor, subject=relation.source.ref, kind=relation.kind, ends=on)
    return relation
