"""Add the headers that keep readers safe, and answer a busy database without losing what was typed."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

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
