"""Findings and the photos and files that show them."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import EvidenceFile, SealedRecord, User
from inspections.models.visits import Visit


class Severity(models.TextChoices):
    """How grave a finding is."""

    CRITICAL = "critical", _("critical")
    MAJOR = "major", _("major")
    MINOR = "minor", _("minor")
    OBSERVATION = "observation", _("observation")


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings as their readers see them."""

    def visible_to(self, user: User) -> "FindingQuerySet":
        """Keep the findings of visits that a user may see."""
        return self.filter(visit__in=Visit.objects.visible_to(user))

    def standing(self) -> "FindingQuerySet":
        """Keep the findings that were not withdrawn."""
        newest = FindingState.objects.filter(finding=OuterRef("pk")).order_by("-pk")
        return self.annotate(state=Subquery(newest.values("state")[:1])).filter(Q(state=FindingState.OPEN))


class Finding(models.Model):
    """Something that is not as it should be: what, how grave, by which law, what must be done.

    `statement` and `required_action` are what the employer reads; `note` is sealed and never leaves the inspectorate.
    """

    ref = ReferenceField(prefix="FND")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    item_code = models.CharField(_("checklist item"), max_length=12, blank=True)
    severity = models.CharField(_("severity"), max_length=12, choices=Severity.choices)
    rank = models.PositiveSmallIntegerField()
    statement = models.CharField(_("what was found"), max_length=500)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    required_action = models.CharField(_("what must be done"), max_length=500, blank=True)
    note = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    recruiter = models.ForeignKey(
        "recruiters.Recruiter", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-rank", "pk"]
        indexes = [models.Index(fields=["visit", "-rank"]), models.Index(fields=["item_code"])]

    def __str__(self) -> str:
        return self.ref

    @cached_property
    def current_state(self) -> str:
        """Return the newest state."""
        annotated = self.__dict__.get("state")
        return str(annotated) if annotated else self.states.order_by("-pk").values_list("state", flat=True)[0]


class FindingState(models.Model):
    """A finding stands or was withdrawn, with a coded reason."""

    OPEN, WITHDRAWN = "open", "withdrawn"

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["finding", "-id"])]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.state}"


class Exhibit(models.Model):
    """A photo or file of a visit; the bytes are sealed evidence."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="exhibits")
    file = models.OneToOneField(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=12, blank=True)
    finding = models.ForeignKey(Finding, null=True, on_delete=models.PROTECT, related_name="exhibits")
    shows_people = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file_id)

    @property
    def is_image(self) -> bool:
        """Say whether it is a picture of which a clean copy exists."""
        return bool(self.file.cleaned_type)
