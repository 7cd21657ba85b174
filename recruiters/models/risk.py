"""What is held against a recruiter, and what was concluded from it, when, and by which rules."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from recruiters.models.register import Recruiter
from recruiters.models.words import BAND_TONES, BandWord, Origin, SeverityWord
from recruiters.scoring import State

SHOWABLE = frozenset({Origin.LICENCE, Origin.ASSESSMENT, Origin.FEE, Origin.CONTRACT})
"""Origins that a recruiter is told by themselves. An inspection's fact is told when an officer serves it; a
grievance's or a watchlist's never is."""
NEVER_SHOWN = frozenset({Origin.GRIEVANCE, Origin.SCREENING})


class RiskFact(models.Model):
    """One coded fact with its source; an upper app pushes it down, no word of a person's comes along."""

    ref = ReferenceField(prefix="RSK")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="risk_facts")
    code = models.CharField(_("what"), max_length=60)
    severity = models.CharField(_("severity"), max_length=10, choices=SeverityWord.choices)
    severity_word = models.CharField(max_length=20, blank=True)
    origin = models.CharField(_("from"), max_length=12, choices=Origin.choices)
    source_ref = models.CharField(_("source"), max_length=40)
    occurred_on = models.DateField(_("day"))
    weight = models.FloatField(null=True, blank=True)
    noted_on = models.DateField(default=timezone.localdate)
    noted_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["recruiter", "occurred_on"]), models.Index(fields=["source_ref"])]

    def __str__(self) -> str:
        return f"{self.code} {self.severity}"

    def state_on(self, day: date) -> str:
        """Return what had become of the fact by a day; uses prefetched steps where there are any."""
        steps = [step for step in self.steps.all() if step.on <= day and step.state in FactStep.JUDGED]
        if not steps:
            return State.STANDING
        return FactStep.JUDGED[max(steps, key=lambda step: (step.on, step.pk)).state]

    @property
    def state(self) -> str:
        """Return what has become of the fact."""
        return self.state_on(timezone.localdate())

    def may_be_told(self) -> bool:
        """Tell whether the recruiter itself may be shown this fact: never one that came from a grievance."""
        if self.origin in NEVER_SHOWN:
            return False
        return self.origin in SHOWABLE or any(step.state == FactStep.Is.SERVED for step in self.steps.all())


class FactStep(models.Model):
    """One thing that became of a fact: served on the recruiter, disputed, upheld, remedied, withdrawn."""

    class Is(models.TextChoices):
        """What became of it."""

        SERVED = "served", _("told to the recruiter")
        DISPUTED = "disputed", _("disputed")
        UPHELD = "upheld", _("upheld")
        REMEDIED = "remedied", _("put right")
        WITHDRAWN = "withdrawn", _("withdrawn")
        SUPERSEDED = "superseded", _("replaced by a newer fact")

    JUDGED = {
        "disputed": State.DISPUTED,
        "upheld": State.STANDING,
        "remedied": State.REMEDIED,
        "withdrawn": State.WITHDRAWN,
        "superseded": State.WITHDRAWN,
    }

    fact = models.ForeignKey(RiskFact, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12, choices=Is.choices)
    reason_code = models.CharField(max_length=60, blank=True)
    on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.state


class Rating(models.Model):
    """One conclusion by one ruleset on one day, with its account line by line. Never changed, never published."""

    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="ratings")
    ruleset = models.CharField(max_length=20)
    day = models.DateField()
    score = models.PositiveSmallIntegerField()
    band = models.CharField(max_length=10, choices=BandWord.choices)
    lines = models.JSONField(default=list)
    relief = models.JSONField(default=list)
    cause = models.CharField(max_length=40)
    cause_ref = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["recruiter", "-id"])]

    def __str__(self) -> str:
        return f"{self.band} ({self.score}) by {self.ruleset}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new rating; one that was made is never changed."""
        if not self._state.adding:
            raise TypeError("A rating is not changed: the next one stands beside it.")
        super().save(*args, **kwargs)

    @property
    def tone(self) -> str:
        """Return the colour of the band."""
        return BAND_TONES[self.band]
