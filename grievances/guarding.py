"""Guard the worker's pages: never stored, never told to others, forms taken only from our own pages.

Django's own check compares the Origin or Referer header, which a page with `no-referrer` does not send; and it answers
a stale cookie with an error. Here the browser's own word on where a form came from counts, and for browsers that do not
give it, a cookie that must fit the form. A form that fails is given back with everything typed, never carried out.
"""

import hmac
import secrets
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from core.readers import speaks_every_language
from grievances.keys import derived, source_code

FORM_COOKIE = "__Host-form" if settings.SECURE_ORIGIN else "form"
SESSION_COOKIE = "__Host-return" if settings.SECURE_ORIGIN else "return"
View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Serve a worker's page: nothing stores it, nothing learns where it led, and its form carries a guard."""

    @speaks_every_language
    @csrf_exempt
    @wraps(view)
    def served(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        nonce = request.COOKIES.get(FORM_COOKIE, "")
        fresh = "" if len(nonce) == 22 else secrets.token_urlsafe(16)
        request.form_guard = _mark(fresh or nonce)  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        if fresh and not response.cookies.get(FORM_COOKIE):
            set_cookie(response, FORM_COOKIE, fresh)
        response["Cache-Control"] = "no-store, max-age=0"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return served


def came_from_us(request: HttpRequest) -> bool:
    """Say whether a posted form came from a page of ours."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in {"same-origin", "none"}
    nonce = request.COOKIES.get(FORM_COOKIE, "")
    return bool(nonce) and hmac.compare_digest(_mark(nonce).encode(), request.POST.get("guard", "").encode())


def set_cookie(response: HttpResponse, name: str, value: str) -> None:
    """Set a cookie that scripts and other sites never see and that goes when the browser closes."""
    response.set_cookie(name, value, secure=settings.SECURE_ORIGIN, httponly=True, samesite="Strict", path="/")


def is_staff_here(request: HttpRequest) -> bool:
    """Say whether somebody of the staff is signed in on this browser; without a session cookie nothing is looked up."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def source_of(request: HttpRequest) -> str:
    """Return a short code for where a request comes from; headers that anybody can write are not believed."""
    return source_code(str(request.META.get("REMOTE_ADDR", "")))


def _mark(nonce: str) -> str:
    return derived(b"form-guard", nonce.encode(), size=12).hex()
