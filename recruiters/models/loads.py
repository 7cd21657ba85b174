"""Bringing registers in: a load, its rows in staging, and which of our rows a source's record became."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import Job, SealedRecord, User
from core.roles import Role
from recruiters.models.licences import Licence
from recruiters.models.register import Recruiter


class RegisterLoadQuerySet(models.QuerySet["RegisterLoad"]):
    """Loads as readers may see them."""

    def visible_to(self, user: User) -> "RegisterLoadQuerySet":
        """Keep all for officers and auditors, none for others."""
        return self if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR) else self.none()


class RegisterLoad(models.Model):
    """One edition of a register brought in, with its report."""

    class State(models.TextChoices):
        """What became of it."""

        READING = "reading", _("being read")
        ASKING = "asking", _("a question about its dates")
        STAGED = "staged", _("to be confirmed")
        APPLIED = "applied", _("applied")
        REFUSED = "refused", _("refused")
        TRIED = "tried", _("only tried")
        DISCARDED = "discarded", _("discarded")
        UNDONE = "undone", _("reversed")

    TONES = {
        "reading": "info",
        "asking": "warn",
        "staged": "warn",
        "applied": "good",
        "refused": "bad",
        "tried": "info",
        "discarded": "",
        "undone": "warn",
    }

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
    country = models.CharField(max_length=2, blank=True)
    upload = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RegisterLoadQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["source", "-id"])]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the page on which it is followed, confirmed and reversed."""
        return reverse("recruiters:load", args=[self.ref])

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may do this; ``run`` (confirm, discard, reverse) is the officers'."""
        return right == "run" and user.has_role(Role.MINISTRY_OFFICER)

    @property
    def tone(self) -> str:
        """Return the colour of the state."""
        return self.TONES[self.state]


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


class RejectedRow(models.Model):
    """One row that was not taken in, as it stood in the file, with what is wrong with it."""

    load = models.ForeignKey(RegisterLoad, on_delete=models.CASCADE, related_name="rejected_rows")
    number = models.PositiveIntegerField()
    problems = models.JSONField()
    values = models.JSONField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["load", "number"], name="one_rejection_per_row")]

    def __str__(self) -> str:
        return f"{self.number}"


class LoadChange(models.Model):
    """What one load did to one recruiter: what was there before, and the rows it made. A load is reversed by it.

    It stays when the load is reversed: ``before``, ``made`` and ``kept`` then hold what was taken back.
    """

    class Kind(models.TextChoices):
        """What was done."""

        ADDED = "added", _("new")
        LINKED = "linked", _("already here, linked")
        CHANGED = "changed", _("changed")
        GONE = "gone", _("gone")

    class Fate(models.TextChoices):
        """What the reversal of the load did with it."""

        STANDS = "", _("stands")
        UNDONE = "undone", _("taken back")
        LEFT = "left", _("left as it is")

    load = models.ForeignKey(RegisterLoad, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=200)
    recruiter = models.ForeignKey(Recruiter, null=True, on_delete=models.SET_NULL, related_name="+")
    recruiter_ref = models.CharField(max_length=20, db_index=True)
    before = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    fate = models.CharField(max_length=10, choices=Fate.choices, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["load", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.recruiter_ref}"
