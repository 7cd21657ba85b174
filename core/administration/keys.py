"""The administrator's page of keys for programs: issue one, see its secret once, revoke it at once."""

from typing import Any, cast

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import apikeys, formkeys
from core.access import staff
from core.formkeys import KeyedForm
from core.listing import Action, Column, ListingView
from core.models import Account, ApiKey, User
from core.roles import Role

STATES = {
    "usable": gettext_lazy("usable"),
    "expired": gettext_lazy("run out"),
    "revoked": gettext_lazy("revoked"),
}
TONES = {"usable": "good", "expired": "warn", "revoked": "bad"}


class KeyForm(KeyedForm):
    """Issue a key."""

    label = forms.CharField(label=gettext_lazy("What it is for"), max_length=120)
    account = forms.ModelChoiceField(label=gettext_lazy("Organisation"), queryset=Account.objects.order_by("name"))
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("It may"), choices=apikeys.scopes, widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Without a last day the key works until it is revoked."),
    )

    def clean_scopes(self) -> list[str]:
        """Return the scopes as chosen."""
        return list(self.cleaned_data["scopes"])

    def clean_expires_on(self) -> Any:
        """Refuse a day that is over."""
        day = self.cleaned_data["expires_on"]
        if day is not None and day < timezone.localdate():
            raise ValidationError(_("The last day is already over."))
        return day


class KeyFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Find keys."""

    q = django_filters.CharFilter(field_name="label", lookup_expr="icontains", label=gettext_lazy("What it is for"))


@method_decorator(staff(Role.ADMIN), name="dispatch")
class KeyList(ListingView[ApiKey]):
    """Every key, newest first; a secret is never among it."""

    model = ApiKey
    title = gettext_lazy("Keys for programs")
    lede = gettext_lazy("Under these keys programs of other organisations call the interface.")
    empty_text = gettext_lazy("No key has been issued yet.")
    filterset_class = KeyFilter
    default_sort = "-pk"
    exports = ()
    columns = (
        Column("ref", gettext_lazy("Reference"), link=lambda row: reverse("core:key", args=[row.ref])),
        Column("label", gettext_lazy("What it is for"), sort="label"),
        Column("account", gettext_lazy("Organisation"), sort="account__name", value=lambda row: row.account.name),
        Column("scopes", gettext_lazy("Rights"), value=lambda row: ", ".join(row.scopes)),
        Column(
            "state",
            gettext_lazy("State"),
            kind="status",
            value=lambda row: STATES[row.state],
            tone=lambda row: TONES[row.state],
        ),
        Column("last_used_on", gettext_lazy("Last used"), sort="last_used_on", kind="date"),
    )

    def records(self) -> QuerySet[ApiKey]:
        """Return every key with its organisation."""
        return ApiKey.objects.select_related("account")

    def get_actions(self) -> list[Action]:
        """Offer to issue a key."""
        return [Action(_("Issue a key"), reverse("core:key_new"))]


@staff(Role.ADMIN)
@never_cache
def key_new(request: HttpRequest) -> HttpResponseBase:
    """Issue a key and show its secret: on this page, this once."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, secrets = form.cleaned_data, []

        def issue() -> str:
            key, secret = apikeys.issue_key(
                label=data["label"],
                account=data["account"],
                scopes=data["scopes"],
                expires_on=data["expires_on"],
                actor=cast("User", request.user),
            )
            secrets.append(secret)
            return str(key.ref)

        done = formkeys.once(data["form_key"], purpose="apikey.issue", do=issue)
        if not secrets:  # the same form again: the secret was shown and is gone
            messages.info(
                request, _("This key was issued already. Its secret was shown once and cannot be shown again.")
            )
            return redirect("core:key", ref=done.result)
        return _page(request, get_object_or_404(ApiKey, ref=done.result), secret=secrets[0])
    return render(request, "core/administration/form.html", {"form": form, "title": _("Issue a key")})


@staff(Role.ADMIN)
def key(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show a key without its secret, which nobody has but its holder."""
    return _page(request, get_object_or_404(ApiKey.objects.select_related("account"), ref=ref))


def _page(request: HttpRequest, key: ApiKey, secret: str = "") -> HttpResponseBase:
    words = apikeys.scopes()
    context = {
        "key": key,
        "secret": secret,
        "scopes": [(code, words.get(code, code)) for code in key.scopes],
        "state": STATES[key.state],
        "tone": TONES[key.state],
        "server": request.build_absolute_uri(reverse("api:docs")).removesuffix("/docs"),
    }
    return render(request, "core/administration/key.html", context)


@staff(Role.ADMIN)
@require_POST
def key_revoke(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Revoke a key at once."""
    found = get_object_or_404(ApiKey, ref=ref)
    apikeys.revoke_key(found, actor=cast("User", request.user))
    messages.success(request, _("The key is revoked: its next call is refused."))
    return redirect("core:key", ref=ref)
