"""Answer what could not be answered in the reader's language: no database, no session, nothing that may fail again."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.defaults import bad_request as plain_bad_request
from django.views.defaults import server_error as plain_server_error


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it was our fault, in the language of the address; the plain page if even that fails."""
    try:
        with translation.override(_language(request)):
            heading = _("Something went wrong on our side")
            advice = _(
                "It is not your fault. Go back, wait a minute, and try again. "
                "If you sent a form, it may not have been stored."
            )
            return _page(heading, advice, 500)
    except Exception:
        return plain_server_error(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that what was sent could not be read, in the language of the address."""
    try:
        with translation.override(_language(request)):
            heading = _("We could not read what was sent")
            advice = _("Nothing was stored. Go back and try again. If you added files, send fewer or smaller ones.")
            return _page(heading, advice, 400)
    except Exception:
        return plain_bad_request(request, exception)


def _language(request: HttpRequest) -> str:
    return translation.get_supported_language_variant(request.path_info[1:].partition("/")[0] or "en")


def _page(heading: str, advice: str, status: int) -> HttpResponse:
    page = render_to_string("core/fault.html", {"heading": heading, "advice": advice})
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
