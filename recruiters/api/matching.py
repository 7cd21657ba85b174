"""Answer ``POST match/<dataset>`` as yente does, so that its clients work here unchanged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponseBase, JsonResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from core.api import Call, Fault, Refusal, endpoint
from core.api.throttling import count
from parties.matching import ALGORITHMS, LATEST
from recruiters.api.datasets import Asking, asking
from recruiters.api.lookup import MOST, alike_many
from recruiters.api.results import Found, explanations
from recruiters.engine import Hit
from recruiters.exchange.asked import Asked, Wrong, read_query

MOST_QUERIES = 100
MOST_EXCLUDED = 50
LIMIT, THRESHOLD, CUTOFF = 5, 0.7, 0.5
BEST = "best"
LONGEST_QUERY_STRING = 60_000
_CHANGED = re.compile(r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?")


ASKS = frozenset({"contradicted", "renamed"})
"""An identifier against a name, or a name against an identifier, is a question to a person, never a match."""


@dataclass(frozen=True)
class Options:
    """What a call asks for beside its queries."""

    lists: Asking
    limit: int
    threshold: float
    cutoff: float
    algorithm: str
    topics: frozenset[str]
    excluded: frozenset[str]
    excluded_schemata: frozenset[str]
    changed_since: date | None


@endpoint("POST")
def match(call: Call, dataset: str) -> HttpResponseBase:
    """Match a batch of example entities with the lists that the caller may ask."""
    options = _options(call, dataset)
    queries = _queries(call.json())
    if len(queries) > 1:
        count(call.request, call.key, cost=len(queries) // 10)
    asked = _read(queries)
    compared = alike_many(
        list(asked.values()), options.lists.engine_dataset,
        limit=_reach(options), threshold=options.cutoff, algorithm=options.algorithm,
    )  # fmt: skip
    found = dict(zip(asked, compared, strict=True))
    known = Found(hit for hits in found.values() for hit in hits)
    answers = {name: _answer(one, found[name], known, options) for name, one in asked.items()}
    response = JsonResponse(
        {"responses": answers, "limit": options.limit, "algorithm": options.algorithm},
        json_dumps_params={"ensure_ascii": False},
    )
    response["X-Batch-Size"] = str(len(asked))
    response["Cache-Control"] = "no-store"
    return response


def _reach(options: Options) -> int:
    """Return how many hits are asked of the engine: more than are told where some will be left out."""
    filtered = options.topics or options.excluded or options.excluded_schemata or options.changed_since
    return min(MOST, (options.limit + len(options.excluded)) * (4 if filtered else 2) + 10)


def _options(call: Call, dataset: str) -> Options:
    if len(call.request.META.get("QUERY_STRING", "")) > LONGEST_QUERY_STRING:
        raise Refusal(414, _("The address is too long."), type="too_large")
    lists = asking(call, dataset, call.texts("include_dataset"), call.texts("exclude_dataset"))
    algorithm = call.text("algorithm", BEST)
    if algorithm not in {BEST, *ALGORITHMS}:
        known = ", ".join([BEST, *ALGORITHMS])
        raise Refusal(400, _("There is no such algorithm. There are: %(known)s.") % {"known": known}, field="algorithm")
    threshold = call.share("threshold", THRESHOLD)
    return Options(
        lists=lists,
        limit=call.number("limit", LIMIT, most=MOST),
        threshold=threshold,
        cutoff=call.share("cutoff", min(CUTOFF, threshold)),
        algorithm=LATEST if algorithm == BEST else algorithm,
        topics=frozenset(call.texts("topics")),
        excluded=frozenset(call.texts("exclude_entity_ids", most=MOST_EXCLUDED)),
        excluded_schemata=frozenset(call.texts("exclude_schema")),
        changed_since=day_since(call.text("changed_since")),
    )


def day_since(given: str) -> date | None:
    """Return the day from which changes are wanted, None for no day; raises Refusal (400) for what is no date."""
    if not given:
        return None
    try:
        day = parse_date(given[:10]) if _CHANGED.match(given) else None
    except ValueError:
        day = None
    if day is None:
        raise Refusal(400, _("changed_since is a date such as 2026-01-31."), field="changed_since")
    return day


def _queries(body: Any) -> Mapping[str, Any]:
    if not isinstance(body, dict) or not isinstance(body.get("queries"), dict):
        raise Refusal(422, _("“queries” is needed: an object that names each query."), field="queries")
    queries: Mapping[str, Any] = body["queries"]
    if not queries:
        raise Refusal(400, _("There is no query in “queries”."), field="queries")
    if len(queries) > MOST_QUERIES:
        raise Refusal(400, _("At most %(most)d queries at a time.") % {"most": MOST_QUERIES}, field="queries")
    for name in ("weights", "config"):
        value = body.get(name)
        if value is not None and not isinstance(value, dict):
            raise Refusal(422, _("“%(name)s” is an object.") % {"name": name}, field=name)
        if value:
            words = _("“%(name)s” is not taken here: the weights of this algorithm are fixed and published.")
            raise Refusal(400, words % {"name": name}, field=name, type="not_supported")
    return queries


def _read(queries: Mapping[str, Any]) -> dict[str, Asked]:
    read = {name: read_query(query) for name, query in queries.items()}
    wrong = {name: one for name, one in read.items() if isinstance(one, Wrong)}
    if wrong:
        words = {
            "required": _("The schema is missing."),
            "unknown_schema": _("There is no such schema for matching."),
            "not_an_object": _("This is not an object."),
        }
        faults = [
            Fault(".".join(part for part in ("queries", name, one.field) if part), words[one.code], one.code)
            for name, one in wrong.items()
        ]
        raise Refusal(max(one.status for one in wrong.values()), faults[0].detail, faults=faults)
    return {name: one for name, one in read.items() if isinstance(one, Asked)}


def _answer(asked: Asked, hits: list[Hit], known: Found, options: Options) -> dict[str, Any]:
    results: dict[str, dict[str, Any]] = {}
    for hit in hits:
        told = known.entity(hit)
        if told is None or not _wanted(told, hit, known, options):
            continue
        earlier = results.get(told["id"])
        if earlier is not None:  # the same record on another list: one result that names both
            earlier["datasets"] = sorted({*earlier["datasets"], *told["datasets"]})
            continue
        score = round(hit.match.score, 4)
        results[told["id"]] = told | {
            "score": score,
            "match": score >= options.threshold and hit.match.verdict not in ASKS,
            "explanations": explanations(hit.match),
        }
    shown = list(results.values())[: options.limit]
    return {
        "status": 200,
        "results": shown,
        "total": {"value": len(results), "relation": "eq"},
        "query": asked.echo(),
    }


def _wanted(told: dict[str, Any], hit: Hit, known: Found, options: Options) -> bool:
    """Tell whether a hit passes the filters of the call."""
    if hit.match.score < options.cutoff:
        return False
    if not hit.target.recruiter_id and not options.lists.sources.intersection(told["datasets"]):
        return False
    if options.excluded.intersection([told["id"], *told["referents"]]) or told["schema"] in options.excluded_schemata:
        return False
    if options.topics and not options.topics.intersection(told["properties"].get("topics", ())):
        return False
    return options.changed_since is None or _changed_on(hit, known) >= options.changed_since


def _changed_on(hit: Hit, known: Found) -> date:
    if hit.target.recruiter_id:
        record = known.records.get(hit.target.recruiter_id)
        return (record.since or record.registered_on or date.min) if record else date.min
    entry = known.entries.get(hit.target.entry_id or 0)
    return entry.changed_load.list_date if entry else date.min


ALGORITHM = LATEST
