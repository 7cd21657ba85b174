"""What those who oversee were told of a quarter, once: a live figure would tell what changed between two looks."""

from typing import Any

from django.db import models


class FrozenShare(models.Model):
    """One indicator of a quarter that is over, protected as it was told; never changed and never counted again."""

    quarter = models.DateField()  # its first day
    code = models.CharField(max_length=32)
    percent = models.PositiveSmallIntegerField(null=True)
    hidden = models.BooleanField(default=False)
    frozen_on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["quarter", "code"]
        constraints = [models.UniqueConstraint(fields=["quarter", "code"], name="one_frozen_share")]

    def __str__(self) -> str:
        return f"{self.quarter} {self.code}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new share; what was told once is never changed, for the difference could tell on somebody."""
        if not self._state.adding and not kwargs.get("force_insert"):
            raise TypeError("A frozen share is not changed: what was once told stays.")
        super().save(*args, **kwargs)
