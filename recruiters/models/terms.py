"""What a licence covers and what stands behind it, each from a day to a day; and which notices of its end went out."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from parties.models import Provenance
from recruiters.models.licences import Licence
from recruiters.models.register import Recruiter


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]  # shared by two models
    """Rows by date."""

    def current(self, at: date | None = None) -> "DatedQuerySet":
        """Keep the rows that hold on a day (today when none is named)."""
        on = at or timezone.localdate()
        return self.filter(models.Q(starts__isnull=True) | models.Q(starts__lte=on)).filter(
            models.Q(ends__isnull=True) | models.Q(ends__gte=on)
        )


def _ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(ends__isnull=True) | models.Q(starts__isnull=True) | models.Q(ends__gte=models.F("starts")),
        name=name,
    )


class LicenceTerm(models.Model):
    """One thing that a licence covers or is limited to: a corridor, a sector, how many workers or demand letters."""

    class Kind(models.TextChoices):
        """What is covered or limited."""

        CORRIDOR = "corridor", _("country of destination")
        SECTOR = "sector", _("sector")
        WORKERS = "workers_a_year", _("workers a year")
        LETTERS = "demand_letters", _("demand letters at a time")

    LIMITS = (Kind.WORKERS, Kind.LETTERS)

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    code = models.CharField(max_length=30, blank=True)
    amount = models.PositiveIntegerField(null=True, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    order_number = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "code", "pk"]
        constraints = [_ends_after_it_starts("licence_term_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code or self.amount}"

    @property
    def is_open(self) -> bool:
        """Tell whether its last day has not come yet where the licence was given, or none is known."""
        return self.ends is None or self.ends > self.licence.today()


class Guarantee(models.Model):
    """A bond, deposit or bank guarantee that workers can be paid from; who issued it may tie two recruiters."""

    class Kind(models.TextChoices):
        """What it is."""

        BOND = "bond", _("bond")
        DEPOSIT = "deposit", _("cash deposit")
        BANK = "bank", _("bank guarantee")
        INSURANCE = "insurance", _("insurance")

    ref = ReferenceField(prefix="GUA")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="guarantees")
    licence = models.ForeignKey(Licence, null=True, blank=True, on_delete=models.PROTECT, related_name="guarantees")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.BANK)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    issuer = models.CharField(_("issued by"), max_length=200)
    reference = models.CharField(_("the issuer's reference"), max_length=80, blank=True)
    reference_key = models.CharField(max_length=80, blank=True, db_index=True)
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)
    provenance = models.CharField(max_length=12, choices=Provenance.choices, default=Provenance.REGISTER)
    provenance_ref = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [_ends_after_it_starts("guarantee_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        """Tell whether its last day has not come yet, or none is known."""
        return self.ends is None or self.ends > timezone.localdate()


class ExpiryNotice(models.Model):
    """That a term's end was told, so many days before: once, whatever happens between two runs of the job."""

    ref = ReferenceField(prefix="EXN")
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="expiry_notices")
    expires_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    told_on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["licence", "expires_on", "days"], name="one_notice_per_term_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.expires_on} {self.days}"
