"""What was prepared, who approved it, and what was published: numbered versions that nobody can change."""

import json
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from duediligence.models.records import Record
from duediligence.models.scope import OfRecord, Owned


class Prepared(Owned):
    """A record's content as it was frozen for approval: what the board saw is what is published."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="prepared")
    number = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfRecord.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_preparation_per_number")]

    def __str__(self) -> str:
        return f"{self.record_id} #{self.number}"

    @property
    def data(self) -> dict[str, Any]:
        """Return the frozen content."""
        loaded: dict[str, Any] = json.loads(self.content)
        return loaded


class ApprovalBody(models.TextChoices):
    """Who approved the report."""

    BOARD = "board", _("Board of directors")
    COMMITTEE = "committee", _("A committee of the board")
    MEMBERS = "members", _("The members or partners")
    OWNER = "owner", _("The owner")
    HEAD = "head", _("Head of a public body")
    OTHER = "other", _("Another body")


class Approval(models.Model):
    """That a named person of a body approved exactly this content on a day, with the paper that shows it."""

    prepared = models.OneToOneField(Prepared, on_delete=models.PROTECT, related_name="approval")
    approver_name = models.CharField(max_length=200)
    approver_title = models.CharField(max_length=200)
    body = models.CharField(max_length=20, choices=ApprovalBody)
    body_name = models.CharField(max_length=200, blank=True)
    approved_on = models.DateField()
    evidence = models.ForeignKey("core.EvidenceFile", null=True, on_delete=models.PROTECT, related_name="+")
    same_person = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.prepared_id} {self.approved_on}"


class Report(models.Model):
    """The public place of a record's versions: one reference for ever."""

    ref = ReferenceField(prefix="RPT")
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="report")
    # What the public list filters by; written with each version, never read back as content.
    company_name = models.CharField(max_length=300, db_index=True)
    country = models.CharField(max_length=2, db_index=True)
    sector = models.CharField(max_length=200, blank=True)
    period_end = models.DateField(db_index=True)
    published_on = models.DateField(db_index=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the public page in the reader's language."""
        return reverse("duediligence_public:report", args=[self.ref])


class ChangeKind(models.TextChoices):
    """Why there is another version."""

    FIRST = "first", _("First version")
    CORRECTION = "correction", _("Correction of a mistake")
    UPDATE = "update", _("Update with new facts")
    LANGUAGE = "wording", _("Wording or language")
    ORDER = "order", _("Ordered by an authority")


class ImmutableError(Exception):
    """A published version is never changed; a correction is a new version."""


class Publication(models.Model):
    """One published version; database triggers refuse to change or delete it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    prepared = models.OneToOneField(Prepared, on_delete=models.PROTECT, related_name="publication")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=20, choices=ChangeKind)
    note = models.TextField(blank=True)
    published_on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["report", "version"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new version; refuse to change one that is there."""
        if self.pk:
            raise ImmutableError("A published version is never changed. Publish a new one.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return this version's own address."""
        return reverse("duediligence_public:version", args=[self.report.ref, self.version])

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: a version is withdrawn, and says so, but stays."""
        raise ImmutableError("A published version is never deleted. Withdraw it, with a reason.")

    @property
    def data(self) -> dict[str, Any]:
        """Return the content, as published."""
        loaded: dict[str, Any] = json.loads(self.content)
        return loaded

    @property
    def period_end(self) -> date:
        """Return the last day of the period that this version is about."""
        return date.fromisoformat(self.data["period"]["end"])


class Withdrawal(models.Model):
    """That every version up to one was taken back: when and why; their pages say so for ever."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="withdrawals")
    upto_version = models.PositiveIntegerField()
    reason = models.CharField(max_length=40)
    note = models.TextField()
    hides_content = models.BooleanField(default=False)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.on}"
