"""What the screening rules said, by which ruleset, and what people made of it."""

from django.conf import settings
from django.db import models

from core.models import SealedRecord
from inspections.models.visits import Visit


class Screening(models.Model):
    """One result for a visit or an interview; a new row only when the result changed. `facts` replays it."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="screenings")
    subject = models.CharField(max_length=20)
    ruleset = models.CharField(max_length=60)
    person = models.CharField(max_length=8)
    outcome = models.CharField(max_length=24)
    could_become = models.CharField(max_length=24)
    facts = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["visit", "-id"]), models.Index(fields=["subject", "ruleset", "-id"])]

    def __str__(self) -> str:
        return f"{self.subject} {self.outcome}"


class Judgement(models.Model):
    """An inspector's or supervisor's decision on a screening: higher on one sign, lower only with a written reason."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="judgements")
    computed = models.CharField(max_length=24)
    decided = models.CharField(max_length=24)
    reason = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.decided}"
