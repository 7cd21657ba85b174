"""That a worker is to be asked, or was asked, whether she is punished for having complained."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grievances.models.grievances import Grievance
from grievances.models.handling import Clock
from grievances.safetychecks import Result

RESULTS = [
    (Result.SAFE, _("She is not punished for it")),
    (Result.RETALIATION, _("She is punished for it")),
    (Result.NOT_REACHED, _("She could not be reached")),
]


class SafetyCheck(models.Model):
    """One check on a day; by nobody: the worker said it herself, through her receipt."""

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="safety_checks")
    due_on = models.DateField()
    clock = models.OneToOneField(Clock, null=True, on_delete=models.SET_NULL, related_name="+")
    told_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=12, choices=RESULTS, blank=True)
    form = models.CharField(max_length=16, blank=True)
    channel = models.CharField(max_length=14, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["grievance", "due_on"], name="one_safety_check_a_day")]
        indexes = [models.Index(fields=["done_on", "due_on"], name="safety_due")]

    def __str__(self) -> str:
        return f"{self.due_on} {self.result}"
