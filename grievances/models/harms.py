"""What was done to the worker, what she is owed for it, and what was found out; each remedy is tied to one of these."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import SealedRecord
from grievances.models.cases import RemediationCase


class CaseHarm(models.Model):
    """One harm and what it entitles to; struck off, it remains as history."""

    case = models.ForeignKey(RemediationCase, on_delete=models.CASCADE, related_name="harms")
    number = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=8)
    entitlement = models.CharField(max_length=20)
    began_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    note = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    struck_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_harm_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.category}"


class HarmFinding(models.Model):
    """What came of looking into a harm, and how it was looked into; the newest row holds."""

    class Result(models.TextChoices):
        """What was found."""

        SUBSTANTIATED = "substantiated", _("Substantiated")
        NOT = "not_substantiated", _("Not found to be so")
        INCONCLUSIVE = "inconclusive", _("Could not be found out")

    class Method(models.TextChoices):
        """How it was looked into."""

        DOCUMENTS = "documents", _("Papers, payslips, transfers")
        WORKER = "worker", _("Talk with the worker")
        OTHERS = "others", _("Talks with other workers")
        VISIT = "visit", _("Visit of an inspector")
        AUTHORITY = "authority", _("Finding of an authority")
        RESPONDENT = "respondent", _("Respondent's reply")

    harm = models.ForeignKey(CaseHarm, on_delete=models.CASCADE, related_name="findings")
    result = models.CharField(max_length=20, choices=Result.choices)
    method = models.CharField(max_length=12, choices=Method.choices)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.result} {self.on}"
