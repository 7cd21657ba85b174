"""What somebody typed and has not saved: kept sealed until it is."""

from django.conf import settings
from django.db import models

from core.models import SealedRecord


class Draft(models.Model):
    """Typed answers of one section by one inspector, kept over an error or an expired session."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=20)
    section = models.CharField(max_length=12)
    typed = models.ForeignKey(SealedRecord, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "subject", "section"], name="one_draft_per_section")]

    def __str__(self) -> str:
        return f"{self.subject} {self.section}"
