"""Compare names with the register and the watchlists as they are now, and explain each hit. Reads, never writes."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from django.db.models import Count, Max
from django.utils import timezone

from parties.matching import LATEST, Index, Match, Rarity, Subject, match
from parties.models import Name, Relationship
from recruiters.models import Licence, LicenceStatus, Recruiter, WatchlistEntry, WatchlistSource
from recruiters.registerrows import number_key
from recruiters.screening import (
    REGISTER,
    Found,
    Gravity,
    ListState,
    RowResult,
    gravity_of_standing,
    judge_row,
    list_problems,
    name_problem,
)

MOST_ALIKE = 12
"""How many alike names are explained for each row and side; those tied by a number come on top."""
BREADTH = 20
"""How many likely names are weighed for each row and side; the search stops earlier when they stay far below."""
KEPT_HITS = 5
Kind = Literal["person", "organisation"]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Query:
    """One row to be compared."""

    name: str
    kind: Kind = "organisation"
    country: str = ""
    licence_number: str = ""
    registration_number: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing on a list, with what a hit has to show of it."""

    key: str
    name: str
    list_name: str
    list_date: date | None
    gravity: str
    content_hash: str
    recruiter_id: int | None = None
    entry_id: int | None = None
    standing: str = ""
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One comparison that a person has to see."""

    target: Target
    match: Match


@dataclass(frozen=True, slots=True)
class Answer:
    """What comparing one row came to."""

    result: RowResult
    hits: tuple[Hit, ...] = ()
    register_status: str = ""


@dataclass
class Side:
    """What a row is compared with: the register, or the watchlists."""

    targets: list[Target]
    index: Index
    by_number: dict[str, list[int]]

    def compare(self, query: Query, threshold: float) -> Iterator[Hit]:
        """Yield a row's comparison with whatever is alike enough, and with whatever holds one of its numbers."""
        subject = Subject(
            query.name, kind=query.kind, country=query.country, identifiers=_identifiers(query, query.country)
        )
        numbers = [key for n in (query.licence_number, query.registration_number) if (key := number_key(n))]
        found = {
            hit.position: hit.match
            for hit in self.index.search(subject, limit=MOST_ALIKE, threshold=threshold, breadth=BREADTH)
        }
        tied = dict.fromkeys(position for number in numbers for position in self.by_number.get(number, [])[:MOST_ALIKE])
        for position in {**found, **tied}:
            target = self.targets[position]
            answer = found.get(position)
            if numbers and not query.country and target.countries:
                # A number without a country is taken for one of the country that the other side is of.
                asked = replace(subject, identifiers=_identifiers(query, target.countries[0]))
                answer = match(asked, self.index.subjects[position], self.index.rarity)
            yield Hit(target, answer or match(subject, self.index.subjects[position], self.index.rarity))


@dataclass
class Engine:
    """Both sides in memory, for one version of register and lists."""

    stamp: tuple[object, ...]
    lists: list[ListState]
    problems: tuple[str, ...]
    register: Side
    watchlists: Side

    def screen(self, query: Query, threshold: float, *, watchlists_only: bool = False) -> Answer:
        """Compare one row. An error inside the matcher is a row that was not screened, never a clear one."""
        if name_problem(query.name):
            return Answer(judge_row(query.name, ()))
        sides = (self.watchlists,) if watchlists_only else (self.watchlists, self.register)
        try:
            compared = {hit.target.key: hit for side in sides for hit in side.compare(query, threshold)}
        except Exception:
            log.exception("A row could not be compared")
            return Answer(judge_row(query.name, (), problems=self.problems, failed=True))
        found = [Found(key, h.match.score, h.match.verdict.value, h.target.gravity) for key, h in compared.items()]
        result = judge_row(query.name, found, problems=self.problems, threshold=threshold)
        hits = tuple(compared[f.key] for f in _worth_keeping(result.hits))
        registered = [h.target.standing for h in hits if h.target.recruiter_id and h.match.verdict == "match"]
        return Answer(result, hits, registered[0] if registered else "")


def _worth_keeping(found: Iterable[Found]) -> list[Found]:
    """Return the hits kept for a row: the best ones, and the severe ones that follow them."""
    ranked = list(found)
    kept = ranked[:KEPT_HITS]
    return kept + [f for f in ranked[KEPT_HITS:] if f.gravity == Gravity.SEVERE][:KEPT_HITS]


def _identifiers(query: Query, country: str) -> tuple[tuple[str, str], ...]:
    where = f":{country}" if country else ""
    pairs = ((f"licence{where}", query.licence_number), (f"registration{where}", query.registration_number))
    return tuple((scheme, number_key(value)) for scheme, value in pairs if number_key(value))


def register_stamp() -> tuple[object, ...]:
    """Return what changes whenever a name, a licence or a person behind a recruiter changes."""
    names = Name.objects.aggregate(n=Count("pk"), newest=Max("pk"))
    statuses = LicenceStatus.objects.aggregate(n=Count("pk"), newest=Max("pk"))
    recruiters = Recruiter.objects.aggregate(n=Count("pk"), newest=Max("pk"))
    people = Relationship.objects.aggregate(n=Count("pk"), newest=Max("pk"))
    return (*names.values(), *statuses.values(), *recruiters.values(), *people.values())


def _stamp() -> tuple[object, ...]:
    lists = tuple(
        WatchlistSource.objects.filter(is_active=True).values_list(
            "code", "current_id", "current__list_date", "max_age_days"
        )
    )
    return (timezone.localdate(), lists, *register_stamp())


_cached: list[Engine] = []


def current_engine() -> Engine:
    """Return the engine for register and lists as they are; built once per version in each process."""
    stamp = _stamp()
    if not _cached or _cached[0].stamp != stamp:
        _cached[:] = [build_engine(stamp)]
    return _cached[0]


def loaded_engine() -> Engine:
    """Return the engine that ``current_engine`` has built in this process or in the one it was forked from."""
    return _cached[0]


def list_states(today: date) -> list[ListState]:
    """Return the register and every active watchlist as they stand today."""
    states = [ListState(REGISTER, "register", today, 1, Recruiter.objects.count())]
    for source in WatchlistSource.objects.filter(is_active=True).select_related("current"):
        entries = source.entries.filter(gone_on__isnull=True).count()
        checksum = source.current.sha256 if source.current else ""
        states.append(ListState(source.code, source.name, source.list_date, source.max_age_days, entries, checksum))
    return states


def build_engine(stamp: tuple[object, ...] | None = None) -> Engine:
    """Read register and lists into memory."""
    today = timezone.localdate()
    lists = list_states(today)
    register, watched = list(_register_side(today)), list(_watchlist_side())
    everybody = (subject for subject, _target in (*register, *watched))
    rarity = Rarity.learn((name, subject.kind) for subject in everybody for name in subject.all_names())
    return Engine(
        stamp=stamp or _stamp(),
        lists=lists,
        problems=list_problems(lists, today),
        register=_side(register, rarity),
        watchlists=_side(watched, rarity),
    )


def _side(pairs: list[tuple[Subject, Target]], rarity: Rarity) -> Side:
    by_number: dict[str, list[int]] = {}
    for position, (subject, _target) in enumerate(pairs):
        for _scheme, value in subject.identifiers:
            by_number.setdefault(number_key(value), []).append(position)
    return Side([target for _s, target in pairs], Index([subject for subject, _t in pairs], rarity), by_number)


def _register_side(today: date) -> Iterable[tuple[Subject, Target]]:
    recruiters = (
        Recruiter.objects.with_status().select_related("party").prefetch_related("party__names", "party__identifiers")
    )
    licences: dict[int, list[tuple[str, str]]] = {}
    for owner, country, key in Licence.objects.exclude(number_key="").values_list(
        "recruiter_id", "country", "number_key"
    ):
        licences.setdefault(owner, []).append((f"licence:{country}" if country else "licence", key))
    for recruiter in recruiters.iterator(chunk_size=2000):
        party = recruiter.party
        identifiers = [(i.scheme, number_key(i.value)) for i in party.identifiers.all()]
        subject = Subject(
            name=party.name,
            names=tuple(name.text for name in party.names.all() if name.text != party.name),
            country=recruiter.country,
            identifiers=(*licences.get(recruiter.pk, ()), *identifiers),
            ref=recruiter.ref,
        )
        status: str = recruiter.status_code  # type: ignore[attr-defined]  # annotated
        target = Target(
            key=f"{REGISTER}:{recruiter.ref}",
            name=party.name,
            list_name=REGISTER,
            list_date=today,
            gravity=gravity_of_standing(status),
            content_hash=_register_hash(subject, status),
            recruiter_id=recruiter.pk,
            standing=status,
            countries=(recruiter.country,) if recruiter.country else (),
        )
        yield subject, target


def _register_hash(subject: Subject, status: str) -> str:
    parts = (
        subject.name,
        *sorted(subject.names),
        subject.country,
        *sorted(f"{s}={v}" for s, v in subject.identifiers),
        status,
    )
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def _watchlist_side() -> Iterable[tuple[Subject, Target]]:
    entries = WatchlistEntry.objects.filter(gone_on__isnull=True, source__is_active=True).select_related(
        "source__current"
    )
    for entry in entries.iterator(chunk_size=2000):
        plain = entry.as_subject()
        subject = replace(plain, identifiers=tuple((scheme, number_key(value)) for scheme, value in plain.identifiers))
        yield (
            subject,
            Target(
                key=f"{entry.source.code}:{entry.external_id}"[:200],
                name=entry.name,
                list_name=entry.source.name,
                list_date=entry.source.list_date,
                gravity=entry.gravity,
                content_hash=entry.content_hash,
                entry_id=entry.pk,
                countries=tuple(entry.countries),
            ),
        )


def explained(answer: Match) -> list[dict[str, Any]]:
    """Return the features of a comparison as they are stored: name, value, weight, sentence and what fills it."""
    return [
        {
            "name": f.name,
            "value": round(f.value, 4),
            "weight": round(f.weight, 4),
            "template": f.template,
            "facts": f.facts,
        }
        for f in answer.features
    ]


ALGORITHM = LATEST
