"""Who of the register is compared with watchlists: recruiters, and the owners, directors, officers and agents."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from parties.models import Name, Relationship
from recruiters.engine import Query
from recruiters.models import Licence, Recruiter
from recruiters.watchhits import BEHIND

CHUNK = 500
Subject = tuple[str, Query]


def subjects(recruiters: QuerySet[Recruiter], relations: QuerySet[Relationship]) -> Iterator[Subject]:
    """Yield each recruiter and each person behind one with the recruiter's reference, as they are compared."""
    for recruiter in recruiters.select_related("party").order_by("pk").iterator(chunk_size=CHUNK):
        yield recruiter.ref, Query(recruiter.party.name, "organisation", recruiter.country, recruiter.licence_number)
    ref = Recruiter.objects.filter(party=OuterRef("target")).values("ref")[:1]
    behind = relations.filter(kind__in=BEHIND).annotate(ref=Subquery(ref)).filter(ref__isnull=False)
    seen: set[tuple[int, int]] = set()
    for relation in behind.select_related("source").order_by("pk").iterator(chunk_size=CHUNK):
        pair = (relation.source_id, relation.target_id)
        if pair in seen:
            continue
        seen.add(pair)
        kind: Any = "person" if relation.source.kind == "person" else "organisation"
        yield str(relation.ref), Query(relation.source.name, kind, relation.source.country)


def everybody() -> Iterator[Subject]:
    """Yield the whole register's subjects."""
    return subjects(Recruiter.objects.all(), Relationship.objects.current())


def subjects_of(parties: Iterable[int]) -> Iterator[Subject]:
    """Yield the subjects that some parties are, on their own or behind a recruiter."""
    wanted = sorted(set(parties))
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        yield from subjects(
            Recruiter.objects.filter(party__in=some), Relationship.objects.current().filter(source__in=some)
        )


def subjects_named(names: Iterable[int]) -> Iterator[Subject]:
    """Yield the subjects that bear some names of the register (by the names' numbers)."""
    wanted = sorted(set(names))
    parties: set[int] = set()
    for start in range(0, len(wanted), CHUNK):
        parties |= set(Name.objects.filter(pk__in=wanted[start : start + CHUNK]).values_list("party_id", flat=True))
    return subjects_of(parties)


def changed_since(before: Mapping[str, int]) -> Iterator[Subject]:
    """Yield the subjects with a name, an entry, a relation or a licence that is newer than these numbers."""
    parties = set(Name.objects.filter(pk__gt=before["name"]).values_list("party_id", flat=True))
    parties |= set(Recruiter.objects.filter(pk__gt=before["recruiter"]).values_list("party_id", flat=True))
    newer = Relationship.objects.filter(pk__gt=before["relation"])
    parties |= set(newer.values_list("source_id", flat=True))
    if "licence" in before:
        licensed = Licence.objects.filter(pk__gt=before["licence"])
        parties |= set(licensed.values_list("recruiter__party_id", flat=True))
    return subjects_of(parties)
