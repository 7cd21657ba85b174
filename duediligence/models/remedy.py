"""Step 6: cases that concern a company's recruiters. References, codes and dates only; nobody's name, nobody's word."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from duediligence.models.records import Company, Record
from duediligence.models.scope import CompanyScoped, Owned
from duediligence.models.suppliers import Supplier


class Step6Entry(Owned):
    """That a case exists which concerns a recruiter engaged by the company or by one of its suppliers."""

    # Who is tied to whom a case concerns does not find its entry: what the worker agreed to is not for him.
    concerns = ("recruiter", "supplier__party")

    ref = ReferenceField(prefix="STX")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="cases")
    record = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="cases")
    case_ref = models.CharField(max_length=20)
    recruiter = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, null=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    received_at = models.DateTimeField(auto_now_add=True)

    objects = CompanyScoped.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["company", "case_ref"], name="one_entry_per_company_and_case")]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the entry's page."""
        return reverse("duediligence:case", args=[self.ref])


class Step6News(models.Model):
    """What became known of a case on a day: codes, severity, state. The newest row counts."""

    entry = models.ForeignKey(Step6Entry, on_delete=models.PROTECT, related_name="news")
    codes = models.JSONField(default=list)
    severity = models.CharField(max_length=20)
    state = models.CharField(max_length=30, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.state}"


class ResponseKind(models.TextChoices):
    """What a company did about a case."""

    PROVIDED = "provided", _("We provided remedy")
    ENABLED = "enabled", _("We enabled others to provide remedy")
    LEVERAGE = "leverage", _("We used our influence on the recruiter or supplier")
    UNDER_WAY = "under_way", _("We have begun, it is not finished")
    NOTHING = "nothing", _("We have done nothing, for this reason")


class Step6Response(models.Model):
    """What the company says that it did; an answer is added, never overwritten."""

    entry = models.ForeignKey(Step6Entry, on_delete=models.PROTECT, related_name="responses")
    kind = models.CharField(max_length=20, choices=ResponseKind)
    forms = models.JSONField(default=list)
    text = models.TextField()
    done_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.kind
