"""Certificates of screenings: what was compared with what, when, and what came of it; kept as they were issued."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from core.fields import ReferenceField
from core.models import Job, SealedRecord, User
from core.roles import Role
from recruiters.models.screenings import Screening, ScreeningRow


class CertificateQuerySet(models.QuerySet["ScreeningCertificate"]):
    """Certificates as readers may see them."""

    def visible_to(self, user: User) -> "CertificateQuerySet":
        """Keep all for ministry officers and auditors; nobody else reads screenings."""
        return self if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR) else self.none()


class ScreeningCertificate(models.Model):
    """One certificate of a screening, or of one row of it. The file is kept sealed and never made anew."""

    ref = ReferenceField(prefix="SCC")
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="certificates")
    row = models.ForeignKey(ScreeningRow, null=True, on_delete=models.PROTECT, related_name="certificates")
    language = models.CharField(max_length=10)
    facts_digest = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    file_digest = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["file_digest"]), models.Index(fields=["-issued_at", "-id"])]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the page of this certificate."""
        return reverse("recruiters:screening_certificate", args=[self.ref])

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may take the file: officers and auditors."""
        return right == "take" and user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR)
