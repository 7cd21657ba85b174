"""Ask staff for a second factor: outside the demo nobody works here with a password alone."""

from django.conf import settings
from django.http import HttpRequest

SESSION_KEY = "has_second_factor"


def must_add_second_factor(request: HttpRequest) -> bool:
    """Say whether this person has yet to set up a second factor; asked of the database once per session."""
    if not settings.REQUIRE_SECOND_FACTOR or request.session.get(SESSION_KEY):
        return False
    from allauth.mfa.utils import is_mfa_enabled

    if is_mfa_enabled(request.user):
        request.session[SESSION_KEY] = True
        return False
    return True
