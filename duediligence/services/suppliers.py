"""Keep suppliers and the recruiters who bring workers to them, with dates."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.actors import Actor
from duediligence.models import Company, Engagement, Supplier, SupplierSite
from duediligence.models.scope import CHANGE
from duediligence.refusals import Refused
from duediligence.supplier_rows import SupplierRow, fold
from parties.models import Identifier, Kind, Party, Relationship, Site
from parties.services import add_name, add_site, register_party, relate


@transaction.atomic
def add_supplier(
    company: Company, row: SupplierRow, *, actor: Actor, starts: date | None = None
) -> tuple[Supplier, SupplierSite, bool]:
    """Add a supplier with a site, or return the ones there are; the last value says whether anything is new."""
    require(actor, CHANGE, company)
    known = SupplierSite.objects.select_related("supplier").filter(company=company, key=row.site_key).first()
    if known:
        return known.supplier, known, False
    supplier = Supplier.objects.filter(company=company, key=row.supplier_key).first()
    if supplier is None:
        supplier = _new_supplier(company, row, starts, actor)
    site = _site_for(supplier.party, row, actor)
    kept = SupplierSite.objects.create(
        company=company,
        supplier=supplier,
        site=site,
        key=row.site_key,
        workers_min=row.workers_min,
        workers_max=row.workers_max,
    )
    audit.record("supplier.site_added", actor=actor, subject=supplier.ref, site=site.ref)
    return supplier, kept, True


def _new_supplier(company: Company, row: SupplierRow, starts: date | None, actor: Actor) -> Supplier:
    party = _party_for(row, actor)
    supplier = Supplier.objects.create(
        company=company,
        party=party,
        name=row.name,
        country=row.country,
        sector=row.sector,
        products=row.products,
        tier=row.tier or 0,
        workers=row.workers_min,
        key=row.supplier_key,
        starts=starts,
    )
    relate(party, Relationship.Is.SUPPLIER, company.party, actor=actor, starts=starts)
    audit.record("supplier.added", actor=actor, subject=supplier.ref, company=company.ref, country=row.country)
    return supplier


def _party_for(row: SupplierRow, actor: Actor) -> Party:
    """Return the party that a row means, by public number or by equal name, country and address; else a new one."""
    if row.os_id:
        numbered = Identifier.objects.filter(scheme="os_id", value=row.os_id).select_related("party").first()
        if numbered:
            return numbered.party
    namesakes = Party.objects.filter(kind=Kind.ORGANISATION, country=row.country, name=row.name)
    for party in namesakes.prefetch_related("sites"):
        if any(fold(site.address) == fold(row.address) for site in party.sites.all()):
            return party
    party = register_party(
        kind=Kind.ORGANISATION,
        name=row.name,
        country=row.country,
        sector=row.sector,
        employees=row.workers_max,
        identifiers=[("os_id", row.os_id)] if row.os_id else [],
        actor=actor,
    )
    if row.native_name:
        add_name(party, row.native_name, actor=actor)
    return party


def _site_for(party: Party, row: SupplierRow, actor: Actor) -> Site:
    for site in party.sites.all():
        if fold(site.address) == fold(row.address):
            return site
    return add_site(
        party,
        name=row.name,
        country=row.country,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        actor=actor,
    )


@transaction.atomic
def change_supplier(
    supplier: Supplier,
    *,
    actor: Actor,
    sector: str,
    products: str,
    tier: int,
    workers: int | None,
    starts: date | None,
) -> bool:
    """Change what the company says of a supplier; return whether anything differed."""
    require(actor, CHANGE, supplier)
    fields = {"sector": sector, "products": products, "tier": tier, "workers": workers, "starts": starts}
    changed = [name for name, value in fields.items() if getattr(supplier, name) != value]
    for name in changed:
        setattr(supplier, name, fields[name])
    if changed:
        supplier.save(update_fields=changed)
        audit.record("supplier.changed", actor=actor, subject=supplier.ref, fields="+".join(sorted(changed)))
    return bool(changed)


@transaction.atomic
def end_supplier(supplier: Supplier, *, on: date, actor: Actor) -> Supplier:
    """End a supply relationship on a day, and with it the engagements of recruiters there; all rows stay as history."""
    require(actor, CHANGE, supplier)
    if supplier.starts and on < supplier.starts:
        raise Refused(_("A relationship cannot end before it began."))
    supplier.ends = on
    supplier.save(update_fields=["ends"])
    for engagement in supplier.engagements.filter(Q(ends__isnull=True) | Q(ends__gt=on), starts__lte=on):
        end_engagement(engagement, on=on, actor=actor)
    audit.record("supplier.ended", actor=actor, subject=supplier.ref, on=on)
    return supplier


@transaction.atomic
def engage_recruiter(
    company: Company,
    recruiter: Party,
    *,
    starts: date,
    actor: Actor,
    supplier: Supplier | None = None,
    ends: date | None = None,
    workers: int | None = None,
) -> Engagement:
    """Write down that a recruiter brings workers to the company, or to one of its suppliers, from a day on."""
    require(actor, CHANGE, company)
    if supplier is not None and supplier.company_id != company.pk:
        raise Refused(_("This supplier belongs to another company."))
    if ends and ends < starts:
        raise Refused(_("An engagement cannot end before it begins."))
    if recruiter.pk == company.party_id:
        raise Refused(_("A company cannot be its own recruiter here."))
    same = Engagement.objects.filter(company=company, supplier=supplier, recruiter=recruiter)
    if same.during(starts, ends or date.max).exists():
        raise Refused(_("This recruiter is already listed there for that time."))
    engagement = Engagement.objects.create(
        company=company, supplier=supplier, recruiter=recruiter, starts=starts, ends=ends, workers=workers
    )
    audit.record(
        "engagement.begun",
        actor=actor,
        subject=engagement.ref,
        company=company.ref,
        recruiter=recruiter.ref,
        supplier=supplier.ref if supplier else "",
        starts=starts,
    )
    return engagement


@transaction.atomic
def end_engagement(engagement: Engagement, *, on: date, actor: Actor) -> Engagement:
    """End an engagement on a day; the row stays as history."""
    require(actor, CHANGE, engagement)
    if on < engagement.starts:
        raise Refused(_("An engagement cannot end before it begins."))
    engagement.ends = on
    engagement.save(update_fields=["ends"])
    audit.record("engagement.ended", actor=actor, subject=engagement.ref, on=on)
    return engagement
