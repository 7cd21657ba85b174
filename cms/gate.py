"""Guard Wagtail's admin: only editors come in, and its inline scripts run only with this response's nonce."""

import re
import secrets
from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.views.decorators.cache import never_cache

from cms.seeding import editors_group
from core.models import User
from core.roles import Role

View = Callable[..., HttpResponseBase]
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\b(?:src|nonce)=)")
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
)


def editors_only(view: View) -> View:
    """Send strangers to sign-in, hide the admin from everyone else, and keep the editors' group true to the roles."""

    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        user = cast("User", request.user)
        if not user.has_role(Role.EDITOR):
            user.groups.remove(editors_group())
            raise Http404
        if not user.groups.filter(name=editors_group().name).exists():
            user.groups.add(editors_group())
        return with_nonces(view(request, *args, **kwargs))

    return guarded


def with_nonces(response: HttpResponseBase) -> HttpResponseBase:
    """Give each inline script of an HTML page the nonce that the page's policy names."""
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.add_post_render_callback(with_nonces)
        return response
    if isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith("text/html"):
        nonce = secrets.token_urlsafe(16)
        response.content = INLINE_SCRIPT.sub(b'<script nonce="%s"' % nonce.encode(), response.content)
        response.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    return response
