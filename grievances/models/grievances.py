"""Grievances: coded facts in the clear, words and contact only in the vault, accused parties as links."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import SealedRecord, Strongbox, User
from core.roles import Role
from grievances.statuses import Status
from parties.conflicts import parties_of
from parties.models import Party


class GrievanceQuerySet(models.QuerySet["Grievance"]):
    """Grievances as their handlers may see them."""

    def visible_to(self, user: User) -> "GrievanceQuerySet":
        """Keep what a case officer may know of: nothing that accuses anyone she is, works for or is tied to."""
        if not user.has_role(Role.CASE_OFFICER):
            return self.none()
        tied = parties_of(user)
        accused = Accused.objects.filter(party__in=tied, dropped_on__isnull=True).values("grievance")
        recused = Recusal.objects.filter(user=user).values("grievance")
        return self.exclude(pk__in=accused).exclude(pk__in=recused)

    def overseen_by(self, user: User) -> "GrievanceQuerySet":
        """Keep what an auditor may know of in codes: nothing that accuses anyone she is, works for or is tied to."""
        if not user.has_role(Role.AUDITOR):
            return self.none()
        accused = Accused.objects.filter(party__in=parties_of(user), dropped_on__isnull=True).values("grievance")
        recused = Recusal.objects.filter(user=user).values("grievance")
        return self.exclude(pk__in=accused).exclude(pk__in=recused)

    def with_status(self) -> "GrievanceQuerySet":
        """Add the newest status as `state`."""
        newest = GrievanceStatus.objects.filter(grievance=OuterRef("pk")).order_by("-pk").values("status")[:1]
        return self.annotate(state=Subquery(newest))


class Grievance(models.Model):
    """What a worker tells: codes, dates to the day, and references to what the vault holds."""

    class Channel(models.TextChoices):
        """How it came in."""

        WEB = "web", _("Web page")
        SMS = "sms", _("Text message")
        HOTLINE = "hotline", _("Phone line")
        IN_PERSON = "in_person", _("In person")
        PAPER = "paper", _("Paper form")

    class ContactMode(models.TextChoices):
        """How the worker wants to be reached."""

        RECEIPT = "receipt", _("Only through the receipt")
        PHONE = "phone", _("Phone call")
        SMS = "sms", _("Text message")
        EMAIL = "email", _("E-mail")

    class People(models.TextChoices):
        """How many are affected."""

        ONE = "one", _("One person")
        FEW = "few", _("A few people")
        MANY = "many", _("Many people")
        UNKNOWN = "unknown", _("Not known")

    ref = ReferenceField(prefix="GRV")
    receipt_locator = models.CharField(max_length=64, db_index=True)
    receipt_verifier = models.CharField(max_length=200)
    receipt_kept = models.BooleanField(default=False)
    form_digest = models.CharField(max_length=64, unique=True)
    received_on = models.DateField(db_index=True)
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.WEB)
    filed_by = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True)
    people = models.CharField(max_length=8, choices=People.choices, default=People.UNKNOWN)
    danger_now = models.BooleanField(default=False)
    under_18 = models.BooleanField(default=False)
    time_closing = models.BooleanField(default=False)
    statement = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    names_told = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    strongbox = models.ForeignKey(Strongbox, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact_mode = models.CharField(max_length=8, choices=ContactMode.choices, default=ContactMode.RECEIPT)
    priority = models.CharField(max_length=6, default="normal", db_index=True)
    keep_until = models.DateField(null=True, blank=True, db_index=True)
    files_until = models.DateField(null=True, blank=True, db_index=True)
    shell_until = models.DateField(null=True, blank=True, db_index=True)
    emptied_on = models.DateField(null=True, blank=True)

    accused: "models.ManyToManyField[Party, Accused]" = models.ManyToManyField(
        Party, through="grievances.Accused", related_name="+"
    )

    objects = GrievanceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["received_on", "priority"]),
            models.Index(fields=["received_on"], condition=Q(receipt_kept=False), name="receipts_still_shown"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def status(self) -> str:
        """Return where it stands now: the newest row says it."""
        annotated = getattr(self, "state", None)
        if annotated:
            return str(annotated)
        newest = self.statuses.order_by("-pk").values_list("status", flat=True).first()
        return newest or Status.RECEIVED

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the categories that hold now, those of triage once there are any."""
        rows = list(self.concerns.all())
        judged = sorted(row.code for row in rows if row.source == Concern.Source.TRIAGE)
        return tuple(judged or sorted(row.code for row in rows))

    def permits(self, user: User, right: str) -> bool:
        """Say whether a user may do this: every handler who may know of it may handle it; to oversee reads codes."""
        if not user.has_role(Role.AUDITOR if right == "oversee" else Role.CASE_OFFICER):
            return False
        # The same answer as `visible_to` and `overseen_by` give, which asks far less of one row in hand.
        tied = parties_of(user)
        named = Accused.objects.filter(grievance=self, party__in=tied, dropped_on__isnull=True)
        return not (Recusal.objects.filter(grievance=self, user=user).exists() or (tied and named.exists()))


class Concern(models.Model):
    """One category: as the worker ticked it, or as triage judged it."""

    class Source(models.TextChoices):
        """Who chose the category."""

        WORKER = "worker", _("Worker")
        TRIAGE = "triage", _("Triage")

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="concerns")
    code = models.CharField(max_length=8)
    source = models.CharField(max_length=8, choices=Source.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grievance", "code", "source"], name="one_concern_once")]
        indexes = [models.Index(fields=["code", "grievance"])]

    def __str__(self) -> str:
        return self.code


class GrievanceStatus(models.Model):
    """One step of a grievance's way; worker's steps are kept to the day."""

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=30)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["grievance", "-id"])]

    def __str__(self) -> str:
        return self.status


class Accused(models.Model):
    """A party that a grievance names; whoever is tied to it never learns of the grievance."""

    class As(models.TextChoices):
        """In which part a party is named."""

        RECRUITER = "recruiter", _("Recruiter")
        EMPLOYER = "employer", _("Employer")
        OTHER = "other", _("Other")

    class Basis(models.TextChoices):
        """How sure it is that this party is meant."""

        POSSIBLE = "possible", _("Possible: to be checked")
        CONFIRMED = "confirmed", _("Confirmed")

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="accusations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=As.choices)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    linked_on = models.DateField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grievance", "party", "part"], condition=Q(dropped_on__isnull=True), name="one_open_accusation"
            )
        ]
        indexes = [models.Index(fields=["party", "grievance"])]

    def __str__(self) -> str:
        return f"{self.part}:{self.party_id}"


class Recusal(models.Model):
    """A handler who stepped back, or was taken off: access ends with this row."""

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grievance", "user"], name="one_recusal_per_handler")]

    def __str__(self) -> str:
        return f"{self.user_id}"


class Assignment(models.Model):
    """Who handles a grievance, from when to when."""

    grievance = models.ForeignKey(Grievance, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["grievance"], condition=Q(until__isnull=True), name="one_handler_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
