"""Why a licence was granted although a severe hit on a watchlist stands: the officers' own words, for officers only."""

from django.conf import settings
from django.db import models

from recruiters.models.applications import Application
from recruiters.models.findings import ApplicationProposal


class HitWaiver(models.Model):
    """An officer's reason to grant despite severe hits; the applicant never reads it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="waivers")
    proposal = models.ForeignKey(ApplicationProposal, null=True, on_delete=models.PROTECT, related_name="waivers")
    hits = models.JSONField(default=list)
    words = models.CharField(max_length=1000)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id}"
