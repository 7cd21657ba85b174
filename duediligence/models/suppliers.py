"""Who supplies a company, from which sites, and which recruiters bring workers there."""

from datetime import date
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from duediligence.models.records import Company
from duediligence.models.scope import CompanyScoped, Owned
from duediligence.wording import PROBLEMS, say

M = TypeVar("M", bound=models.Model)


class Dated(CompanyScoped[M]):
    """Rows that hold for a time."""

    def active(self, on: date) -> "Dated[M]":
        """Keep what holds on this day; an unknown beginning counts as long ago."""
        return self.during(on, on)

    def during(self, first: date, last: date) -> "Dated[M]":
        """Keep what holds on any day from first to last."""
        began = Q(starts__isnull=True) | Q(starts__lte=last)
        return self.filter(began).filter(Q(ends__isnull=True) | Q(ends__gte=first))


class Tier(models.IntegerChoices):
    """How far a supplier is from the company; it belongs to the relationship, never to the site."""

    UNKNOWN = 0, _("Not known")
    FIRST = 1, _("Supplies us directly")
    SECOND = 2, _("Supplies a direct supplier")
    FURTHER = 3, _("Further away")


class Supplier(Owned):
    """An organisation that supplies a company."""

    ref = ReferenceField(prefix="SUP")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="suppliers")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=300)
    country = models.CharField(_("country"), max_length=2, db_index=True)
    sector = models.CharField(_("sector"), max_length=200, blank=True)
    products = models.CharField(_("products"), max_length=200, blank=True)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier, default=Tier.UNKNOWN)
    workers = models.PositiveIntegerField(_("workers"), null=True, blank=True)
    key = models.CharField(max_length=64)
    starts = models.DateField(_("supplies us since"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["company", "key"], name="one_supplier_per_name_and_country")]
        indexes = [models.Index(fields=["company", "name"]), models.Index(fields=["party"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the supplier's page."""
        return reverse("duediligence:supplier", args=[self.ref])


class SupplierSite(Owned):
    """A place where a supplier works, as a list or a person gave it."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="sites")
    site = models.ForeignKey("parties.Site", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    workers_min = models.PositiveIntegerField(null=True, blank=True)
    workers_max = models.PositiveIntegerField(null=True, blank=True)

    objects = CompanyScoped.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["company", "key"], name="one_row_per_site_of_a_company")]

    def __str__(self) -> str:
        return str(self.site)


class Engagement(Owned):
    """A recruiter that brings workers to the company itself or to one of its suppliers, for a time."""

    ref = ReferenceField(prefix="ENG")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="engagements")
    supplier = models.ForeignKey(Supplier, null=True, blank=True, on_delete=models.PROTECT, related_name="engagements")
    recruiter = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    starts = models.DateField(_("since"))
    ends = models.DateField(_("until"), null=True, blank=True)
    workers = models.PositiveIntegerField(_("workers"), null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["-starts", "pk"]
        indexes = [models.Index(fields=["recruiter", "starts"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")), name="engagement_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["supplier", "recruiter", "starts"],
                condition=Q(supplier__isnull=False),
                name="one_engagement_per_supplier_and_start",
            ),
            models.UniqueConstraint(
                fields=["company", "recruiter", "starts"],
                condition=Q(supplier__isnull=True),
                name="one_engagement_per_company_and_start",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class SupplierImport(Owned):
    """One supplier list that was read, and what came of it."""

    ref = ReferenceField(prefix="IMP")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CompanyScoped.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the report of this import."""
        return reverse("duediligence:import", args=[self.ref])


class SupplierImportRow(models.Model):
    """One cell that kept a row out: row number, column and reason."""

    supplier_import = models.ForeignKey(SupplierImport, on_delete=models.CASCADE, related_name="problems")
    number = models.PositiveIntegerField()
    column = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    value = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.column} {self.code}"

    @property
    def why(self) -> str:
        """Return the reason in words."""
        return self.reason or say(PROBLEMS, self.code)
