"""The one gate: strangers learn nothing (404), readers without the right are told so (403)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core import held
from core.actors import Actor, Automatic
from core.models import User
from core.roles import Role
from core.second_factor import must_add_second_factor

M = TypeVar("M", bound=models.Model)
View = Callable[..., HttpResponseBase]


class Guarded(Protocol):
    """A model whose rows know who may do what with them."""

    def permits(self, user: User, right: str) -> bool:
        """Say whether this user has this right on this row."""


def fetch(user: Any, source: type[M] | models.QuerySet[M], right: str | None = None, **lookup: Any) -> M:
    """Return one row that the user may see, or raise Http404; with a right, raise PermissionDenied where it is missing.

    The row's queryset must offer `visible_to(user)`: what a user cannot see does not exist for him.
    """
    queryset = source._default_manager.all() if isinstance(source, type) else source
    if not user.is_authenticated:
        raise Http404
    found = cast("Any", queryset).visible_to(user).filter(**lookup).first()
    if found is None:
        raise Http404
    if right is not None:
        require(user, right, found)
    return cast("M", found)


def require(actor: Actor, right: str, subject: Guarded) -> None:
    """Raise PermissionDenied unless the actor has this right; jobs of our own have every right."""
    if isinstance(actor, Automatic):
        return
    if not subject.permits(actor, right):
        raise PermissionDenied(_("You may read this, but you may not do that here."))


def require_role(actor: Actor, *roles: Role) -> None:
    """Raise PermissionDenied unless the actor holds one of these roles today."""
    if isinstance(actor, Automatic) or actor.has_role(*roles):
        return
    raise PermissionDenied(_("Your role does not include this."))


def _way_back(request: HttpRequest) -> str:
    """Return where to go on after sign-in; what was typed into an expired page is kept sealed until then."""
    return held.keep_for_sign_in(request) if request.method == "POST" else request.get_full_path()


def staff(*roles: Role) -> Callable[[View], View]:
    """Open a view to these roles only: others are sent to sign in, or find nothing there."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated:
                return redirect_to_login(_way_back(request))
            if roles and not user.has_role(*roles):
                raise Http404
            if must_add_second_factor(request):
                return redirect("mfa_activate_totp")
            response = view(request, *args, **kwargs)
            held.mark_desk(request, response, user)
            return response

        return guarded

    return decorate
