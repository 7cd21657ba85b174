"""How a grievance is handled: triage decisions, clocks with their escalations, messages, files, consents."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import EvidenceFile, SealedRecord
from grievances.models.grievances import Grievance


class TriageDecision(models.Model):
    """What the rule said and what a person decided; by nobody: the rule's first look when it came in."""

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="decisions")
    decision = models.CharField(max_length=20, blank=True)
    priority = models.CharField(max_length=6)
    severity = models.PositiveSmallIntegerField()
    rule_priority = models.CharField(max_length=6)
    ruleset = models.CharField(max_length=20)
    routes = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    reason_code = models.CharField(max_length=60, blank=True)
    note = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.decision or 'first look'}: {self.priority}"


class Clock(models.Model):
    """Something due by a time; met or not, and escalated at most once."""

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=16)
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    was_late = models.BooleanField(null=True)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(fields=["grievance", "due_at"]),
            models.Index(
                fields=["due_at"],
                condition=models.Q(met_at__isnull=True, dropped_at__isnull=True),
                name="running_clocks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.due_at:%Y-%m-%d}"


class Message(models.Model):
    """One message between worker and handler; its words are in the vault."""

    class Sender(models.TextChoices):
        """Who wrote."""

        WORKER = "worker", _("Worker")
        HANDLER = "handler", _("Case officer")

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="messages")
    sender = models.CharField(max_length=8, choices=Sender.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    read_on = models.DateField(null=True, blank=True)
    hidden_by_worker = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sender} {self.sent_on}"


class GrievanceFile(models.Model):
    """A file that belongs to a grievance, sent by the worker or by a handler."""

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="files")
    evidence = models.OneToOneField(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    sender = models.CharField(max_length=8, choices=Message.Sender.choices)
    added_on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.evidence.ref


class ConsentGiven(models.Model):
    """What the worker said about one purpose on a day; the newest row per purpose holds."""

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    given = models.BooleanField()
    on = models.DateField()
    language = models.CharField(max_length=10)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["grievance", "purpose"])]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.given}"
