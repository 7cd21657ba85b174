"""Pieces of a screening, shared out among any number of workers."""

from django.db import models

from recruiters.models.screenings import Screening


class ScreeningPiece(models.Model):
    """Some rows of a screening: one worker holds a piece at a time; one whose worker died is taken again."""

    WAITING, HELD, DONE = "waiting", "held", "done"

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="pieces")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    state = models.CharField(max_length=8, default=WAITING)
    holder = models.CharField(max_length=32, blank=True)
    held_since = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["first"]
        indexes = [models.Index(fields=["screening", "state", "first"])]

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"
