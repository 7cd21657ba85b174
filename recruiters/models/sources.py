"""Registers that are brought in: whose they are, and how they write dates."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegisterSource(models.Model):
    """What is remembered of a register from one edition to the next."""

    class Dates(models.TextChoices):
        """Which comes first in a date such as 03/04/2029."""

        DAY_FIRST = "dmy", _("day first")
        MONTH_FIRST = "mdy", _("month first")

    source = models.SlugField(max_length=60, unique=True)
    authority = models.CharField(_("authority whose own register it is"), max_length=200, blank=True)
    dates = models.CharField(_("order of dates"), max_length=3, choices=Dates.choices, blank=True)

    class Meta:
        ordering = ["source"]

    def __str__(self) -> str:
        return self.source
