"""Add the headers that keep readers safe, and answer a busy database without losing what was typed."""

import re
import secrets
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from core import held

GetResponse = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=(), browsing-topics=()",
    "X-Robots-Tag": "noindex",
}
PRIVATE = ("/workspace/", "/accounts/", "/cms/")


class SafeHeadersMiddleware:
    """Set security headers, and forbid storing pages that only their reader may see."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers set where the view has not set its own."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            if name != "X-Robots-Tag":
                response.headers.setdefault(name, value)
        if request.path.startswith(PRIVATE):
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("X-Robots-Tag", HEADERS["X-Robots-Tag"])
        return response


class PublicLocaleMiddleware(LocaleMiddleware):
    """Choose the reader's language; only public addresses are ever led to their language's prefix.

    A 404 of the workspace stays a 404: a redirect would tell a stranger's guess from a wrong address.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave private answers as they are."""
        if request.path.startswith("/api/") or request.path == "/api":
            return response
        if request.path.startswith((*PRIVATE, settings.STATIC_URL)):
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
            return response
        return super().process_response(request, response)


class EditorPolicyMiddleware:
    """Give the site editor's own inline scripts a nonce per response, so that nobody else's can run there."""

    _SCRIPT = re.compile(rb"<script(?![^>]*\snonce=)")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with a policy for the editor's pages; other pages have the strict one."""
        response = self.get_response(request)
        if not request.path.startswith("/cms/"):
            return response
        nonce = secrets.token_urlsafe(16)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = self._SCRIPT.sub(b'<script nonce="' + nonce.encode() + b'"', response.content)
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'"
        )
        return response


class BusyDatabaseMiddleware:
    """Answer 503 with what was typed when the database stays locked for too long."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a lock that lasted too long into a page that says: kept, try again."""
        if isinstance(exception, OperationalError) and "locked" in str(exception):
            response = held.page(request, reason="busy", status=503)
            response["Retry-After"] = "10"
            return response
        return None
