"""Checklist versions, which never change, and the sheets of answers given to them, which only grow."""

import json
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from checklists.questions import Questionnaire, from_data
from core.models import SealedRecord, User
from core.roles import Role


@lru_cache(maxsize=64)
def parse(content: str) -> Questionnaire:
    """Return the questionnaire of a canonical text; kept, since a version never changes."""
    return from_data(json.loads(content))


class Immutable(RuntimeError):  # noqa: N818 - reads as a sentence where it is raised
    """Something tried to change a row that never changes."""


M = TypeVar("M", bound=models.Model)


class FixedQuerySet(models.QuerySet[M]):
    """Rows that are written once."""

    def update(self, **_changes: Any) -> int:
        """Refuse to change rows."""
        raise Immutable("These rows are written once and never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse to delete rows."""
        raise Immutable("These rows are written once and never deleted.")


class FixedModel(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row the first time; refuse any later time."""
        if not self._state.adding:
            raise Immutable(f"{type(self).__name__} is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse to delete the row."""
        raise Immutable(f"{type(self).__name__} is never deleted.")


class VersionQuerySet(FixedQuerySet["ChecklistVersion"]):
    """Checklist versions."""

    def visible_to(self, user: User) -> "VersionQuerySet":
        """Keep what a user may read: questions are no secret to those who ask, plan and audit."""
        if user.has_role(Role.INSPECTOR, Role.MINISTRY_OFFICER, Role.AUDITOR):
            return self
        return self.none()

    def newest(self, code: str) -> "ChecklistVersion | None":
        """Return the newest version of a checklist, if one is published."""
        return self.filter(code=code).order_by("-number").first()


class ChecklistVersion(FixedModel):
    """One published version of a checklist, with the digest of its whole content."""

    code = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    edition = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    content = models.TextField()
    item_count = models.PositiveIntegerField()
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-number"]
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="one_checklist_version_number")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def ref(self) -> str:
        """Return the code by which the audit trail and the addresses know this version."""
        return f"{self.code}.{self.number}"

    @property
    def questionnaire(self) -> Questionnaire:
        """Return the questions as they were published."""
        return parse(self.content)

    def permits(self, user: User, right: str) -> bool:
        """Say whether a user may publish the next version: the ministry may."""
        return right == "publish" and user.has_role(Role.MINISTRY_OFFICER)


class SheetQuerySet(FixedQuerySet["Sheet"]):
    """Saved sections."""

    def current(self) -> "SheetQuerySet":
        """Keep the newest sheet of each section of each subject."""
        later = Sheet.objects.filter(
            subject=OuterRef("subject"), section=OuterRef("section"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))


class Sheet(FixedModel):
    """One save of one section: who answered what when, about which subject (a reference), under which version."""

    subject = models.CharField(max_length=20)
    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="sheets")
    section = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "section", "number"]
        constraints = [models.UniqueConstraint(fields=["subject", "section", "number"], name="one_sheet_number")]

    def __str__(self) -> str:
        return f"{self.subject} {self.section} {self.number}"


class StoredAnswer(FixedModel):
    """One answer of a sheet under its permanent item code; words are not here, they are sealed with the sheet."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="answers")
    code = models.CharField(max_length=12)
    data = models.JSONField()
    adverse = models.BooleanField(null=True)

    objects = FixedQuerySet.as_manager()

    class Meta:
        ordering = ["sheet", "pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "code"], name="one_answer_per_sheet_item")]
        indexes = [models.Index(fields=["code", "adverse"])]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.code}"
