"""Letters: what the employer reads of a visit, as issued, never changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from checklists.models import FixedModel
from core.fields import ReferenceField
from core.models import User
from core.roles import Role
from inspections.models.actions import CorrectiveAction
from inspections.models.visits import Visit
from parties.models import Party


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters as their readers see them."""

    def visible_to(self, user: User) -> "LetterQuerySet":
        """Keep the letters to the organisations a user works for, and those of the visits he may see."""
        accounts = user.account_ids(Role.COMPANY_MEMBER) | user.account_ids(Role.RECRUITER_MEMBER)
        seen = Q(party__account__in=accounts)
        if user.has_role(Role.INSPECTOR, Role.MINISTRY_OFFICER, Role.AUDITOR):
            seen |= Q(visit__in=Visit.objects.visible_to(user))
        return self.filter(seen)


class Letter(FixedModel):
    """The employer's report: findings, law, actions and deadlines. It has no field for why the visit was made.

    Its own reference is the only one on it; `content` is what was issued, so that page and PDF never differ.
    """

    ref = ReferenceField(prefix="LET")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="letters")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    issued_on = models.DateField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["party", "-issued_on"])]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the letter's page."""
        return reverse("inspections:letter", args=[self.ref])

    def permits(self, user: User, right: str) -> bool:
        """Say whether a user may answer the letter for its addressee."""
        accounts: Any = user.account_ids(Role.COMPANY_MEMBER) | user.account_ids(Role.RECRUITER_MEMBER)
        return right == "answer" and self.party.account_id in accounts


class LetterAction(models.Model):
    """An action that a letter names; only so does its addressee learn of it."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="actions")
    action = models.ForeignKey(CorrectiveAction, on_delete=models.PROTECT, related_name="letters")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "action"], name="one_action_per_letter")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.action_id}"
