"""Dated relations between parties."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parties.models.contacts import Provenance
from parties.models.party import Party


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    """Relationships by date."""

    def current(self, at: date | None = None) -> "RelationshipQuerySet":
        """Keep the relationships that hold on a day (today when none is named)."""
        on = at or timezone.localdate()
        return self.filter(models.Q(starts__isnull=True) | models.Q(starts__lte=on)).filter(
            models.Q(ends__isnull=True) | models.Q(ends__gte=on)
        )


class Relationship(models.Model):
    """A dated relation: the source is owner (director, sub-agent, …) of the target."""

    class Is(models.TextChoices):
        """How the source relates to the target."""

        OWNER = "owner", _("owner of")
        DIRECTOR = "director", _("director of")
        OFFICER = "officer", _("officer of")
        SUB_AGENT = "sub_agent_of", _("sub-agent of")
        SUCCESSOR = "successor_of", _("successor of")
        SUPPLIER = "supplier_of", _("supplier of")
        WORKS_FOR = "works_for", _("works for")

    source = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="relations_out")
    kind = models.CharField(max_length=15, choices=Is.choices)
    target = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="relations_in")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    provenance = models.CharField(max_length=12, choices=Provenance.choices, default=Provenance.REGISTER)
    provenance_ref = models.CharField(max_length=60, blank=True)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True)
                | models.Q(starts__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="relationship_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["target", "kind"]), models.Index(fields=["source", "kind"])]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
