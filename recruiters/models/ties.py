"""What officers decided about ties between recruiters: each decision keeps the path as it was shown."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from recruiters.models.register import Recruiter


class TieDecision(models.Model):
    """An officer said of one path whether it matters, and why; the newest row counts.

    ``other`` is the recruiter that the path leads to; there is none where it leads to somebody on a watchlist.
    """

    class Is(models.TextChoices):
        """What was decided."""

        RELEVANT = "relevant", _("it matters")
        NOT_RELEVANT = "not_relevant", _("it does not matter")

    class Why(models.TextChoices):
        """For which reason."""

        SAME_PEOPLE = "same_people", _("The same people are behind both")
        SAME_PLACE = "same_place", _("The same place or telephone is really in use by both")
        SAME_MONEY = "same_money", _("The same guarantee or money is behind both")
        CONTINUES = "continues", _("It carries on the other's work")
        NAMESAKE = "namesake", _("Another person of the same name")
        SHARED_BUILDING = "shared_building", _("A building or number that many share")
        LEFT_BEFORE = "left_before", _("Left before what led to the order")
        EXPLAINED = "explained", _("The applicant explained it")
        OTHER = "other", _("Another reason, given in the note")

    FOR = (Why.SAME_PEOPLE, Why.SAME_PLACE, Why.SAME_MONEY, Why.CONTINUES, Why.OTHER)
    TONES = {"relevant": "bad", "not_relevant": "good"}

    ref = ReferenceField(prefix="TIE")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="tie_decisions")
    other = models.ForeignKey(Recruiter, null=True, on_delete=models.PROTECT, related_name="+")
    path_key = models.CharField(max_length=64)
    path = models.JSONField()
    strength = models.FloatField()
    decided = models.CharField(max_length=12, choices=Is.choices)
    reason_code = models.CharField(max_length=20, choices=Why.choices)
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["recruiter", "path_key"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def other_name(self) -> str:
        """Return what the far end of the path was called when it was decided."""
        return self.other.name if self.other is not None else str(self.path["labels"][-1])

    @property
    def tone(self) -> str:
        """Return the colour of the decision."""
        return self.TONES[self.decided]
