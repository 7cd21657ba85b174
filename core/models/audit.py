"""The append-only, hash-chained audit trail. Triggers in the database refuse changes and deletions."""

from django.db import models


class AuditEntry(models.Model):
    """One thing that happened: codes and references only, chained to the entry before it."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["subject", "sequence"]),
            models.Index(fields=["verb", "sequence"]),
            models.Index(fields=["actor", "sequence"]),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"


class AuditHead(models.Model):
    """The newest link of the chain; locked by whoever appends the next one."""

    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"head {self.sequence}"
