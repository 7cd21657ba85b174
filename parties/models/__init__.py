"""Who is who: organisations and people, their names, identifiers, sites and dated relationships."""

from parties.models.namekeys import NameKey
from parties.models.party import Identifier, Kind, Name, Party, PartyQuerySet, Site
from parties.models.relationships import Relationship, RelationshipQuerySet

__all__ = [
    "Identifier",
    "Kind",
    "Name",
    "NameKey",
    "Party",
    "PartyQuerySet",
    "Relationship",
    "RelationshipQuerySet",
    "Site",
]
