"""Write parties: every change of a name changes its search keys in the same transaction."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.actors import Actor
from parties.keys import script_of, search_keys
from parties.models import Collection, Identifier, Kind, Name, NameKey, Party, Provenance, Relationship, Site
from parties.nameindex import Entry, add_numbers, drop_names, file_names

ROLES_OF_PERSONS = (
    Relationship.Is.OWNER,
    Relationship.Is.DIRECTOR,
    Relationship.Is.OFFICER,
    Relationship.Is.SUB_AGENT,
)


class PersonWithoutRole(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A person who is nothing to an organisation; the message is for people."""


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
    """Register an organisation with its names ((text, use) pairs) and identifiers ((scheme, value) pairs).

    Raises PersonWithoutRole for a person: people enter by `register_person`, with what they are to an organisation.
    """
    if kind == Kind.PERSON:
        raise PersonWithoutRole(_("A person enters the register only as owner, director, officer or agent."))
    return _register(
        kind, name, actor, country=country, sector=sector, employees=employees, names=names, identifiers=identifiers
    )


@transaction.atomic
def register_person(
    name: str,
    role: str,
    organisation: Party,
    *,
    actor: Actor,
    country: str = "",
    names: Iterable[tuple[str, str]] = (),
    starts: date | None = None,
    ends: date | None = None,
    provenance: str = Provenance.REGISTER,
    provenance_ref: str = "",
) -> Relationship:
    """Register a person together with what the person is to an organisation; raises PersonWithoutRole otherwise.

    Nobody can be entered here for being a worker, and so no blacklist of workers can be made.
    """
    if role not in ROLES_OF_PERSONS or organisation.kind != Kind.ORGANISATION:
        raise PersonWithoutRole(_("A person enters the register only as owner, director, officer or agent."))
    person = _register(Kind.PERSON, name, actor, country=country, names=names)
    return relate(
        person, role, organisation, actor=actor, starts=starts, ends=ends,
        provenance=provenance, provenance_ref=provenance_ref,
    )  # fmt: skip


def _register(
    kind: str,
    name: str,
    actor: Actor,
    *,
    country: str = "",
    sector: str = "",
    employees: int | None = None,
    names: Iterable[tuple[str, str]] = (),
    identifiers: Iterable[tuple[str, str]] = (),
) -> Party:
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
        index_names([name])
        if use != Name.Use.PRIMARY:
            audit.record("party.name_added", actor=actor, subject=party.ref, use=str(use), script=name.script)
    return name


def keys_for(name: Name) -> list[NameKey]:
    """Return the unsaved search keys of a name."""
    return [NameKey(name=name, party_id=name.party_id, key=key) for key in sorted(search_keys(name.text))]


def index_names(names: Iterable[Name]) -> None:
    """Make names that were just written findable, within the caller's transaction; each with its party at hand."""
    kept = list(names)
    NameKey.objects.bulk_create((key for name in kept for key in keys_for(name)), batch_size=2000)
    file_names(Collection.PARTY, (Entry(name.pk, name.text, name.party.kind) for name in kept))


def index_identifiers(identifiers: Iterable[Identifier]) -> None:
    """Make numbers that were just written lead to their parties' names, within the caller's transaction."""
    numbers: dict[int, list[str]] = {}
    for identifier in identifiers:
        numbers.setdefault(identifier.party_id, []).append(identifier.value)
    names = Name.objects.filter(party__in=list(numbers)).order_by("-pk").values_list("party_id", "pk")
    first = dict(names)
    add_numbers(Collection.PARTY, {first[party]: values for party, values in numbers.items() if party in first})


@transaction.atomic
def add_identifier(
    party: Party, *, scheme: str, value: str, actor: Actor, authority: str = "", country: str = ""
) -> Identifier:
    """Add a number that an authority gave; one already there is returned as it is."""
    identifier, created = Identifier.objects.get_or_create(
        party=party, scheme=scheme, value=value.strip()[:80], defaults={"authority": authority, "country": country}
    )
    if created:
        index_identifiers([identifier])
        audit.record("party.identifier_added", actor=actor, subject=party.ref, scheme=scheme)
    return identifier


@transaction.atomic
def take_names_back(party: Party, names: Iterable[int], identifiers: Iterable[int], *, actor: Actor) -> None:
    """Take names and numbers away that were added by mistake, and make the others findable as they were."""
    held = list(party.names.values_list("pk", flat=True))
    party.names.filter(pk__in=list(names)).exclude(kind=Name.Use.PRIMARY).delete()
    party.identifiers.filter(pk__in=list(identifiers)).delete()
    NameKey.objects.filter(party=party).delete()
    drop_names(Collection.PARTY, held)
    index_names(list(party.names.select_related("party")))
    index_identifiers(list(party.identifiers.all()))
    audit.record("party.names_taken_back", actor=actor, subject=party.ref)


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
    source: Party,
    kind: str,
    target: Party,
    *,
    actor: Actor,
    starts: date | None = None,
    ends: date | None = None,
    provenance: str = Provenance.REGISTER,
    provenance_ref: str = "",
) -> Relationship:
    """Relate two parties from a day on; raises IntegrityError when it would end before it starts."""
    relation = Relationship.objects.create(
        source=source, kind=kind, target=target, starts=starts, ends=ends,
        provenance=provenance, provenance_ref=provenance_ref,
    )  # fmt: skip
    audit.record("party.related", actor=actor, subject=source.ref, kind=str(kind), target=target.ref, starts=starts)
    return relation


@transaction.atomic
def end_relationship(relation: Relationship, *, on: date, actor: Actor) -> Relationship:
    """End a relationship on a day; the row remains as history."""
    relation.ends = on
    relation.save(update_fields=["ends"])
    audit.record("party.relation_ended", actor=actor, subject=relation.source.ref, kind=relation.kind, ends=on)
    return relation
