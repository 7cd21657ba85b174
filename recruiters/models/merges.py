"""Two entries that were one agency: which went into which, what moved, and whether it was taken back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from recruiters.models.register import Recruiter


class Merge(models.Model):
    """One entry went into another; ``moved`` names every row that went along, so that it can be taken back whole."""

    class Why(models.TextChoices):
        """For which reason."""

        SAME_NUMBER = "same_number", _("The same registration or licence number")
        SAME_PAPERS = "same_papers", _("The papers show one organisation")
        ENTERED_TWICE = "entered_twice", _("Entered or brought in twice")
        OWN_WORD = "own_word", _("The agency says so, and it was checked")

    ref = ReferenceField(prefix="MRG")
    survivor = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="merges_in")
    merged = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="merges_out")
    reason_code = models.CharField(_("reason"), max_length=20, choices=Why.choices)
    note = models.CharField(max_length=500, blank=True)
    moved = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_undone(self) -> bool:
        """Tell whether the merge was taken back."""
        return hasattr(self, "undoing")


class MergeUndo(models.Model):
    """A merge was taken back."""

    merge = models.OneToOneField(Merge, on_delete=models.PROTECT, related_name="undoing")
    note = models.CharField(max_length=500)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.merge_id} undone"
