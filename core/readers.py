"""Keep a reader in her own language: what is written only for some is shown in English, and said to be so.

Workers' pages speak every language. The public site, the register and the statistics are written in some, the workspace
in some. Half a page in each language helps nobody and is read aloud wrongly: so a page that is not there in the
reader's language is wholly in English, a note above it says so in her language, and every link keeps her language.
"""

import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

STAFF = ("/workspace/", "/accounts/", "/cms/")
FOR_PROGRAMS = ("/api/",)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
_ENGLISH_LINK = re.compile(rb'(<(?:a|form)\b(?![^>]* hreflang=)[^>]* (?:href|action)=")/en/')
_asked: ContextVar[str] = ContextVar("asked", default="")


def asked_language() -> str:
    """Return the language that a reader asked for when the page is in English for now; else an empty text."""
    return _asked.get()


def speaks_every_language(view: View) -> View:
    """Mark a view whose every word is there in every language."""
    view.every_language = True  # type: ignore[attr-defined]
    return view


def workspace_language(request: HttpRequest) -> str:
    """Return the first language that a browser asks for and staff pages are written in."""
    ours = [code for code, _name in settings.WORKSPACE_LANGUAGES]
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    for code, _weight in asked:
        if code.partition("-")[0] in ours:
            return code.partition("-")[0]
    return settings.LANGUAGE_CODE


class EnglishForNowMiddleware:
    """Choose the language of a page that is not written in the reader's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and forget the reader afterwards."""
        if request.path.startswith((*STAFF, *FOR_PROGRAMS)) and not _has(settings.WORKSPACE_LANGUAGES):
            _speak(request, workspace_language(request))
        token = _asked.set("")
        try:
            response = self.get_response(request)
            return _keep_reader(response, _asked.get()) if _asked.get() else response
        finally:
            _asked.reset(token)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> None:
        """Turn to English where the view does not speak the language of its address."""
        del args, kwargs
        request.every_language = getattr(view, "every_language", False)  # type: ignore[attr-defined]
        language = translation.get_language_from_path(request.path_info)
        if language is None or request.every_language or _has(settings.PUBLIC_LANGUAGES):  # type: ignore[attr-defined]
            return
        _asked.set(language)
        _speak(request, settings.LANGUAGE_CODE)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Turn back to the reader's language: that something is not there is said in every language."""
        del exception
        if _asked.get():
            _speak(request, _asked.get())
            _asked.set("")


def _keep_reader(response: HttpResponse, language: str) -> HttpResponse:
    """Lead every link of an English page, but the chooser's, to the same place below the reader's own language.

    Django keeps addresses by the active language, so that they cannot be made in another; here they are put right.
    """
    english, hers = f"/{settings.LANGUAGE_CODE}/", f"/{language}/"
    if response.headers.get("Location", "").startswith(english):
        response["Location"] = hers + response["Location"].removeprefix(english)
    if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
        response.content = _ENGLISH_LINK.sub(rb"\1" + hers.encode(), response.content)
        response["Content-Length"] = str(len(response.content))
    return response


def _has(choices: Iterable[tuple[str, object]]) -> bool:
    return translation.get_language() in dict(choices)


def _speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language
