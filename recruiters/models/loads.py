"""Bringing registers in: a load, its rows in staging, and which of our rows a source's record became."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from recruiters.models.licences import Licence
from recruiters.models.register import Recruiter


class RegisterLoad(models.Model):
    """One edition of a register brought in, with its report."""

    class State(models.TextChoices):
        """What became of it."""

        STAGED = "staged", _("in staging")
        APPLIED = "applied", _("applied")
        REFUSED = "refused", _("refused")
        TRIED = "tried", _("only tried")

    ref = ReferenceField(prefix="RGL")
    source = models.SlugField(max_length=60)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STAGED)
    read = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["source", "-id"])]

    def __str__(self) -> str:
        return self.ref


class StagedRow(models.Model):
    """One row of a load, waiting for the swap; emptied after it."""

    load = models.ForeignKey(RegisterLoad, on_delete=models.CASCADE, related_name="staged")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=32)
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["load", "key"], name="one_staged_row_per_key")]

    def __str__(self) -> str:
        return f"{self.number}"


class SourceRecord(models.Model):
    """Which recruiter (and licence) a record of a source is, so that the next edition makes no duplicate."""

    source = models.SlugField(max_length=60)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=32)
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="source_records")
    licence = models.ForeignKey(Licence, null=True, on_delete=models.PROTECT, related_name="+")
    last_load = models.ForeignKey(RegisterLoad, on_delete=models.PROTECT, related_name="+")
    gone_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="one_record_per_source_and_key")]
        indexes = [models.Index(fields=["source", "gone_on"])]

    def __str__(self) -> str:
        return self.key
