"""Corrective actions: who must do what by when, what was handed in, what the check showed."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import EvidenceFile, User
from inspections.models.findings import Finding
from inspections.models.visits import Visit
from parties.models import Party


class Step(models.TextChoices):
    """Where a corrective action stands."""

    OPEN = "open", _("open")
    SERVED = "served", _("served")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    EVIDENCE = "evidence_submitted", _("evidence handed in")
    REJECTED = "rejected", _("evidence not enough")
    VERIFIED = "verified", _("verified")
    PROSECUTION = "referred_to_prosecution", _("referred to prosecution")


OVER = (Step.VERIFIED, Step.PROSECUTION)


class ActionQuerySet(models.QuerySet["CorrectiveAction"]):
    """Corrective actions as their readers see them."""

    def visible_to(self, user: User) -> "ActionQuerySet":
        """Keep the actions of visits that a user may see."""
        return self.filter(finding__visit__in=Visit.objects.visible_to(user))

    def with_state(self) -> "ActionQuerySet":
        """Add `state` (newest step) and `due_on` (newest deadline)."""
        step = ActionStep.objects.filter(action=OuterRef("pk")).order_by("-pk")
        extension = Extension.objects.filter(action=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            state=Subquery(step.values("state")[:1]),
            due_on=Coalesce(Subquery(extension.values("until")[:1]), F("deadline")),
        )

    def by_urgency(self) -> "ActionQuerySet":
        """Add `over` (0 while something is left to do), so that a list can begin with what is due."""
        done = When(Q(state__in=OVER), then=Value(1))
        return self.with_state().annotate(over=Case(done, default=Value(0), output_field=IntegerField()))

    def running(self) -> "ActionQuerySet":
        """Keep what is neither verified nor handed over."""
        return self.with_state().filter(~Q(state__in=OVER))

    def overdue(self, at: date | None = None) -> "ActionQuerySet":
        """Keep running actions whose deadline is past; evidence handed in waits for us, not for the employer."""
        late = Q(due_on__lt=at or timezone.localdate()) & ~Q(state=Step.EVIDENCE)
        return self.running().filter(late)

    def due_exactly(self, day: date) -> "ActionQuerySet":
        """Keep what is due on a day."""
        return self.with_state().filter(Q(due_on=day))


class CorrectiveAction(models.Model):
    """What must be done about a finding, by whom, by when. `deadline` is the first one; extensions follow it."""

    ref = ReferenceField(prefix="ACT")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(_("what must be done"), max_length=500)
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    responsible = models.CharField(_("responsible function"), max_length=120, blank=True)
    proof = models.CharField(_("how it will be verified"), max_length=300, blank=True)
    deadline = models.DateField(_("deadline"))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["deadline", "pk"]
        indexes = [models.Index(fields=["deadline", "id"]), models.Index(fields=["owner", "deadline"])]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the action's page."""
        return reverse("inspections:action", args=[self.ref])

    @cached_property
    def steps_taken(self) -> list["ActionStep"]:
        """Return the steps, oldest first."""
        return list(self.steps.select_related("by"))

    @cached_property
    def extensions_given(self) -> list["Extension"]:
        """Return the extensions, oldest first."""
        return list(self.extensions.select_related("by"))

    @property
    def stands(self) -> Step:
        """Return the newest step."""
        annotated = self.__dict__.get("state")
        return Step(annotated if annotated else self.steps_taken[-1].state)

    @property
    def due(self) -> date:
        """Return the deadline that holds."""
        annotated = self.__dict__.get("due_on")
        if annotated is not None:
            return annotated  # type: ignore[no-any-return]
        return self.extensions_given[-1].until if self.extensions_given else self.deadline

    @property
    def is_over(self) -> bool:
        """Say whether nothing is left to do."""
        return self.stands in OVER

    def is_overdue(self, at: date | None = None) -> bool:
        """Say whether the deadline passed without anything to look at."""
        return not self.is_over and self.stands != Step.EVIDENCE and self.due < (at or timezone.localdate())

    def permits(self, user: User, right: str) -> bool:
        """Say whether a user may verify or extend: whoever may manage or supervise the visit."""
        visit = self.finding.visit
        if right == "manage":
            return visit.permits(user, "manage") or visit.permits(user, "supervise")
        return visit.permits(user, right)


class ActionStep(models.Model):
    """One step of an action; the newest is where it stands."""

    action = models.ForeignKey(CorrectiveAction, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=24, choices=Step.choices)
    remark = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["action", "-id"])]

    def __str__(self) -> str:
        return f"{self.action_id} {self.state}"


class Extension(models.Model):
    """A later deadline, with the reason it was given."""

    action = models.ForeignKey(CorrectiveAction, on_delete=models.PROTECT, related_name="extensions")
    earlier = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("earlier")), name="extension_is_later_than_before")
        ]
        indexes = [models.Index(fields=["action", "-id"])]

    def __str__(self) -> str:
        return f"{self.action_id} {self.until}"


class ActionEvidence(models.Model):
    """A file that shows that something was done."""

    action = models.ForeignKey(CorrectiveAction, on_delete=models.PROTECT, related_name="evidence")
    file = models.OneToOneField(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    from_owner = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file_id)
