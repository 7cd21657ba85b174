"""Remember for half an hour why a handler opened a grievance; each reading is audited."""

from django.http import HttpRequest
from django.utils import timezone

from grievances.reasons import OPEN_REASONS

KEY = "grievances_opened"
SECONDS = 30 * 60


def remember_opening(request: HttpRequest, ref: str, reason: str) -> None:
    """Let this session read one grievance's words for half an hour."""
    now = timezone.now().timestamp()
    openings = {name: each for name, each in request.session.get(KEY, {}).items() if each[1] > now}
    request.session[KEY] = {**openings, ref: [reason, now + SECONDS]}


def opened_reason(request: HttpRequest, ref: str) -> str:
    """Return the reason for which this session may read now, or nothing."""
    reason, until = request.session.get(KEY, {}).get(ref, ["", 0])
    return reason if reason in OPEN_REASONS and until > timezone.now().timestamp() else ""
