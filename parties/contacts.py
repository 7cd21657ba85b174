"""Write how a party was reached, from when to when: the only code that writes contacts."""

from datetime import date

from django.db import transaction

from core import audit
from core.actors import Actor
from parties.contactkeys import contact_key, phones_in
from parties.models import Contact, Party, Provenance


def contact_row(
    party: Party,
    kind: str,
    value: str,
    *,
    city: str = "",
    country: str = "",
    starts: date | None = None,
    ends: date | None = None,
    provenance: str = Provenance.REGISTER,
    provenance_ref: str = "",
) -> Contact:
    """Return the unsaved row of a contact, with its key; for loads that write many at once."""
    shown = f"{value}, {city}" if city and city.casefold() not in value.casefold() else value
    return Contact(
        party=party,
        kind=kind,
        value=shown.strip()[:500],
        key=contact_key(kind, value, city=city, country=country or party.country),
        starts=starts,
        ends=ends,
        provenance=provenance,
        provenance_ref=provenance_ref,
    )


def contact_rows(
    party: Party,
    *,
    phone: str = "",
    email: str = "",
    website: str = "",
    address: str = "",
    city: str = "",
    starts: date | None = None,
    provenance: str = Provenance.REGISTER,
    provenance_ref: str = "",
) -> list[Contact]:
    """Return unsaved rows for what one record says about reaching a party; telephones in one line apart."""
    given = [
        *((Contact.Kind.PHONE, number) for number in phones_in(phone) or (phone,)),
        (Contact.Kind.EMAIL, email),
        (Contact.Kind.WEBSITE, website),
    ]
    told = {"starts": starts, "provenance": provenance, "provenance_ref": provenance_ref}
    rows = [contact_row(party, kind, value, **told) for kind, value in given if value.strip()]  # type: ignore[arg-type]
    if address.strip():
        rows.append(contact_row(party, Contact.Kind.ADDRESS, address, city=city, **told))  # type: ignore[arg-type]
    return rows


@transaction.atomic
def add_contact(party: Party, kind: str, value: str, *, actor: Actor, city: str = "", country: str = "",
                starts: date | None = None, ends: date | None = None, provenance: str = Provenance.REGISTER,
                provenance_ref: str = "") -> Contact:  # fmt: skip
    """Add a contact from a day on; one in use that says the same is returned as it is."""
    row = contact_row(
        party, kind, value, city=city, country=country, starts=starts, ends=ends,
        provenance=provenance, provenance_ref=provenance_ref,
    )  # fmt: skip
    same = party.contacts.filter(kind=kind, ends__isnull=True)
    known = same.filter(key=row.key).first() if row.key else same.filter(value=row.value).first()
    if known is not None and ends is None:
        return known
    row.save()
    audit.record("party.contact_added", actor=actor, subject=party.ref, kind=str(kind), starts=starts)
    return row


@transaction.atomic
def end_contact(contact: Contact, *, on: date, actor: Actor) -> Contact:
    """End a contact on a day; the row remains as history. One that would end before it starts ends where it starts."""
    contact.ends = max(on, contact.starts) if contact.starts else on
    contact.save(update_fields=["ends"])
    audit.record("party.contact_ended", actor=actor, subject=contact.party.ref, kind=contact.kind, ends=contact.ends)
    return contact
