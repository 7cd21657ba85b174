"""Compare names with the register and the watchlists as they are now, and explain each hit. Reads, never writes.

Nothing is held in memory: likely names come from the index in the database (``parties.search_candidates``).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import log as ln
from typing import Any, Literal

from django.db.models import Count, Max
from django.utils import timezone

from parties.matching import LATEST, Match, Rarity, Subject, Verdict, match
from parties.matching.numbered import elsewhere, match_numbers
from parties.matching.score import odds_of
from parties.models import Collection, Name, Relationship
from parties.search_candidates import Asked, likely, total
from parties.search_rarity import rarity_for
from recruiters import targets
from recruiters.models import LicenceStatus, Recruiter, WatchlistSource
from recruiters.registerrows import number_key
from recruiters.screening import (
    REGISTER,
    Found,
    Gravity,
    ListState,
    RowResult,
    judge_row,
    list_problems,
    name_problem,
)
from recruiters.targets import Candidate, Hit, Target

MOST_ALIKE = 12
"""How many alike names are explained for each row and side; those tied by a number come on top."""
BREADTH = 20
"""How many likely names are weighed for each row and side; the search stops earlier when they stay far below."""
WIDE = 60
"""How many likely names are asked of the index: on the register's side some belong to parties that recruit nobody."""
PATIENCE, NEAR = 12, 1.5
"""Weighing ends after this many names in a row that stay this far (in log-odds) below the threshold."""
KEPT_HITS = 5
TOGETHER = 50
"""Rows compared with one set of statements."""
Kind = Literal["person", "organisation"]
Dataset = Literal["register", "watchlists", "all"]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Query:
    """One row to be compared."""

    name: str
    kind: Kind = "organisation"
    country: str = ""
    licence_number: str = ""
    registration_number: str = ""
    names: tuple[str, ...] = ()
    born: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return its licence and registration numbers, plain."""
        plain = (number_key(number) for number in (self.licence_number, self.registration_number))
        return tuple(dict.fromkeys(number for number in plain if number))

    @property
    def can_be_sought(self) -> bool:
        """Tell whether it holds a name that can be compared, or no name and a number."""
        return not name_problem(self.name) or (not self.name.strip() and bool(self.numbers))


@dataclass(frozen=True, slots=True)
class Answer:
    """What comparing one row came to."""

    result: RowResult
    hits: tuple[Hit, ...] = ()
    register_status: str = ""


@dataclass(slots=True)
class _Sought:
    """One query with what each side has for it: candidates, likeliest first; those tied by a number lead."""

    query: Query
    subject: Subject
    sides: list[list[Candidate]] = field(default_factory=list)


class Engine:
    """Answer for register and lists as they are at the moment of asking; making one costs nothing."""

    def __init__(self, today: date | None = None) -> None:
        self.today = today or timezone.localdate()

    @cached_property
    def lists(self) -> list[ListState]:
        """Return the register and every active watchlist as they stand, with how many entries each has."""
        return list_states(self.today)

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the lists; an empty answer means that "clear" may be said."""
        return list_problems(list_states(self.today, counted=False), self.today)

    @cached_property
    def stamp(self) -> tuple[object, ...]:
        """Return what changes whenever a list, a name, a licence or a person behind a recruiter changes."""
        return _stamp()

    def screen(self, query: Query, threshold: float, *, watchlists_only: bool = False) -> Answer:
        """Compare one row. An error inside the matcher is a row that was not screened, never a clear one."""
        return self.screen_many([query], threshold, watchlists_only=watchlists_only)[0]

    def screen_many(self, queries: Sequence[Query], threshold: float, *, watchlists_only: bool = False) -> list[Answer]:
        """Compare many rows, each as ``screen`` does, with few statements for all of them."""
        sides = (Collection.WATCHLIST,) if watchlists_only else (Collection.WATCHLIST, Collection.PARTY)
        answers: list[Answer] = []
        for start in range(0, len(queries), TOGETHER):
            answers += self._screen_part(queries[start : start + TOGETHER], threshold, sides)
        return answers

    def _screen_part(self, queries: Sequence[Query], threshold: float, sides: Sequence[Collection]) -> list[Answer]:
        readable = [query for query in queries if not name_problem(query.name)]
        try:
            sought = self._sought(readable, sides)
            rarities = _rarities(sought)
        except Exception:
            if len(queries) > 1:  # one odd row must not take the others with it
                return [self._screen_part([query], threshold, sides)[0] for query in queries]
            log.exception("A row could not be looked up")
            return [self._failed(query) for query in queries]
        rest = iter(sought)
        return [
            Answer(judge_row(query.name, ()))
            if name_problem(query.name)
            else self._judge(next(rest), rarities, threshold)
            for query in queries
        ]

    def _judge(self, sought: _Sought, rarities: Mapping[Kind, Rarity], threshold: float) -> Answer:
        try:
            rarity = rarities[sought.query.kind]
            compared = {
                hit.target.key: hit for side in sought.sides for hit in _compare(sought, side, rarity, threshold)
            }
        except Exception:
            log.exception("A row could not be compared")
            return self._failed(sought.query)
        found = [
            Found(key, h.match.score, h.match.verdict.value, h.target.gravity, h.match.elsewhere)
            for key, h in compared.items()
        ]
        result = judge_row(sought.query.name, found, problems=self.problems, threshold=threshold)
        hits = tuple(compared[f.key] for f in _worth_keeping(result.hits))
        registered = [h.target.standing for h in hits if h.target.recruiter_id and h.match.verdict == "match"]
        return Answer(result, hits, registered[0] if registered else "")

    def _failed(self, query: Query) -> Answer:
        return Answer(judge_row(query.name, (), problems=self.problems, failed=True))

    def similar(self, query: Query, *, dataset: Dataset = "all", limit: int = 10, threshold: float = 0.7) -> list[Hit]:
        """Return what is alike on the register, on watchlists or on both, best first, with reasons."""
        return self.similar_many([query], dataset=dataset, limits=[limit], threshold=threshold)[0]

    def similar_many(
        self,
        queries: Sequence[Query],
        *,
        dataset: Dataset = "all",
        limits: Sequence[int],
        threshold: float = 0.7,
        algorithm: str = LATEST,
    ) -> list[list[Hit]]:
        """Return for each query what ``similar`` returns, with few statements for all of them."""
        sides = {
            "register": (Collection.PARTY,),
            "watchlists": (Collection.WATCHLIST,),
            "all": (Collection.WATCHLIST, Collection.PARTY),
        }[dataset]
        found: list[list[Hit]] = [[] for _query in queries]
        readable = [place for place, query in enumerate(queries) if query.can_be_sought]
        for start in range(0, len(readable), TOGETHER):
            places = readable[start : start + TOGETHER]
            sought = self._sought([queries[place] for place in places], sides)
            rarities = _rarities(sought)
            for place, one in zip(places, sought, strict=True):
                found[place] = _alike(one, rarities[one.query.kind], limits[place], threshold, algorithm)
        return found

    def _sought(self, queries: Sequence[Query], sides: Sequence[Collection]) -> list[_Sought]:
        sought = [_Sought(query, _subject(query)) for query in queries]
        asked = [Asked(one.subject.all_names(), one.query.kind, one.query.numbers) for one in sought]
        for side in sides:
            found = self._watched(asked) if side == Collection.WATCHLIST else self._registered(asked)
            for one, candidates in zip(sought, found, strict=True):
                one.sides.append(candidates)
        return sought

    def _watched(self, asked: Sequence[Asked]) -> list[list[Candidate]]:
        found = likely(Collection.WATCHLIST, asked, BREADTH + MOST_ALIKE)
        kept = targets.watchlist_candidates(list({one.owner for some in found for one in some}))
        return [[kept[one.owner] for one in some if one.owner in kept] for some in found]

    def _registered(self, asked: Sequence[Asked]) -> list[list[Candidate]]:
        found = likely(Collection.PARTY, asked, WIDE)
        of_name = targets.recruiters_of_names({one.owner for some in found for one in some})
        of_licence = targets.recruiters_of_licences({number for one in asked for number in one.numbers})
        wanted: list[list[int]] = []
        for question, some in zip(asked, found, strict=True):
            tied = [pk for number in question.numbers for pk in of_licence.get(number, ())[:MOST_ALIKE]]
            alike = [of_name[one.owner] for one in some if one.owner in of_name]
            wanted.append(list(dict.fromkeys([*tied, *alike]))[: BREADTH + len(tied)])
        kept = targets.register_candidates(list({pk for some in wanted for pk in some}), self.today)
        return [[kept[pk] for pk in some if pk in kept] for some in wanted]


def _alike(sought: _Sought, rarity: Rarity, limit: int, threshold: float, algorithm: str) -> list[Hit]:
    most = max(limit, MOST_ALIKE)
    hits = [hit for side in sought.sides for hit in _compare(sought, side, rarity, threshold, most, algorithm)]
    kept = [h for h in hits if h.match.score >= threshold or h.match.verdict in (Verdict.RENAMED, Verdict.CONTRADICTED)]
    kept.sort(key=lambda hit: (-hit.match.score, hit.target.key))
    return kept[:limit]


def _subject(query: Query, country: str = "") -> Subject:
    return Subject(
        query.name,
        kind=query.kind,
        names=query.names,
        country=query.country,
        identifiers=_identifiers(query, query.country or country),
        born=query.born,
    )


def _rarities(sought: Sequence[_Sought]) -> dict[Kind, Rarity]:
    """Return how rare the words at hand are, among people and among organisations."""
    found: dict[Kind, Rarity] = {}
    for kind in ("person", "organisation"):
        asked = [one for one in sought if one.query.kind == kind]
        if asked:
            subjects = [one.subject for one in asked]
            subjects += [subject for one in asked for side in one.sides for subject, _target in side]
            found[kind] = rarity_for(subjects, (Collection.PARTY, Collection.WATCHLIST), kind)
    return found


def _compare(
    sought: _Sought,
    side: Iterable[Candidate],
    rarity: Rarity,
    threshold: float,
    most: int = MOST_ALIKE,
    algorithm: str = LATEST,
) -> list[Hit]:
    """Return the comparisons with whatever is alike enough, and with whatever holds one of the row's numbers."""
    least = ln(max(threshold, 1e-6) / max(1.0 - threshold, 1e-6)) - 1e-3
    numbers = set(sought.query.numbers)
    tied: list[Candidate] = []
    alike: list[tuple[float, int, Candidate]] = []
    in_vain = 0
    for place, candidate in enumerate(side):
        if numbers and any(number_key(value) in numbers for _scheme, value in candidate[0].identifiers):
            tied.append(candidate)
            continue
        if in_vain >= PATIENCE:
            continue
        odds = odds_of(sought.subject, candidate[0], rarity, algorithm)
        in_vain = 0 if odds >= least - NEAR else in_vain + 1
        if odds >= least:
            alike.append((-odds, place, candidate))
    alike.sort(key=lambda item: item[:2])
    chosen = tied + [candidate for _odds, _place, candidate in alike[:most]]
    return [Hit(target, _match(sought, subject, target, rarity, algorithm)) for subject, target in chosen]


def _match(sought: _Sought, subject: Subject, target: Target, rarity: Rarity, algorithm: str) -> Match:
    asked = sought.subject
    if asked.identifiers and not asked.country and target.countries:
        # A number without a country is taken for one of the country that the other side is of.
        asked = replace(asked, identifiers=_identifiers(sought.query, target.countries[0]))
    if not asked.all_names():
        return match_numbers(asked, subject)
    return elsewhere(match(asked, subject, rarity, algorithm), asked, subject)


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


def current_engine() -> Engine:
    """Return the engine for register and lists as they are."""
    return Engine()


def list_states(today: date, *, counted: bool = True) -> list[ListState]:
    """Return the register and every active watchlist as they stand; uncounted, one entry stands for any number.

    A list whose names are not in the index holds nothing that could be met, and is empty here.
    """
    everyone = Recruiter.objects.order_by()
    entries = (everyone.count() if counted else int(everyone.exists())) if total(Collection.PARTY) else 0
    states = [ListState(REGISTER, "register", today, 1, entries)]
    indexed = total(Collection.WATCHLIST)
    for source in WatchlistSource.objects.filter(is_active=True).select_related("current"):
        standing = source.entries.filter(gone_on__isnull=True).order_by()
        entries = (standing.count() if counted else int(standing.exists())) if indexed else 0
        checksum = source.current.sha256 if source.current else ""
        states.append(ListState(source.code, source.name, source.list_date, source.max_age_days, entries, checksum))
    return states


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
__all__ = ["ALGORITHM", "Answer", "Engine", "Hit", "Kind", "Query", "Target", "current_engine", "explained"]
