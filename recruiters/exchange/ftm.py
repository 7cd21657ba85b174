"""Write the register as FollowTheMoney entities: the recruiter, and each licence as an identification. Pure.

FollowTheMoney 4: schemata Company, LegalEntity and Identification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from recruiters.exchange.records import LicenceRecord, RecruiterRecord

DATASET = "register"


def entity(entity_id: str, schema: str, caption: str, properties: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Return one entity; empty properties are left out."""
    kept = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    return {
        "id": entity_id,
        "schema": schema,
        "caption": caption,
        "properties": {name: values for name, values in kept.items() if values},
        "datasets": [DATASET],
        "referents": [],
        "target": False,
    }


def recruiter_entity(record: RecruiterRecord) -> dict[str, Any]:
    """Return a recruiter as a Company, or as a LegalEntity where a person holds the licence."""
    schema = "LegalEntity" if record.is_person else "Company"
    return entity(
        record.ref,
        schema,
        record.name,
        {
            "name": [record.name],
            "alias": record.other_names,
            "previousName": record.former_names,
            "country": [record.country.lower()],
            "status": [record.status],
            "sector": record.sectors,
            "address": record.addresses,
            "website": [record.website] if record.website.startswith(("http://", "https://")) else [],
            "licenseNumber": [licence.number for licence in record.licences],
            "registrationNumber": [number for _scheme, number in record.registration_numbers],
            "sourceUrl": [record.url],
        },
    )


def licence_entity(record: RecruiterRecord, licence: LicenceRecord) -> dict[str, Any]:
    """Return a licence as an Identification of its holder, with its status in words of code."""
    return entity(
        licence.ref,
        "Identification",
        licence.number or licence.ref,
        {
            "holder": [record.ref],
            "type": ["recruitment licence"],
            "number": [licence.number],
            "authority": [licence.authority],
            "country": [(licence.country or record.country).lower()],
            "startDate": [_day(licence.issued_on)],
            "endDate": [_day(licence.valid_until)],
            "description": [f"status: {licence.status}"],
            "sourceUrl": [record.url],
        },
    )


def ftm_entities(records: Iterable[RecruiterRecord]) -> Iterator[dict[str, Any]]:
    """Yield every recruiter, each followed by its licences."""
    for record in records:
        yield recruiter_entity(record)
        for licence in record.licences:
            yield licence_entity(record, licence)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
