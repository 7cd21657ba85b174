"""Wrap a view of the interface: key, throttle, CORS, and every fault as a typed answer."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from core import apikeys
from core.api import throttling
from core.api.calls import Call
from core.api.errors import Refusal, answer_to
from core.models import ApiKey

log = logging.getLogger(__name__)
Answer = HttpResponseBase | dict[str, Any] | list[Any]
View = Callable[..., Answer]
ALLOWED_HEADERS = "Authorization, Content-Type, Accept, Accept-Language, If-None-Match, If-Modified-Since"
EXPOSED_HEADERS = "ETag, Last-Modified, Link, Retry-After, X-Batch-Size"


def endpoint(*methods: str, scope: str = "", counted: bool = True) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Open a view to these methods; with a scope only to keys that have it.

    Every answer may be read by pages of other sites: no cookie is ever looked at, so there is nothing to steal.
    """

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @csrf_exempt
        @xframe_options_exempt
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return _opened(_answer(request, view, args, kwargs, methods, scope, counted=counted), methods)

        return wrapped

    return decorate


def _answer(
    request: HttpRequest,
    view: View,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    methods: tuple[str, ...],
    scope: str,
    *,
    counted: bool,
) -> HttpResponseBase:
    try:
        if request.method == "OPTIONS":
            return HttpResponse(status=204)
        if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
            allow = ", ".join((*methods, "OPTIONS"))
            raise Refusal(405, _("This address answers to %(methods)s.") % {"methods": allow}, headers={"Allow": allow})
        call = Call(request, _key_of(request))
        if counted:
            throttling.count(request, call.key)
        if scope:
            require_scope(call, scope)
        answer = view(call, *args, **kwargs)
        if isinstance(answer, HttpResponseBase):
            return answer
        return JsonResponse(answer, safe=False, json_dumps_params={"ensure_ascii": False})
    except Exception as problem:
        return answer_to(refusal_of(problem))


def refusal_of(problem: Exception) -> Refusal:
    """Return what a caller is told of a problem; one that nobody foresaw goes to the log and tells nothing."""
    if isinstance(problem, Refusal):
        return problem
    if isinstance(problem, Http404):
        return Refusal(404, _("There is nothing at this address."))
    if isinstance(problem, PermissionDenied):
        return Refusal(403, _("This key does not allow that."))
    if isinstance(problem, SuspiciousOperation):
        return Refusal(400, _("This request could not be read."))
    if isinstance(problem, OperationalError):
        return Refusal(503, _("The database is busy. Please try again."), headers={"Retry-After": "10"})
    log.error("A call of the interface failed", exc_info=problem)
    return Refusal(500, _("This did not work, and it is our fault. Please try again later."))


def _key_of(request: HttpRequest) -> ApiKey | None:
    """Return the key that a call came with; raises Refusal (401) for one that opens nothing."""
    scheme, _space, secret = request.headers.get("Authorization", "").strip().partition(" ")
    if not scheme:
        return None
    if scheme.lower() not in ("apikey", "bearer"):
        throttling.count_bad_key(request)
        raise unauthorised(_("Send the key as “Authorization: ApiKey …”."))
    key = apikeys.recognise(secret.strip())
    if key is None:
        throttling.count_bad_key(request)
        raise unauthorised(_("This key is unknown, revoked or has run out."))
    apikeys.note_use(key)
    return key


def require_scope(call: Call, scope: str) -> None:
    """Raise Refusal (401 without a key, 403 with one that lacks the scope)."""
    if call.key is None:
        raise unauthorised(_("This needs a key. Ask the operator of this platform for one."))
    if not call.may(scope):
        raise Refusal(403, _("This key lacks the right “%(scope)s”.") % {"scope": scope})


def unauthorised(words: str) -> Refusal:
    """Return the refusal of a caller without a usable key."""
    return Refusal(401, words, headers={"WWW-Authenticate": 'ApiKey realm="api"'})


def _opened(response: HttpResponseBase, methods: tuple[str, ...]) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
    if response.status_code == 204:
        response["Access-Control-Allow-Methods"] = ", ".join((*methods, "OPTIONS"))
        response["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
        response["Access-Control-Max-Age"] = "86400"
    response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ["Accept-Language", "Authorization"])
    return response


@endpoint("GET", "POST", "PUT", "PATCH", "DELETE")
def nothing_here(call: Call, **_kwargs: str) -> Answer:  # noqa: ARG001
    """Answer for every address below /api/ that nobody has."""
    raise Http404
