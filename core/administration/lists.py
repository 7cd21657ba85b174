"""The lists of people, organisations and audit entries."""

from collections.abc import Sequence
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from core.access import staff
from core.auditsight import entries_for, hidden_from
from core.listing import Action, Column, ListingView
from core.models import Account, AuditEntry, User
from core.roles import AccountKind, Role
from core.wording import ACCOUNT_KINDS


class PersonFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Find people."""

    q = django_filters.CharFilter(field_name="display_name", lookup_expr="icontains", label=_("Name"))
    is_active = django_filters.ChoiceFilter(
        label=_("May sign in"), empty_label=_("All"), choices=[("True", _("Yes")), ("False", _("No"))]
    )


@method_decorator(staff(Role.ADMIN), name="dispatch")
class PersonList(ListingView[User]):
    """Everybody who signs in."""

    model = User
    title = _("People")
    template_name = "core/administration/watched_list.html"
    filterset_class = PersonFilter
    default_sort = "name"
    columns = (
        Column(
            "name", _("Name"), sort="display_name", value=str, link=lambda row: reverse("core:person", args=[row.pk])
        ),
        Column("username", _("Signs in as"), sort="username"),
        Column(
            "roles", _("Roles"), value=lambda row: ", ".join(m.role_words for m in row.memberships.all() if not m.until)
        ),
        Column("active", _("May sign in"), value=lambda row: _("yes") if row.is_active else _("no")),
    )

    def records(self) -> QuerySet[User]:
        """Return everybody with their memberships."""
        return User.objects.prefetch_related("memberships__account")

    def get_actions(self) -> list[Action]:
        """Offer to add a person."""
        return [Action(_("Add a person"), reverse("core:person_new"))]


class AccountFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Find organisations."""

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name"))
    kind = django_filters.ChoiceFilter(
        label=_("What it is"), choices=[(k.value, ACCOUNT_KINDS[k]) for k in AccountKind]
    )


@method_decorator(staff(Role.ADMIN), name="dispatch")
class AccountList(ListingView[Account]):
    """Every organisation whose people sign in."""

    model = Account
    title = _("Organisations that sign in")
    filterset_class = AccountFilter
    default_sort = "name"
    columns = (
        Column("ref", _("Reference"), sort="ref"),
        Column("name", _("Name"), sort="name"),
        Column("kind", _("What it is"), sort="kind", value=lambda row: ACCOUNT_KINDS[AccountKind(row.kind)]),
    )

    def records(self) -> QuerySet[Account]:
        """Return every account."""
        return Account.objects.all()

    def get_actions(self) -> list[Action]:
        """Offer to open an account."""
        return [Action(_("Open an account"), reverse("core:account_new"))]


class AuditFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Find entries by what they concern, who acted and when."""

    subject = django_filters.CharFilter(lookup_expr="exact", label=_("Reference"))
    verb = django_filters.CharFilter(lookup_expr="startswith", label=_("What happened"))
    actor = django_filters.CharFilter(lookup_expr="exact", label=_("Who"))
    on = django_filters.DateFilter(
        field_name="at",
        lookup_expr="date",
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@method_decorator(staff(Role.AUDITOR), name="dispatch")
class AuditList(ListingView[AuditEntry]):
    """The audit trail, newest first: codes and references only."""

    model = AuditEntry
    title = _("Audit trail")
    template_name = "core/administration/watched_list.html"
    filterset_class = AuditFilter
    default_sort = "-sequence"
    columns = (
        Column("sequence", _("No."), sort="sequence", kind="number"),
        Column("at", _("When"), kind="date", value=lambda row: row.at),
        Column("actor", _("Who")),
        Column("verb", _("What happened")),
        Column("subject", _("Concerning")),
        Column("facts", _("Codes"), value=lambda row: " ".join(f"{k}={v}" for k, v in sorted(row.facts.items()))),
    )

    def records(self) -> QuerySet[AuditEntry]:
        """Return what an auditor may see: that things happened, never words."""
        return entries_for(cast("User", self.request.user))

    def get_columns(self) -> Sequence[Column[AuditEntry]]:
        """Leave out the numbers for whoever may not see every entry: a gap would tell that there is one."""
        narrowed = hidden_from(cast("User", self.request.user))
        return [column for column in self.columns if not (narrowed and column.name == "sequence")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say in the lede how far the chain reaches."""
        from core.models import AuditHead

        head = AuditHead.objects.filter(pk=1).first()
        if head and not hidden_from(cast("User", self.request.user)):
            kwargs["lede"] = _(
                "%(count)s entries; newest link %(digest)s…. The command verify_audit walks the chain."
            ) % {
                "count": number_format(head.sequence),
                "digest": head.digest[:12],
            }
        return super().get_context_data(**kwargs)
