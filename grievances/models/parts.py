"""Parts of a file that is still on its way: each sealed under the form's key, gone with the draft."""

from django.db import models

from grievances.models.intake import Draft


class DraftPart(models.Model):
    """One part of a file that a phone sends piece by piece, so that a broken line costs only the last piece."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="parts")
    mark = models.CharField(max_length=32)
    start = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    stored_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["draft", "mark", "start"], name="one_part_per_place")]

    def __str__(self) -> str:
        return "part of a draft file"
