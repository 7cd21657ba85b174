"""Look up what a paper claims: a licence number, a licence's or recruiter's reference, or a report's."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from core.references import BadReference, parse_reference
from recruiters.countries import country_name
from recruiters.models import Licence, Recruiter
from recruiters.models.words import StatusCode, tone_of
from recruiters.registerrows import number_key

SHOWN = 20


@dataclass(frozen=True)
class Finding:
    """What the register says about one licence, or about a recruiter without any."""

    name: str
    recruiter_ref: str
    number: str
    authority: str
    country: str
    status: str
    tone: str
    valid: bool
    since: dt.date | None = None
    expires_on: dt.date | None = None


class Mistyped(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A reference of ours whose last character does not fit; the message is for people."""


def look_up(code: str, day: dt.date) -> list[Finding]:
    """Return what the register says of a code on a day; raises Mistyped for a reference with a slip in it."""
    prefix = code.strip().upper()[:4]
    if prefix == "REC-":
        recruiters = Recruiter.objects.listed().filter(ref=_reference(code))
        return [
            finding for recruiter in recruiters.select_related("party") for finding in _of_recruiter(recruiter, day)
        ]
    wanted = Q(ref=_reference(code)) if prefix == "LIC-" else Q(number_key=number_key(code)) & ~Q(number_key="")
    found = Licence.objects.filter(wanted, recruiter__is_listed=True)
    found = found.select_related("recruiter__party").prefetch_related("history")
    return [_of_licence(licence, day) for licence in found.order_by("country", "authority", "pk")[:SHOWN]]


def _reference(code: str) -> str:
    try:
        return parse_reference(code)
    except BadReference:
        raise Mistyped(_("This code seems to be mistyped. Compare it with the paper, letter by letter.")) from None


def _of_recruiter(recruiter: Recruiter, day: dt.date) -> list[Finding]:
    licences = recruiter.licences.prefetch_related("history").select_related("recruiter__party")
    found = [_of_licence(licence, day) for licence in licences[:SHOWN]]
    none = Finding(recruiter.party.name, recruiter.ref, "", "", "", str(StatusCode.NONE.label), "", valid=False)
    return found or [none]


def _of_licence(licence: Licence, day: dt.date) -> Finding:
    standing = licence.standing(day)
    return Finding(
        name=licence.recruiter.party.name,
        recruiter_ref=licence.recruiter.ref,
        number=licence.number or licence.ref,
        authority=licence.authority,
        country=_(country_name(licence.country)) if licence.country else "",
        status=str(StatusCode(standing.code).label) if standing.code in StatusCode.values else standing.code,
        tone=tone_of(standing.code),
        valid=standing.valid,
        since=standing.since,
        expires_on=standing.expires_on,
    )
