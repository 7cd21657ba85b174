"""Name the types and the properties of the service, and read each property from a public record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recruiters.exchange.records import LicenceRecord, RecruiterRecord
from recruiters.models.words import RecruiterKind
from recruiters.presenting import status_word
from recruiters.vocabulary import country_label

Words = str | Promise
Values = Iterable[str | date | None]
RECRUITER = "recruiter"
VALID_ONLY = "valid_only"


@dataclass(frozen=True)
class Property:
    """One property: may it narrow a query, and how is it read. ``of_licence`` reads it from each licence."""

    id: str
    name: Words
    read: Callable[[RecruiterRecord], Values] | None = None
    of_licence: Callable[[LicenceRecord], str | date | None] | None = None
    narrows: bool = False

    def values(self, record: RecruiterRecord, *, valid_only: bool) -> list[dict[str, str]]:
        """Return the values of a record as the data extension writes them."""
        if self.of_licence is not None:
            found: Values = [self.of_licence(one) for one in record.licences if one.valid or not valid_only]
        else:
            found = self.read(record) if self.read else ()
        return [_cell(value) for value in dict.fromkeys(found) if value]


def _cell(value: str | date) -> dict[str, str]:
    return {"date": f"{value.isoformat()}T00:00:00Z"} if isinstance(value, date) else {"str": value}


PROPERTIES = (
    Property("licence_number", _("Licence number"), of_licence=lambda one: one.number, narrows=True),
    Property("country", _("Country (code)"), lambda r: [r.country], narrows=True),
    Property("registration_number", _("Registration number"), lambda r: [n for _s, n in r.registration_numbers],
             narrows=True),
    Property("status", _("Licence status today"), lambda r: [status_word(r.status)]),
    Property("status_code", _("Licence status today (code)"), lambda r: [r.status]),
    Property("may_recruit", _("May recruit today (true or false)"), lambda r: ["true" if r.valid else "false"]),
    Property("status_since", _("Status since"), lambda r: [r.since]),
    Property("valid_until", _("Term ends"), of_licence=lambda one: one.valid_until),
    Property("issued_on", _("Issued"), of_licence=lambda one: one.issued_on),
    Property("authority", _("Authority"), of_licence=lambda one: one.authority),
    Property("name", _("Registered name"), lambda r: [r.name]),
    Property("other_names", _("Other names"), lambda r: [*r.other_names, *r.former_names]),
    Property("country_name", _("Country"), lambda r: [str(country_label(r.country))] if r.country else []),
    Property("address", _("Address"), lambda r: r.addresses),
    Property("kind", _("Kind of recruiter"), lambda r: [str(RecruiterKind(r.kind).label)]),
    Property("sectors", _("Sectors (codes)"), lambda r: r.sectors),
    Property("destinations", _("Sends workers to (codes)"), lambda r: r.destinations),
    Property("website", _("Web site"), lambda r: [r.website]),
    Property("url", _("Page in the public register"), lambda r: [r.url]),
)  # fmt: skip
BY_ID = {one.id: one for one in PROPERTIES}


def types() -> list[dict[str, str]]:
    """Return every type, the one that covers all first."""
    every = {"id": RECRUITER, "name": str(_("Recruiter"))}
    return [every, *({"id": str(kind.value), "name": str(kind.label)} for kind in RecruiterKind)]


def types_of(record: RecruiterRecord) -> list[dict[str, str]]:
    """Return the types of one recruiter."""
    return [types()[0], {"id": record.kind, "name": str(RecruiterKind(record.kind).label)}]


def described(record: RecruiterRecord) -> str:
    """Return one line that tells namesakes apart."""
    number = record.principal.number if record.principal else ""
    country = str(country_label(record.country)) if record.country else ""
    return " · ".join(part for part in (country, number, status_word(record.status)) if part)


def known(ids: Iterable[Any]) -> list[Property]:
    """Return the properties of these ids that exist."""
    return [BY_ID[one] for one in ids if isinstance(one, str) and one in BY_ID]
