"""Give a recruiter's public facts to machines as schema.org JSON-LD; what a person would not be shown is not in it."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from recruiters.licensing import Standing
from recruiters.models import Licence, Recruiter
from recruiters.presenting import status_word

ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_ld(
    recruiter: Recruiter, licences: Iterable[tuple[Licence, Standing]], *, address: str, day: date
) -> SafeString:
    """Return the agency and its permits as JSON-LD, safe inside a script element."""
    held = list(licences)
    agency: dict[str, Any] = {
        "@type": "EmploymentAgency",
        "@id": address,
        "url": address,
        "identifier": recruiter.ref,
        "name": recruiter.party.name,
        "alternateName": [name.text for name in recruiter.party.names.all() if name.text != recruiter.party.name],
        "address": {"@type": "PostalAddress", "addressCountry": recruiter.country},
        "hasCertification": [{"@id": f"{address}#{licence.ref}"} for licence, _standing in held],
    }
    graph = [agency, *(_permit(licence, standing, address) for licence, standing in held)]
    return _escaped({"@context": "https://schema.org", "@graph": graph, "dateModified": day.isoformat()})


def _permit(licence: Licence, standing: Standing, address: str) -> dict[str, Any]:
    issuer = {"@type": "GovernmentOrganization", "name": licence.authority} if licence.authority else None
    active = "CertificationActive" if standing.valid else "CertificationInactive"
    facts = {
        "@type": ["Permit", "Certification"],
        "@id": f"{address}#{licence.ref}",
        "identifier": licence.number or licence.ref,
        "certificationIdentification": licence.ref,
        "name": "Licence to recruit",
        "issuedBy": issuer,
        "validFrom": standing.since.isoformat() if standing.valid and standing.since else None,
        "validUntil": standing.expires_on.isoformat() if standing.expires_on else None,
        "validIn": {"@type": "Country", "name": licence.country} if licence.country else None,
        "certificationStatus": f"https://schema.org/{active}",
        "description": status_word(standing.code),
    }
    return {name: value for name, value in facts.items() if value}


def _escaped(data: dict[str, Any]) -> SafeString:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, code in ESCAPED.items():
        text = text.replace(sign, code)
    return mark_safe(text)  # noqa: S308 - every sign that could end the script element is escaped above
