"""That somebody guessed at receipts: when it began and was last seen, and nothing of what was tried or from where."""

from django.db import models


class GuessAlarm(models.Model):
    """One attack on receipts; the number, unique, makes it one although several processes notice it."""

    number = models.PositiveIntegerField(unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"attack {self.number}"
