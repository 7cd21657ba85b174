"""Interviews: that a worker was heard, under which conditions; never who."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from checklists.models import ChecklistVersion
from core.fields import ReferenceField
from inspections.models.visits import Visit


class Person(models.TextChoices):
    """Whom the interview was with, as far as the rules need it."""

    ADULT = "adult", _("an adult")
    CHILD = "child", _("a child (under 18)")
    UNSURE = "unsure", _("age in doubt: treat as a child")


class Interpreter(models.TextChoices):
    """Through whom it was held."""

    NONE = "none", _("no interpreter needed")
    INDEPENDENT = "independent", _("interpreter independent of employer and recruiter")
    LINKED = "linked", _("interpreter linked to employer or recruiter")


class Place(models.TextChoices):
    """Where it was held."""

    OFF_SITE = "off_site", _("away from the workplace")
    PRIVATE = "private", _("at the workplace, in private")
    OVERHEARD = "overheard", _("at the workplace, others may have heard")


class Interview(models.Model):
    """One worker heard; the answers lie on the sheets under this reference."""

    ref = ReferenceField(prefix="INT")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="interviews")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=8, choices=Person.choices)
    language = models.CharField(max_length=10)
    interpreter = models.CharField(max_length=12, choices=Interpreter.choices)
    place = models.CharField(max_length=12, choices=Place.choices)
    conditions = models.JSONField(default=list)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["visit", "number"], name="one_interview_number")]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_child(self) -> bool:
        """Say whether the child's rules apply: in doubt they do."""
        return self.person != Person.ADULT
