"""Take the public register from the database, in chunks, with the same number of queries for every chunk."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from parties.models import Kind, Name
from recruiters.exchange.records import LicenceRecord, RecruiterRecord
from recruiters.licensing import MAY_RECRUIT, group_of
from recruiters.models import Licence, Recruiter

CHUNK = 1000


def public_url(ref: str) -> str:
    """Return the address of a recruiter's public page in the first language."""
    return f"{settings.BASE_URL}/{settings.LANGUAGE_CODE}/recruiters/{ref}/"


def with_facts(recruiters: QuerySet[Recruiter]) -> QuerySet[Recruiter]:
    """Return listed recruiters with all that a public record needs."""
    return (
        recruiters.filter(is_listed=True, merged_into__isnull=True)
        .select_related("party")
        .prefetch_related("party__names", "party__identifiers", "party__sites", "licences__history", "corridors")
    )


def record_of(recruiter: Recruiter, day: date) -> RecruiterRecord:
    """Return what anybody may know of a listed recruiter; the caller has fetched it by ``with_facts``."""
    party, status = recruiter.party, recruiter.current_code
    names = [name for name in party.names.all() if name.text != party.name]
    numbers = [(i.scheme, i.value) for i in party.identifiers.all() if i.scheme.startswith("registration")]
    turned = status != recruiter.standing_code
    return RecruiterRecord(
        ref=recruiter.ref,
        name=party.name,
        kind=recruiter.kind,
        country=recruiter.country,
        status=status,
        group=group_of(status),
        valid=status in MAY_RECRUIT,
        url=public_url(recruiter.ref),
        since=recruiter.standing_until if turned else recruiter.standing_since,
        valid_until=recruiter.expires_on,
        registered_on=recruiter.registered_on,
        other_names=tuple(n.text for n in names if n.kind != Name.Use.FORMER),
        former_names=tuple(n.text for n in names if n.kind == Name.Use.FORMER),
        licences=tuple(_licence(licence, day) for licence in recruiter.licences.all()),
        sectors=tuple(recruiter.sectors),
        destinations=tuple(sorted({corridor.destination for corridor in recruiter.corridors.all()})),
        addresses=tuple(_places(recruiter)),
        registration_numbers=tuple(numbers),
        website=recruiter.website,
        is_person=party.kind == Kind.PERSON,
    )


def _licence(licence: Licence, day: date) -> LicenceRecord:
    standing = licence.standing(day)
    return LicenceRecord(
        ref=licence.ref,
        number=licence.number,
        authority=licence.authority,
        country=licence.country,
        status=standing.code,
        valid=standing.valid,
        issued_on=licence.issued_on,
        since=standing.since,
        valid_until=standing.expires_on,
    )


def _places(recruiter: Recruiter) -> Iterator[str]:
    for site in recruiter.party.sites.all():
        place = ", ".join(part for part in (site.address, site.city) if part)
        if place:
            yield place


def public_records(day: date | None = None) -> Iterator[RecruiterRecord]:
    """Yield the whole public register in the order in which it was built up, a chunk at a time."""
    today, last = day or timezone.localdate(), 0
    while True:
        chunk = list(with_facts(Recruiter.objects.filter(pk__gt=last)).order_by("pk")[:CHUNK])
        if not chunk:
            return
        for recruiter in chunk:
            yield record_of(recruiter, today)
        last = chunk[-1].pk


def records_of(refs: Iterable[str]) -> dict[str, RecruiterRecord]:
    """Return the public records of these references; what is not listed is missing."""
    today = timezone.localdate()
    found = with_facts(Recruiter.objects.filter(ref__in=list(refs)))
    return {recruiter.ref: record_of(recruiter, today) for recruiter in found}


def records_by_id(ids: Iterable[int]) -> dict[int, RecruiterRecord]:
    """Return the public records of these recruiters by primary key; what is not listed is missing."""
    today = timezone.localdate()
    found = with_facts(Recruiter.objects.filter(pk__in=list(ids)))
    return {recruiter.pk: record_of(recruiter, today) for recruiter in found}
