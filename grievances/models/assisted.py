"""Grievances that somebody filed for a worker: who, how she agreed, and whether she has taken her own receipt since."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grievances.models.grievances import Grievance


class AssistedEntry(models.Model):
    """An entry for a caller; until she has a receipt of her own, the one given then opens nothing but that exchange."""

    class Agreed(models.TextChoices):
        """How the worker agreed that it is filed for her."""

        SPOKEN = "spoken", _("She said so after it was read to her")
        SIGNED = "signed", _("She signed the paper form")

    grievance = models.OneToOneField(Grievance, on_delete=models.CASCADE, related_name="assisted")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed = models.CharField(max_length=8, choices=Agreed.choices)
    on = models.DateField()
    renewed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.agreed} {self.on}"
