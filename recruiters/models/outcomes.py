"""What became of an assessment's outcome: suspended, given back, withdrawn. The newest row is what holds."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruiters.models.assessments import Assessment


class OutcomeStep(models.Model):
    """One decision about a finished assessment's outcome."""

    class Is(models.TextChoices):
        """What the outcome is from then on."""

        SUSPENDED = "suspended", _("suspended")
        RESTORED = "restored", _("holds again")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Because(models.TextChoices):
        """Why."""

        NEWER_FACTS = "newer_facts", _("newer facts contradict it")
        ACTIONS_OVERDUE = "actions_overdue", _("corrective actions are overdue")
        NOT_SURVEYED = "not_surveyed", _("the follow-up was not possible")
        LICENCE_LOST = "licence_lost", _("the licence does not hold")
        FALSE_EVIDENCE = "false_evidence", _("evidence was false")
        PUT_RIGHT = "put_right", _("the cause was put right")
        AT_REQUEST = "at_request", _("at the recruiter's own request")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="outcome_steps")
    state = models.CharField(max_length=10, choices=Is.choices)
    reason_code = models.CharField(_("because"), max_length=20, choices=Because.choices)
    on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.state


def holds_on(steps: "list[OutcomeStep]", day: date) -> bool:
    """Tell whether an outcome holds on a day: its newest step by then is none, or gives it back."""
    known = [step for step in steps if step.on <= day]
    return not known or known[-1].state == OutcomeStep.Is.RESTORED
