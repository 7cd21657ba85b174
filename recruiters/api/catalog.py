"""Tell clients which lists they may ask, how fresh each is, and how names are compared."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.api import Call, Refusal, endpoint
from core.views import readyz
from parties.matching import ALGORITHMS, LATEST
from recruiters.api.datasets import REGISTER, WATCHLISTS, allowed
from recruiters.api.results import publisher
from recruiters.models import Recruiter, WatchlistSource


@endpoint("GET", counted=False)
def healthz(call: Call) -> dict[str, str]:  # noqa: ARG001
    """Say that the process is up."""
    return {"status": "ok"}


@endpoint("GET", counted=False)
def ready(call: Call) -> HttpResponseBase:
    """Say whether database and storage can be reached."""
    if readyz(call.request).status_code != 200:
        raise Refusal(503, _("Not ready yet."), headers={"Retry-After": "10"})
    return JsonResponse({"status": "ok"})


@endpoint("GET")
def algorithms(call: Call) -> dict[str, Any]:  # noqa: ARG001
    """List the versions of the matcher that can be named."""
    told = [{"name": name, "description": _described(name), "docs": {}} for name in ALGORITHMS]
    return {"algorithms": told, "default": LATEST, "best": LATEST}


def _described(name: str) -> str:
    if name == LATEST:
        return _("Names across scripts, with identifiers and countries; every feature is told with its weight.")
    return _("An earlier version of the rules, kept so that an old result can be worked out again.")


@endpoint("GET")
def catalog(call: Call) -> dict[str, Any]:
    """List the datasets that the caller may ask; without a key that is the public register alone."""
    reach = allowed(call)
    told = []
    if reach.register or call.key is None:
        told.append(_register())
    sources = WatchlistSource.objects.filter(code__in=reach.sources).select_related("current")
    counted = sources.annotate(listed=Count("entries", filter=Q(entries__gone_on__isnull=True)))
    lists = [_source(source) for source in counted.order_by("code")]
    if lists:
        children = [one["name"] for one in lists]
        told.append({"name": WATCHLISTS, "title": _("All watchlists"), "load": False, "children": children})
    told += lists
    outdated = [one["name"] for one in lists if not one["index_current"]]
    current = [one["name"] for one in told if one["load"] and one["name"] not in outdated]
    return {"datasets": told, "current": current, "outdated": outdated, "index_stale": bool(outdated)}


def _register() -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {
        "name": REGISTER,
        "title": _("Public register of recruiters"),
        "version": today.replace("-", ""),
        "load": True,
        "index_current": True,
        "index_version": today.replace("-", ""),
        "updated_at": f"{today}T00:00:00",
        "entity_count": Recruiter.objects.listed().filter(merged_into__isnull=True).count(),
        "publisher": publisher(),
        "children": [],
    }


def _source(source: Any) -> dict[str, Any]:
    day = source.list_date.isoformat() if source.list_date else ""
    return {
        "name": source.code,
        "title": source.name,
        "version": day.replace("-", ""),
        "load": True,
        "index_current": not source.is_stale,
        "index_version": day.replace("-", ""),
        "updated_at": f"{day}T00:00:00" if day else None,
        "entity_count": source.listed,
        "publisher": {"name": source.publisher or source.name},
        "children": [],
    }
