"""Register recruiters and the people behind them. A person enters only as owner, director, officer or agent."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit
from core.actors import Actor
from core.models import Membership, User
from core.roles import Role
from parties import contacts
from parties import services as parties
from parties.contactkeys import phones_in
from parties.models import Contact, Kind, Name, Party, Provenance, Relationship
from recruiters.columns import plain
from recruiters.models import Corridor, Recruiter
from recruiters.models.words import RecruiterKind


def sorting(name: str) -> str:
    """Return a name as lists order it: without case and signs."""
    return (plain(name) or name.casefold())[:300]


def corridors_for(origin: str, destinations: Iterable[str]) -> list[Corridor]:
    """Return the corridors from one country to others, made where they are new."""
    wanted = sorted({code for code in destinations if code and code != origin}) if origin else []
    return [Corridor.objects.get_or_create(origin=origin, destination=code)[0] for code in wanted]


@transaction.atomic
def register_recruiter(
    *,
    actor: Actor,
    name: str = "",
    country: str = "",
    party: Party | None = None,
    kind: str = RecruiterKind.AGENCY,
    names: Iterable[tuple[str, str]] = (),
    identifiers: Iterable[tuple[str, str]] = (),
    sectors: Iterable[str] = (),
    destinations: Iterable[str] = (),
    phone: str = "",
    email: str = "",
    website: str = "",
    registered_on: date | None = None,
) -> Recruiter:
    """Register a recruiter, for a party already known or a new one; a party that already is one is returned as it is.

    Raises ValidationError without a name and PermissionDenied for users who are not ministry officers.
    """
    access.require_role(actor, Role.MINISTRY_OFFICER)
    if party is None:
        if not any(character.isalpha() for character in name):
            raise ValidationError(_("A recruiter needs a name."))
        party = parties.register_party(
            kind=Kind.ORGANISATION,
            name=name.strip(),
            country=country,
            actor=actor,
            names=names,
            identifiers=identifiers,
        )
    earlier = Recruiter.objects.filter(party=party).first()
    if earlier is not None:
        return earlier
    reached = {"phone": phone, "email": email, "website": website}
    recruiter = Recruiter.objects.create(
        party=party,
        kind=kind,
        sort_name=sorting(party.name),
        country=party.country,
        sectors=sorted(set(sectors)),
        **reached,
        registered_on=registered_on or timezone.localdate(),
    )
    recruiter.corridors.set(corridors_for(party.country, destinations))
    Contact.objects.bulk_create(contacts.contact_rows(party, **reached, starts=recruiter.registered_on))
    audit.record("recruiter.registered", actor=actor, subject=recruiter.ref, party=party.ref, kind=str(kind))
    return recruiter


@transaction.atomic
def edit_recruiter(
    recruiter: Recruiter,
    *,
    actor: Actor,
    name: str | None = None,
    kind: str | None = None,
    sectors: Iterable[str] | None = None,
    destinations: Iterable[str] | None = None,
    phone: str | None = None,
    email: str | None = None,
    website: str | None = None,
    is_listed: bool | None = None,
    other_names: Iterable[str] = (),
) -> Recruiter:
    """Change what the register says about a recruiter; a former name stays findable."""
    access.require(actor, "edit", recruiter)
    changed = []
    given = {"kind": kind, "phone": phone, "email": email, "website": website, "is_listed": is_listed}
    for field, value in given.items():
        if value is not None and getattr(recruiter, field) != value:
            if field in ("phone", "email", "website"):
                _reach(recruiter, field, str(getattr(recruiter, field)), str(value), actor)
            setattr(recruiter, field, value)
            changed.append(field)
    if sectors is not None:
        recruiter.sectors = sorted(set(sectors))
        changed.append("sectors")
    if name and name.strip() != recruiter.party.name:
        rename(recruiter, name.strip(), actor=actor)
        changed.append("name")
    if destinations is not None:
        recruiter.corridors.set(corridors_for(recruiter.country, destinations))
    for text in other_names:
        if text.strip():
            parties.add_name(recruiter.party, text, actor=actor)
    told = [field for field in changed if field != "name"]
    recruiter.save(update_fields=told)  # not the rest: its standing may have turned meanwhile
    audit.record("recruiter.edited", actor=actor, subject=recruiter.ref, fields="+".join(changed)[:80])
    return recruiter


def _reach(recruiter: Recruiter, kind: str, before: str, after: str, actor: Actor) -> None:
    """End the contacts that the entry showed before and begin those that it shows now; others stay in use."""
    today = timezone.localdate()
    now = [contacts.contact_row(recruiter.party, kind, text) for text in phones_in(after) or (after,) if text.strip()]
    kept = {row.key or row.value for row in now}
    for text in phones_in(before) or (before,):
        row = contacts.contact_row(recruiter.party, kind, text)
        if (row.key or row.value) in kept:
            continue
        same = recruiter.party.contacts.filter(kind=kind, ends__isnull=True)
        for contact in same.filter(key=row.key) if row.key else same.filter(value=row.value):
            contacts.end_contact(contact, on=today, actor=actor)
    for row in now:
        contacts.add_contact(recruiter.party, kind, row.value, starts=today, actor=actor)


def rename(recruiter: Recruiter, name: str, *, actor: Actor) -> None:
    """Give a recruiter's party another registered name; the one before stays as a former name."""
    party = recruiter.party
    party.names.filter(kind=Name.Use.PRIMARY).update(kind=Name.Use.FORMER)
    added = parties.add_name(party, name, use=Name.Use.PRIMARY, actor=actor)
    if added.kind != Name.Use.PRIMARY:
        added.kind = Name.Use.PRIMARY
        added.save(update_fields=["kind"])
    party.name = name[:300]
    party.save(update_fields=["name"])
    recruiter.sort_name = sorting(name)
    recruiter.save(update_fields=["sort_name"])


@transaction.atomic
def add_person(
    recruiter: Recruiter,
    *,
    name: str,
    role: str,
    actor: Actor,
    country: str = "",
    starts: date | None = None,
    ends: date | None = None,
    names: Iterable[str] = (),
    person: Party | None = None,
    provenance: str = Provenance.REGISTER,
    provenance_ref: str = "",
) -> Relationship:
    """Note an owner, director, officer or agent from a day on; ``person`` ties somebody who is already known.

    Raises ValidationError for any other role and for days in the wrong order: nobody enters here for being a worker.
    """
    access.require(actor, "edit", recruiter)
    if role not in parties.ROLES_OF_PERSONS:
        raise ValidationError(_("A person enters the register only as owner, director, officer or agent."))
    if starts and ends and ends < starts:
        raise ValidationError(_("A role cannot end before it starts."))
    told: dict[str, Any] = {"provenance": provenance, "provenance_ref": provenance_ref, "starts": starts, "ends": ends}
    if person is not None:
        if person.pk == recruiter.party_id:
            raise ValidationError(_("An organisation cannot be its own owner, director or agent."))
        return parties.relate(person, role, recruiter.party, actor=actor, **told)
    if not any(character.isalpha() for character in name):
        raise ValidationError(_("A name holds letters."))
    aliases = [(text, Name.Use.ALIAS) for text in names if text.strip()]
    return parties.register_person(
        name.strip(), role, recruiter.party, country=country, names=aliases, actor=actor, **told
    )


@transaction.atomic
def relate_organisation(
    recruiter: Recruiter,
    other: Party,
    role: str,
    *,
    actor: Actor,
    starts: date | None = None,
    ends: date | None = None,
    provenance: str = Provenance.REGISTER,
) -> Relationship:
    """Note that another organisation owns this one, works for it as sub-agent, or came before it, between two days."""
    access.require(actor, "edit", recruiter)
    if role not in (Relationship.Is.OWNER, Relationship.Is.SUB_AGENT, Relationship.Is.SUCCESSOR):
        raise ValidationError(_("Choose how the two organisations are tied."))
    if other.pk == recruiter.party_id:
        raise ValidationError(_("An organisation cannot be tied to itself."))
    if starts and ends and ends < starts:
        raise ValidationError(_("A role cannot end before it starts."))
    source, target = (recruiter.party, other) if role == Relationship.Is.SUCCESSOR else (other, recruiter.party)
    return parties.relate(source, role, target, actor=actor, starts=starts, ends=ends, provenance=provenance)


@transaction.atomic
def end_person(recruiter: Recruiter, relation: Relationship, *, on: date, actor: Actor) -> Relationship:
    """End a person's role on a day; the row remains as history."""
    access.require(actor, "edit", recruiter)
    if relation.target_id != recruiter.party_id:
        raise ValidationError(_("This relation belongs to another recruiter."))
    if relation.starts and on < relation.starts:
        raise ValidationError(_("A role cannot end before it starts."))
    return parties.end_relationship(relation, on=on, actor=actor)


def people_of(recruiter: Recruiter) -> list[User]:
    """Return the users who sign in for a recruiter."""
    account = recruiter.party.account
    if account is None:
        return []
    today = timezone.localdate()
    members = account.memberships.current(today).filter(role=Role.RECRUITER_MEMBER).select_related("user")
    return [membership.user for membership in members]


def officers() -> list[User]:
    """Return the ministry officers of today."""
    current = Membership.objects.current(timezone.localdate()).filter(role=Role.MINISTRY_OFFICER)
    return list(User.objects.filter(pk__in=current.values("user"), is_active=True))
