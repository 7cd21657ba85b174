"""The respondent's right of reply: what he is told and asked in codes, until when, and his sealed answer."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import EvidenceFile, SealedRecord, User
from core.roles import Role
from grievances.disclosing import INVESTIGATE, WITH_NAME, WITHOUT_NAME
from grievances.models.cases import RemediationCase
from grievances.models.grievances import Accused
from grievances.models.handling import Clock, ConsentGiven
from parties.models import Party

RESPONDENTS = (Role.RECRUITER_MEMBER, Role.COMPANY_MEMBER)


class ReplyRequestQuerySet(models.QuerySet["ReplyRequest"]):
    """Requests as the organisation that is asked may see them."""

    def visible_to(self, user: User) -> "ReplyRequestQuerySet":
        """Keep what a user's own organisation is asked, as long as the worker lets it be asked."""
        accounts = frozenset[int]().union(*(user.account_ids(role) for role in RESPONDENTS))
        said = ConsentGiven.objects.filter(grievance=OuterRef("case__grievance")).order_by("-pk").values("given")
        told = self.annotate(
            may_look=Subquery(said.filter(purpose=INVESTIGATE)[:1]),
            may_tell=Subquery(said.filter(purpose=WITHOUT_NAME)[:1]),
            may_name=Subquery(said.filter(purpose=WITH_NAME)[:1]),
        )
        to_employer = Q(part=Accused.As.RECRUITER) | Q(may_tell=True) | Q(may_name=True)
        return told.filter(
            Q(may_look__isnull=True) | Q(may_look=True),
            to_employer,
            party__account__in=accounts,
            way=ReplyRequest.Way.ACCOUNT,
            taken_back_on=None,
        )


class ReplyRequest(models.Model):
    """What an accused organisation is asked: only what the worker agreed to, only in codes."""

    class Way(models.TextChoices):
        """How it reaches them."""

        ACCOUNT = "account", _("Through their account here")
        LETTER = "letter", _("By letter")

    ref = ReferenceField(prefix="ASK")
    case = models.ForeignKey(RemediationCase, on_delete=models.CASCADE, related_name="reply_requests")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Accused.As.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    content = models.JSONField(default=dict)
    name = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    risks = models.JSONField(default=list)
    agreed_channel = models.CharField(max_length=14)
    sent_on = models.DateField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    clock = models.OneToOneField(Clock, null=True, on_delete=models.SET_NULL, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)
    taken_back_on = models.DateField(null=True, blank=True)

    objects = ReplyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["party", "-id"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def answered(self) -> bool:
        """Say whether an answer is there."""
        return hasattr(self, "reply")

    def permits(self, user: User, right: str) -> bool:
        """Say whether a user may answer for the organisation that is asked."""
        return right == "answer" and ReplyRequest.objects.visible_to(user).filter(pk=self.pk).exists()


class Reply(models.Model):
    """What the respondent says: a stand in code, the rest sealed with the case."""

    class Stand(models.TextChoices):
        """How the respondent stands to what he is asked."""

        ACCEPTS = "accepts", _("It is true, and we will put it right")
        PARTLY = "partly", _("Partly true")
        DENIES = "denies", _("It is not true")
        UNABLE = "unable", _("We cannot say without knowing more")

    request = models.OneToOneField(ReplyRequest, on_delete=models.CASCADE, related_name="reply")
    stand = models.CharField(max_length=8, choices=Stand.choices)
    offers = models.JSONField(default=list)
    undertakes = models.BooleanField(default=False)
    body = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=14)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.stand} {self.on}"
