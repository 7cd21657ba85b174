"""Write the register as Beneficial Ownership Data Standard 0.4: entities, and who owns or directs them. Pure.

Persons stay unnamed unless the caller says that they are officially public: what remains is that there is a person, and
why the name is not given. Source: Open Ownership, Beneficial Ownership Data Standard 0.4 (schema and codelists).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from recruiters.countries import country_name
from recruiters.exchange.records import RecruiterRecord

VERSION = "0.4"
WITHHELD = "interestedPartyExemptFromDisclosure"
INTERESTS = {"owner": ("unknownInterest", "owner"), "director": ("boardMember", "director")}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who owns or directs a recruiter: an organisation, or a person whose name only an officer may publish."""

    subject_ref: str
    ref: str
    name: str
    kind: str
    is_person: bool
    country: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, and on which day."""

    name: str
    url: str
    day: date


def statements(
    records: Iterable[tuple[RecruiterRecord, Iterable[Holder]]], publisher: Publisher, *, with_people: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield the statements of each recruiter: the entity, then each holder and the relationship to it."""
    known: set[str] = set()
    for record, holders in records:
        known.add(record.ref)
        yield _statement(record.ref, record.ref, "entity", _entity(record), _day_of(record, publisher), publisher)
        for place, holder in enumerate(holders, start=1):
            relation = f"{record.ref}-{holder.kind}-{place}"
            party = holder.ref if not holder.is_person or with_people else f"{relation}-person"
            if party not in known:
                if not holder.is_person or with_people:
                    known.add(party)
                details = _person(holder, named=with_people) if holder.is_person else _organisation(holder)
                kind = "person" if holder.is_person else "entity"
                yield _statement(party, record.ref, kind, details, _day_of(record, publisher), publisher)
            details = _relationship(record.ref, party, holder)
            yield _statement(relation, record.ref, "relationship", details, _day_of(record, publisher), publisher)


def _day_of(record: RecruiterRecord, publisher: Publisher) -> date:
    return record.registered_on or publisher.day


def _statement(
    record_id: str, subject: str, kind: str, details: dict[str, Any], day: date, publisher: Publisher
) -> dict[str, Any]:
    """Return one statement. Its id changes when its content does, and only then."""
    content = json.dumps([record_id, kind, details], sort_keys=True, ensure_ascii=False, default=str)
    return {
        "statementId": hashlib.blake2b(content.encode(), digest_size=20).hexdigest(),
        "statementDate": day.isoformat(),
        "declarationSubject": subject,
        "recordId": record_id,
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": details,
        "publicationDetails": {
            "publicationDate": publisher.day.isoformat(),
            "bodsVersion": VERSION,
            "publisher": {"name": publisher.name, "url": publisher.url},
        },
        "source": {"type": ["officialRegister"]},
    }


def _place(code: str) -> dict[str, str]:
    return {"code": code, "name": country_name(code)}


def _entity(record: RecruiterRecord) -> dict[str, Any]:
    identifiers: list[dict[str, str]] = [{"schemeName": "register of recruiters", "id": record.ref, "uri": record.url}]
    identifiers += [{"schemeName": scheme, "id": number} for scheme, number in record.registration_numbers]
    identifiers += [
        {
            "schemeName": f"recruitment licence: {one.authority}" if one.authority else "recruitment licence",
            "id": one.number,
        }
        for one in record.licences
        if one.number
    ]
    details: dict[str, Any] = {
        "isComponent": False,
        "entityType": {"type": "unknownEntity" if record.is_person else "registeredEntity"},
        "name": record.name,
        "identifiers": identifiers,
        "uri": record.url,
    }
    names = [*record.other_names, *record.former_names]
    if names:
        details["alternateNames"] = names
    if record.country:
        details["jurisdiction"] = _place(record.country)
    if record.addresses:
        where = {"country": _place(record.country)} if record.country else {}
        details["addresses"] = [{"type": "business", "address": one, **where} for one in record.addresses]
    return details


def _organisation(holder: Holder) -> dict[str, Any]:
    details: dict[str, Any] = {
        "isComponent": False,
        "entityType": {"type": "registeredEntity"},
        "name": holder.name,
        "identifiers": [{"schemeName": "register of parties", "id": holder.ref}],
    }
    return details | ({"jurisdiction": _place(holder.country)} if holder.country else {})


def _person(holder: Holder, *, named: bool) -> dict[str, Any]:
    if named:
        details: dict[str, Any] = {
            "isComponent": False,
            "personType": "knownPerson",
            "names": [{"type": "legal", "fullName": holder.name}],
        }
        return details | ({"nationalities": [_place(holder.country)]} if holder.country else {})
    return {
        "isComponent": False,
        "personType": "anonymousPerson",
        "unspecifiedPersonDetails": {
            "reason": WITHHELD,
            "description": "The name is known to the authority and is not published.",
        },
    }


def _relationship(subject: str, party: str, holder: Holder) -> dict[str, Any]:
    kind, details = INTERESTS[holder.kind]
    interest: dict[str, Any] = {"type": kind, "directOrIndirect": "unknown", "details": details}
    if holder.starts:
        interest["startDate"] = holder.starts.isoformat()
    if holder.ends:
        interest["endDate"] = holder.ends.isoformat()
    return {"isComponent": False, "subject": subject, "interestedParty": party, "interests": [interest]}
