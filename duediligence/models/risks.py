"""Risks to people, how they were judged, and what the company does about them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from duediligence.models.records import Record
from duediligence.models.scope import OfRecord, Owned
from duediligence.models.suppliers import Supplier
from duediligence.prioritisation import Assessment, Involvement

RUNGS = models.Q(scale__lte=4, scope__lte=4, irremediability__lte=4, likelihood__lte=4)


class InvolvementChoice(models.TextChoices):
    """How the company has to do with the harm."""

    CAUSED = Involvement.CAUSED.value, _("Caused: what we do, or fail to do, brings it about")
    CONTRIBUTED = (
        Involvement.CONTRIBUTED.value,
        _("Contributed: we and others bring it about, or we push them to it"),
    )
    LINKED = (
        Involvement.LINKED.value,
        _("Linked: a business relationship ties it to what we make or do"),
    )


class Risk(Owned):
    """A harm to people that happened or may happen, in the company's own words."""

    ref = ReferenceField(prefix="RSK")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="risks")
    title = models.CharField(_("what may happen to whom"), max_length=200)
    description = models.TextField(_("what you know about it"), blank=True)
    supplier = models.ForeignKey(Supplier, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(_("country"), max_length=2, blank=True)
    carried_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    found_on = models.DateField()

    objects = OfRecord.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the risk's page."""
        return reverse("duediligence:risk", args=[self.record.ref, self.ref])


class RiskAssessment(models.Model):
    """How a risk was judged on a day; the newest judgement counts."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="assessments")
    scale = models.PositiveSmallIntegerField()
    scope = models.PositiveSmallIntegerField()
    irremediability = models.PositiveSmallIntegerField()
    likelihood = models.PositiveSmallIntegerField()
    involvement = models.CharField(max_length=20, choices=InvolvementChoice)
    why = models.TextField()
    method = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=RUNGS, name="ladders_end_at_four")]

    def __str__(self) -> str:
        return f"{self.risk_id} {self.method}"

    def facts(self, ref: str) -> Assessment:
        """Return what the ranking looks at."""
        return Assessment(
            ref, self.scale, self.scope, self.irremediability, self.likelihood, Involvement(self.involvement)
        )


class ActionStateChoice(models.TextChoices):
    """How far an action is."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Carried out")
    DROPPED = "dropped", _("Given up")


OPEN_STATES = frozenset({ActionStateChoice.PLANNED.value, ActionStateChoice.UNDER_WAY.value})


class PlannedAction(Owned):
    """Something that the company does against a risk, by a day, under somebody's responsibility."""

    ref = ReferenceField(prefix="ACT")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="planned_actions")
    risk = models.ForeignKey(Risk, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField(_("what will be done"), max_length=200)
    owner = models.CharField(_("who is responsible"), max_length=200)
    due_on = models.DateField(_("by when"))
    indicator = models.CharField(_("how you will see that it worked"), max_length=300, blank=True)
    carried_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfRecord.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the action's page."""
        return reverse("duediligence:action", args=[self.record.ref, self.ref])


class ActionState(models.Model):
    """How far an action was on a day; the newest row counts."""

    action = models.ForeignKey(PlannedAction, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=20, choices=ActionStateChoice)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.state
