"""Forms of the administrator's room."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from core.models import Account, User
from core.roles import ROLES_OF_ACCOUNT, AccountKind, Role
from core.wording import ACCOUNT_KINDS, ROLES


class AccountForm(KeyedForm):
    """Open an organisation's account."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=300)
    kind = forms.ChoiceField(label=_("What it is"), choices=[(kind.value, ACCOUNT_KINDS[kind]) for kind in AccountKind])


class PersonForm(KeyedForm):
    """Add a person."""

    display_name = forms.CharField(label=_("Name"), max_length=200)
    username = forms.CharField(label=_("Name for signing in"), max_length=150, validators=[UnicodeUsernameValidator()])
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Only for notices without content."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.WORKSPACE_LANGUAGES)

    def clean_username(self) -> str:
        """Refuse a name that somebody has."""
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("Somebody already signs in with this name. Please choose another."))
        return username


class RoleForm(KeyedForm):
    """Give a role in an account."""

    account = forms.ModelChoiceField(label=_("Organisation"), queryset=Account.objects.order_by("name"))
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, ROLES[role]) for role in Role])

    def clean(self) -> dict[str, Any]:
        """Refuse a role that this kind of organisation cannot hold."""
        data = super().clean() or {}
        account, role = data.get("account"), data.get("role")
        if account and role and Role(role) not in ROLES_OF_ACCOUNT[AccountKind(account.kind)]:
            self.add_error("role", _("An organisation of this kind cannot hold this role."))
        return data
