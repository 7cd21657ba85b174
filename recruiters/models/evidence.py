"""Facts about fees and contracts, and the national fee rules they are judged by."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from recruiters.feerules import NationalRule
from recruiters.models.register import Corridor, Recruiter
from recruiters.models.words import SeverityWord, SourceKind

SEVERITIES = [("none", _("none")), *SeverityWord.choices]


class FeeRule(models.Model):
    """A rule of national law on what a worker may be asked to pay, between two days. Blank countries mean any.

    An officer who puts it on record confirms it; the reviewed file that ships with the product confirms nothing.
    """

    code = models.CharField(_("code"), max_length=20, blank=True)
    jurisdiction = models.CharField(_("law of"), max_length=2, blank=True)
    origin = models.CharField(_("from"), max_length=2, blank=True)
    destination = models.CharField(_("to"), max_length=2, blank=True)
    categories = models.JSONField(_("for"), default=list, blank=True)
    work = models.CharField(_("kind of work"), max_length=10, blank=True)
    worker_max = models.DecimalField(_("most a worker may pay"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    wage_share = models.DecimalField(max_digits=5, decimal_places=3, null=True, blank=True)
    starts = models.DateField(_("from day"), null=True, blank=True)
    ends = models.DateField(_("to day"), null=True, blank=True)
    receipt_required = models.BooleanField(_("receipt required"), default=False)
    disclosure_required = models.BooleanField(_("must be told before the job is accepted"), default=False)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(_("verified by the ministry"), default=False)
    recorded_on = models.DateField(default=timezone.localdate)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["origin", "destination"])]

    def __str__(self) -> str:
        return f"{self.origin or '*'}-{self.destination or '*'}: {self.worker_max} {self.currency}"

    def as_rule(self) -> NationalRule:
        """Return the row as the rules read it."""
        return NationalRule(
            origin=self.origin,
            destination=self.destination,
            worker_max=self.worker_max,
            currency=self.currency,
            starts=self.starts,
            ends=self.ends,
            receipt_required=self.receipt_required,
            source=self.source,
            code=self.code or f"FR-{self.pk}",
            jurisdiction=self.jurisdiction,
            categories=tuple(self.categories),
            work=(self.work,) if self.work else (),
            wage_share=self.wage_share,
            disclosure_required=self.disclosure_required,
            verified=self.verified,
            basis="found" if self.verified else "uncertain",
            source_url=self.source_url,
        )


class FeeFact(models.Model):
    """One payment around recruitment, answered twice: by the international standard and by national law."""

    ref = ReferenceField(prefix="FEE")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="fee_facts")
    corridor = models.ForeignKey(Corridor, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(_("what for"), max_length=20)
    payer = models.CharField(_("who paid"), max_length=20)
    collector = models.CharField(_("who collected it"), max_length=20, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    receipt_held = models.BooleanField(_("receipt held"), null=True)
    disclosed_before = models.BooleanField(_("told before the job was accepted"), null=True)
    work = models.CharField(_("kind of work"), max_length=10, blank=True)
    monthly_wage = models.DecimalField(_("wage a month"), max_digits=12, decimal_places=2, null=True, blank=True)
    source_kind = models.CharField(_("learned from"), max_length=12, choices=SourceKind.choices)
    source_ref = models.CharField(_("source"), max_length=40, blank=True)
    international = models.CharField(max_length=20)
    national = models.CharField(max_length=20)
    severity = models.CharField(max_length=10, choices=SEVERITIES)
    reasons = models.JSONField(default=dict)
    recorded_on = models.DateField(default=timezone.localdate)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.ref


class ContractFact(models.Model):
    """One thing found about one element of a contract: missing, unclear, changed for the worse."""

    ref = ReferenceField(prefix="CNF")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="contract_facts")
    corridor = models.ForeignKey(Corridor, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    element = models.CharField(_("element"), max_length=20)
    finding = models.CharField(_("finding"), max_length=20)
    before = models.CharField(_("as offered or registered"), max_length=200, blank=True)
    after = models.CharField(_("as signed or found"), max_length=200, blank=True)
    observed_on = models.DateField(_("day"), default=timezone.localdate)
    source_kind = models.CharField(_("learned from"), max_length=12, choices=SourceKind.choices)
    source_ref = models.CharField(_("source"), max_length=40, blank=True)
    severity = models.CharField(max_length=10, choices=SEVERITIES)
    recorded_on = models.DateField(default=timezone.localdate)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.ref
