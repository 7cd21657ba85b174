"""Certificates: what the register said of a licence on a day, signed; each issue is a row that never changes."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import SealedRecord, User
from recruiters.models.licences import Licence
from recruiters.models.register import seen_by


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates as readers may see them."""

    def visible_to(self, user: User) -> "CertificateQuerySet":
        """Keep the certificates of the recruiters that the user may see."""
        return self.filter(seen_by(user, "licence__recruiter__"))


class Certificate(models.Model):
    """One issue of a certificate. Its reference is the code that anybody can check; it holds no personal data."""

    ref = ReferenceField(prefix="CRT")
    number = models.PositiveIntegerField(_("number"), unique=True)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="certificates")
    day = models.DateField(_("day"))
    facts = models.JSONField()
    languages = models.JSONField(default=list)
    document = models.ForeignKey(SealedRecord, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    signer = models.CharField(max_length=200)
    signer_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["licence", "-number"])]

    def __str__(self) -> str:
        return self.ref

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new certificate; one that was issued is never changed."""
        if not self._state.adding:
            raise TypeError("A certificate is not changed: what is true today, its verification page says.")
        super().save(*args, **kwargs)

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may do this; a certificate follows its recruiter."""
        return self.licence.recruiter.permits(user, right)
