"""Which grievances name the same party: keyed marks of names that nobody can read, and links that handlers made."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from grievances.models.grievances import Accused, Grievance


class NameMark(models.Model):
    """A keyed mark of a name that a worker told: equal marks mean the same party, and no mark tells which."""

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="marks")
    part = models.CharField(max_length=10, choices=Accused.As.choices)
    mark = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grievance", "part", "mark"], name="one_mark_once")]
        indexes = [models.Index(fields=["mark", "grievance"])]

    def __str__(self) -> str:
        return self.mark


class RelatedLink(models.Model):
    """That two grievances are treated as one matter, from when to when; each keeps its own receipt, case and clocks."""

    first = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="links_out")
    second = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="links_in")
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField()
    parted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    parted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(parted_on__isnull=True), name="one_open_link_per_pair"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="the_earlier_grievance_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}+{self.second_id}"
