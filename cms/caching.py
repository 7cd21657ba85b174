"""Keep rendered public pages for a minute, and forget them all when one changes."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from zlib import crc32

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from wagtail.signals import page_published, page_unpublished, post_page_move

SECONDS = 60
GENERATION = "cms-generation"
View = Callable[..., HttpResponseBase]


def generation() -> int:
    """Return the number that names the present state of the site."""
    found: int = cache.get_or_set(GENERATION, 1, None) or 1
    return found


def forget(**_kwargs: object) -> None:
    """Start a new generation: everything kept before is never looked up again."""
    cache.set(GENERATION, generation() + 1, None)


def kept_for_a_minute(view: View) -> View:
    """Answer from memory when the same address without a query string was answered a moment ago."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or request.GET:
            return view(request, *args, **kwargs)
        key = f"cms-page-{generation()}-{request.get_host()}-{request.path}"
        kept: tuple[bytes, str] | None = cache.get(key)
        if kept is None:
            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response = response.render()
            if response.status_code != 200 or not isinstance(response, HttpResponse):
                return response
            kept = (response.content, response.headers["Content-Type"])
            cache.set(key, kept, SECONDS)
        return from_kept(request, *kept)

    return answer


def from_kept(request: HttpRequest, content: bytes, content_type: str) -> HttpResponseBase:
    """Return a response that browsers may keep too, or 304 if theirs is the same."""
    response = HttpResponse(content, content_type=content_type)
    etag = f'W/"{crc32(content):08x}-{len(content):x}"'
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=SECONDS)
    return get_conditional_response(request, etag=etag, response=response) or response


def connect() -> None:
    """Forget kept pages when one is published, withdrawn or moved."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(forget, dispatch_uid="cms.caching")
