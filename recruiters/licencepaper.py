"""Set a licence's certificate on one page, in the ministry's language and in English; it names no person."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents import Document
from recruiters.models import Licence
from recruiters.presenting import status_word
from recruiters.vocabulary import country_label


def facts_of(licence: Licence, day: date) -> dict[str, Any]:
    """Return what the register says of a licence on a day, as codes and plain values; never about a person."""
    standing, recruiter = licence.standing(day), licence.recruiter
    names = recruiter.party.names.exclude(kind="former").exclude(script="Latn").order_by("pk")
    return {
        "name": recruiter.party.name,
        "native_names": [name.text for name in names if name.text != recruiter.party.name][:2],
        "recruiter": recruiter.ref,
        "licence": licence.ref,
        "number": licence.number,
        "authority": licence.authority,
        "country": licence.country,
        "status": standing.code,
        "since": standing.since.isoformat() if standing.since else None,
        "expires_on": standing.expires_on.isoformat() if standing.expires_on else None,
        "conditions": licence.conditions,
        "sectors": list(recruiter.sectors),
        "destinations": [corridor.destination for corridor in recruiter.corridors.all()],
    }


def address_to_verify(code: str, language: str) -> str:
    """Return the address that the square code leads to."""
    return f"{settings.BASE_URL}/{language}/verify/?{urlencode({'code': code})}"


def paper(facts: Mapping[str, Any], *, code: str, number: int, day: date, languages: list[str]) -> bytes:
    """Return the certificate as an unsigned PDF, one part for each language; raises MissingFont."""
    first = languages[0]
    with translation.override(first):
        made = Document(_("Certificate of licence to recruit"), first, code, issuer=_("Register of recruiters"))
        _part(made, facts, number, day)
    for language in languages[1:]:
        with translation.override(language):
            made.speak(language)
            made.heading(_("Certificate of licence to recruit"))
            _part(made, facts, number, day)
    with translation.override(first):
        made.speak(first)
        made.code(address_to_verify(code, first), _("What the register says today: %(code)s") % {"code": code})
    return made.render()


def _part(made: Document, facts: Mapping[str, Any], number: int, day: date) -> None:
    made.facts(
        [
            (_("Recruiter"), "\n".join([facts["name"], *facts["native_names"]])),
            (_("Licence"), " · ".join(filter(None, (facts["number"] or facts["licence"], facts["authority"])))),
            (_("Country"), country_label(facts["country"])),
            (_("Status"), status_word(facts["status"])),
            (_("Term ends"), _day(facts["expires_on"]) or _("not stated")),
            *([(_("Conditions"), facts["conditions"])] if facts["conditions"] else []),
            *([(_("Sends workers to"), _listed(facts["destinations"]))] if facts["destinations"] else []),
            (_("Issued"), _("%(day)s, number %(number)s") % {"day": date_format(day, "DATE_FORMAT"), "number": number}),
        ]
    )
    made.note(_("Whether it is still valid, only the register can say: scan the code or type it there."))


def _day(text: str | None) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT") if text else ""


def _listed(codes: list[str]) -> str:
    return ", ".join(sorted(country_label(code) for code in codes))
