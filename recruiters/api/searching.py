"""Answer ``search/<dataset>``: look things up by words, in any order, and by sound where the words lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.api import Call, Refusal, endpoint
from recruiters.api.datasets import Asking, asking
from recruiters.api.lookup import ranked, similar_many
from recruiters.api.matching import day_since
from recruiters.api.results import Found, merged_refs, watchlist_entity
from recruiters.engine import Query
from recruiters.exchange.asked import EITHER, OTHERS, PEOPLE, SCHEMATA
from recruiters.exchange.ftm import recruiter_entity
from recruiters.exchange.reading import record_of, with_facts
from recruiters.models import Recruiter, WatchlistEntry
from recruiters.queries import search_recruiters

PAGE, MOST, FARTHEST = 10, 500, 9_500
ALIKE, LEAST = 100, 0.6
"""By sound at most so many are found, each at least this alike."""
ANYTHING = EITHER | {"", "Thing"}


@dataclass(frozen=True)
class Wanted:
    """What a call looks for."""

    lists: Asking
    text: str
    schema: str
    excluded_schemata: frozenset[str]
    countries: frozenset[str]
    topics: frozenset[str]
    since: date | None

    def takes(self, schema: str) -> bool:
        """Tell whether entities of a schema are wanted."""
        if schema in self.excluded_schemata or self.schema in OTHERS:
            return False
        return self.schema in ANYTHING or (self.schema in PEOPLE) == (schema in PEOPLE)


@endpoint("GET")
def search(call: Call, dataset: str) -> dict[str, Any]:
    """Find entities by words of a name, as a person types them; for a decision, use matching."""
    wanted = _wanted(call, dataset)
    limit, offset = call.number("limit", PAGE, most=MOST), call.number("offset", 0, most=FARTHEST)
    rows, entries = _recruiters(wanted), _entries(wanted)
    here = rows.count()
    total = here + entries.count()
    if wanted.text and (not total or call.text("fuzzy").lower() in ("true", "1", "yes")):
        results = _alike(wanted, rows, entries)
        total, results = len(results), results[offset : offset + limit]
    else:
        results = _registered(rows[offset : offset + limit])
        start, rest = max(0, offset - here), limit - len(results)
        results += [watchlist_entity(entry) for entry in entries[start : start + rest]]
    counted = {"value": total, "relation": "eq"}
    return {"results": results, "facets": {}, "total": counted, "limit": limit, "offset": offset}


def _wanted(call: Call, dataset: str) -> Wanted:
    """Return what is looked for; raises Refusal (400) for what this search cannot heed."""
    for name in ("filter", "sort"):
        if call.texts(name):
            words = _("“%(name)s” is not taken here.")
            raise Refusal(400, words % {"name": name}, field=name, type="not_supported")
    schema = call.text("schema")
    if schema not in SCHEMATA | ANYTHING:
        raise Refusal(400, _("There is no such schema for matching."), field="schema", type="unknown_schema")
    return Wanted(
        lists=asking(call, dataset, call.texts("include_dataset"), call.texts("exclude_dataset")),
        text=call.text("q"),
        schema=schema,
        excluded_schemata=frozenset(call.texts("exclude_schema")),
        countries=frozenset(code.upper() for code in call.texts("countries")),
        topics=frozenset(call.texts("topics")),
        since=day_since(call.text("changed_since")),
    )


def _recruiters(wanted: Wanted, *, by_words: bool = True) -> QuerySet[Recruiter]:
    """Return the recruiters that pass; none where topics are asked for, which the register does not have."""
    listed = Recruiter.objects.listed().filter(merged_into__isnull=True)
    if not wanted.lists.register or not wanted.takes("Company") or wanted.topics:
        return listed.none()
    rows = search_recruiters(listed, wanted.text) if by_words else listed
    if wanted.countries:
        rows = rows.filter(country__in=wanted.countries)
    if wanted.since:
        came = Q(standing_since__isnull=True, registered_on__gte=wanted.since)
        rows = rows.filter(Q(standing_since__gte=wanted.since) | came)
    return with_facts(rows).order_by("sort_name", "pk")


def _entries(wanted: Wanted, *, by_words: bool = True) -> QuerySet[WatchlistEntry]:
    """Return the entries of the watchlists that pass, by all words in any order."""
    entries = WatchlistEntry.objects.filter(source__code__in=wanted.lists.sources, gone_on__isnull=True)
    kinds = [kind for kind, schema in (("person", "Person"), ("organisation", "Company")) if wanted.takes(schema)]
    entries = entries.filter(kind__in=kinds)
    for word in wanted.text.split() if by_words else ():
        entries = entries.filter(name__icontains=word)
    for field, values in (("countries", wanted.countries), ("topics", wanted.topics)):
        if values:
            held = Q()
            for value in values:
                held |= Q(**{f"{field}__icontains": f'"{value}"'})
            entries = entries.filter(held)
    if wanted.since:
        entries = entries.filter(changed_load__list_date__gte=wanted.since)
    return entries.select_related("source__current", "first_load", "changed_load").order_by("name", "pk")


def _alike(wanted: Wanted, rows: QuerySet[Recruiter], entries: QuerySet[WatchlistEntry]) -> list[dict[str, Any]]:
    """Return what sounds like the text, likeliest first, after what holds its words."""
    literal = [*_registered(rows[:ALIKE]), *(watchlist_entity(entry) for entry in entries[:ALIKE])]
    told = {one["id"]: one for one in literal}
    queries = [Query(name=wanted.text, kind="organisation"), Query(name=wanted.text, kind="person")]
    queries = [query for query in queries if query.can_be_sought]
    dataset = wanted.lists.engine_dataset
    found = similar_many(queries, dataset, limits=[ALIKE] * len(queries), threshold=LEAST)
    hits = ranked(hit for some in found for hit in some)
    of_register = {hit.target.recruiter_id for hit in hits if hit.target.recruiter_id}
    of_lists = {hit.target.entry_id for hit in hits if hit.target.entry_id}
    allowed = set(_recruiters(wanted, by_words=False).filter(pk__in=of_register).values_list("pk", flat=True))
    listed = set(_entries(wanted, by_words=False).filter(pk__in=of_lists).values_list("pk", flat=True))
    kept = [hit for hit in hits if hit.target.recruiter_id in allowed or hit.target.entry_id in listed]
    known = Found(kept)
    for hit in kept:
        entity = known.entity(hit)
        if entity is not None:
            told.setdefault(entity["id"], entity)
    return list(islice(told.values(), ALIKE))


def _registered(rows: QuerySet[Recruiter]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    records = [record_of(recruiter, today) for recruiter in rows]
    merged = merged_refs(records)
    return [recruiter_entity(record) | {"referents": merged.get(record.ref, [])} for record in records]
