"""What an officer found in an application, field by field, what the applicant answered, and who agreed to decide."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import EvidenceFile
from recruiters.models.applications import Application, ApplicationStep
from recruiters.models.words import Reason


class ApplicationPaper(models.Model):
    """A paper of an application, by what it is."""

    class Kind(models.TextChoices):
        """What it is."""

        REGISTRATION = "registration", _("company registration")
        GUARANTEE = "guarantee", _("guarantee or deposit")
        TAX = "tax", _("tax clearance")
        PREMISES = "premises", _("lease or title of the office")
        POLICE = "police", _("police clearance of owners and directors")
        OTHER = "other", _("another paper")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.kind


class ApplicationFinding(models.Model):
    """One field that an officer returned, and why; answered by the applicant before the application comes back."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="findings")
    step = models.ForeignKey(ApplicationStep, on_delete=models.PROTECT, related_name="findings")
    field = models.CharField(max_length=40)
    words = models.CharField(max_length=1000)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["step", "field"], name="one_finding_per_field_and_return")]

    def __str__(self) -> str:
        return self.field

    @property
    def answer(self) -> "FindingAnswer | None":
        """Return the newest answer, if any; uses prefetched rows."""
        return max(self.answers.all(), key=lambda answer: answer.pk, default=None)


class FindingAnswer(models.Model):
    """What the applicant says about one finding."""

    finding = models.ForeignKey(ApplicationFinding, on_delete=models.PROTECT, related_name="answers")
    words = models.CharField(max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class ApplicationProposal(models.Model):
    """One officer proposes how to decide a grave application; another one agrees or does not."""

    class Answer(models.TextChoices):
        """What the second officer says."""

        AGREED = "agreed", _("agreed")
        NOT_AGREED = "not_agreed", _("not agreed")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="proposals")
    grant = models.BooleanField()
    terms = models.JSONField(default=dict)
    reason_code = models.CharField(max_length=40, choices=Reason.choices, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(answer=""), name="one_open_proposal_per_application"
            )
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"
