"""Long work with its progress, and when each periodic job ran last."""

from django.conf import settings
from django.db import models

from core.fields import ReferenceField


class Job(models.Model):
    """Work done in chunks: it shows how far it is and goes on where it stopped."""

    QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"

    ref = ReferenceField(prefix="JOB")
    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, default=QUEUED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    payload = models.JSONField(default=dict)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "id"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def percent(self) -> int:
        """Return how much is done, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else (100 if self.state == self.DONE else 0)

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will happen by itself."""
        return self.state in (self.DONE, self.FAILED)


class DueRun(models.Model):
    """One run of a periodic job; the newest row says when it is due again."""

    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["name", "-at"])]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"
