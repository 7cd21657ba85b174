"""The looks that an assessment rests on: papers, and talks with management, clients and workers. Never a name."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checklists.models import ChecklistVersion
from core.fields import ReferenceField
from recruiters.models.assessments import Assessment


class AssessmentStage(models.Model):
    """One look within an assessment, answered on a checklist version; what was written is sealed with the answers."""

    class Kind(models.TextChoices):
        """What was looked at, or who was heard."""

        DOCUMENTS = "documents", _("review of documents")
        MANAGEMENT = "management", _("interviews with management and staff")
        CLIENTS = "clients", _("interviews with clients")
        WORKERS = "workers", _("interviews with workers")

    ref = ReferenceField(prefix="STG")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="stages")
    kind = models.CharField(_("look"), max_length=12, choices=Kind.choices)
    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("day"), default=timezone.localdate)
    heard = models.PositiveSmallIntegerField(_("how many people were heard"), default=0)
    without_employer = models.BooleanField(_("nobody from the recruiter or employer was present"), null=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "kind"], name="one_stage_of_a_kind")]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        """Tell whether answers may still be given."""
        return self.closed_on is None
