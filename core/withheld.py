"""Answer for a file that is not handed out as it is: a page that says why and takes a coded reason for the original.

It stands behind the views: a view checks who asks and raises EvidenceWithheld. So every address that hands out a file
has this page and the same rule, and who asks is checked anew when the reason comes.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import evidence
from core.evidence import ORIGINAL_REASONS, EvidenceWithheld
from core.models import EvidenceFile

Words = dict[str, str | Promise]
WHY: Words = {
    "asked": _("You asked for the original. It may hold the place, the day, the device and names of people."),
    "infected": _("The scanner found a harmful program in it. Nothing of it is handed out."),
    "not_checked": _("The scanner has not checked it yet. It is looked at again every hour and whenever you ask."),
    "not_readable": _("It could not be read, so no clean copy could be made. It may be damaged."),
    "too_large": _("It is too large to make a clean copy of it."),
    "too_slow": _("Making a clean copy of it took too long."),
    "busy": _("Too many files came at once to make a clean copy of it."),
    "locked": _("It is locked with a password, so no clean copy could be made."),
    "film": _("It is a film. Faces and rooms cannot be taken out of it, so there is no clean copy."),
    "parts": _("It has hidden or unknown parts that cannot be taken out safely."),
}
SHORT: Words = {
    "infected": _("Harmful program found"),
    "not_checked": _("Not checked for harmful programs"),
    "film": _("Film: original only"),
}
REASONS: Words = {
    "no_copy": _("There is no clean copy and I must know what it says"),
    "copy_unclear": _("The clean copy cannot be made out"),
    "proof": _("An authority or a court needs the original"),
    "apart": _("I open it on a computer that is kept apart"),
}


class WithheldFileMiddleware:
    """Turn a withheld file into its page, or into the original where a reason is given."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a withheld file; the view has found that this reader may know of it."""
        if not isinstance(exception, EvidenceWithheld):
            return None
        reason = request.GET.get("reason", "")
        from_us = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        if reason in ORIGINAL_REASONS and from_us:
            return evidence.respond_original(exception.file, actor=exception.actor, reason=reason)
        return _page(request, exception, missing="reason" in request.GET)


def _page(request: HttpRequest, withheld: EvidenceWithheld, *, missing: bool) -> HttpResponse:
    context = {
        "file": withheld.file,
        "why": WHY.get(withheld.why, WHY["not_readable"]),
        "alarming": withheld.why in {"infected", "not_checked"},
        "reasons": REASONS.items(),
        "missing": missing,
        "original": request.GET.get("original", ""),
    }
    return render(request, "core/withheld.html", context, status=422 if missing else 409)


def hold_words(file: EvidenceFile) -> str | Promise:
    """Return in a few words why a file is withheld; empty where its clean copy can be read."""
    why = evidence.held_for(file)
    return SHORT.get(why, _("Original only")) if why else ""
