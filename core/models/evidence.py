"""Evidence files: typed by content, sealed, stored under our own names."""

from django.db import models

from core.fields import ReferenceField
from core.models.vault import SealedRecord


class EvidenceFile(models.Model):
    """A file that somebody handed in; whose it is and who may read it, the upper app says."""

    ref = ReferenceField(prefix="EVD")
    subject = models.CharField(max_length=60, db_index=True)
    content_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)  # only where its owner publishes it
    original = models.ForeignKey(SealedRecord, on_delete=models.PROTECT, related_name="+")
    cleaned = models.ForeignKey(SealedRecord, on_delete=models.PROTECT, related_name="+", null=True)
    cleaned_type = models.CharField(max_length=100, blank=True)
    withheld = models.CharField(max_length=20, blank=True)
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.ref
