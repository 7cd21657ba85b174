"""Serve the interface's description: as OpenAPI for programs, as a page for people, both from the same facts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from core import apikeys, faults
from core.api import throttling
from core.api.calls import Call
from core.api.description import Operation, document, operations
from core.api.endpoint import endpoint
from core.api.errors import Refusal, answer_to


@endpoint("GET")
def openapi(call: Call) -> dict[str, Any]:
    """Return the OpenAPI document."""
    return document(call.request.build_absolute_uri(_root()).rstrip("/"))


def _root() -> str:
    return reverse("api:docs").removesuffix("docs")


@csrf_exempt
def docs(request: HttpRequest) -> HttpResponseBase:
    """Show the description as a page that needs no script and asks nobody else."""
    try:
        if request.method not in ("GET", "HEAD"):
            raise Refusal(405, _("This address answers to %(methods)s.") % {"methods": "GET"}, headers={"Allow": "GET"})
        throttling.count(request, None)
    except Refusal as refusal:
        return answer_to(refusal)
    asked = request.GET.get("lang", "")
    with translation.override(asked if asked in dict(settings.PUBLIC_LANGUAGES) else translation.get_language()):
        return _page(request)


def _page(request: HttpRequest) -> HttpResponseBase:
    server = request.build_absolute_uri(_root()).rstrip("/")
    groups: dict[str, list[dict[str, Any]]] = {}
    for operation in operations():
        groups.setdefault(str(operation.group), []).append({"is": operation, "curl": curl(operation, server)})
    context = {
        "groups": [{"title": title, "entries": entries} for title, entries in groups.items()],
        "server": server,
        "scopes": apikeys.scopes().items(),
        "rates": throttling.RATES,
        "alternates": {code: f"{request.path}?lang={code}" for code, _name in settings.PUBLIC_LANGUAGES},
        "error": '{"detail": "…", "errors": [{"field": "…", "detail": "…", "type": "…"}]}',
    }
    return render(request, "core/api/docs.html", context)


def curl(operation: Operation, server: str) -> str:
    """Return a line that can be pasted into a terminal as it is, but for the key."""
    address = server + operation.path
    for parameter in operation.parameters:
        if parameter.where == "path":
            address = address.replace("{" + parameter.name + "}", parameter.example)
    parts = ["curl"]
    if operation.scope:
        parts.append('-H "Authorization: ApiKey $SAFECONDUCT_KEY"')
    if operation.body_example and operation.body_type == "application/json":
        parts += ['-H "Content-Type: application/json"', f"-d '{operation.body_example}'"]
    elif operation.body_example:
        parts.append(f"--data-urlencode '{operation.body_example}'")
    parts.append(f"'{address}{operation.example}'")
    return " \\\n  ".join(parts)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django itself could not read; below /api/ as JSON."""
    if not request.path.startswith("/api/"):
        return faults.bad_request(request, exception)
    return answer_to(Refusal(400, _("This request could not be read.")))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault that nobody foresaw; below /api/ as JSON."""
    if not request.path.startswith("/api/"):
        return faults.server_error(request)
    return answer_to(Refusal(500, "This did not work, and it is our fault. Please try again later."))
