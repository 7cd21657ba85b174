"""Pages on which the administrator opens accounts and gives roles."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import formkeys
from core.access import staff
from core.administration import services
from core.administration.forms import AccountForm, PersonForm, RoleForm
from core.auditsight import hidden_from
from core.models import Account, Membership, User
from core.roles import AccountKind, Role
from core.vaultstate import holder_of, vault_state


@staff(Role.ADMIN)
def account_new(request: HttpRequest) -> HttpResponseBase:
    """Open an account."""
    form = AccountForm(request.POST or None)
    actor = cast("User", request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        formkeys.once(
            data["form_key"],
            purpose="account.open",
            do=lambda: services.open_account(name=data["name"], kind=AccountKind(data["kind"]), actor=actor).ref,
        )
        messages.success(request, _("The account is open."))
        return redirect("core:accounts")
    return render(request, "core/administration/form.html", {"form": form, "title": _("Open an account")})


@staff(Role.ADMIN)
def person_new(request: HttpRequest) -> HttpResponseBase:
    """Add a person."""
    form = PersonForm(request.POST or None)
    actor = cast("User", request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {name: data[name] for name in ("username", "display_name", "email", "language")}
        done = formkeys.once(
            data["form_key"], purpose="person.add", do=lambda: str(services.add_person(**fields, actor=actor).pk)
        )
        return redirect("core:person", pk=done.result)
    return render(request, "core/administration/form.html", {"form": form, "title": _("Add a person")})


@staff(Role.ADMIN)
def person(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a person with her roles; give another role."""
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = cast("Account", form.cleaned_data["account"])
        services.give_role(user, account, Role(form.cleaned_data["role"]), actor=cast("User", request.user))
        messages.success(request, _("The role is given from today."))
        return redirect("core:person", pk=pk)
    context = {
        "person": user,
        "form": form,
        "holder": holder_of(user),
        "memberships": user.memberships.select_related("account").order_by("-pk"),
        "link": None if user.has_usable_password() else request.build_absolute_uri(services.first_password_link(user)),
    }
    return render(request, "core/administration/person.html", context)


@staff(Role.ADMIN)
@require_POST
def role_end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End a role at once."""
    membership = get_object_or_404(Membership.objects.select_related("user"), pk=pk, until__isnull=True)
    services.end_role(membership, actor=cast("User", request.user))
    messages.success(request, _("The role has ended, and the person is signed out everywhere."))
    return redirect("core:person", pk=membership.user_id)


@staff(Role.ADMIN)
@require_POST
def person_active(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close or reopen a person's sign-in."""
    user = get_object_or_404(User, pk=pk)
    with transaction.atomic():
        services.set_active(user, active=request.POST.get("active") == "yes", actor=cast("User", request.user))
    return redirect("core:person", pk=pk)


@staff(Role.ADMIN)
def vault(request: HttpRequest) -> HttpResponseBase:
    """Show whose keys the vault has, and what it warns of; nothing here opens anything."""
    # Who is tied to somebody that a grievance may accuse does not see whose keys open more than others'.
    narrowed = bool(hidden_from(cast("User", request.user)))
    return render(request, "core/administration/vault.html", {"state": vault_state(), "narrowed": narrowed})
