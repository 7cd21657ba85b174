"""The workspace's front door, health checks, notices, and pages that give back what was typed."""

from typing import cast

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseForbidden, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core import held, notices, workspace
from core.access import staff
from core.models import User
from core.storage import sealed_storage


@staff()
def workspace_home(request: HttpRequest) -> HttpResponseBase:
    """Lead each role to its own queue."""
    place = workspace.landing_for(cast("User", request.user))
    return redirect(place) if place else render(request, "core/no_place.html")


@staff()
def notice_list(request: HttpRequest) -> HttpResponseBase:
    """Show what waits and mark it as read."""
    user = cast("User", request.user)
    found = notices.lines_for(user)
    with transaction.atomic():
        notices.mark_read(user)
    return render(request, "core/notices.html", {"lines": found})


@staff()
def held_form(request: HttpRequest) -> HttpResponseBase:
    """Give back, after signing in again, what was typed into an expired page."""
    found = held.take(request, cast("User", request.user))
    if found is None:
        return redirect("core:workspace")
    action, fields = found
    return held.page(request, reason="signed_out", status=200, fields=fields, action=action)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a stale form with what was typed; a form from elsewhere gets nothing to send again."""
    if not held.came_from_here(request):
        return HttpResponseForbidden(render(request, "403_csrf.html", {"reason": reason}).content)
    return held.page(request, reason="stale", status=403)


@require_GET
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that the process is up."""
    return JsonResponse({"status": "up"})


@require_GET
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say whether database and storage can be reached; nothing more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        sealed_storage().folder.mkdir(parents=True, exist_ok=True)
    except Exception:
        return JsonResponse({"status": "not ready"}, status=503)
    return JsonResponse({"status": "ready"})
