"""Assessments against ethical recruitment principles. None of them is a certificate."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import EvidenceFile, User
from core.roles import Role
from recruiters.models.register import Recruiter, seen_by


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments as readers may see them."""

    def visible_to(self, user: User) -> "AssessmentQuerySet":
        """Keep those of the recruiters that the user may see; a recruiter sees only finished ones and its own."""
        seen = self.filter(seen_by(user, "recruiter__"))
        if user.has_role(Role.MINISTRY_OFFICER, Role.INSPECTOR, Role.CASE_OFFICER, Role.AUDITOR):
            return seen
        return seen.filter(models.Q(completed_on__isnull=False) | models.Q(kind=Assessment.Kind.SELF))

    def completed(self, at: date | None = None) -> "AssessmentQuerySet":
        """Keep those finished by a day (today when none is named)."""
        return self.filter(completed_on__lte=at or timezone.localdate())


class Assessment(models.Model):
    """One look at a recruiter through a standard's criteria, in one edition."""

    class Kind(models.TextChoices):
        """How the assessment is made."""

        SELF = "self", _("self-assessment")
        DOCUMENTS = "documents", _("review of documents")
        INTERVIEWS = "interviews", _("interviews with management, clients and workers")
        REVIEW = "review", _("review by the ministry")
        SURVEILLANCE = "surveillance", _("follow-up")

    class Conclusion(models.TextChoices):
        """What it came to."""

        POSITIVE = "positive", _("positive")
        POSITIVE_WITH_GAPS = "positive_with_gaps", _("positive, with minor gaps")
        NEGATIVE = "negative", _("not positive: there are major gaps")
        INCOMPLETE = "incomplete", _("incomplete: not everything was assessed")

    TONES = {"positive": "good", "positive_with_gaps": "info", "negative": "bad", "incomplete": "warn", "": ""}

    ref = ReferenceField(prefix="ASM")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="assessments")
    standard = models.CharField(max_length=20, default="iris")
    edition = models.CharField(max_length=10)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    started_on = models.DateField(_("begun"), default=timezone.localdate)
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    completed_on = models.DateField(_("finished"), null=True, blank=True)
    conclusion = models.CharField(max_length=20, choices=Conclusion.choices, blank=True)
    conforming = models.PositiveSmallIntegerField(default=0)
    applicable = models.PositiveSmallIntegerField(default=0)
    assessed = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list)
    maturity = models.FloatField(null=True, blank=True)
    next_look_on = models.DateField(_("next look due"), null=True, blank=True)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-pk"]
        indexes = [models.Index(fields=["recruiter", "-completed_on"]), models.Index(fields=["next_look_on"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        """Tell whether answers may still be given."""
        return self.completed_on is None

    @property
    def is_positive(self) -> bool:
        """Tell whether nothing blocks."""
        return self.conclusion in (self.Conclusion.POSITIVE, self.Conclusion.POSITIVE_WITH_GAPS)

    @property
    def tone(self) -> str:
        """Return the colour of the conclusion."""
        return self.TONES[self.conclusion]

    def answers_now(self) -> dict[str, "AssessmentAnswer"]:
        """Return the newest answer for each criterion."""
        return {answer.criterion: answer for answer in self.answers.order_by("pk")}

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may answer: officers, or the recruiter's own people in a self-assessment."""
        if self.kind == self.Kind.SELF and right == "assess" and self.recruiter.belongs_to(user):
            return True
        return self.recruiter.permits(user, right)


class AssessmentAnswer(models.Model):
    """One finding on one criterion; a changed mind is a new row."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    criterion = models.CharField(max_length=20)
    outcome = models.CharField(max_length=15)
    maturity = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["assessment", "criterion", "id"])]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.outcome}"


class AssessmentEvidence(models.Model):
    """A file that supports the finding on a criterion."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="evidence")
    criterion = models.CharField(max_length=20)
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.ref
