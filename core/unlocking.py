"""Keep a person's unlocked key for her session only: half in a cookie that scripts never see, half on the server.

The session row holds the private key sealed; what opens it is in the cookie and nowhere else. So neither a dump of the
database nor a copied cookie opens anything, and signing out, expiry or a new password end it.
"""

import base64
import binascii
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import keyring, keywork
from core.keyring import KeyRing, Locked
from core.keywork import Pair, Unfit
from core.models import KeyPair, User
from core.second_factor import must_add_second_factor

COOKIE = "__Host-unlock" if settings.SECURE_ORIGIN else "unlock"
SESSION_KEY = "unlocked"
_NEW = "_unlock_cookie"


def keep(request: HttpRequest, user: User, pair: Pair) -> None:
    """Keep an unlocked pair for this session; it is of no use before the whole sign-in, second factor too, is done."""
    key = secrets.token_bytes(keywork.KEY_BYTES)
    sealed = keywork.lock(key, pair.private, _context(user))
    request.session[SESSION_KEY] = {"user": user.pk, "sealed": base64.b64encode(sealed).decode()}
    setattr(request, _NEW, base64.urlsafe_b64encode(key).decode())


def forget(request: HttpRequest) -> None:
    """Let this session open nothing from now on."""
    request.session.pop(SESSION_KEY, None)


def cookie_for(request: HttpRequest) -> str:
    """Return the cookie that this request's answer must set, or nothing."""
    return str(getattr(request, _NEW, ""))


def unlocked(request: HttpRequest) -> list[Pair]:
    """Return the pair that this session unlocked, once its person is signed in whole; else nothing."""
    user = request.user
    if not isinstance(user, User) or SESSION_KEY not in request.session or must_add_second_factor(request):
        return []
    held: dict[str, Any] = request.session[SESSION_KEY]
    if held.get("user") != user.pk:
        return []
    try:
        key = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, "") or cookie_for(request))
        pair = Pair(keywork.unlock(key, base64.b64decode(held["sealed"]), _context(user)))
    except (Unfit, ValueError, TypeError, KeyError, binascii.Error):
        return []
    return [pair] if KeyPair.objects.filter(user=user, public=pair.public, retired_on=None).exists() else []


def _context(user: User) -> bytes:
    return f"session:{user.pk}".encode()


def _set_cookie(response: HttpResponse, value: str, max_age: int | None = None) -> None:
    secure = settings.SECURE_ORIGIN
    response.set_cookie(COOKIE, value, max_age=max_age, secure=secure, httponly=True, samesite="Strict", path="/")


class KeyRingMiddleware:
    """Give each request the key ring of its own person, and a page instead of an error where a key is missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the ring in hand; set or clear the cookie as the session stands afterwards."""
        with keyring.holding(KeyRing(lambda: unlocked(request))):
            response = self.get_response(request)
        fresh = cookie_for(request)
        if fresh:
            _set_cookie(response, fresh)
        elif COOKIE in request.COOKIES and SESSION_KEY not in request.session:
            _set_cookie(response, "", max_age=0)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say that something is locked for this person, and what to do."""
        if isinstance(exception, Locked):
            return render(request, "core/locked.html", status=403)
        return None
