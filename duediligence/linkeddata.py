"""Describe a published version to machines as schema.org JSON-LD. Pure."""

from collections.abc import Mapping
from typing import Any

from duediligence.content import Content


def describe(content: Content, *, name: str, page: str, downloads: Mapping[str, str], digest: str) -> dict[str, Any]:
    """Return the JSON-LD of a version; `page` and `downloads` (media type to address) are absolute addresses."""
    report, company = content["report"], content["company"]
    organisation = {
        "@type": "Organization",
        "name": company["name"],
        "identifier": {"@type": "PropertyValue", "propertyID": "safeconduct", "value": company["ref"]},
    }
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": page,
        "url": page,
        "name": name,
        "reportNumber": report["ref"],
        "version": str(report["version"]),
        "datePublished": report["published_on"],
        "inLanguage": report["language"],
        "temporalCoverage": f"{content['period']['start']}/{content['period']['end']}",
        "author": organisation,
        "about": organisation,
        "isBasedOn": {"@type": "CreativeWork", "name": content["standard"]["name"]},
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": digest},
        "encoding": [
            {"@type": "MediaObject", "encodingFormat": kind, "contentUrl": address}
            for kind, address in downloads.items()
        ],
    }
