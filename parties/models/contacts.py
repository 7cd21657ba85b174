"""Where and how a party was reached, and when: dated facts by which two parties may turn out to be tied."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parties.models.party import Party


class Provenance(models.TextChoices):
    """Who says so."""

    REGISTER = "register", _("entered by an officer")
    IMPORT = "import", _("brought in with a register")
    APPLICATION = "application", _("declared in an application")
    EXTRACT = "extract", _("company register extract")
    INSPECTION = "inspection", _("found at an inspection")
    OTHER = "other", _("another source")


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts by date."""

    def current(self, at: date | None = None) -> "ContactQuerySet":
        """Keep the contacts in use on a day (today when none is named)."""
        on = at or timezone.localdate()
        return self.filter(models.Q(starts__isnull=True) | models.Q(starts__lte=on)).filter(
            models.Q(ends__isnull=True) | models.Q(ends__gte=on)
        )


class Contact(models.Model):
    """An address, telephone, e-mail or web site of a party, with the key under which like ones meet."""

    class Kind(models.TextChoices):
        """What it is."""

        ADDRESS = "address", _("address")
        PHONE = "phone", _("telephone")
        EMAIL = "email", _("e-mail")
        WEBSITE = "website", _("web site")

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=500)
    key = models.CharField(max_length=200, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    provenance = models.CharField(max_length=12, choices=Provenance.choices, default=Provenance.REGISTER)
    provenance_ref = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True)
                | models.Q(starts__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="contact_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["kind", "key"])]

    def __str__(self) -> str:
        return self.value
