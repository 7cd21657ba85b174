"""What lives only while a worker writes or reads: sealed drafts and short sessions, no time finer than needed."""

from django.db import models

from grievances.models.grievances import Grievance


class Draft(models.Model):
    """Words not yet sent, sealed under a key that only the open form holds; swept after a day."""

    locator = models.CharField(max_length=64, unique=True)
    ciphertext = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "draft"


class DraftFile(models.Model):
    """A file of a draft: its bytes in the sealed storage and what is known of it, both under the form's key."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    stored_name = models.CharField(max_length=80)
    clean_name = models.CharField(max_length=80, blank=True)
    description = models.BinaryField()
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return "draft file"


class WorkerSession(models.Model):
    """A worker who came back with her receipt: her key sealed by her cookie, which knows when she was last here."""

    digest = models.CharField(max_length=64, unique=True)
    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="+")
    begun_on = models.DateField(db_index=True)
    sealed_key = models.BinaryField(blank=True, default=b"")

    def __str__(self) -> str:
        return "worker session"
