"""What must be put right after an assessment: what, by when, whose task; the recruiter answers, an officer decides."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import EvidenceFile, SealedRecord, User
from core.roles import Role
from recruiters.models.applications import FollowsRecruiter
from recruiters.models.assessments import Assessment
from recruiters.models.register import Recruiter, seen_by
from recruiters.models.words import SeverityWord


class CorrectionQuerySet(FollowsRecruiter):
    """Corrective actions as readers may see them."""

    def visible_to(self, user: User) -> "CorrectionQuerySet":
        """Keep those of recruiters that the user may see; inspectors read them too."""
        roles = (Role.MINISTRY_OFFICER, Role.AUDITOR, Role.INSPECTOR, Role.RECRUITER_MEMBER)
        if not user.has_role(*roles):
            return self.none()
        return self.filter(seen_by(user, "recruiter__"))

    def overdue(self, at: date) -> "CorrectionQuerySet":
        """Keep those that wait for the recruiter beyond their day."""
        return self.filter(state__in=Correction.WAITS_FOR_RECRUITER, due_on__lt=at)


class Correction(models.Model):
    """One corrective action; ``state`` repeats the newest step."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("waits for the recruiter")
        ANSWERED = "answered", _("answered; waits for an officer")
        RETURNED = "returned", _("not enough; waits for the recruiter")
        CLOSED = "closed", _("put right")
        DROPPED = "dropped", _("dropped")

    WAITS_FOR_RECRUITER = (State.OPEN, State.RETURNED)
    UNDONE = (State.OPEN, State.RETURNED, State.ANSWERED)
    TONES = {"open": "warn", "answered": "info", "returned": "bad", "closed": "good", "dropped": ""}

    class Owner(models.TextChoices):
        """Whose task it is at the recruiter's: a function, never a person's name."""

        DIRECTOR = "director", _("the director")
        COMPLIANCE = "compliance", _("who answers for compliance")
        RECRUITMENT = "recruitment", _("the head of recruitment")
        FINANCE = "finance", _("the head of finance")
        OPERATIONS = "operations", _("the head of operations")

    ref = ReferenceField(prefix="CRA")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="corrections")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="corrections")
    criterion = models.CharField(_("criterion"), max_length=20)
    severity = models.CharField(_("severity"), max_length=10, choices=SeverityWord.choices)
    what = models.CharField(_("what must be put right"), max_length=500)
    owner = models.CharField(_("whose task"), max_length=12, choices=Owner.choices)
    due_on = models.DateField(_("by"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField(_("opened"), default=timezone.localdate)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    files = models.ManyToManyField(EvidenceFile, blank=True, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"]), models.Index(fields=["recruiter", "state"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def tone(self) -> str:
        """Return the colour of its state."""
        return self.TONES[self.state]

    def is_overdue(self, at: date | None = None) -> bool:
        """Tell whether it waits for the recruiter beyond its day."""
        return self.state in self.WAITS_FOR_RECRUITER and self.due_on < (at or timezone.localdate())

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may answer (the recruiter's own people) or decide (officers)."""
        if right == "answer":
            return self.recruiter.belongs_to(user)
        return self.recruiter.permits(user, right)


class CorrectionStep(models.Model):
    """One thing that happened to a corrective action; what the recruiter wrote is sealed."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=Correction.State.choices)
    note = models.CharField(max_length=1000, blank=True)
    words = models.ForeignKey(SealedRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.state
