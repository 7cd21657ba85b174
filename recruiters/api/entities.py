"""Answer ``entities/<id>`` and its neighbours for clients of the matching interface."""

from typing import Any

from django.http import HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.api import Call, Refusal, endpoint
from core.api.calls import sound
from core.api.endpoint import unauthorised
from core.references import BadReference, parse_reference
from recruiters.api.datasets import allowed
from recruiters.api.results import merged_refs, sanction_entity, watchlist_entity
from recruiters.exchange.ftm import licence_entity, recruiter_entity
from recruiters.exchange.reading import records_of
from recruiters.exchange.records import RecruiterRecord
from recruiters.models import Recruiter, WatchlistEntry

PAGE, MOST = 10, 500


class _Moved(HttpResponsePermanentRedirect):
    """Lead to the record that another one went into, whatever the method (RFC 9110, status 308)."""

    status_code = 308


@endpoint("GET")
def entity(call: Call, entity_id: str) -> HttpResponseBase | dict[str, Any]:
    """Return one entity; an old reference leads to the one that it went into."""
    found = _find(call, entity_id)
    if isinstance(found, HttpResponseBase):
        return found
    nested = call.text("nested", "true").lower() not in ("false", "0", "no")
    if isinstance(found, RecruiterRecord):
        told = recruiter_entity(found) | {"referents": merged_refs([found]).get(found.ref, [])}
        if nested and found.licences:
            told["properties"]["identificationEntity"] = [licence_entity(found, one) for one in found.licences]
        return told
    return watchlist_entity(found, nested=nested)


@endpoint("GET")
def adjacent(call: Call, entity_id: str, prop: str = "") -> HttpResponseBase | dict[str, Any]:
    """Return what belongs to an entity: a recruiter's licences, a listed party's measures."""
    found = _find(call, entity_id)
    if isinstance(found, HttpResponseBase):
        return found
    limit, offset = call.number("limit", PAGE, most=MOST), call.number("offset", 0, most=1_000_000)
    around: dict[str, list[dict[str, Any]]] = {}
    if isinstance(found, RecruiterRecord):
        told = recruiter_entity(found)
        around["identificationEntity"] = [licence_entity(found, one) for one in found.licences]
    else:
        told = watchlist_entity(found)
        around["sanctions"] = [sanction_entity(found, place) for place in range(len(found.measures))]
    if not prop:
        kept = {name: _paged(rows, limit, offset) for name, rows in around.items() if rows}
        return {"entity": told, "adjacent": kept}
    if prop not in around:
        raise Refusal(404, _("Nothing of this entity has this name."), field="property")
    return _paged(around[prop], limit, offset)


def _paged(rows: list[dict[str, Any]], limit: int, offset: int) -> dict[str, Any]:
    return {
        "results": rows[offset : offset + limit],
        "total": {"value": len(rows), "relation": "eq"},
        "limit": limit,
        "offset": offset,
    }


def _find(call: Call, entity_id: str) -> RecruiterRecord | WatchlistEntry | HttpResponseBase:
    """Return what an id stands for among the lists that the caller may ask; raises Refusal (401, 404)."""
    if call.key is None:
        raise unauthorised(_("This needs a key. Ask the operator of this platform for one."))
    reach, wanted = allowed(call), sound(entity_id)[:160]
    if reach.register and (record := _recruiter(wanted)) is not None:
        return record
    if reach.sources:
        entries = WatchlistEntry.objects.filter(source__code__in=reach.sources, gone_on__isnull=True)
        entries = entries.select_related("source__current", "first_load", "changed_load")
        listed = entries.filter(external_id=wanted).first()
        if listed is not None:
            return listed
        for entry in entries.filter(referents__icontains=wanted).order_by("pk")[:20] if len(wanted) > 3 else ():
            if wanted in entry.referents:
                return _Moved(reverse("api:entity", args=[entry.external_id]))
    raise Refusal(404, _("There is no entity of this id."), field="id")


def _recruiter(wanted: str) -> RecruiterRecord | HttpResponseBase | None:
    try:
        ref = parse_reference(wanted, "REC")
    except BadReference:
        return None
    record = records_of([ref]).get(ref)
    if record is not None:
        return record
    into = Recruiter.objects.filter(ref=ref, merged_into__is_listed=True).values_list("merged_into__ref", flat=True)
    return _Moved(reverse("api:entity", args=[into[0]])) if into else None
