"""Write what else an entry says: contacts, what a licence covers, guarantees; each from a day to a day."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import access, audit
from core.actors import Actor
from parties import contacts
from parties.contactkeys import reference_key
from parties.models import Contact, Provenance
from recruiters.models import Guarantee, Licence, LicenceTerm, Recruiter


def in_order(starts: date | None, ends: date | None) -> None:
    """Raise ValidationError for days in the wrong order."""
    if starts and ends and ends < starts:
        raise ValidationError(_("The last day lies before the first. Please check both."))


@transaction.atomic
def add_contact(
    recruiter: Recruiter,
    *,
    kind: str,
    value: str,
    actor: Actor,
    city: str = "",
    starts: date | None = None,
    ends: date | None = None,
    provenance: str = Provenance.REGISTER,
    provenance_ref: str = "",
) -> Contact:
    """Note an address, telephone, e-mail or web site between two days; raises ValidationError for days reversed."""
    access.require(actor, "edit", recruiter)
    in_order(starts, ends)
    if kind not in Contact.Kind.values or not value.strip():
        raise ValidationError(_("Say which address, telephone, e-mail or web site it is."))
    return contacts.add_contact(
        recruiter.party, kind, value, city=city, starts=starts, ends=ends, actor=actor,
        provenance=provenance, provenance_ref=provenance_ref,
    )  # fmt: skip


@transaction.atomic
def end_contact(recruiter: Recruiter, contact: Contact, *, on: date, actor: Actor) -> Contact:
    """End a contact on a day; the row remains, and still ties whoever used the same."""
    access.require(actor, "edit", recruiter)
    if contact.party_id != recruiter.party_id:
        raise ValidationError(_("This belongs to another recruiter."))
    return contacts.end_contact(contact, on=on, actor=actor)


@transaction.atomic
def set_term(
    licence: Licence,
    *,
    kind: str,
    actor: Actor,
    code: str = "",
    amount: int | None = None,
    starts: date | None = None,
    ends: date | None = None,
    order_number: str = "",
) -> LicenceTerm:
    """Note what a licence covers (a corridor or sector) or its limit (workers a year, demand letters) from a day on.

    A new limit ends the one before it on the day before; a corridor or sector that is open already is returned.
    """
    access.require(actor, "decide", licence)
    in_order(starts, ends)
    limit = kind in LicenceTerm.LIMITS
    if limit and not amount:
        raise ValidationError(_("Say how many."))
    if not limit and not code:
        raise ValidationError(_("Say which country or sector."))
    begins = starts or licence.today()
    open_ones = licence.terms.filter(kind=kind, ends__isnull=True)
    if limit:
        for before in open_ones:
            _end_term(before, on=begins, day_before=True)
    else:
        known: LicenceTerm | None = open_ones.filter(code=code).first()
        if known is not None:
            return known
    row = LicenceTerm.objects.create(
        licence=licence, kind=kind, code="" if limit else code, amount=amount if limit else None,
        starts=begins, ends=ends, order_number=order_number,
    )  # fmt: skip
    if kind == LicenceTerm.Kind.WORKERS:
        Licence.objects.filter(pk=licence.pk).update(capacity=amount)
    audit.record("licence.term_set", actor=actor, subject=licence.ref, kind=kind, code=row.code, amount=row.amount)
    return row


def _end_term(term: LicenceTerm, *, on: date, day_before: bool = False) -> None:
    last = date.fromordinal(on.toordinal() - 1) if day_before else on
    term.ends = max(last, term.starts) if term.starts else last
    term.save(update_fields=["ends"])


@transaction.atomic
def end_term(licence: Licence, term: LicenceTerm, *, on: date, actor: Actor) -> LicenceTerm:
    """End what a licence covers on a day; the row remains as history."""
    access.require(actor, "decide", licence)
    if term.licence_id != licence.pk:
        raise ValidationError(_("This belongs to another licence."))
    _end_term(term, on=on)
    audit.record("licence.term_ended", actor=actor, subject=licence.ref, kind=term.kind, code=term.code, ends=term.ends)
    return term


@transaction.atomic
def add_guarantee(
    recruiter: Recruiter,
    *,
    amount: Decimal,
    currency: str,
    issuer: str,
    actor: Actor,
    reference: str = "",
    kind: str = Guarantee.Kind.BANK,
    starts: date | None = None,
    ends: date | None = None,
    licence: Licence | None = None,
    provenance: str = Provenance.REGISTER,
    provenance_ref: str = "",
) -> Guarantee:
    """Note a bond, deposit or guarantee between two days; raises ValidationError for what cannot be."""
    access.require(actor, "edit", recruiter)
    in_order(starts, ends)
    if amount <= 0:
        raise ValidationError(_("An amount is more than nothing."))
    if licence is not None and licence.recruiter_id != recruiter.pk:
        raise ValidationError(_("This licence belongs to another recruiter."))
    guarantee = Guarantee.objects.create(
        recruiter=recruiter, licence=licence, kind=kind, amount=amount, currency=currency.upper()[:3],
        issuer=issuer.strip()[:200], reference=reference.strip()[:80], reference_key=reference_key(reference)[:80],
        starts=starts, ends=ends, provenance=provenance, provenance_ref=provenance_ref,
    )  # fmt: skip
    audit.record("recruiter.guarantee_added", actor=actor, subject=recruiter.ref, guarantee=guarantee.ref, kind=kind)
    return guarantee


@transaction.atomic
def release_guarantee(guarantee: Guarantee, *, on: date, actor: Actor) -> Guarantee:
    """End a guarantee on a day; the row remains as history."""
    access.require(actor, "edit", guarantee.recruiter)
    guarantee.ends = max(on, guarantee.starts) if guarantee.starts else on
    guarantee.save(update_fields=["ends"])
    audit.record(
        "recruiter.guarantee_released", actor=actor, subject=guarantee.recruiter.ref, guarantee=guarantee.ref,
        ends=guarantee.ends,
    )  # fmt: skip
    return guarantee
