"""What the virus scanner said of a file: a row each time, the newest counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.evidence import EvidenceFile


class EvidenceScan(models.Model):
    """One answer of the scanner, or that it gave none; kept to the day, as a worker's file may be meant."""

    class Verdict(models.TextChoices):
        """What the scanner said."""

        CLEAN = "clean", _("Nothing found")
        INFECTED = "infected", _("Harmful program found")
        NOT_CHECKED = "not_checked", _("Not checked yet")

    file = models.ForeignKey(EvidenceFile, on_delete=models.CASCADE, related_name="scans")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verdict} {self.on}"
