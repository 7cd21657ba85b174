"""Know a worker who came back: a short session whose last moment is in her signed cookie and nowhere else."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from core import keyring
from core.keyring import KeyRing
from core.keywork import Pair
from grievances.guarding import SESSION_COOKIE, View, private, set_cookie
from grievances.models import Grievance
from grievances.services import end_session, open_session
from grievances.services.assisting import must_renew
from grievances.services.doors import Entrance, grievance_of_session, ring_of_session

IDLE_SECONDS = 30 * 60
_SIGNER = TimestampSigner(salt="worker-return")


def secret_of(request: HttpRequest) -> str:
    """Return the session's secret while the cookie is young enough, else nothing."""
    try:
        return _SIGNER.unsign(request.COOKIES.get(SESSION_COOKIE, ""), max_age=IDLE_SECONDS)
    except BadSignature:
        return ""


def enter(request: HttpRequest, entrance: Entrance) -> str:
    """End this browser's earlier session and begin a new one; return its secret."""
    leave(request)
    return open_session(entrance.grievance, entrance.pair)


def leave(request: HttpRequest) -> None:
    """End this browser's session on the server."""
    try:
        end_session(_SIGNER.unsign(request.COOKIES.get(SESSION_COOKIE, "")))
    except BadSignature:
        return


def remember(response: HttpResponse, secret: str) -> HttpResponse:
    """Give the browser the session with the present moment."""
    set_cookie(response, SESSION_COOKIE, _SIGNER.sign(secret))
    return response


def admit(response: HttpResponse, grievance: Grievance, pair: Pair) -> HttpResponse:
    """Begin a session for a worker whose new receipt leads to this key pair."""
    return remember(response, open_session(grievance, pair))


def hold_keys(secret: str) -> AbstractContextManager[KeyRing]:
    """Let everything inside open what this session's key opens."""
    return keyring.holding(ring_of_session(secret))


def returning(otherwise: View) -> Callable[[Callable[..., HttpResponse]], View]:
    """Open a view to a worker with a session, handing it her grievance; send everybody else to `otherwise`."""

    def decorate(view: Callable[..., HttpResponse]) -> View:
        @private
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            secret = secret_of(request)
            grievance = grievance_of_session(secret) if secret else None
            if grievance is None:
                return otherwise(request)
            if must_renew(grievance):
                # Somebody else knows the receipt that led here: nothing is shown before she has one of her own.
                return remember(HttpResponseRedirect(reverse("grievances_public:renew"), status=303), secret)
            with keyring.holding(ring_of_session(secret)):
                return remember(view(request, grievance, *args, **kwargs), secret)

        return guarded

    return decorate
