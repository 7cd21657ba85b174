"""Licences and their dated history: a decision is a row, never an overwritten column."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import User
from recruiters.licensing import Change, Standing, standing_on
from recruiters.models.register import Recruiter, seen_by
from recruiters.models.words import Reason, StatusCode, tone_of
from recruiters.zones import local_day


class LicenceQuerySet(models.QuerySet["Licence"]):
    """Licences as readers may see them."""

    def visible_to(self, user: User) -> "LicenceQuerySet":
        """Keep the licences of the recruiters that the user may see."""
        return self.filter(seen_by(user, "recruiter__"))


class Licence(models.Model):
    """A number under which an authority lets somebody recruit; what it is worth on a day, its history says."""

    ref = ReferenceField(prefix="LIC")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="licences")
    number = models.CharField(_("licence number"), max_length=80, blank=True)
    number_key = models.CharField(max_length=80, blank=True, db_index=True)
    authority = models.CharField(_("authority"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    issued_on = models.DateField(_("issued"), null=True, blank=True)
    conditions = models.CharField(_("conditions"), max_length=1000, blank=True)
    capacity = models.PositiveIntegerField(_("workers a year"), null=True, blank=True)
    brought_by = models.SlugField(_("register that brought it"), max_length=60, blank=True, db_index=False)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        ordering = ["recruiter_id", "-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "authority", "number_key"],
                condition=~models.Q(number_key=""),
                name="one_licence_number_per_authority",
            )
        ]

    def __str__(self) -> str:
        return self.number or self.ref

    def changes(self) -> list[Change]:
        """Return the history as plain rows, oldest first; uses prefetched rows where there are any."""
        return [row.as_change() for row in self.standing_rows()]

    def standing_rows(self) -> "list[LicenceStatus]":
        """Return the rows of history that were not withdrawn, oldest first; uses prefetched rows if any."""
        kept = (row for row in self.history.all() if not row.is_withdrawn)
        return sorted(kept, key=lambda row: (row.effective_on, row.pk))

    def today(self) -> date:
        """Return the day that it is where the licence was given: there it begins and ends at midnight."""
        return local_day(self.country, timezone.now())

    def standing(self, at: date | None = None) -> Standing:
        """Return what the licence is on a day (today, where it was given, when none is named)."""
        return standing_on(self.changes(), at or self.today())

    def valid_on(self, day: date) -> bool:
        """Tell whether its holder might recruit under it on that day."""
        return self.standing(day).valid

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may do this; a licence follows its recruiter."""
        return self.recruiter.permits(user, right)


class LicenceStatusQuerySet(models.QuerySet["LicenceStatus"]):
    """Rows of history by day."""

    def not_withdrawn(self) -> "LicenceStatusQuerySet":
        """Keep the rows that took effect or will."""
        return self.filter(is_withdrawn=False)

    def in_effect(self, day: date) -> "LicenceStatusQuerySet":
        """Keep rows begun by a day and not over, newest first."""
        begun = self.not_withdrawn().filter(effective_on__lte=day)
        begun = begun.filter(models.Q(until__isnull=True) | models.Q(until__gte=day))
        return begun.order_by("-effective_on", "-pk")


class LicenceStatus(models.Model):
    """One row of a licence's history: from a day on it was this. The register's own word stays beside our code."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="history")
    code = models.CharField(_("status"), max_length=30, choices=StatusCode.choices)
    raw = models.CharField(_("the register's own word"), max_length=120, blank=True)
    effective_on = models.DateField(_("from"))
    until = models.DateField(_("last day"), null=True, blank=True)
    expires_on = models.DateField(_("term ends"), null=True, blank=True)
    order_number = models.CharField(_("order"), max_length=80, blank=True)
    reason_code = models.CharField(_("reason"), max_length=40, choices=Reason.choices, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    order_authority = models.CharField(_("ordered by"), max_length=200, blank=True)
    holds_pending_appeal = models.BooleanField(_("stays in force while an appeal is open"), default=True)
    appeal_ref = models.CharField(max_length=20, blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    source = models.SlugField(_("register that says so"), max_length=60, blank=True, db_index=False)
    is_withdrawn = models.BooleanField(_("withdrawn before it took effect"), default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = LicenceStatusQuerySet.as_manager()

    class Meta:
        ordering = ["effective_on", "pk"]
        indexes = [models.Index(fields=["licence", "-effective_on", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("effective_on")),
                name="licence_status_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} from {self.effective_on:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; a row of history is never changed."""
        if not self._state.adding:
            raise TypeError("A row of a licence's history is not changed: a correction is a new row.")
        super().save(*args, **kwargs)

    def as_change(self) -> Change:
        """Return the row as the rules read it."""
        return Change(self.code, self.effective_on, self.expires_on, self.raw, self.reason_code, self.until)

    @property
    def tone(self) -> str:
        """Return the colour of this status."""
        return tone_of(self.code)
