"""A company, the laws it reports under, its record for a period, and its answers."""

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from duediligence.models.scope import CompanyScoped, OfRecord, Owned
from duediligence.wording import STATE_LABELS


class LegalForm(models.TextChoices):
    """What a company is in law: it decides who approves and who signs."""

    CORPORATION = "corporation", _("Company with a board of directors")
    LLP = "llp", _("Limited liability partnership")
    PARTNERSHIP = "partnership", _("Partnership")
    PUBLIC_BODY = "public_body", _("Public body")
    OTHER = "other", _("Another form")


class CompanyQuerySet(CompanyScoped["Company"]):
    """Companies, each seen by its own members."""

    to_account = "party__account_id"


class Company(Owned):
    """A company that keeps a due-diligence record."""

    party = models.OneToOneField("parties.Party", on_delete=models.PROTECT, related_name="+")
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm, default=LegalForm.CORPORATION)
    contact = models.CharField(_("contact for questions about the report"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.party.name

    @property
    def ref(self) -> str:
        """Return the party's reference: a company has one name and one number."""
        return self.party.ref


class CompanyLaw(Owned):
    """A law that the company says it reports under, for as long as it does."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="laws")
    regime = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = CompanyScoped.as_manager()

    class Meta:
        ordering = ["regime"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "regime"], condition=models.Q(until__isnull=True), name="one_open_law_per_company"
            )
        ]

    def __str__(self) -> str:
        return self.regime


class Record(Owned):
    """What a company knows, did and can show for one reporting period."""

    ref = ReferenceField(prefix="DDR")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="records")
    period_start = models.DateField(_("first day of the period"))
    period_end = models.DateField(_("last day of the period"))
    language = models.CharField(
        _("language of the report"), max_length=10, choices=settings.WORKSPACE_LANGUAGES, default="en"
    )
    standard_edition = models.CharField(max_length=20)
    publish_suppliers = models.BooleanField(_("publish the list of suppliers"), default=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CompanyScoped.as_manager()

    class Meta:
        ordering = ["-period_end", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "period_start", "period_end"], name="one_record_per_period"),
            models.CheckConstraint(
                condition=models.Q(period_end__gt=models.F("period_start")), name="record_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the record's task list."""
        return reverse("duediligence:record", args=[self.ref])

    def covers(self, day: date) -> bool:
        """Say whether a day lies in the period."""
        return self.period_start <= day <= self.period_end


class StepAnswer(Owned):
    """One version of the answer to one practical action; the newest counts, no earlier one is lost."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="answers")
    action = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=list(STATE_LABELS.items()))
    reason = models.TextField(blank=True)
    text = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    on = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfRecord.as_manager()

    class Meta:
        ordering = ["action", "number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "action", "number"], name="one_answer_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.action} #{self.number}"


class AnswerEvidence(Owned):
    """A file that shows what an answer says; it can be taken off again, which leaves a trace."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="evidence")
    action = models.CharField(max_length=10)
    file = models.OneToOneField("core.EvidenceFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    dated = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfRecord.as_manager()

    class Meta:
        ordering = ["action", "pk"]

    def __str__(self) -> str:
        return self.title
