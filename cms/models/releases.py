"""Published figures: one row for each finished quarter and year, written once."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models


class StatisticsRelease(models.Model):
    """The protected figures of one period. A count that is not shown is null: exact small counts are nowhere."""

    period = models.CharField(max_length=7, unique=True, validators=[RegexValidator(r"^\d{4}(-Q[1-4])?$")])
    made_at = models.DateTimeField(auto_now_add=True)
    edition = models.CharField(max_length=20)  # of the statistics standard, whose thresholds were applied
    figures = models.JSONField()  # table code -> {"cells": {code: count or null}, "total": count or null}

    class Meta:
        ordering = ["period"]

    def __str__(self) -> str:
        return self.period

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new release; what was published is never changed, for a difference could tell on somebody."""
        if not self._state.adding and not kwargs.get("force_insert"):
            raise TypeError("A release of figures is not changed: what was once published stays.")
        super().save(*args, **kwargs)
