"""Appeals against what the ministry decided: a refused application, an order about a licence, a refused claim."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import Account, EvidenceFile, SealedRecord, User
from core.roles import Role
from recruiters.appealterms import appeal_terms, decide_by
from recruiters.models.applications import Application
from recruiters.models.claims import Claim
from recruiters.models.licences import LicenceStatus
from recruiters.models.register import Recruiter, seen_by
from recruiters.zones import local_day


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Appeals as readers may see them."""

    def visible_to(self, user: User) -> "AppealQuerySet":
        """Keep all for officers and auditors, for a recruiter's people those of their own organisation."""
        if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR):
            return self.filter(seen_by(user, "recruiter__"))
        own = user.account_ids(Role.RECRUITER_MEMBER)
        return self.filter(account__in=own) if own else self.none()


class Appeal(models.Model):
    """An organisation asks that a decision be looked at anew, by somebody who did not take it."""

    class Ground(models.TextChoices):
        """On which ground."""

        FACTS_WRONG = "facts_wrong", _("The facts are wrong")
        LAW_WRONG = "law_wrong", _("The law was applied wrongly")
        NOT_HEARD = "not_heard", _("We were not heard")
        TOO_HARSH = "too_harsh", _("The decision is out of proportion")
        NEW_FACTS = "new_facts", _("There are new facts")

    class State(models.TextChoices):
        """Where it stands."""

        LODGED = "lodged", _("to be decided")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TONES = {"lodged": "warn", "upheld": "good", "dismissed": "bad", "withdrawn": ""}

    ref = ReferenceField(prefix="APL")
    recruiter = models.ForeignKey(Recruiter, on_delete=models.PROTECT, related_name="appeals")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="appeals"
    )
    decision = models.ForeignKey(LicenceStatus, null=True, blank=True, on_delete=models.PROTECT, related_name="appeals")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="appeals")
    ground = models.CharField(_("ground"), max_length=12, choices=Ground.choices)
    words = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    files = models.ManyToManyField(EvidenceFile, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.LODGED)
    lodged_at = models.DateTimeField(default=timezone.now)
    lodged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(application__isnull=False, decision__isnull=True, claim__isnull=True)
                | models.Q(application__isnull=True, decision__isnull=False, claim__isnull=True)
                | models.Q(application__isnull=True, decision__isnull=True, claim__isnull=False),
                name="an_appeal_is_against_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=[what], condition=models.Q(state="lodged"), name=f"one_open_appeal_per_{what}"
                )
                for what in ("application", "decision", "claim")
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def tone(self) -> str:
        """Return the colour of the state."""
        return self.TONES[self.state]

    @property
    def is_open(self) -> bool:
        """Tell whether it still has to be decided."""
        return self.state == self.State.LODGED

    @property
    def decide_by(self) -> date:
        """Return the last day on which it is to be decided, by the term in force when it was lodged."""
        against = "application" if self.application_id else "order" if self.decision_id else "claim"
        country = self.recruiter.country
        return decide_by(appeal_terms(), against=against, country=country, lodged=local_day(country, self.lodged_at))[0]

    def overdue_on(self, day: date) -> bool:
        """Tell whether it still has to be decided after its last day."""
        return self.is_open and self.decide_by < day

    @property
    def is_overdue(self) -> bool:
        """Tell whether its last day has passed where the recruiter is registered."""
        return self.overdue_on(local_day(self.recruiter.country, timezone.now()))

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may do this; an appeal follows its recruiter."""
        if right == "withdraw":
            return self.account_id in user.account_ids(Role.RECRUITER_MEMBER)
        return self.recruiter.permits(user, right)


class AppealStep(models.Model):
    """One step of an appeal, with the order that decided it and the answer that the recruiter reads."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=Appeal.State.choices)
    answer = models.CharField(max_length=2000, blank=True)
    order_number = models.CharField(max_length=80, blank=True)
    order_authority = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.state
