"""Say once who sees a company's rows and who may change them."""

from typing import Any, TypeVar, cast

from django.db import models

from core.models import User
from core.roles import Role
from parties.conflicts import parties_of

VIEW, CHANGE = "view", "change"
M = TypeVar("M", bound=models.Model)


class CompanyScoped(models.QuerySet[M]):
    """Rows that belong to a company: its own members see them, auditors may read them; others find nothing.

    What concerns somebody whom the reader is tied to is not there for him, whichever of the two he is.
    """

    to_account = "company__party__account_id"

    def visible_to(self, user: User) -> "CompanyScoped[M]":
        """Keep what this user may know of."""
        seen = self
        if not user.has_role(Role.AUDITOR):
            seen = self.filter(**{f"{self.to_account}__in": user.account_ids(Role.COMPANY_MEMBER)})
        return seen.exclude(pk__in=self._concerning(user)) if getattr(self.model, "concerns", ()) else seen

    def _concerning(self, user: User) -> models.QuerySet[Any, Any]:
        """Return the keys of rows that concern somebody whom the user is tied to."""
        tied, named = parties_of(user), models.Q()
        for way in getattr(self.model, "concerns", ()):
            named |= models.Q(**{f"{way}__in": tied})
        return self.model._default_manager.filter(named).values("pk")


class OfRecord(CompanyScoped[M]):
    """Rows that belong to a record."""

    to_account = "record__company__party__account_id"


class Owned(models.Model):
    """Something of a company's that its own members may change."""

    class Meta:
        abstract = True

    def permits(self, user: User, right: str) -> bool:
        """Let members of the company do everything, auditors read."""
        account = owner_of(self)
        if account is not None and account in user.account_ids(Role.COMPANY_MEMBER):
            return True
        return right == VIEW and user.has_role(Role.AUDITOR)


def owner_of(row: models.Model) -> int | None:
    """Return the account of the company that a row belongs to."""
    anything = cast("Any", row)
    if hasattr(anything, "record_id") and anything.record_id:
        anything = anything.record
    company = getattr(anything, "company", anything)
    account: int | None = company.party.account_id
    return account
