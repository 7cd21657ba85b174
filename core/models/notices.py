"""Notices without content: that there is something to read, never what."""

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """Tell a user that something waits; the subject is a reference that only the gate resolves."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "read_at"])]

    def __str__(self) -> str:
        return self.code
