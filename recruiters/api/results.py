"""Turn hits into the entities that clients of the matching interface read."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from parties.matching import Match
from recruiters.engine import Hit
from recruiters.exchange.ftm import entity, recruiter_entity
from recruiters.exchange.reading import records_by_id
from recruiters.exchange.records import RecruiterRecord
from recruiters.models import Recruiter, WatchlistEntry

PROPERTY_OF = {
    "licence": "licenseNumber",
    "registration": "registrationNumber",
    "id": "idNumber",
    "tax": "taxNumber",
    "lei": "leiCode",
    "swift": "swiftBic",
    "vat": "vatCode",
    "duns": "dunsCode",
    "uei": "uniqueEntityId",
}


def explanations(match: Match) -> dict[str, dict[str, Any]]:
    """Return why a pair scored as it did: each feature with its number, its weight and a sentence."""
    told: dict[str, dict[str, Any]] = {}
    for feature in match.features:
        name, place = feature.name, 2
        while name in told:
            name, place = f"{feature.name}_{place}", place + 1
        told[name] = {
            "score": round(feature.value, 4),
            "weight": round(feature.weight, 4),
            "detail": gettext(feature.template) % feature.facts,
            "query": match.query_name,
            "candidate": match.candidate_name,
        }
    return told


def watchlist_entity(entry: WatchlistEntry, *, nested: bool = False) -> dict[str, Any]:
    """Return an entry of a watchlist as it was listed; its measures inside it when asked for."""
    properties: dict[str, list[str]] = {
        "name": [entry.name],
        "alias": list(entry.names),
        "country": [code.lower() for code in entry.countries],
        "topics": list(entry.topics),
        "sourceUrl": [entry.source_url],
    }
    if entry.kind == "person":
        properties["birthDate"] = list(entry.birth_dates)
    for scheme, value in entry.identifiers:
        properties.setdefault(PROPERTY_OF.get(scheme.split(":")[0], "idNumber"), []).append(value)
    told = entity(entry.external_id, "Person" if entry.kind == "person" else "Company", entry.name, properties)
    told |= {
        "datasets": [entry.source.code],
        "referents": list(entry.referents),
        "target": True,
        "first_seen": _moment(entry.first_load.list_date),
        "last_change": _moment(entry.changed_load.list_date),
        "last_seen": _moment(entry.source.list_date),
    }
    if nested and entry.measures:
        told["properties"]["sanctions"] = [sanction_entity(entry, place) for place in range(len(entry.measures))]
    return told


def sanction_entity(entry: WatchlistEntry, place: int) -> dict[str, Any]:
    """Return one measure of an entry."""
    measure = entry.measures[place]
    told = entity(
        f"{entry.external_id}-measure-{place + 1}",
        "Sanction",
        measure.get("authority") or entry.name,
        {
            "entity": [entry.external_id],
            "authority": [measure.get("authority", "")],
            "program": [measure.get("programme", "")],
            "startDate": [measure.get("starts", "")],
            "endDate": [measure.get("ends", "")],
        },
    )
    return told | {"datasets": [entry.source.code]}


def _moment(day: Any) -> str | None:
    return f"{day.isoformat()}T00:00:00" if day else None


def entries_by_id(ids: Iterable[int]) -> dict[int, WatchlistEntry]:
    """Return entries with what an entity needs of their source and editions."""
    found = WatchlistEntry.objects.filter(pk__in=list(ids), gone_on__isnull=True)
    return found.select_related("source__current", "first_load", "changed_load").in_bulk()


def merged_refs(records: Iterable[RecruiterRecord]) -> dict[str, list[str]]:
    """Return the references that went into each of these recruiters."""
    refs = [record.ref for record in records]
    told: dict[str, list[str]] = {}
    for into, ref in Recruiter.objects.filter(merged_into__ref__in=refs).values_list("merged_into__ref", "ref"):
        told.setdefault(into, []).append(ref)
    return told


class Found:
    """What a batch of hits stands for, fetched in a fixed number of queries however many hits there are."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        kept = list(hits)
        self.records = records_by_id({h.target.recruiter_id for h in kept if h.target.recruiter_id})
        self.entries = entries_by_id({h.target.entry_id for h in kept if h.target.entry_id})
        self.referents = merged_refs(self.records.values())

    def entity(self, hit: Hit) -> dict[str, Any] | None:
        """Return the entity of a hit; None for what is not published or gone from its list."""
        if hit.target.recruiter_id:
            record = self.records.get(hit.target.recruiter_id)
            return self.recruiter(record) if record else None
        entry = self.entries.get(hit.target.entry_id or 0)
        return watchlist_entity(entry) if entry else None

    def recruiter(self, record: RecruiterRecord) -> dict[str, Any]:
        """Return a recruiter's entity with the references that went into it."""
        return recruiter_entity(record) | {"referents": self.referents.get(record.ref, [])}


def publisher() -> dict[str, str]:
    """Return who publishes the register."""
    return {"name": settings.WAGTAIL_SITE_NAME, "url": settings.BASE_URL}
