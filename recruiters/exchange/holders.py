"""Take from the database who owns or directs the recruiters of the public register."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.utils import timezone

from parties.models import Kind, Relationship
from recruiters.exchange.bods import INTERESTS, Holder
from recruiters.exchange.reading import CHUNK, public_records
from recruiters.exchange.records import RecruiterRecord
from recruiters.models import Recruiter


def with_holders(day: date | None = None) -> Iterator[tuple[RecruiterRecord, list[Holder]]]:
    """Yield every public record with its holders today, two queries for each chunk."""
    records = public_records(day)
    while chunk := list(islice(records, CHUNK)):
        held = holders_of([record.ref for record in chunk], day)
        for record in chunk:
            yield record, held.get(record.ref, [])


def holders_of(refs: Iterable[str], day: date | None = None) -> dict[str, list[Holder]]:
    """Return the holders of these recruiters on a day."""
    party_of = dict(Recruiter.objects.filter(ref__in=list(refs)).values_list("party_id", "ref"))
    ref_of = _listed_refs(party_of)
    found: dict[str, list[Holder]] = {}
    relations = Relationship.objects.current(day or timezone.localdate()).filter(
        target__in=list(party_of), kind__in=list(INTERESTS)
    )
    for one in relations.select_related("source").order_by("target", "kind", "pk"):
        subject = party_of[one.target_id]
        found.setdefault(subject, []).append(
            Holder(
                subject_ref=subject,
                ref=ref_of.get(one.source_id, one.source.ref),
                name=one.source.name,
                kind=one.kind,
                is_person=one.source.kind == Kind.PERSON,
                country=one.source.country,
                starts=one.starts,
                ends=one.ends,
            )
        )
    return found


def _listed_refs(party_of: dict[int, str]) -> dict[int, str]:
    """Return the references of owners that are recruiters on the public register themselves."""
    owners = Relationship.objects.filter(target__in=list(party_of), kind__in=list(INTERESTS)).values("source")
    listed = Recruiter.objects.filter(party__in=owners, is_listed=True, merged_into__isnull=True)
    return dict(listed.values_list("party_id", "ref"))
