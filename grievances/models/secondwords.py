"""What one case officer asks for and a second one must agree to: lowering a priority, ending what is urgent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import SealedRecord
from grievances.models.grievances import Grievance


class SecondWord(models.Model):
    """One such request and its answer; the reason in words is sealed with the grievance."""

    class Asks(models.TextChoices):
        """What is asked for."""

        LOWER = "lower", _("Lower the priority")
        NOT_ACCEPT = "not_accepted", _("Not accept an urgent grievance")
        REFER_OUT = "refer_out", _("Refer an urgent grievance elsewhere")
        END_WITHDRAWN = "end_withdrawn", _("End an urgent grievance that was withdrawn")

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="second_words")
    asks = models.CharField(max_length=16, choices=Asks.choices)
    value = models.CharField(max_length=60, blank=True)
    codes = models.JSONField(default=list)
    note = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grievance"], condition=Q(answered_at__isnull=True), name="one_question_for_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=models.F("asked_by")),
                name="the_second_person_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asks} {self.value}".strip()

    @property
    def number(self) -> int:
        """Return its number within its grievance; numbers over all grievances would tell that others exist."""
        return SecondWord.objects.filter(grievance=self.grievance_id, pk__lte=self.pk).count()
