"""Lead a browser away from an address that only takes a form: to the page above it, never to a blank one.

Such an address stands in the bar after a form was given back with faults. Whoever reloads it, changes the language or
comes back to it later asks for it by GET. The answer follows from the address alone, so it tells nobody anything.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

WORKSPACE = "/workspace/"
NOT_ALLOWED = 405


class FormAddressMiddleware:
    """Answer a person's browser with the nearest page; programs are told what the address takes, as before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and lead away where only a form would have been taken."""
        response = self.get_response(request)
        wanders = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
        if response.status_code == NOT_ALLOWED and wanders and request.path.startswith(WORKSPACE):
            return redirect(page_above(request.path))
        return response


def page_above(path: str) -> str:
    """Return the nearest address above one of the workspace that leads anywhere."""
    while path != WORKSPACE:
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return WORKSPACE
