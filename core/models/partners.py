"""What the organisations that help workers offer; whoever refers somebody to them reads it here."""

from django.db import models

from core.models.accounts import Account


class PartnerProfile(models.Model):
    """What a partner offers, where, in which languages; last checked when."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    services = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    area = models.CharField(max_length=200, blank=True)
    takes_children = models.BooleanField(default=False)
    child_protection = models.BooleanField(default=False)
    verified_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.account)
