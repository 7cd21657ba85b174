"""Where a password is seen: at sign-in, when it is changed, set or reset. Only there a key opens or moves."""

from typing import Any, cast

from allauth.account import forms as allauth_forms
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import keypairs, unlocking
from core.keywork import MOST_SECRET_BYTES
from core.models import User

RESET_WARNING = _(
    "If you handle grievances: a new password opens only a new key. What you could read before stays locked for you "
    "until a colleague gives you access again. Nothing is lost."
)


class PasswordBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Check a password and, where it is right, unlock its person's key for the session that begins."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """Return the person whom name and password fit; an over-long password is refused before any costly work."""
        password = credentials.get("password") or ""
        if len(password.encode("utf-8", "replace")) > MOST_SECRET_BYTES:
            return None
        user = super().authenticate(request, **credentials)
        if isinstance(user, User) and request is not None and hasattr(request, "session"):
            pair = keypairs.open_at_sign_in(user, password)
            if pair is not None:
                unlocking.keep(request, user, pair)
        return cast("AbstractBaseUser | None", user)


class ChangePasswordForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """Change a password that is known: the key is sealed anew in the same transaction, and nothing is lost."""

    def save(self) -> None:
        """Set the password and seal the private half under it."""
        pair = keypairs.live_pair(self.user)
        with transaction.atomic():
            unlocked = keypairs.open_at_sign_in(self.user, self.cleaned_data["oldpassword"]) if pair else None
            super().save()
            if unlocked is not None:
                keypairs.reseal(self.user, unlocked, self.cleaned_data["password1"])


class SetPasswordForm(allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """Set a first password."""

    def save(self) -> None:
        """Set the password and make the person's key, where her role needs one."""
        _set_and_make(self, super().save)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a link to a new password; say before what it means for keys."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = RESET_WARNING


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """Set a new password by a link: the old private half stays sealed under the old password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user is not None and keypairs.live_pair(self.user) is not None:
            self.fields["password1"].help_text = RESET_WARNING

    def save(self) -> None:
        """Set the password and make a new key in place of the one that it cannot open."""
        _set_and_make(self, super().save)


def _set_and_make(form: Any, save: Any) -> None:
    with transaction.atomic():
        save()
        keypairs.open_at_sign_in(form.user, form.cleaned_data["password1"])
