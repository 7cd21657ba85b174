"""Give back what was typed when a form could not be carried out: expired session, stale form, busy database.

The fields travel back in the page itself (stale form, busy database) or, while the person signs in again, sealed in the
vault under the browser's own session. Files cannot be given back; the page says so.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core import vault
from core.actors import SYSTEM
from core.models import SealedRecord

SESSION_KEY = "held_form"
NEVER_HELD = {"csrfmiddlewaretoken", "password", "login", "code"}
MAX_HELD = 200_000

Fields = list[tuple[str, str]]


def fields_of(request: HttpRequest) -> Fields:
    """Return what was typed, without secrets and without files."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values if name not in NEVER_HELD]
    return pairs if sum(len(value) for _name, value in pairs) <= MAX_HELD else []


def came_from_here(request: HttpRequest) -> bool:
    """Say whether the browser says that the form was sent from a page of ours."""
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(source) and urlsplit(source).netloc == request.get_host()


def page(
    request: HttpRequest, *, reason: str, status: int, fields: Fields | None = None, action: str = ""
) -> HttpResponse:
    """Answer with what was typed and a button that sends it again; reason is busy, stale or signed_out."""
    context: dict[str, Any] = {
        "reason": reason,
        "fields": fields if fields is not None else fields_of(request),
        "had_files": bool(request.FILES) if request.method == "POST" else False,
        "action": action or request.path,
        "layout": "core/workspace.html" if request.path.startswith("/workspace/") else "core/worker.html",
    }
    return render(request, "core/held.html", context, status=status)


def keep_for_sign_in(request: HttpRequest) -> str:
    """Seal what was typed until the person has signed in again; return where sign-in shall lead."""
    fields = fields_of(request)
    if not fields or not came_from_here(request):
        return request.get_full_path()
    content = json.dumps({"action": request.path, "fields": fields})
    request.session[SESSION_KEY] = vault.seal(content, purpose="held.form").pk.hex
    return reverse("core:held")


def take(request: HttpRequest) -> tuple[str, Fields] | None:
    """Return the held form of this browser's session and forget it."""
    key = request.session.pop(SESSION_KEY, None)
    record = (
        SealedRecord.objects.filter(pk=key, purpose="held.form", destroyed_on__isnull=True).first() if key else None
    )
    if record is None:
        return None
    content = json.loads(vault.open_text(record, actor=SYSTEM, reason="sign_in"))
    vault.destroy(record, actor=SYSTEM)
    return content["action"], [(name, value) for name, value in content["fields"]]
