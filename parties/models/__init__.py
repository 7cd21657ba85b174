"""Who is who: organisations and people, their names, identifiers, sites and dated relationships."""

from parties.models.contacts import Contact, ContactQuerySet, Provenance
from parties.models.nameindex import Collection, IndexedName, NamePosting
from parties.models.namekeys import NameKey
from parties.models.party import Identifier, Kind, Name, Party, PartyQuerySet, Site
from parties.models.relationships import Relationship, RelationshipQuerySet

__all__ = [
    "Collection",
    "Contact",
    "ContactQuerySet",
    "Identifier",
    "IndexedName",
    "Kind",
    "Name",
    "NameKey",
    "NamePosting",
    "Party",
    "PartyQuerySet",
    "Provenance",
    "Relationship",
    "RelationshipQuerySet",
    "Site",
]
