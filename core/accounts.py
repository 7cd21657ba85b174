"""Sign-in: accounts are given, never taken; the language of the person follows her."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Close public sign-up: an administrator opens accounts and says for which role."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Refuse self-made accounts."""
        return False
