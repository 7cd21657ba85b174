"""Visits: where, who goes, in what state; why is sealed."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from checklists.models import ChecklistVersion
from core.fields import ReferenceField
from core.models import Account, SealedRecord, User
from core.roles import Role
from parties.conflicts import parties_of
from parties.models import Party, Site


class State(models.TextChoices):
    """Where a visit stands."""

    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", _("under way")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class Agency(models.TextChoices):
    """Who else was there."""

    HEALTH = "health", _("public health")
    FIRE = "fire", _("fire service")
    CHILD = "child", _("child protection")
    SOCIAL = "social", _("social services")
    UNION = "union", _("workers' organisation")
    TAX = "tax", _("tax or social security")
    POLICE = "police", _("police")
    IMMIGRATION = "immigration", _("immigration")
    OTHER = "other", _("another agency")


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits as their readers see them."""

    def visible_to(self, user: User) -> "VisitQuerySet":
        """Keep the visits a user may know of: his own, those he supervises, all for the ministry and for auditors.

        Whoever is tied to the visited party, or declared an interest in it, never learns of the visit.
        """
        if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR):
            seen = self
        elif user.has_role(Role.INSPECTOR):
            seen = self.filter(Q(pk__in=_in_team(user)) | Q(supervisor=user))
        else:
            return self.none()
        interested = Interest.objects.filter(inspector=user, ended_at__isnull=True).values("party")
        return seen.exclude(Q(party__in=parties_of(user)) | Q(party__in=interested))

    def of(self, user: User) -> "VisitQuerySet":
        """Keep the visits whose team a user is in today."""
        return self.filter(pk__in=_in_team(user))

    def with_state(self) -> "VisitQuerySet":
        """Add `state` and `state_at`, the newest state row's."""
        newest = VisitState.objects.filter(visit=OuterRef("pk")).order_by("-pk")
        return self.annotate(state=Subquery(newest.values("state")[:1]), state_at=Subquery(newest.values("at")[:1]))

    def by_urgency(self) -> "VisitQuerySet":
        """Add `urgency`: what is under way first, then what is planned, then what is over."""
        ranks = {State.UNDER_WAY: 0, State.PLANNED: 1, State.CLOSED: 2, State.CANCELLED: 3}
        whens = [When(state=state, then=Value(rank)) for state, rank in ranks.items()]
        newest = VisitState.objects.filter(visit=OuterRef("pk")).order_by("-pk")
        ranked = newest.annotate(rank=Case(*whens, default=Value(9), output_field=IntegerField())).values("rank")[:1]
        return self.with_state().annotate(urgency=Coalesce(Subquery(ranked), Value(9)))

    def in_state(self, *states: State) -> "VisitQuerySet":
        """Keep the visits whose newest state is one of these."""
        return self.with_state().filter(Q(state__in=states))

    def unchanged_since(self, moment: datetime) -> "VisitQuerySet":
        """Keep the visits whose state has not changed since a moment."""
        return self.with_state().filter(Q(state_at__lt=moment))

    def with_lead(self) -> "VisitQuerySet":
        """Add `lead_name`, the leading inspector's name."""
        lead = TeamMember.objects.filter(visit=OuterRef("pk"), lead=True, until__isnull=True).order_by("pk")
        return self.annotate(lead_name=Subquery(lead.values("inspector__display_name")[:1]))


def _in_team(user: User) -> "models.QuerySet[TeamMember, Any]":
    """Return the visits whose team a user is in today: looked up once and not anew for each visit."""
    return TeamMember.objects.filter(inspector=user, until__isnull=True).values("visit")


class Visit(models.Model):
    """One inspection of one place under one checklist version."""

    ref = ReferenceField(prefix="VIS")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    planned_for = models.DateField(_("planned for"))
    announced = models.BooleanField(_("announced"), default=False)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    trigger = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_for", "-pk"]
        indexes = [models.Index(fields=["planned_for", "id"]), models.Index(fields=["party", "-planned_for"])]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the visit's page."""
        return reverse("inspections:visit", args=[self.ref])

    @cached_property
    def history(self) -> list["VisitState"]:
        """Return the state rows, oldest first."""
        return list(self.states.select_related("by"))

    @cached_property
    def standing(self) -> State:
        """Return the state that the newest row gives."""
        annotated = self.__dict__.get("state")
        return State(annotated if annotated else self.history[-1].state)

    @cached_property
    def team(self) -> list["TeamMember"]:
        """Return today's team, the lead first."""
        return list(self.members.filter(until__isnull=True).select_related("inspector").order_by("-lead", "pk"))

    @property
    def lead(self) -> User | None:
        """Return the leading inspector."""
        return next((member.inspector for member in self.team if member.lead), None)

    def responsible_people(self) -> list[User]:
        """Return who is told of what concerns the visit: its lead and its supervisor."""
        people = [self.lead, self.supervisor]
        return [person for person in people if person is not None]

    def is_on_team(self, user: User) -> bool:
        """Say whether a user is in today's team."""
        return any(member.inspector_id == user.pk for member in self.team)

    def permits(self, user: User, right: str) -> bool:
        """Say whether a user may answer, manage, supervise, read the words or read why the visit was planned."""
        if self.party_id in parties_of(user):
            return False
        on_team = user.has_role(Role.INSPECTOR) and self.is_on_team(user)
        named = user.pk == self.supervisor_id
        holds = self.lead is not None and user.pk == self.lead.pk
        rights = {
            "answer": on_team,
            "manage": on_team,
            "words": on_team or named,
            "supervise": named or user.has_role(Role.MINISTRY_OFFICER),
            "assign": named or holds or user.has_role(Role.MINISTRY_OFFICER),
            "trigger": named or (holds and on_team),
            "report": on_team or named,
            "issue": (holds and on_team) or named,
        }
        return rights.get(right, False)


class VisitState(models.Model):
    """One change of a visit's state; the newest row is the state."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=12, choices=State.choices)
    reason = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["visit", "-id"])]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.state}"


class TeamMember(models.Model):
    """An inspector on a visit, from when to when, and his word that he has no interest in the employer."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="members")
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lead = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    declared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "inspector"], condition=Q(until__isnull=True), name="one_open_place_in_team"
            ),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(until__isnull=True, lead=True), name="one_lead_per_visit"
            ),
        ]
        indexes = [models.Index(fields=["inspector", "until"])]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.inspector_id}"


class Interest(models.Model):
    """An interest that an inspector has in a party: while it lasts, no visit to that party may be his."""

    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["inspector", "party"])]

    def __str__(self) -> str:
        return f"{self.inspector_id} {self.party_id}"


class Presence(models.Model):
    """Another agency that was there, and whether it led: workers fall silent where police or immigration lead."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="presences")
    agency = models.CharField(max_length=12, choices=Agency.choices)
    led = models.BooleanField(default=False)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "agency"], name="one_presence_per_agency")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.agency}"


def last_visit_to(party: Party, before: date) -> Visit | None:
    """Return the last visit to a party that was planned before a day."""
    return Visit.objects.filter(party=party, planned_for__lt=before).order_by("-planned_for").first()
