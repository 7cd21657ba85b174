"""Say when the public register last changed, so that nobody downloads twice what he has."""

import hashlib
from datetime import UTC, datetime, time

from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from core.models import AuditEntry
from parties.models import Name, Site
from recruiters.models import Licence, LicenceStatus, OrderWithdrawal, Recruiter

# What a grievance or a search of watchlists moves too: a tag that changed with it would tell everybody of it.
UNTOLD = ("recruiter.risk_noted", "recruiter.rated", "recruiter.fact_served", "recruiter.fact_settled")
VERBS = ("recruiter.", "licence.", "party.", "register.", "merge.", "correction.", "claim.", "job.done")


def newest() -> tuple[str, datetime]:
    """Return a tag that changes whenever the public register may have, and the moment of the newest change.

    A status can turn with the day alone, so that a new day is a change too.
    """
    verbs = Q()
    for prefix in VERBS:
        verbs |= Q(verb__gte=prefix, verb__lt=prefix[:-1] + chr(ord(prefix[-1]) + 1))
    entry = (
        AuditEntry.objects.filter(verbs)
        .exclude(verb__in=UNTOLD)
        .order_by("-sequence")
        .values_list("digest", "at")
        .first()
    )
    tops = [
        model.objects.aggregate(top=Max("pk"))["top"]
        for model in (Recruiter, Licence, LicenceStatus, OrderWithdrawal, Name, Site)
    ]
    today = timezone.localdate()
    moment = max(entry[1] if entry else datetime.min.replace(tzinfo=UTC), datetime.combine(today, time(0), tzinfo=UTC))
    parts = repr((today.isoformat(), entry[0] if entry else "", tops))
    return hashlib.blake2b(parts.encode(), digest_size=12).hexdigest(), moment


def unchanged(request: HttpRequest, etag: str, moment: datetime) -> HttpResponseBase | None:
    """Return the answer 304 for a caller whose copy is still good."""
    answer = get_conditional_response(request, etag=etag, last_modified=int(moment.timestamp()))
    return answer if answer is not None and answer.status_code == 304 else None


def stamp(response: HttpResponseBase, etag: str, moment: datetime) -> HttpResponseBase:
    """Set both validators; a copy may be kept, and is asked about each time it is used."""
    response["ETag"] = etag
    response["Last-Modified"] = http_date(moment.timestamp())
    response["Cache-Control"] = "public, no-cache"
    return response
