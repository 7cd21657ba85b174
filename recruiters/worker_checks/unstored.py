"""Serve a page that keeps nothing: no cookie, no session, nothing in the address, nothing stored on the way."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.readers import speaks_every_language

View = Callable[[HttpRequest], HttpResponse]


def unstored(view: View) -> View:
    """Answer GET with the form and POST with the answer; a form without any effect needs no guard and so no cookie."""

    @speaks_every_language
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @sensitive_post_parameters()
    @wraps(view)
    def served(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" and request.META.get("QUERY_STRING"):
            response: HttpResponse = HttpResponseRedirect(request.path)
        else:
            response = view(request)
        response["Cache-Control"] = "no-store, max-age=0"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex" if request.method == "POST" else "all"
        return response

    return served
