"""What recruiters ask for: a licence or its renewal, and the correction of a fact."""

from typing import cast

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import EvidenceFile, SealedRecord, User
from core.roles import Role
from recruiters.models.licences import Licence
from recruiters.models.register import Recruiter, seen_by
from recruiters.models.risk import RiskFact
from recruiters.models.words import Reason


class FollowsRecruiter(models.QuerySet):  # type: ignore[type-arg]  # shared by two models
    """Rows that are seen by whoever sees their recruiter, and only by officers among staff."""

    def visible_to(self, user: User) -> "FollowsRecruiter":
        """Keep the rows of recruiters that the user may see."""
        if not user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR, Role.RECRUITER_MEMBER):
            return self.none()
        return self.filter(seen_by(user, "recruiter__"))


class ApplicationQuerySet(FollowsRecruiter):
    """Applications as readers may see them: a draft is the applicant's own until it is handed in."""

    def visible_to(self, user: User) -> "ApplicationQuerySet":
        """Keep the rows that the user may see."""
        found = cast("ApplicationQuerySet", super().visible_to(user))
        own = user.account_ids(Role.RECRUITER_MEMBER)
        return found.exclude(~models.Q(recruiter__party__account__in=own), state=Application.State.DRAFT)


class Application(models.Model):
    """A request for a licence or for its renewal."""

    class Kind(models.TextChoices):
        """What is asked for."""

        NEW = "new", _("new licence")
        RENEWAL = "renewal", _("renewal")

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("not handed in yet")
        SUBMITTED = "submitted", _("handed in")
        RETURNED = "returned", _("returned for completion")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TONES = {"draft": "", "submitted": "info", "returned": "warn", "granted": "good", "refused": "bad", "withdrawn": ""}
    OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED)
    EDITABLE = (State.DRAFT, State.RETURNED)

    ref = ReferenceField(prefix="APP")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="applications")
    licence = models.ForeignKey(Licence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SUBMITTED)
    content = models.JSONField(default=dict, blank=True)
    reason_code = models.CharField(max_length=40, choices=Reason.choices, blank=True)
    order_number = models.CharField(max_length=80, blank=True)
    destinations = models.JSONField(_("destinations"), default=list, blank=True)
    workers_a_year = models.PositiveIntegerField(_("workers a year"), null=True, blank=True)
    charges_no_fees = models.BooleanField(_("declares that workers pay no fees"), default=False)
    submitted_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["licence"],
                condition=models.Q(state__in=["draft", "submitted", "returned"], licence__isnull=False),
                name="one_open_application_per_licence",
            ),
            models.UniqueConstraint(
                fields=["recruiter"],
                condition=models.Q(state__in=["draft", "submitted", "returned"], licence__isnull=True),
                name="one_open_first_application",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits for somebody."""
        return self.state in self.OPEN

    @property
    def tone(self) -> str:
        """Return the colour of the state."""
        return self.TONES[self.state]

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may do this; an application follows its recruiter."""
        return self.recruiter.permits(user, right)


class ApplicationStep(models.Model):
    """One step of an application, with the reason that the applicant reads."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=Application.State.choices)
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.state


class Dispute(models.Model):
    """A recruiter says that a fact is wrong; its words are sealed, for they may name people."""

    class Ground(models.TextChoices):
        """On which ground."""

        NOT_US = "not_us", _("It concerns somebody else")
        WRONG_FACT = "wrong_fact", _("It did not happen like this")
        WRONG_DATE = "wrong_date", _("The date is wrong")
        PUT_RIGHT = "put_right", _("It was put right since")
        OTHER = "other", _("Another ground")

    class About(models.TextChoices):
        """What of the entry is disputed."""

        FACT = "fact", _("a recorded fact")
        NAME = "name", _("a name")
        CONTACT = "contact", _("an address, telephone, e-mail or web site")
        PERSON = "person", _("an owner, director or officer")
        LICENCE = "licence", _("a licence or its dates")
        TIE = "tie", _("a tie to another organisation")
        OTHER = "other", _("something else in the entry")

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("to be decided")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    TONES = {"open": "warn", "accepted": "good", "rejected": "bad"}

    ref = ReferenceField(prefix="DSP")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="disputes")
    fact = models.ForeignKey(RiskFact, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes")
    about = models.CharField(_("about"), max_length=12, choices=About.choices, default=About.FACT)
    ground = models.CharField(_("ground"), max_length=12, choices=Ground.choices)
    words = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    files = models.ManyToManyField(EvidenceFile, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = FollowsRecruiter.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["fact"], condition=models.Q(state="open"), name="one_open_dispute_per_fact"
            ),
            models.CheckConstraint(
                condition=models.Q(fact__isnull=False) | ~models.Q(about="fact"), name="a_disputed_fact_is_named"
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def tone(self) -> str:
        """Return the colour of the state."""
        return self.TONES[self.state]

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may do this; a dispute follows its recruiter."""
        return self.recruiter.permits(user, right)


class DisputeStep(models.Model):
    """One step of a dispute, with the answer that the recruiter reads."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=Dispute.State.choices)
    answer = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.state
