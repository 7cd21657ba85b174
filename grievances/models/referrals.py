"""Referral of a worker to those who help: only what she agreed to, for as long as she agrees; a child otherwise."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import Account, SealedRecord, User
from core.roles import Role
from grievances.models.cases import RemediationCase
from grievances.models.handling import Clock, ConsentGiven

REFER = "refer_to_services"


class Route(models.TextChoices):
    """By which rules somebody is referred."""

    ADULT = "adult", _("Adult: by her own consent")
    CHILD = "child", _("Child: by the child's best interests")


class Basis(models.TextChoices):
    """What lets the partner be told."""

    CONSENT = "consent", _("She agreed")
    CHILD = "child", _("A child: heard, in the child's best interests")
    OVERRIDE = "override", _("Danger to life: without consent, two people decided")
    REFUSED = "refused", _("She did not agree")


class Stage(models.TextChoices):
    """Where a referral stands."""

    WAITING = "waiting_second", _("Waits for a second person")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    STARTED = "started", _("Help under way")
    COMPLETED = "completed", _("Help completed")
    RETURNED = "returned", _("Returned with a question")
    DECLINED = "declined", _("Declined by the service")
    REVOKED = "revoked", _("Taken back")
    REFUSED = "refused", _("The worker did not agree")
    STOPPED = "stopped", _("The second person did not agree")


WITH_PARTNER = (Stage.SENT, Stage.ACCEPTED, Stage.STARTED)
OVER = (Stage.COMPLETED, Stage.DECLINED, Stage.REVOKED, Stage.REFUSED, Stage.STOPPED)


class CaseReferralQuerySet(models.QuerySet["CaseReferral"]):
    """Referrals as a partner may see them."""

    def with_stage(self) -> "CaseReferralQuerySet":
        """Add where each stands as `now`."""
        newest = CaseReferralStep.objects.filter(referral=OuterRef("pk")).order_by("-pk").values("stage")[:1]
        return self.annotate(now=Subquery(newest))

    def visible_to(self, user: User) -> "CaseReferralQuerySet":
        """Keep what is with a user's own organisation today; her "no" of this minute counts already."""
        said = ConsentGiven.objects.filter(grievance=OuterRef("case__grievance"), purpose=REFER)
        with_her = self.with_stage().annotate(agreed=Subquery(said.order_by("-pk").values("given")[:1]))
        consents = Q(agreed=True) | ~Q(basis=Basis.CONSENT)
        accounts = user.account_ids(Role.REFERRAL_PARTNER)
        return with_her.filter(consents, partner__in=accounts, now__in=[str(stage.value) for stage in WITH_PARTNER])


class CaseReferral(models.Model):
    """One person and one partner; what the partner may know lies sealed field by field, and nothing else is here."""

    ref = ReferenceField(prefix="HLP")
    case = models.ForeignKey(RemediationCase, on_delete=models.CASCADE, related_name="referrals")
    partner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=6, choices=Route.choices)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    services = models.JSONField(default=list)
    urgency = models.CharField(max_length=6)
    explained = models.JSONField(default=list)
    agreed_channel = models.CharField(max_length=14, blank=True)
    override_reason = models.CharField(max_length=20, blank=True)
    override_note = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    clock = models.OneToOneField(Clock, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["partner", "-id"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def stage(self) -> Stage:
        """Return where it stands: the newest step says it."""
        annotated = self.__dict__.get("now")
        newest = annotated or self.steps.order_by("-pk").values_list("stage", flat=True).first()
        return Stage(str(newest))

    @property
    def way_words(self) -> str:
        """Return in words by which rules it goes: what was sent without consent never reads as if she had agreed."""
        return str(Basis.OVERRIDE.label if self.basis == Basis.OVERRIDE else Route(self.route).label)

    def permits(self, user: User, right: str) -> bool:
        """Say whether a user may answer for the partner that holds it now."""
        return right == "respond" and CaseReferral.objects.visible_to(user).filter(pk=self.pk).exists()


class CaseReferralField(models.Model):
    """One thing that the partner may know, sealed by itself; destroyed when the referral is over or taken back."""

    referral = models.ForeignKey(CaseReferral, on_delete=models.CASCADE, related_name="fields")
    code = models.CharField(max_length=24)
    sealed = models.ForeignKey(SealedRecord, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["referral", "code"], name="one_case_referral_field")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.code}"


class CaseReferralStep(models.Model):
    """One step of a referral; the newest is where it stands."""

    referral = models.ForeignKey(CaseReferral, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=16, choices=Stage.choices)
    reason = models.CharField(max_length=40, blank=True)
    remark = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["referral", "-id"])]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.stage}"


def unanswered_by(user: User) -> int:
    """Return how many referrals wait for the first answer of a user's own organisation."""
    return CaseReferral.objects.visible_to(user).filter(Q(now=Stage.SENT)).count()
