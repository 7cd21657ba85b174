"""Answer for the public site what is not a page: a licence's check, pictures, and what search engines read."""

import mimetypes
import re
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cms import destinations
from cms.caching import kept_for_a_minute
from cms.forms import VerifyFileForm, VerifyForm
from cms.gate import editors_only
from cms.sitemaps import listed_pages
from cms.verifying import Mistyped, look_up, look_up_certificate, paper_of
from core.readers import speaks_every_language
from recruiters.licencecertificates import is_code
from recruiters.licencecertificates import verify_file as check_file

FILE_NAME = re.compile(r"[\w.-]{1,200}")
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"})


@speaks_every_language
@require_safe
def verify(request: HttpRequest) -> HttpResponseBase:
    """Say whether a licence lets its holder recruit, today or on a past day, and what a certificate is worth today."""
    language = get_language() or settings.LANGUAGE_CODE
    form = VerifyForm(request.GET if "code" in request.GET else None)
    context = {"form": form, "file_form": VerifyFileForm(), "asked": False}
    context["register_url"] = destinations.address("recruiters", language)
    if form.is_bound and form.is_valid():
        code, today = form.cleaned_data["code"], timezone.localdate()
        if code.strip().upper().startswith("RPT-") and destinations.is_open("reports"):
            return redirect(destinations.address("reports", language) + quote(code.strip().upper()) + "/")
        day = form.cleaned_data["day"] or today
        try:
            if is_code(code):
                context |= {"is_certificate": True, "paper": look_up_certificate(code)}
            else:
                context |= {"findings": look_up(code, day, today=today), "day": day, "is_today": day == today}
            context["asked"] = True
        except Mistyped as slip:
            form.add_error("code", str(slip))
    return render(request, "cms/verify.html", context)


@speaks_every_language
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: HttpRequest) -> HttpResponseBase:
    """Say whether a file is a certificate that was issued here, unchanged. It changes nothing, so it needs no token."""
    language = get_language() or settings.LANGUAGE_CODE
    if request.method != "POST":
        return redirect("verify")
    form = VerifyFileForm(request.POST, request.FILES)
    context = {"form": VerifyForm(), "file_form": form, "asked": False}
    context["register_url"] = destinations.address("recruiters", language)
    if form.is_valid():
        checked = check_file(form.cleaned_data["file"].read())
        paper = paper_of(checked.verified) if checked.verified else None
        context |= {"file": checked, "paper": paper, "is_certificate": True, "asked": True}
    return render(request, "cms/verify.html", context, status=200 if form.is_valid() else 422)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:  # noqa: ARG001
    """Return a picture of a public page, in one of the sizes made when the page was published."""
    return _file("images", name)


@require_safe
@editors_only
def original_picture(request: HttpRequest, name: str) -> HttpResponseBase:  # noqa: ARG001
    """Return a picture as it was uploaded; only to editors, for it may hold more than it shows."""
    return _file("original_images", name)


def _file(folder: str, name: str) -> HttpResponseBase:
    kind = mimetypes.guess_type(name)[0] or ""
    path = f"{folder}/{name}"
    if (
        not FILE_NAME.fullmatch(name)
        or name.startswith(".")
        or kind not in PICTURES
        or not default_storage.exists(path)
    ):
        raise Http404
    with default_storage.open(path) as file:
        response = HttpResponse(file.read(), content_type=kind)
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@kept_for_a_minute
def sitemap(request: HttpRequest) -> HttpResponse:
    """Return every public address with its other languages."""
    return render(request, "cms/sitemap.xml", {"listed": listed_pages()}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Ask machines to stay out of where people work, and point them to the sitemap."""
    closed = ("/workspace/", "/accounts/", "/cms/", "/api/", "/openrosa/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += [f"Disallow: /{code}/report/follow-up/" for code, _name in settings.LANGUAGES]
    lines += [f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
