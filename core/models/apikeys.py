"""Keys under which programs of other organisations call the interface, and how much each caller has used of late."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models.accounts import Account


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Keys by state."""

    def usable(self, on: date | None = None) -> "ApiKeyQuerySet":
        """Keep the keys that open something on a day: neither revoked nor run out."""
        day = on or timezone.localdate()
        alive = self.filter(revoked_at__isnull=True)
        return alive.filter(models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=day))


class ApiKey(models.Model):
    """One key: the secret itself is never stored, only its digest; ``prefix`` finds it and may be shown."""

    ref = ReferenceField(prefix="KEY")
    label = models.CharField(_("what it is for"), max_length=120)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation"))
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(_("rights"), default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField(_("last day"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    last_used_on = models.DateField(null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "-id"])]

    def __str__(self) -> str:
        return self.label

    def state_on(self, day: date) -> str:
        """Return revoked, expired or usable."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_on is not None and self.expires_on < day else "usable"

    @property
    def state(self) -> str:
        """Return today's state."""
        return self.state_on(timezone.localdate())


class ApiMeter(models.Model):
    """How much one caller has drawn in one minute; every process draws from the same row. No address is kept."""

    bucket = models.CharField(max_length=64)
    minute = models.BigIntegerField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bucket", "minute"], name="one_meter_per_caller_and_minute")]
        indexes = [models.Index(fields=["minute"])]

    def __str__(self) -> str:
        return f"{self.bucket[:8]} {self.used}"
