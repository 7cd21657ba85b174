"""Age group and sex, where the worker said so: coded, optional, never asked of her by the form."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from grievances.models.grievances import Grievance


class PersonFacts(models.Model):
    """What figures are broken down by; codes of the statistics standard."""

    class Source(models.TextChoices):
        """When it was said."""

        ASSISTED = "assisted", _("When somebody wrote for her")
        HANDLER = "handler", _("Later, to her case officer")

    grievance = models.OneToOneField(Grievance, on_delete=models.CASCADE, related_name="person")
    age_band = models.CharField(max_length=12, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    said_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.age_band} {self.sex}"
