"""Find the screened rows that recruiters may be who are new to the register, renamed or newly licensed. Reads only.

The other way round (such a recruiter against the watchlists) is ``duerescreen``; both start from the same marks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from django.utils import timezone

from parties.matching import Subject
from parties.models import Name
from recruiters.models import Licence, Recruiter, Screening, ScreeningHit
from recruiters.screening import HitState
from recruiters.services.rescreening import LISTS, alike_rows
from recruiters.targets import Candidate, register_candidates

AT_ONCE = 200
Marks = Mapping[str, int]


def rows_touched(before: Marks | None) -> set[str]:
    """Return the subjects of screened rows that a recruiter may be who changed since these marks.

    Without marks it is whoever was registered since the first of the lists that are still watched.
    """
    watched = Screening.objects.filter(is_watched=True, kind__in=LISTS, state=Screening.State.DONE)
    first = watched.order_by("created_at").values_list("created_at", flat=True).first()
    if first is None:
        return set()
    if before is None:
        since = Recruiter.objects.filter(registered_on__gte=timezone.localdate(first))
        whole, renamed = set(since.values_list("pk", flat=True)), {}
    else:
        whole, renamed = _entered(before), _renamed(before)
    keys: set[str] = set()
    for found in _candidates(sorted(whole | set(renamed))):
        keys |= _rows_of(found, {pk: renamed[pk] for pk in found if pk not in whole})
    return keys


def _entered(before: Marks) -> set[int]:
    """Return recruiters that are new, or hold a licence that is."""
    found = set(Recruiter.objects.filter(pk__gt=before["recruiter"]).values_list("pk", flat=True))
    if "licence" in before:
        found |= set(Licence.objects.filter(pk__gt=before["licence"]).values_list("recruiter_id", flat=True))
    return found


def _renamed(before: Marks) -> dict[int, tuple[str, ...]]:
    """Return the names that recruiters got."""
    texts: dict[int, tuple[str, ...]] = {}
    for party, text in Name.objects.filter(pk__gt=before["name"]).order_by("pk").values_list("party_id", "text"):
        texts[party] = (*texts.get(party, ()), text)
    parties = sorted(texts)
    found: dict[int, tuple[str, ...]] = {}
    for start in range(0, len(parties), 500):
        some = Recruiter.objects.filter(party__in=parties[start : start + 500])
        found |= {pk: texts[party] for pk, party in some.values_list("pk", "party_id")}
    return found


def _candidates(recruiters: Sequence[int]) -> Iterator[dict[int, Candidate]]:
    rest = iter(recruiters)
    while some := list(islice(rest, AT_ONCE)):
        yield register_candidates(some, timezone.localdate())


def _rows_of(found: Mapping[int, Candidate], renamed: Mapping[int, tuple[str, ...]]) -> set[str]:
    """Return the subjects that these recruiters may be, without those that were compared with them as they are now."""
    subjects = [_narrowed(subject, renamed.get(pk)) for pk, (subject, _target) in found.items()]
    pairs = {
        (row.subject_key, pk) for pk, rows in zip(found, alike_rows(subjects), strict=True) for row in rows
    }  # fmt: skip
    hits = ScreeningHit.objects.filter(recruiter__in=list(found)).exclude(state=HitState.SUPERSEDED)
    seen = {
        (key, pk)
        for key, pk, digest in hits.values_list("row__subject_key", "recruiter_id", "content_hash")
        if digest == found[pk][1].content_hash
    }
    return {key for key, _pk in pairs - seen}


def _narrowed(subject: Subject, names: tuple[str, ...] | None) -> Subject:
    """Return the subject under its new names alone: what it was called before was compared before."""
    return replace(subject, name=names[0], names=names[1:]) if names else subject
