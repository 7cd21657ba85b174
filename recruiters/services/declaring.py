"""Write into the register what an applicant declared: each fact says that it was declared, in which application."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypedDict

from django.utils import timezone

from core.actors import Automatic
from parties import contacts
from parties import services as parties
from parties.contactkeys import phones_in
from parties.keys import fold
from parties.models import Contact, Kind, Name, Provenance, Relationship
from recruiters.models import Application, Recruiter
from recruiters.registerrows import number_key
from recruiters.services.details import add_guarantee

ACTOR = Automatic("applicant")


class Told(TypedDict):
    """Who says so, and where."""

    provenance: str
    provenance_ref: str


def declare(application: Application) -> None:
    """Write an application's contacts, people, agents and guarantee into the register; what is there already stays."""
    recruiter, content = application.recruiter, application.content
    told: Told = {"provenance": Provenance.APPLICATION, "provenance_ref": application.ref}
    party, today = recruiter.party, timezone.localdate()
    if content.get("legal_name") and content["legal_name"] != party.name:
        parties.add_name(party, content["legal_name"], actor=ACTOR)
    number = number_key(content.get("registration_number", ""))
    if number:
        scheme = f"registration:{recruiter.country}" if recruiter.country else "registration"
        parties.add_identifier(party, scheme=scheme, value=number, country=recruiter.country, actor=ACTOR)
    for kind in (Contact.Kind.PHONE, Contact.Kind.EMAIL, Contact.Kind.WEBSITE):
        for value in _several(kind, content.get(kind.value, "")):
            contacts.add_contact(party, kind, value, starts=today, actor=ACTOR, **told)
    if content.get("address"):
        contacts.add_contact(
            party, Contact.Kind.ADDRESS, content["address"], city=content.get("city", ""), starts=today, actor=ACTOR,
            **told,
        )  # fmt: skip
    _people(recruiter, content.get("people", []), told)
    _agents(recruiter, content.get("sub_agents", []), told)
    _guarantee(recruiter, content, told)
    _end_what_is_no_longer_named(application, today)


def _several(kind: str, text: str) -> Iterable[str]:
    if kind == Contact.Kind.PHONE:
        return phones_in(text) or ((text,) if text else ())
    return (text,) if text else ()


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _known(recruiter: Recruiter, role: str) -> set[str]:
    names = Name.objects.filter(party__relations_out__target=recruiter.party_id, party__relations_out__kind=role)
    return {fold(text) for text in names.values_list("text", flat=True)}


def _people(recruiter: Recruiter, people: Iterable[Mapping[str, Any]], told: Told) -> None:
    for person in people:
        if fold(person["name"]) not in _known(recruiter, person["role"]):
            aliases = [(person["native_name"], Name.Use.ALIAS)] if person.get("native_name") else []
            parties.register_person(
                person["name"], person["role"], recruiter.party, country=person.get("country", ""), names=aliases,
                starts=_day(person.get("starts")), actor=ACTOR, **told,
            )  # fmt: skip


def _agents(recruiter: Recruiter, agents: Iterable[Mapping[str, Any]], told: Told) -> None:
    for agent in agents:
        if fold(agent["name"]) in _known(recruiter, Relationship.Is.SUB_AGENT):
            continue
        starts = _day(agent.get("starts"))
        if agent.get("is_person"):
            parties.register_person(
                agent["name"], Relationship.Is.SUB_AGENT, recruiter.party, country=agent.get("country", ""),
                starts=starts, actor=ACTOR, **told,
            )  # fmt: skip
        else:
            made = parties.register_party(
                kind=Kind.ORGANISATION, name=agent["name"], country=agent.get("country", ""), actor=ACTOR
            )
            parties.relate(made, Relationship.Is.SUB_AGENT, recruiter.party, starts=starts, actor=ACTOR, **told)
        if agent.get("phone"):
            last = recruiter.party.relations_in.order_by("-pk").select_related("source")[0].source
            contacts.add_contact(last, Contact.Kind.PHONE, agent["phone"], starts=starts, actor=ACTOR, **told)


def _guarantee(recruiter: Recruiter, content: Mapping[str, Any], told: Told) -> None:
    try:
        amount = Decimal(str(content.get("guarantee_amount") or "0"))
    except InvalidOperation:
        return
    reference = content.get("guarantee_reference", "")
    if amount <= 0 or recruiter.guarantees.filter(reference=reference, issuer=content.get("guarantee_issuer")).exists():
        return
    add_guarantee(
        recruiter, kind=content.get("guarantee_kind") or "bank", amount=amount,
        currency=content.get("guarantee_currency", ""), issuer=content.get("guarantee_issuer", ""),
        reference=reference, starts=timezone.localdate(), ends=_day(content.get("guarantee_until")), actor=ACTOR,
        **told,
    )  # fmt: skip


def _end_what_is_no_longer_named(application: Application, today: date) -> None:
    """End what an earlier version of this application declared and this one does not; the rows remain and still tie."""
    content, party = application.content, application.recruiter.party
    named = {(fold(one["name"]), one["role"]) for one in content.get("people", [])}
    named |= {(fold(one["name"]), str(Relationship.Is.SUB_AGENT)) for one in content.get("sub_agents", [])}
    declared = party.relations_in.filter(provenance_ref=application.ref, ends__isnull=True).select_related("source")
    for relation in declared.prefetch_related("source__names"):
        if not any((fold(name.text), relation.kind) in named for name in relation.source.names.all()):
            on = max(today, relation.starts) if relation.starts else today
            parties.end_relationship(relation, on=on, actor=ACTOR)
    held = party.contacts.filter(provenance_ref=application.ref, ends__isnull=True)
    for kind in (Contact.Kind.PHONE, Contact.Kind.EMAIL, Contact.Kind.WEBSITE):
        rows = [contacts.contact_row(party, kind, value) for value in _several(kind, content.get(kind.value, ""))]
        kept = {row.key or row.value for row in rows}
        for contact in held.filter(kind=kind):
            if (contact.key or contact.value) not in kept:
                contacts.end_contact(contact, on=today, actor=ACTOR)
