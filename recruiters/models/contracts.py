"""A worker's contract as offered, as signed and as lived, term by term; no worker is named."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import EvidenceFile, User
from core.roles import Role
from recruiters.models.evidence import SEVERITIES
from recruiters.models.register import READERS, Corridor, Recruiter, seen_by
from recruiters.models.words import SourceKind


class ReviewQuerySet(models.QuerySet["ContractReview"]):
    """Contract reviews as readers may see them."""

    def visible_to(self, user: User) -> "ReviewQuerySet":
        """Keep those of recruiters that staff may see; the recruiter is told the findings, not the papers."""
        if not user.has_role(*READERS):
            return self.none()
        return self.filter(seen_by(user, "recruiter__"))


class ContractReview(models.Model):
    """One contract compared in its versions. The counts repeat what the rules say of its terms, for lists."""

    ref = ReferenceField(prefix="CTR")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="contract_reviews")
    corridor = models.ForeignKey(Corridor, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contract_language = models.CharField(_("language of the contract"), max_length=10, blank=True)
    worker_language = models.CharField(_("language that the worker reads"), max_length=10, blank=True)
    language_understood = models.BooleanField(_("in a language that the worker understands"), null=True)
    explained = models.BooleanField(_("explained to the worker, who agreed freely"), null=True)
    copy_given_on = models.DateField(_("copy given"), null=True, blank=True)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    departed_on = models.DateField(_("departure"), null=True, blank=True)
    read_whole = models.JSONField(default=list)
    clauses = models.JSONField(default=list)
    signs = models.JSONField(default=list)
    source_kind = models.CharField(_("learned from"), max_length=12, choices=SourceKind.choices)
    source_ref = models.CharField(_("source"), max_length=40, blank=True)
    rules = models.CharField(max_length=20)
    worse = models.PositiveSmallIntegerField(_("worse"), default=0)
    better = models.PositiveSmallIntegerField(_("better"), default=0)
    unclear = models.PositiveSmallIntegerField(_("cannot tell"), default=0)
    missing = models.PositiveSmallIntegerField(_("missing"), default=0)
    substituted = models.BooleanField(_("substituted"), default=False)
    severity = models.CharField(_("severity"), max_length=10, choices=SEVERITIES)
    recorded_on = models.DateField(_("recorded"), default=timezone.localdate)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    files = models.ManyToManyField(EvidenceFile, blank=True, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["recruiter", "-id"])]

    def __str__(self) -> str:
        return self.ref

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may do this: as with the recruiter."""
        return user.has_role(Role.MINISTRY_OFFICER) and self.recruiter.permits(user, right)

    def versions(self) -> dict[str, dict[str, Any]]:
        """Return the stored terms by version and field."""
        found: dict[str, dict[str, Any]] = {}
        for term in self.terms.all():
            found.setdefault(term.version, {})[term.field] = term.data
        return found


class ContractTerm(models.Model):
    """One term of one version, as data: an amount with its unit, a number, a choice, a short text."""

    class Version(models.TextChoices):
        """Which version of the contract."""

        OFFERED = "offered", _("offered")
        SIGNED = "signed", _("signed")
        ACTUAL = "actual", _("in reality")

    review = models.ForeignKey(ContractReview, on_delete=models.PROTECT, related_name="terms")
    version = models.CharField(max_length=8, choices=Version.choices)
    field = models.CharField(max_length=20)
    data = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "version", "field"], name="one_term_per_version")]

    def __str__(self) -> str:
        return f"{self.version} {self.field}"
