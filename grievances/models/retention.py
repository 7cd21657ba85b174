"""What keeps a grievance longer than its time, and what ends it sooner: holds and erasures, each with two people."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grievances.models.grievances import Grievance


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds as deletion asks for them."""

    def standing(self) -> "HoldQuerySet":
        """Keep the holds that nobody lifted."""
        return self.filter(lifted_on=None)


class Hold(models.Model):
    """Nothing of a grievance is deleted while this stands; one person places it, two lift it."""

    class Reason(models.TextChoices):
        """Why it must be kept."""

        LEGAL_CLAIM = "legal_claim", _("A claim before a court or authority")
        OPEN_REMEDY = "open_remedy", _("Remedy is still owed")
        CRIMINAL_CASE = "criminal_case", _("A criminal case")

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    placed_on = models.DateField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lift_asked_on = models.DateField(null=True, blank=True)
    lift_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_on = models.DateField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grievance", "reason"], condition=models.Q(lifted_on=None), name="one_standing_hold_per_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.placed_on}"


class Erasure(models.Model):
    """Words, files and contact are to go before their time; one person asks, another agrees, and then they are gone."""

    class Reason(models.TextChoices):
        """Why they go sooner."""

        WORKER = "worker", _("The worker asks for it")
        AUTHORITY = "authority", _("An authority decided it")

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="erasures")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grievance"], condition=models.Q(settled_on=None), name="one_open_erasure_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.asked_on}"
