"""Guard Wagtail's admin: only editors come in, and only through our own sign-in."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from cms.seeding import editors_group
from core.roles import Role

View = Callable[..., HttpResponseBase]


def editors_only(view: View) -> View:
    """Send strangers to sign-in, hide the admin from everyone else, and keep the editors' group true to the roles."""

    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        user = request.user
        if not user.has_role(Role.EDITOR):
            user.groups.remove(editors_group())
            raise Http404
        if not user.groups.filter(name=editors_group().name).exists():
            user.groups.add(editors_group())
        return view(request, *args, **kwargs)

    return guarded
