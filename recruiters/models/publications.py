"""Publishing a rating: proposed to the recruiter, answered by it, decided by a person, withdrawn by newer facts."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import SealedRecord, User
from recruiters.models.applications import FollowsRecruiter
from recruiters.models.register import Recruiter
from recruiters.models.words import BAND_TONES, BandWord


class PublicationQuerySet(FollowsRecruiter):
    """Publications, as staff, the recruiter and the public may see them."""

    def published(self) -> "PublicationQuerySet":
        """Keep what the public may read now."""
        return self.filter(state=Publication.State.PUBLISHED)


class Publication(models.Model):
    """A rating for publication, from facts alone that the recruiter may be told; ``state`` repeats the newest step."""

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", _("told to the recruiter, which may answer")
        REPLIED = "replied", _("answered by the recruiter")
        PUBLISHED = "published", _("published")
        DROPPED = "dropped", _("not published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN = (State.PROPOSED, State.REPLIED)
    TONES = {"proposed": "info", "replied": "warn", "published": "good", "dropped": "", "withdrawn": "bad"}

    ref = ReferenceField(prefix="RPB")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="publications")
    ruleset = models.CharField(_("ruleset"), max_length=20)
    day = models.DateField(_("as of"))
    score = models.PositiveSmallIntegerField(_("score"))
    band = models.CharField(_("rating"), max_length=10, choices=BandWord.choices)
    lines = models.JSONField(default=list)
    relief = models.JSONField(default=list)
    reply_until = models.DateField(_("answer until"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_on = models.DateField(_("proposed"), default=timezone.localdate)
    published_on = models.DateField(_("published"), null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["recruiter", "state"]), models.Index(fields=["state", "reply_until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["recruiter"],
                condition=models.Q(state__in=["proposed", "replied"]),
                name="one_open_publication",
            ),
            models.UniqueConstraint(
                fields=["recruiter"], condition=models.Q(state="published"), name="one_published_rating"
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def tone(self) -> str:
        """Return the colour of its state."""
        return self.TONES[self.state]

    @property
    def band_tone(self) -> str:
        """Return the colour of the band."""
        return BAND_TONES[self.band]

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for a decision."""
        return self.state in self.OPEN

    def may_be_decided(self, at: date | None = None) -> bool:
        """Tell whether the recruiter was heard: it answered, or its time is over."""
        return self.state == self.State.REPLIED or (self.is_open and (at or timezone.localdate()) > self.reply_until)

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may reply (the recruiter's own people) or decide (officers)."""
        if right == "reply":
            return self.recruiter.belongs_to(user)
        return self.recruiter.permits(user, right)


class PublicationStep(models.Model):
    """One step with who, when and why; what the recruiter wrote is sealed."""

    class Because(models.TextChoices):
        """Why a person, or a newer fact, decided so."""

        WARN_WORKERS = "warn_workers", _("workers should know before they choose")
        RECOGNISE = "recognise", _("good conduct should be seen")
        REPLY_PERSUADED = "reply_persuaded", _("the recruiter's answer persuaded")
        FACTS_UNSURE = "facts_unsure", _("the facts are not sure enough")
        NEWER_FACTS = "newer_facts", _("newer facts say something else")
        TIME_PASSED = "time_passed", _("time has changed the rating")
        COURT_ORDER = "court_order", _("a court or an appeal decided so")

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=Publication.State.choices)
    reason_code = models.CharField(_("because"), max_length=20, choices=Because.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    words = models.ForeignKey(SealedRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.state


def published_for(recruiter: Recruiter) -> "Publication | None":
    """Return the rating that the public may read of a recruiter, if one is published."""
    found: Publication | None = Publication.objects.published().filter(recruiter=recruiter).first()
    return found
