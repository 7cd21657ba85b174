"""An agency says that a page of the register is its own. A claim is never a verification."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import Account, EvidenceFile, SealedRecord, User
from core.roles import Role
from recruiters.models.register import Recruiter, seen_by


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims as readers may see them."""

    def visible_to(self, user: User) -> "ClaimQuerySet":
        """Keep all for officers and auditors, for a recruiter's people those of their own organisation."""
        if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR):
            return self.filter(seen_by(user, "recruiter__"))
        own = user.account_ids(Role.RECRUITER_MEMBER)
        return self.filter(account__in=own) if own else self.none()


class Claim(models.Model):
    """An organisation that signs in claims an entry of the register."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("to be decided")
        PROPOSED = "proposed", _("waits for a second officer")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("ended")

    class Why(models.TextChoices):
        """Why a claim was refused or ended."""

        NOT_SHOWN = "not_shown", _("The papers do not show that the entry is yours")
        OTHERS = "others", _("The papers show that the entry is somebody else's")
        NOT_READABLE = "not_readable", _("The papers cannot be read, or are out of date")
        REPLACED = "replaced", _("Another organisation showed that the entry is its own")
        GIVEN_UP = "given_up", _("The organisation gave it up")

    TONES = {"open": "warn", "proposed": "warn", "approved": "good", "refused": "bad", "ended": ""}
    WAITING = (State.OPEN, State.PROPOSED)

    ref = ReferenceField(prefix="CLM")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="claims")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    words = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    files = models.ManyToManyField(EvidenceFile, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["recruiter"], condition=models.Q(state="approved"), name="one_approved_claim_per_recruiter"
            ),
            models.UniqueConstraint(
                fields=["recruiter", "account"],
                condition=models.Q(state__in=["open", "proposed", "approved"]),
                name="one_live_claim_per_account",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def tone(self) -> str:
        """Return the colour of the state."""
        return self.TONES[self.state]

    @property
    def waits(self) -> bool:
        """Tell whether an officer still has to act."""
        return self.state in self.WAITING

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may do this: officers decide, the claiming organisation's people appeal."""
        if right in ("appeal", "read_own"):
            return self.account_id in user.account_ids(Role.RECRUITER_MEMBER)
        return self.recruiter.permits(user, right)


class ClaimStep(models.Model):
    """One step of a claim, with the reason that the claimant reads."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=Claim.State.choices)
    reason_code = models.CharField(max_length=20, choices=Claim.Why.choices, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.state
