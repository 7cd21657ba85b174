"""Orders about licences that were withdrawn before they took effect."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruiters.models.licences import LicenceStatus


class OrderWithdrawal(models.Model):
    """An order that never took effect: who withdrew it, by which paper, why, and who agreed where two were needed."""

    class Why(models.TextChoices):
        """For which reason."""

        MISTAKE = "mistake", _("It was entered by mistake")
        CAUSE_GONE = "cause_gone", _("Its cause is gone")
        ANOTHER_ORDER = "another_order", _("Another order takes its place")
        COURT_ORDER = "court_order", _("Court order")
        OTHER = "other", _("Another reason, given in the order")

    decision = models.OneToOneField(LicenceStatus, on_delete=models.PROTECT, related_name="withdrawal")
    reason_code = models.CharField(_("reason"), max_length=20, choices=Why.choices)
    order_number = models.CharField(_("order"), max_length=80, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    two_people = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.decision_id} withdrawn"

    @property
    def waits(self) -> bool:
        """Tell whether a second officer has still to agree."""
        return self.two_people and self.agreed_at is None
