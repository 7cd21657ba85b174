"""What the register knows of a recruiter already, as the parts of an application hold it: nobody types it twice."""

from datetime import date
from typing import Any

from django.utils import timezone

from parties.keys import fold
from parties.models import Contact, Kind, Name, Relationship
from recruiters.applying import SECTIONS
from recruiters.models import Licence, Recruiter

PEOPLE = (Relationship.Is.OWNER, Relationship.Is.DIRECTOR, Relationship.Is.OFFICER)
OF_THE_REGISTER = ("people", "sub_agents")
"""What is asked of the register alone: whoever an earlier application named and who has left is not named again."""


def known_of(recruiter: Recruiter, licence: Licence | None) -> dict[str, Any]:
    """Return the content that an application begins with: the register first, then what was declared last."""
    earlier = recruiter.applications.exclude(content={}).order_by("-pk").first()
    before = dict(earlier.content) if earlier else {}
    for field in (*SECTIONS["declarations"], *OF_THE_REGISTER):  # a declaration is made anew each time
        before.pop(field, None)
    if not _still_holds(before):
        for field in SECTIONS["guarantee"]:
            before.pop(field, None)
    known = {
        "legal_name": recruiter.name,
        "registration_number": _number(recruiter),
        "phone": recruiter.phone,
        "email": recruiter.email,
        "website": recruiter.website,
        "destinations": sorted(recruiter.corridors.values_list("destination", flat=True)),
        "sectors": recruiter.sectors,
        "workers_a_year": licence.capacity if licence else None,
        **_address(recruiter),
        **_behind(recruiter),
        **_guarantee(recruiter),
    }
    return before | {field: value for field, value in known.items() if value}


def _still_holds(content: dict[str, Any]) -> bool:
    until = content.get("guarantee_until")
    return until is not None and until != "" and date.fromisoformat(until) >= timezone.localdate()


def _number(recruiter: Recruiter) -> str:
    found = recruiter.party.identifiers.filter(scheme__startswith="registration").order_by("-pk").first()
    return found.value if found else ""


def _address(recruiter: Recruiter) -> dict[str, str]:
    contact = recruiter.party.contacts.current().filter(kind=Contact.Kind.ADDRESS).order_by("-pk").first()
    site = recruiter.party.sites.exclude(address="").order_by("-pk").first()
    if contact is None and site is None:
        return {}
    city = site.city if site is not None and (contact is None or site.address in contact.value) else ""
    return {"address": contact.value if contact is not None else site.address if site else "", "city": city}


def _behind(recruiter: Recruiter) -> dict[str, list[dict[str, Any]]]:
    rows = Relationship.objects.current().filter(target=recruiter.party_id).select_related("source").order_by("pk")
    rows = rows.prefetch_related("source__names", "source__contacts")
    people = [
        {
            "name": one.source.name,
            "native_name": next((n.text for n in one.source.names.all() if n.kind == Name.Use.ALIAS), ""),
            "role": one.kind,
            "country": one.source.country,
            "starts": one.starts.isoformat() if one.starts else None,
        }
        for one in rows.filter(kind__in=PEOPLE)
    ]
    agents = [
        {
            "name": one.source.name,
            "is_person": one.source.kind == Kind.PERSON,
            "country": one.source.country,
            "starts": one.starts.isoformat() if one.starts else None,
            "phone": next((c.value for c in one.source.contacts.all() if c.kind == Contact.Kind.PHONE), ""),
        }
        for one in rows.filter(kind=Relationship.Is.SUB_AGENT)
    ]
    return {"people": people, "sub_agents": agents}


def _guarantee(recruiter: Recruiter) -> dict[str, Any]:
    found = recruiter.guarantees.current().order_by("-pk").first()
    if found is None:
        return {}
    return {
        "guarantee_kind": found.kind,
        "guarantee_issuer": found.issuer,
        "guarantee_reference": found.reference,
        "guarantee_amount": str(found.amount),
        "guarantee_currency": found.currency,
        "guarantee_until": found.ends.isoformat() if found.ends else None,
    }


def left_out(recruiter: Recruiter, content: dict[str, Any]) -> list[Relationship]:
    """Return whom the register has behind a recruiter today and the application no longer names."""
    named = {(fold(one["name"]), one["role"]) for one in content.get("people", [])}
    named |= {(fold(one["name"]), str(Relationship.Is.SUB_AGENT)) for one in content.get("sub_agents", [])}
    kinds = (*PEOPLE, Relationship.Is.SUB_AGENT)
    rows = Relationship.objects.current().filter(target=recruiter.party_id, kind__in=kinds).select_related("source")
    return [
        one
        for one in rows.prefetch_related("source__names").order_by("pk")
        if not any((fold(name.text), one.kind) in named for name in one.source.names.all())
    ]
