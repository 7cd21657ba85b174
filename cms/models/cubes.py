"""Exact counts of a finished quarter, frozen: releases are cut from them and from nothing else."""

from django.core.validators import RegexValidator
from django.db import models


class StatisticsCube(models.Model):
    """What a quarter brought, counted once; gone as soon as its year is told, for exact small counts are not kept."""

    period = models.CharField(max_length=7, unique=True, validators=[RegexValidator(r"^\d{4}-Q[1-4]$")])
    frozen_on = models.DateField(auto_now_add=True)
    counts = models.JSONField()

    class Meta:
        ordering = ["period"]

    def __str__(self) -> str:
        return self.period
