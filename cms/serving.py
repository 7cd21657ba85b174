"""Find the public page of an address in one step, where Wagtail would walk down the tree."""

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import resolve
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.caching import kept_for_a_minute
from cms.models import HomePage
from core.menu import menu_entries
from core.readers import speaks_every_language

SECONDS = 60


@require_safe
@kept_for_a_minute
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return the published page at an address below the language; pages of ours are public or not published at all."""
    root = home_path(get_language() or "")
    page = Page.objects.live().filter(url_path=root + path).specific().first() if root else None
    if page is None:
        raise Http404
    response: HttpResponseBase = page.serve(request)
    return response


@speaks_every_language
@require_safe
@kept_for_a_minute
def front(request: HttpRequest) -> HttpResponseBase:
    """Return a language's first page; where the site is not in it yet, what we have."""
    language = get_language() or ""
    if home_path(language):
        return serve(request, "")
    if not home_path(settings.LANGUAGE_CODE):
        raise Http404
    places = [*menu_entries(settings.LANGUAGE_CODE), *menu_entries(settings.LANGUAGE_CODE, in_footer=True)]
    # The same pages below the reader's own language, so that the way back stays hers.
    named = [(place.label, f"/{language}/{place.url.split('/', 2)[2]}") for place in places]
    english = [
        {"label": label, "url": url} for label, url in named if not getattr(resolve(url).func, "every_language", False)
    ]
    return render(request, "cms/short_home.html", {"english": english})


def home_path(language: str) -> str:
    """Return where a language's pages begin in Wagtail's tree, or an empty text; kept for a minute."""
    key = f"cms-home-{language}"
    kept: str | None = cache.get(key)
    if kept is None:
        home = HomePage.objects.live().filter(locale__language_code=language).order_by("path")
        kept = home.values_list("url_path", flat=True).first() or ""
        cache.set(key, kept, SECONDS)
    return kept


def forget(**_kwargs: object) -> None:
    """Forget where languages begin, after a page was published, withdrawn or moved."""
    cache.delete_many([f"cms-home-{code}" for code, _name in settings.PUBLIC_LANGUAGES])


def connect() -> None:
    """Forget kept beginnings when pages change."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(forget, dispatch_uid="cms.serving")
