"""Give back what was typed when a form could not be carried out: expired session, stale form, busy database.

The fields travel back in the page itself (stale form, busy database) or, while the person signs in again, sealed in the
vault. What is sealed belongs to the person who typed it, not to the browser: desks are shared. A mark that outlives the
session tells whose desk it was; without it nothing is kept. If somebody else signs in, it is destroyed unopened. Files
cannot be given back; the page says so.
"""

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from core import due, strongboxes, vault
from core.actors import SYSTEM
from core.models import KeyPair, SealedRecord, StrongboxKey, User

SESSION_KEY = "held_form"
DESK_COOKIE = "__Host-desk" if settings.SECURE_ORIGIN else "desk"
PURPOSE = "held.form"
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


def mark_of(user: User) -> str:
    """Return the mark of a person at a desk: it can be compared, and neither be made by others nor read."""
    return salted_hmac("core.held.desk", str(user.pk), algorithm="sha256").hexdigest()


def mark_desk(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Leave the person's mark in the browser until it is closed, so that it outlives the session."""
    mark = mark_of(user)
    if request.COOKIES.get(DESK_COOKIE) != mark:
        secure = settings.SECURE_ORIGIN
        response.set_cookie(DESK_COOKIE, mark, secure=secure, httponly=True, samesite="Strict")


def keep_for_sign_in(request: HttpRequest) -> str:
    """Seal what was typed until the same person has signed in again; return where sign-in shall lead."""
    fields, mark = fields_of(request), request.COOKIES.get(DESK_COOKIE, "")
    if not fields or not mark or not came_from_here(request):
        return request.get_full_path()
    _destroy(request.session.pop(SESSION_KEY, None))
    content = json.dumps({"action": request.path, "fields": fields})
    request.session[SESSION_KEY] = [vault.seal(content, purpose=PURPOSE, holder=_holder_for(mark)).pk.hex, mark]
    return reverse("core:held")


def take(request: HttpRequest, user: User) -> tuple[str, Fields] | None:
    """Return the form that this person had typed and forget it; somebody else's is destroyed unopened."""
    kept = request.session.pop(SESSION_KEY, None)
    if not _belongs(kept, user):
        _destroy(kept)
        return None
    record = SealedRecord.objects.filter(pk=kept[0], purpose=PURPOSE, destroyed_on__isnull=True).first()
    if record is None:
        return None
    try:
        content = json.loads(vault.open_text(record, actor=SYSTEM, reason="sign_in"))
    except vault.Locked:  # her password was replaced meanwhile, and her key with it
        return None
    finally:
        _destroy(kept)
    return content["action"], [(name, value) for name, value in content["fields"]]


def _belongs(kept: Any, user: User) -> bool:
    return isinstance(kept, list) and len(kept) == 2 and constant_time_compare(str(kept[1]), mark_of(user))


def _destroy(kept: Any) -> None:
    """Destroy what a session had kept, without opening it."""
    key = kept[0] if isinstance(kept, list) and kept else kept
    if key:
        for record in SealedRecord.objects.filter(pk=key, purpose=PURPOSE, destroyed_on__isnull=True):
            box = record.strongbox
            vault.destroy(record, actor=SYSTEM)
            if box is not None:
                box.delete()


def _holder_for(mark: str) -> vault.KeyHolder:
    """Return the holder for what somebody typed: her own key where she has one, so that the server cannot read it."""
    for pair in KeyPair.objects.filter(retired_on=None).select_related("user"):
        if constant_time_compare(mark, mark_of(pair.user)):
            box, opened = strongboxes.make_box()
            strongboxes.give(box, opened.private, [(StrongboxKey.Kind.PERSON, pair.public)])
            return vault.holder_of(box)
    return vault.key_holder()


@receiver(user_logged_in, dispatch_uid="core.held")
def forget_the_others(*, request: HttpRequest | None, user: User, **_signal: Any) -> None:
    """Destroy at once, when somebody signs in, what another person had typed at this desk."""
    if request is None:
        return
    kept = request.session.get(SESSION_KEY)
    if kept is not None and not _belongs(kept, user):
        del request.session[SESSION_KEY]
        _destroy(kept)


@due.job("held_forms", every="day")
def forget_what_nobody_came_for(at: datetime) -> str:
    """Destroy what was kept for a sign-in that never came."""
    before = (at - timedelta(days=1)).date()
    late = SealedRecord.objects.filter(purpose=PURPOSE, destroyed_on__isnull=True, sealed_on__lt=before)
    for record in late:
        _destroy(record.pk)
    return f"{len(late)} kept forms destroyed"
