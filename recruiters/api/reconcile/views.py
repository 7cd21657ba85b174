"""The addresses of the reconciliation service."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.api import Call, Refusal, endpoint
from core.api.calls import decoded, sound
from core.api.throttling import count
from core.references import BadReference, parse_reference
from recruiters.api.reconcile.answers import answers
from recruiters.api.reconcile.asked import read_batch
from recruiters.api.reconcile.manifest import DATASET, manifest
from recruiters.api.reconcile.vocabulary import (
    BY_ID,
    PROPERTIES,
    VALID_ONLY,
    described,
    known,
    types,
    types_of,
)
from recruiters.exchange.reading import record_of, records_of, with_facts
from recruiters.exchange.records import RecruiterRecord
from recruiters.models import Recruiter
from recruiters.models.words import tone_of
from recruiters.presenting import status_word
from recruiters.queries import search_recruiters
from recruiters.vocabulary import country_label

MOST_IDS = 500
PAGE = 10
PREVIEW_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"


@endpoint("GET", "POST")
def service(call: Call, dataset: str) -> dict[str, Any]:
    """Answer with the manifest, with candidates for ``queries``, or with values for ``extend``."""
    _only_register(dataset)
    given = call.form() if call.request.method == "POST" else call.query
    if "queries" in given:
        questions = read_batch(str(given["queries"]))
        if len(questions) > 10:
            count(call.request, call.key, cost=len(questions) // 10)
        return answers(questions)
    if "extend" in given:
        return _extended(str(given["extend"]))
    if call.request.method == "POST":
        raise Refusal(400, _("Send “queries” or “extend” as a form field."), field="queries", type="required")
    return manifest(call.request)


def _only_register(dataset: str) -> None:
    """Raise Http404 for every list but the public register: nothing else is ever reconciled with in public."""
    if dataset != DATASET:
        raise Http404


def _extended(raw: str) -> dict[str, Any]:
    asked = decoded(raw, "extend")
    if not isinstance(asked, dict):
        raise Refusal(400, _("“extend” is an object."), field="extend")
    ids, named = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise Refusal(400, _("“ids” is a list of references."), field="extend.ids")
    if len(ids) > MOST_IDS:
        raise Refusal(413, _("At most %(most)d ids at a time.") % {"most": MOST_IDS}, field="extend.ids")
    if not isinstance(named, list) or not all(isinstance(one, dict) for one in named):
        raise Refusal(400, _("“properties” is a list of objects."), field="extend.properties")
    wanted = known(one.get("id") for one in named)
    if len(wanted) != len(named):
        raise Refusal(400, _("There is no such property in this service."), field="extend.properties")
    settings = {one["id"]: one.get("settings") or {} for one in named}
    valid_only = {
        name: isinstance(s, dict) and s.get(VALID_ONLY) in (True, "true", "on") for name, s in settings.items()
    }
    records = records_of({normal for one in ids if (normal := _normal(one))})
    return {
        "meta": [{"id": one.id, "name": str(one.name)} for one in wanted],
        "rows": {
            one: {p.id: p.values(found, valid_only=valid_only[p.id]) if found else [] for p in wanted}
            for one in ids
            for found in [records.get(_normal(one))]
        },
    }


def _normal(text: str) -> str:
    try:
        return parse_reference(sound(text)[:60], "REC")
    except BadReference:
        return ""


@endpoint("GET")
def suggest(call: Call, dataset: str, kind: str) -> dict[str, Any]:
    """Complete what somebody types: a recruiter, a type or a property."""
    _only_register(dataset)
    prefix, start = call.text("prefix"), call.number("cursor", 0, most=10_000)
    if kind == "entity":
        return {"result": _entities(prefix, start, call.text("type"))}
    offered = types() if kind == "type" else [{"id": one.id, "name": str(one.name)} for one in PROPERTIES]
    folded = prefix.casefold()
    fitting = [one for one in offered if folded in one["name"].casefold() or one["id"].startswith(folded)]
    return {"result": fitting[start : start + PAGE]}


def _entities(prefix: str, start: int, kind: str) -> list[dict[str, Any]]:
    if not prefix:
        return []
    rows = search_recruiters(Recruiter.objects.listed().filter(merged_into__isnull=True), prefix)
    if kind and kind in {one["id"] for one in types()[1:]}:
        rows = rows.filter(kind=kind)
    page = with_facts(rows).order_by("sort_name", "pk")[start : start + PAGE]
    records = [record_of(one, _today()) for one in page]
    return [
        {"id": one.ref, "name": one.name, "description": described(one), "notable": types_of(one)[1:]}
        for one in records
    ]


def _today() -> Any:
    from django.utils import timezone

    return timezone.localdate()


@endpoint("GET")
def flyout(call: Call, dataset: str, kind: str) -> dict[str, str]:
    """Return a few words about what was suggested."""
    _only_register(dataset)
    wanted = call.text("id")
    if kind == "entity":
        record = _record(wanted)
        return {
            "id": record.ref,
            "html": format_html("<p><strong>{}</strong><br>{}</p>", record.name, described(record)),
        }
    names = {one["id"]: one["name"] for one in types()} if kind == "type" else {k: p.name for k, p in BY_ID.items()}
    if wanted not in names:
        raise Http404
    return {"id": wanted, "html": format_html("<p><strong>{}</strong></p>", names[wanted])}


def _record(wanted: str) -> RecruiterRecord:
    record = records_of([_normal(wanted)]).get(_normal(wanted))
    if record is None:
        raise Http404
    return record


@endpoint("GET")
def propose_properties(call: Call, dataset: str) -> dict[str, Any]:
    """Offer the properties that a table can be extended with."""
    _only_register(dataset)
    asked = call.text("type")
    if asked and asked not in {one["id"] for one in types()}:
        raise Refusal(404, _("There is no such type in this service."), field="type")
    limit = call.number("limit", len(PROPERTIES), most=100)
    told: dict[str, Any] = {"properties": [{"id": one.id, "name": str(one.name)} for one in PROPERTIES[:limit]]}
    return told | ({"type": asked} if asked else {}) | ({"limit": limit} if "limit" in call.query else {})


@endpoint("GET")
def preview(call: Call, dataset: str, ref: str) -> HttpResponseBase:
    """Show a recruiter in a small page that other programs put into a frame; it runs nothing and asks nobody."""
    _only_register(dataset)
    record = _record(ref)
    context = {
        "record": record,
        "status": status_word(record.status),
        "tone": tone_of(record.status),
        "country": country_label(record.country) if record.country else "",
    }
    response: HttpResponse = render(call.request, "recruiters/api/preview.html", context)
    response["Content-Security-Policy"] = PREVIEW_POLICY
    response["Cross-Origin-Embedder-Policy"] = "unsafe-none"
    return response
