"""Referrals to those who help, with consent; what was not agreed is not shown, and a withdrawal works at once."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import Account, SealedRecord, User
from core.roles import Role
from inspections.models.visits import Visit


class Route(models.TextChoices):
    """By which route help is sought."""

    ADULT = "adult", _("adult")
    CHILD = "child", _("child")


class Urgency(models.TextChoices):
    """How soon somebody must act."""

    NOW = "now", _("now: danger to life or liberty")
    DAY = "day", _("within a day")
    WEEK = "week", _("within a week")


class Given(models.TextChoices):
    """What the person, or the law in their stead, allows."""

    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CHILD = "child_route", _("child: heard, consent not needed")
    EMERGENCY = "emergency", _("danger to life: least needed shared")


SHARING = (Given.AGREED, Given.CHILD, Given.EMERGENCY)


class Stage(models.TextChoices):
    """Where a referral stands."""

    RECORDED = "recorded", _("recorded, not sent")
    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    STARTED = "service_started", _("help under way")
    COMPLETED = "service_completed", _("help completed")
    DECLINED = "declined", _("declined by the service")
    RETURNED = "returned", _("returned for more information")
    REFUSED = "declined_by_person", _("declined by the person")
    WITHDRAWN = "withdrawn", _("consent withdrawn")


READABLE_BY_PARTNER = (Stage.SENT, Stage.ACCEPTED, Stage.STARTED)


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals as their readers see them."""

    def visible_to(self, user: User) -> "ReferralQuerySet":
        """Keep what a user may know of.

        Who made it and the visit's supervisor see it; for adults the rest of the team as well. A partner sees it only
        while the newest consent allows sharing and the referral is with him.
        """
        seen = Q(pk__in=[])
        if user.has_role(Role.INSPECTOR, Role.MINISTRY_OFFICER):
            team = Q(route=Route.ADULT, visit__in=Visit.objects.of(user))
            close = Q(made_by=user) | Q(visit__supervisor=user) | team
            seen |= Q(visit__in=Visit.objects.visible_to(user)) & close
        accounts = user.account_ids(Role.REFERRAL_PARTNER)
        if accounts:
            seen |= Q(pk__in=Referral.objects.with_partner(accounts).values("pk"))
        return self.filter(seen)

    def with_partner(self, accounts: frozenset[int]) -> "ReferralQuerySet":
        """Keep what is with these partners today."""
        return (
            self.with_stage()
            .annotate(allowed=Subquery(_newest(Consent, "given")))
            .filter(Q(partner__in=accounts, stage__in=READABLE_BY_PARTNER, allowed__in=SHARING))
        )

    def with_stage(self) -> "ReferralQuerySet":
        """Add `stage` and `stage_at`."""
        return self.annotate(
            stage=Subquery(_newest(ReferralStep, "stage")), stage_at=Subquery(_newest(ReferralStep, "at"))
        )

    def unanswered(self) -> "ReferralQuerySet":
        """Keep what was sent and nobody answered."""
        return self.at_stage(Stage.SENT)

    def at_stage(self, *stages: Stage) -> "ReferralQuerySet":
        """Keep what stands at one of these stages."""
        return self.with_stage().filter(Q(stage__in=stages))


def _newest(model: type[models.Model], field: str) -> Any:
    return model._default_manager.filter(referral=OuterRef("pk")).order_by("-pk").values(field)[:1]


class Referral(models.Model):
    """One person and one partner; who the person is lies sealed, field by field."""

    ref = ReferenceField(prefix="REF")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="referrals")
    route = models.CharField(max_length=6, choices=Route.choices)
    partner = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    services = models.JSONField(default=list)
    urgency = models.CharField(max_length=6, choices=Urgency.choices)
    outcome = models.CharField(max_length=24, blank=True)
    safety = models.JSONField(default=list)
    child = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["partner", "-id"]), models.Index(fields=["visit"])]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the referral's page for those who made it."""
        return reverse("inspections:referral", args=[self.ref])

    @cached_property
    def steps_taken(self) -> list["ReferralStep"]:
        """Return the steps, oldest first."""
        return list(self.steps.select_related("by"))

    @cached_property
    def consents_given(self) -> list["Consent"]:
        """Return the consent records, oldest first; the newest holds."""
        return list(self.consents.select_related("by"))

    @property
    def stands(self) -> Stage:
        """Return the newest stage."""
        annotated = self.__dict__.get("stage")
        return Stage(annotated if annotated else self.steps_taken[-1].stage)

    @property
    def consent(self) -> "Consent":
        """Return the consent that holds."""
        return self.consents_given[-1]

    @property
    def shared_fields(self) -> frozenset[str]:
        """Return the fields that the partner may read now: those agreed, while sharing is allowed and he has it."""
        if self.consent.given not in SHARING or self.stands not in READABLE_BY_PARTNER:
            return frozenset()
        return frozenset(self.consent.fields)

    def permits(self, user: User, right: str) -> bool:
        """Say whether a user may answer as the partner, manage the referral, or read the person's details."""
        as_partner = self.partner_id in user.account_ids(Role.REFERRAL_PARTNER) and bool(self.shared_fields)
        inside = self.visit.permits(user, "manage") or self.visit.permits(user, "words")
        made = inside and (self.route == Route.ADULT or user.pk in (self.made_by_id, self.visit.supervisor_id))
        return {"respond": as_partner, "manage": made, "details": made, "shared": as_partner}.get(right, False)


class ReferralField(models.Model):
    """One thing about the person, sealed by itself, so that what was not agreed is never opened."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="fields")
    code = models.CharField(max_length=20)
    sealed = models.ForeignKey(SealedRecord, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "code"], name="one_referral_field")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.code}"


class Consent(models.Model):
    """What was explained, in which language, and what the person agreed to; the newest row holds."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="consents")
    given = models.CharField(max_length=12, choices=Given.choices)
    explained = models.JSONField(default=list)
    language = models.CharField(max_length=10)
    interpreter = models.BooleanField(default=False)
    fields = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["referral", "-id"])]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.given}"


class ReferralStep(models.Model):
    """One step of a referral; the newest is where it stands."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=20, choices=Stage.choices)
    reason = models.CharField(max_length=40, blank=True)
    remark = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["referral", "-id"])]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.stage}"


def unanswered_by(user: User) -> int:
    """Return how many referrals wait for the first answer of a user's own organisation."""
    mine = Referral.objects.with_partner(user.account_ids(Role.REFERRAL_PARTNER))
    return mine.filter(Q(stage=Stage.SENT)).count()
