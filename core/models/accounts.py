"""Users, the organisations' accounts that they sign in for, and what they may do there."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.roles import AccountKind, Role
from core.wording import ROLES


class Account(models.Model):
    """An organisation whose people sign in; who it is in the world is a party, one floor up."""

    ref = ReferenceField(prefix="ACC")
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=[(kind.value, kind.value) for kind in AccountKind])
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in."""

    display_name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def audit_code(self) -> str:
        """Return the code by which the audit trail knows this person."""
        return f"user:{self.pk}"

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """Return today's memberships, fetched once per request."""
        return list(self.memberships.current(timezone.localdate()).select_related("account"))

    def has_role(self, *roles: Role) -> bool:
        """Say whether the user holds any of these roles today."""
        return any(membership.role in roles for membership in self.current_memberships)

    def account_ids(self, role: Role | None = None) -> frozenset[int]:
        """Return the accounts in which the user holds this role (any role when none is named)."""
        return frozenset(m.account_id for m in self.current_memberships if role is None or m.role == role)

    @property
    def roles(self) -> frozenset[Role]:
        """Return the roles held today in any account."""
        return frozenset(Role(membership.role) for membership in self.current_memberships)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by date."""

    def current(self, on: date) -> "MembershipQuerySet":
        """Keep the memberships that hold on this day."""
        return self.filter(since__lte=on).filter(models.Q(until__isnull=True) | models.Q(until__gte=on))


class Membership(models.Model):
    """A dated role of a user in an account; it ends, it is never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "account", "role"], condition=models.Q(until__isnull=True), name="one_open_membership"
            )
        ]
        indexes = [models.Index(fields=["account", "role"])]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.role}@{self.account_id}"

    @property
    def role_words(self) -> str:
        """Return the role in the reader's language."""
        return str(ROLES[Role(self.role)])
