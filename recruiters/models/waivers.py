"""Why a licence was given although a severe hit or a grave tie stands: the officers' own words, for officers only."""

from django.conf import settings
from django.db import models

from recruiters.models.applications import Application
from recruiters.models.findings import ApplicationProposal
from recruiters.models.licences import Licence


class _Waiver(models.Model):
    """What every such reason holds: the hits it passes over, the words, and whose they are."""

    hits = models.JSONField(default=list)
    words = models.CharField(max_length=1000)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["pk"]


class HitWaiver(_Waiver):
    """An officer's reason to grant despite severe hits; the applicant never reads it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="waivers")
    proposal = models.ForeignKey(ApplicationProposal, null=True, on_delete=models.PROTECT, related_name="waivers")

    def __str__(self) -> str:
        return f"{self.application_id}"


class LicenceWaiver(_Waiver):
    """An officer's reason to give a licence of their own motion, without an application, in spite of what stands."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="waivers")
    decision = models.CharField(max_length=20)
    reasons = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.licence_id} {self.decision}"
