"""Remediation cases: steps of remedy with their dated events, tries to reach the worker, and how a case ends."""

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import EvidenceFile, SealedRecord, User
from grievances.models.grievances import Assignment, Grievance
from grievances.models.handling import Clock
from grievances.remedy import StepState


class CaseQuerySet(models.QuerySet["RemediationCase"]):
    """Cases as their handlers may see them."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """Keep the cases of grievances that the user may know of."""
        return self.filter(grievance__in=Grievance.objects.visible_to(user).values("pk"))

    def listed(self) -> "CaseQuerySet":
        """Add what the list shows: where the case stands and how many steps are confirmed."""
        newest = CaseState.objects.filter(case=OuterRef("pk")).order_by("-pk")
        resolve = Clock.objects.filter(grievance=OuterRef("grievance"), kind="resolve", met_at=None, dropped_at=None)
        holder = Assignment.objects.filter(grievance=OuterRef("grievance"), until=None)
        return self.annotate(
            current=Subquery(newest.values("state")[:1]),
            outcome=Subquery(newest.values("outcome")[:1]),
            due_at=Subquery(resolve.values("due_at")[:1]),
            handler=Subquery(holder.values("user")[:1]),
            handler_name=Subquery(holder.values("user__display_name")[:1]),
            step_count=Count("steps", distinct=True),
        )


class RemediationCase(models.Model):
    """The work towards remedy for one accepted grievance."""

    ref = ReferenceField(prefix="CASE")
    grievance = models.OneToOneField(Grievance, on_delete=models.CASCADE, related_name="case")
    opened_on = models.DateField()
    severity = models.PositiveSmallIntegerField()
    root_cause = models.CharField(max_length=40, blank=True)
    told_companies = models.BooleanField(default=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.ref

    @property
    def state(self) -> str:
        """Return where the case stands: the newest row says it."""
        newest = self.states.order_by("-pk").values_list("state", flat=True).first()
        return newest or CaseState.State.OPEN

    def permits(self, user: User, right: str) -> bool:
        """Say whether a user may do this: whoever may handle the grievance."""
        return self.grievance.permits(user, right)


class CaseState(models.Model):
    """One step of a case's way."""

    class State(models.TextChoices):
        """Where a case stands."""

        OPEN = "open", _("Open")
        IN_REMEDY = "in_remedy", _("Remedy under way")
        DELIVERED = "delivered", _("Remedy delivered")
        CLOSING = "closing", _("Waiting for a second person to agree")
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Opened again")

    case = models.ForeignKey(RemediationCase, on_delete=models.CASCADE, related_name="states")
    state = models.CharField(max_length=12, choices=State.choices)
    outcome = models.CharField(max_length=50, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.state


class RemedyStep(models.Model):
    """One thing that somebody owes the worker, or that must change; coded, its details sealed."""

    class Owner(models.TextChoices):
        """Who must do it."""

        EMPLOYER = "employer", _("Employer")
        RECRUITER = "recruiter", _("Recruiter")
        STATE = "state", _("State authority")
        SERVICE = "service", _("Service provider")
        COMPANY = "company", _("Buying company")

    case = models.ForeignKey(RemediationCase, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    harm = models.ForeignKey("grievances.CaseHarm", null=True, on_delete=models.RESTRICT, related_name="steps")
    form = models.CharField(max_length=30)
    item = models.CharField(max_length=40)
    owner = models.CharField(max_length=10, choices=Owner.choices)
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    note = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_step_per_number"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | ~models.Q(currency=""), name="an_amount_has_a_currency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"

    @property
    def state(self) -> str:
        """Return how far the step is: its newest event says it."""
        events = list(self.events.all())
        return events[-1].state if events else StepState.PROPOSED

    @property
    def proven(self) -> bool:
        """Say whether proof of delivery is there: a file or an official decision's number."""
        return any(event.proof_id or event.decision_number for event in self.events.all())


class StepEvent(models.Model):
    """What happened to a step of remedy, on which day, with which proof, on whose word."""

    step = models.ForeignKey(RemedyStep, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=10)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, blank=True)
    proof = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")
    decision_number = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.state} {self.on}"


class ContactAttempt(models.Model):
    """One try to reach the worker; enough of them stand in for a word that cannot be had."""

    case = models.ForeignKey(RemediationCase, on_delete=models.CASCADE, related_name="attempts")
    on = models.DateField()
    channel = models.CharField(max_length=12)
    reached = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.channel} {self.on}"


class Disposal(models.Model):
    """That something was deleted when its time was over, on which day and by which rule; nothing of what it said."""

    subject_ref = models.CharField(max_length=20, unique=True)
    on = models.DateField()
    rule = models.CharField(max_length=40)
    records = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    # Whether the list outside of the database is known to hold it: see core.deletions.
    listed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(listed=False), name="certificates_not_listed")]

    def __str__(self) -> str:
        return f"{self.rule} {self.on}"
