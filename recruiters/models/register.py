"""The register: who recruits, where, and what its licences say today."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import User
from core.roles import Role
from parties.conflicts import parties_of
from parties.models import Party
from recruiters.licensing import GROUPS, MAY_RECRUIT, NO_LICENCE, OPEN_TERM, UNCLEAR, Status, group_of
from recruiters.models.words import BandWord, RecruiterKind, StatusCode, tone_of

READERS = (Role.MINISTRY_OFFICER, Role.INSPECTOR, Role.CASE_OFFICER, Role.AUDITOR)


class Sector(models.TextChoices):
    """Where workers are placed."""

    CONSTRUCTION = "construction", _("construction")
    DOMESTIC_WORK = "domestic_work", _("domestic work")
    MANUFACTURING = "manufacturing", _("manufacturing")
    GARMENT = "garment", _("garments")
    ELECTRONICS = "electronics", _("electronics")
    AGRICULTURE = "agriculture", _("farming")
    PLANTATION = "plantation", _("plantations")
    FISHING = "fishing", _("fishing and seafood")
    HOSPITALITY = "hospitality", _("hotels and restaurants")
    CLEANING = "cleaning", _("cleaning")
    SECURITY = "security", _("security")
    CARE = "care", _("health and care")
    TRANSPORT = "transport", _("transport")
    OTHER = "other", _("other work")


class Corridor(models.Model):
    """A way from a country of origin to a country of destination."""

    origin = models.CharField(_("from"), max_length=2)
    destination = models.CharField(_("to"), max_length=2)

    class Meta:
        ordering = ["origin", "destination"]
        constraints = [models.UniqueConstraint(fields=["origin", "destination"], name="one_corridor_per_pair")]

    def __str__(self) -> str:
        return f"{self.origin} → {self.destination}"

    @property
    def code(self) -> str:
        """Return the corridor's code, such as NP-QA."""
        return f"{self.origin}-{self.destination}"


def seen_by(user: User, path: str = "") -> Q:
    """Return the condition that a user may see a recruiter: staff all but those they are tied to, its people their own.

    ``path`` leads to the recruiter from other rows, as ``recruiter__`` does. Asked so and not as "among all recruiters
    that are seen", the database goes by the few rows that are looked for.
    """
    if user.has_role(*READERS):
        tied = parties_of(user)
        return ~Q(**{f"{path}party__in": tied}) if tied else Q()
    own = user.account_ids(Role.RECRUITER_MEMBER)
    return Q(**{f"{path}party__account__in": own}) if own else Q(pk__in=[])


class RecruiterQuerySet(models.QuerySet["Recruiter"]):
    """Recruiters as readers may see them, with their status on a day."""

    def visible_to(self, user: User) -> "RecruiterQuerySet":
        """Keep what the user may see: staff all but those they are tied to, a recruiter's people their own."""
        return self.filter(seen_by(user))

    def with_status(self, at: date | None = None) -> "RecruiterQuerySet":
        """Annotate ``status_code`` and ``status_valid`` on a day (today when none is named).

        For today the columns that the services keep are read, no other table. For another day the dated history is
        asked: the newest decision over all the recruiter's licences that had begun by then.
        """
        today = timezone.localdate()
        if at is None or at == today:
            code: Any = Case(
                When(standing_turns_at__lte=timezone.now(), then=F("standing_then")),
                default=F("standing_code"),
                output_field=models.CharField(),
            )
            return self.annotate(status_code=code).annotate(status_valid=_is_valid())
        from recruiters.models.licences import LicenceStatus

        begun = LicenceStatus.objects.filter(licence__recruiter=OuterRef("pk")).in_effect(at)
        code = Subquery(begun.annotate(on_day=_code_on(at)).values("on_day")[:1])
        return self.annotate(
            status_code=Case(When(Exists(begun), then=code), default=Value(NO_LICENCE), output_field=models.CharField())
        ).annotate(status_valid=_is_valid())

    def standing_today(self, *wanted: str) -> "RecruiterQuerySet":
        """Keep the recruiters whose status today is one of these codes or groups; answered from an index.

        Columns that have turned since the nightly job are looked for only when there are any.
        """
        now = timezone.now()
        groups = [name for name in wanted if name in GROUPS or name == UNCLEAR]
        codes = [name for name in wanted if name not in groups]
        holds = Q(standing_code__in=codes) if codes else Q()
        if groups:
            holds |= Q(standing_group=groups[0]) if len(groups) == 1 else Q(standing_group__in=groups)
        if not Recruiter.objects.filter(standing_turns_at__lte=now).exists():
            return self.filter(holds)
        meant = {*codes, *(code for code in StatusCode.values if group_of(code) in groups)}
        current = holds & (Q(standing_turns_at__isnull=True) | Q(standing_turns_at__gt=now))
        return self.filter(current | Q(standing_then__in=meant, standing_turns_at__lte=now))

    def listed(self) -> "RecruiterQuerySet":
        """Keep what the public register shows."""
        return self.filter(is_listed=True)


def _is_valid() -> Case:
    return Case(
        When(status_code__in=[str(code) for code in MAY_RECRUIT], then=Value(value=True)),
        default=Value(value=False),
        output_field=models.BooleanField(),
    )


def _grouped() -> Case:
    """Return the group of the standing, as the database works it out: nobody who writes the code can forget it."""
    return Case(
        *(When(standing_code__in=sorted(codes), then=Value(group)) for group, codes in GROUPS.items()),
        default=Value(UNCLEAR),
        output_field=models.CharField(max_length=10),
    )


def _code_on(day: date) -> Case:
    return Case(
        When(code__in=[str(code) for code in OPEN_TERM], expires_on__lt=day, then=Value(str(Status.EXPIRED))),
        default=F("code"),
        output_field=models.CharField(),
    )


class Recruiter(models.Model):
    """Somebody who finds work for others. The ``standing`` and ``risk`` columns repeat the newest rows for lists.

    They are written only by the services, in the transaction of the row they repeat; the history stays the truth.
    ``standing_until`` is the first day on which ``standing_then`` holds instead, and ``standing_turns_at`` the moment
    at which that day begins where the licence was given: a list is right from that midnight on, before any job ran.
    """

    ref = ReferenceField(prefix="REC")
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=30, choices=RecruiterKind.choices, default=RecruiterKind.AGENCY)
    sort_name = models.CharField(max_length=300)
    country = models.CharField(_("country"), max_length=2, blank=True)
    sectors = models.JSONField(_("sectors"), default=list, blank=True)
    corridors = models.ManyToManyField(Corridor, blank=True, related_name="+", verbose_name=_("corridors"))
    phone = models.CharField(_("telephone"), max_length=200, blank=True)
    email = models.CharField(_("e-mail"), max_length=200, blank=True)
    website = models.CharField(_("web site"), max_length=200, blank=True)
    is_listed = models.BooleanField(_("shown in the public register"), default=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField(_("registered"), default=timezone.localdate)
    standing_code = models.CharField(max_length=30, choices=StatusCode.choices, default=NO_LICENCE)
    standing_group = models.GeneratedField(
        expression=_grouped(), output_field=models.CharField(max_length=10), db_persist=True
    )
    standing_since = models.DateField(null=True, blank=True)
    standing_until = models.DateField(null=True, blank=True)
    standing_then = models.CharField(max_length=30, blank=True)
    standing_turns_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    licence_number = models.CharField(max_length=80, blank=True)
    risk_band = models.CharField(max_length=10, choices=BandWord.choices, default=BandWord.UNKNOWN)
    risk_score = models.PositiveSmallIntegerField(null=True, blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)

    objects = RecruiterQuerySet.as_manager()

    class Meta:
        # is_listed comes last: SQLite cannot seek by a bare boolean, and so each index serves staff and public alike.
        indexes = [
            models.Index(fields=["sort_name", "is_listed"]),
            models.Index(fields=["country", "sort_name", "is_listed"]),
            models.Index(fields=["standing_group", "sort_name", "is_listed"]),
            models.Index(fields=["country", "standing_group", "sort_name", "is_listed"]),
            models.Index(fields=["standing_code"]),
            models.Index(fields=["standing_until"]),
            models.Index(fields=["standing_turns_at"]),
            models.Index(fields=["expires_on"]),
            models.Index(fields=["risk_score"]),
            models.Index(fields=["risk_band", "sort_name", "is_listed"]),
        ]

    def __str__(self) -> str:
        return self.party.name

    def get_absolute_url(self) -> str:
        """Return the page for staff."""
        return reverse("recruiters:recruiter", args=[self.ref])

    @property
    def name(self) -> str:
        """Return the registered name."""
        return self.party.name

    @property
    def current_code(self) -> str:
        """Return the status code that holds today."""
        if self.standing_turns_at is not None and self.standing_turns_at <= timezone.now():
            return self.standing_then
        return self.standing_code

    @property
    def may_recruit(self) -> bool:
        """Tell whether a licence is valid today."""
        return self.current_code in MAY_RECRUIT

    @property
    def status_label(self) -> str:
        """Return today's status in words."""
        return str(StatusCode(self.current_code).label)

    @property
    def status_tone(self) -> str:
        """Return the colour of today's status."""
        return tone_of(self.current_code)

    def survivor(self) -> "Recruiter":
        """Return the entry that this one was merged into, however often; itself where it was not."""
        found = self
        for _step in range(20):
            if found.merged_into is None:
                break
            found = found.merged_into
        return found

    def belongs_to(self, user: User) -> bool:
        """Tell whether the user signs in for this recruiter."""
        return self.party.account_id in user.account_ids(Role.RECRUITER_MEMBER)

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may do this here; nobody decides about somebody they are tied to.

        Rights: ``edit`` and ``decide`` and ``assess`` (officers), ``see_facts`` (staff), ``see_grievances`` (officers
        and case officers), ``apply`` and ``dispute`` (the recruiter's own people).
        """
        if right in ("apply", "dispute"):
            return self.belongs_to(user)
        if self.party_id in parties_of(user):
            return False
        if right == "see_facts":
            return user.has_role(*READERS)
        if right == "see_grievances":
            return user.has_role(Role.MINISTRY_OFFICER, Role.CASE_OFFICER)
        return right in ("edit", "decide", "assess") and user.has_role(Role.MINISTRY_OFFICER)
