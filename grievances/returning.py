"""Know a worker who came back: a short session whose last moment is in her signed cookie and nowhere else."""

from collections.abc import Callable
from functools import wraps

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from core import keyring
from grievances.guarding import SESSION_COOKIE, View, private, set_cookie
from grievances.services import end_session, open_session
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
            with keyring.holding(ring_of_session(secret)):
                return remember(view(request, grievance, *args, **kwargs), secret)

        return guarded

    return decorate
