"""Sign-in: accounts are given, never taken; the language of the person follows her."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.keywork import MOST_SECRET_BYTES


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Close public sign-up: an administrator opens accounts and says for which role."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Refuse self-made accounts."""
        return False

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """Refuse a password that is too long to be stretched into a key; raises ValidationError."""
        if len(password.encode("utf-8", "replace")) > MOST_SECRET_BYTES // 4:
            raise ValidationError(_("This password is too long. Please use at most 60 letters."))
        return str(super().clean_password(password, user))
