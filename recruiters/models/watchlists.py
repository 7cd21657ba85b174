"""Watchlists: their sources, each time one was brought in, and what stands on them."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import Job
from parties.matching import Subject
from parties.matching.births import read_birth
from recruiters.screening import Gravity

if TYPE_CHECKING:
    from parties.matching import Kind

DEFAULT_MAX_AGE_DAYS = 60


class WatchlistSource(models.Model):
    """A list that somebody publishes, and how old its newest edition may be before "clear" can no longer be said."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    max_age_days = models.PositiveIntegerField(_("may be so many days old"), default=DEFAULT_MAX_AGE_DAYS)
    current = models.ForeignKey("WatchlistLoad", null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def list_date(self) -> date | None:
        """Return the day of the edition in use."""
        return self.current.list_date if self.current else None

    def age_days(self, today: date | None = None) -> int | None:
        """Return how old the edition in use is."""
        return ((today or timezone.localdate()) - self.current.list_date).days if self.current else None

    @property
    def is_stale(self) -> bool:
        """Tell whether the edition in use is too old to say "clear" by."""
        age = self.age_days()
        return age is None or age > self.max_age_days


class WatchlistLoad(models.Model):
    """One edition brought in, with what it changed and what of it was left out."""

    ref = ReferenceField(prefix="WLD")
    source = models.ForeignKey(WatchlistSource, on_delete=models.PROTECT, related_name="loads")
    list_date = models.DateField(_("edition of"))
    content_date = models.DateField(_("newest record"), null=True, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    records = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    dropped = models.JSONField(default=dict)
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    rescreened_at = models.DateTimeField(null=True)
    compared = models.JSONField(default=dict)
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.ref}"


class WatchlistEntry(models.Model):
    """A person or organisation on a list; ``content_hash`` changes when what a decision rested on changes."""

    source = models.ForeignKey(WatchlistSource, on_delete=models.PROTECT, related_name="entries")
    external_id = models.CharField(max_length=160)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=500)
    names = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    identifiers = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    birth_dates = models.JSONField(default=list)
    measures = models.JSONField(default=list)
    referents = models.JSONField(default=list)
    source_url = models.CharField(max_length=500, blank=True)
    gravity = models.CharField(max_length=10, default=Gravity.ATTENTION)
    content_hash = models.CharField(max_length=64)
    first_load = models.ForeignKey(WatchlistLoad, on_delete=models.PROTECT, related_name="+")
    changed_load = models.ForeignKey(WatchlistLoad, on_delete=models.PROTECT, related_name="+")
    gone_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="absorbed")
    alert_until = models.DateField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="one_entry_per_source_and_id")]
        indexes = [
            models.Index(fields=["source", "gone_on"]),
            models.Index(fields=["source", "name", "id"]),
            models.Index(fields=["alert_until"]),
        ]

    def __str__(self) -> str:
        return self.name

    def as_subject(self) -> Subject:
        """Return the entry as the matcher reads it."""
        kind: Kind = "person" if self.kind == "person" else "organisation"
        return Subject(
            name=self.name,
            kind=kind,
            names=tuple(self.names),
            country=self.countries[0] if len(self.countries) == 1 else "",
            identifiers=tuple((scheme, value) for scheme, value in self.identifiers),
            ref=str(self.pk),
            born=tuple(born for date in self.birth_dates if (born := read_birth(str(date)))),
        )


class EntryChange(models.Model):
    """What an edition did to one entry; ``before`` is the content that it had until then."""

    class Kind(models.TextChoices):
        """What happened."""

        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        BACK = "back", _("on the list again")
        MERGED = "merged", _("merged into another record")
        GONE = "gone", _("gone")

    TONES = {"new": "warn", "changed": "info", "back": "warn", "merged": "", "gone": "good"}

    load = models.ForeignKey(WatchlistLoad, on_delete=models.CASCADE, related_name="changes")
    entry = models.ForeignKey(WatchlistEntry, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=500)
    fields = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    before_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["load", "kind", "name", "id"]),
            models.Index(fields=["load", "name", "id"]),
            models.Index(fields=["entry", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind}"

    @property
    def tone(self) -> str:
        """Return the colour of what happened."""
        return self.TONES[self.kind]
