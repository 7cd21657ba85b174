"""Screening as work: a list, its rows, what was found, and what people decided about it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import Job, SealedRecord, User
from core.roles import Role
from recruiters.models.register import Recruiter
from recruiters.models.watchlists import WatchlistEntry, WatchlistLoad
from recruiters.screening import DEFAULT_THRESHOLD, Answer, Gravity, HitState, Outcome


class ScreeningQuerySet(models.QuerySet["Screening"]):
    """Screenings as readers may see them."""

    def visible_to(self, user: User) -> "ScreeningQuerySet":
        """Keep all for ministry officers and auditors; nobody else screens."""
        return self if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR) else self.none()


class Screening(models.Model):
    """One list compared with register and watchlists as they were on that day."""

    class State(models.TextChoices):
        """How far it is."""

        MAPPING = "mapping", _("columns to be confirmed")
        RUNNING = "running", _("running")
        DONE = "done", _("finished")
        FAILED = "failed", _("stopped")
        CANCELLED = "cancelled", _("cancelled")
        DISCARDED = "discarded", _("discarded")

    class Kind(models.TextChoices):
        """Where the rows come from."""

        UPLOAD = "upload", _("uploaded list")
        PASTE = "paste", _("pasted list")
        REGISTER = "register", _("the register itself")
        RESCREEN = "rescreen", _("screened again after a new edition")

    ref = ReferenceField(prefix="SCR")
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.UPLOAD)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAPPING)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    upload = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    columns = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    is_watched = models.BooleanField(_("screen again when a list changes"), default=True)
    load = models.ForeignKey(WatchlistLoad, null=True, on_delete=models.PROTECT, related_name="rescreenings")
    threshold = models.FloatField(_("threshold"), default=DEFAULT_THRESHOLD)
    algorithm = models.CharField(max_length=20, blank=True)
    lists = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["-created_at", "-id"]), models.Index(fields=["title", "id"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of this screening."""
        return reverse("recruiters:screening", args=[self.ref])

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may run it and decide about its hits: ministry officers."""
        return right in ("run", "decide", "export") and user.has_role(Role.MINISTRY_OFFICER)


class ScreeningRow(models.Model):
    """One row of the list with its outcome; ``not_screened`` until it was compared."""

    OUTCOMES = [
        (Outcome.CLEAR.value, _("clear")),
        (Outcome.POSSIBLE.value, _("possible")),
        (Outcome.MATCH.value, _("match")),
        (Outcome.NOT_SCREENED.value, _("not screened")),
    ]
    TONES = {"clear": "good", "possible": "warn", "match": "bad", "not_screened": "info"}

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=12, default="organisation")
    country = models.CharField(max_length=2, blank=True)
    licence_number = models.CharField(max_length=80, blank=True)
    registration_number = models.CharField(max_length=80, blank=True)
    born = models.CharField(max_length=10, blank=True)
    raw = models.JSONField(default=dict)
    subject_key = models.CharField(max_length=32)
    outcome = models.CharField(max_length=12, choices=OUTCOMES, default=Outcome.NOT_SCREENED.value)
    reason = models.CharField(max_length=40, default="waiting")
    score = models.FloatField(default=0)
    register_status = models.CharField(max_length=30, blank=True)
    former = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="later")

    class Meta:
        ordering = ["screening_id", "number"]
        constraints = [models.UniqueConstraint(fields=["screening", "number"], name="one_row_per_number")]
        indexes = [
            models.Index(fields=["screening", "outcome", "number"]),
            models.Index(fields=["screening", "-score", "id"]),
            models.Index(fields=["screening", "name", "id"]),
            models.Index(fields=["subject_key", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def own_recruiter(self) -> str:
        """Return the reference of the recruiter that the row was made from; a list that was handed in has none.

        What such a list says in a column of that name is only its writer's word.
        """
        return str(self.raw.get("recruiter", "")) if self.screening.kind == Screening.Kind.REGISTER else ""

    @property
    def tone(self) -> str:
        """Return the colour of the outcome."""
        return self.TONES[self.outcome]


class ScreeningHit(models.Model):
    """One thing on a list that looks like a row: what was compared, and what agreed, contradicted or was absent."""

    STATES = [
        (HitState.OPEN.value, _("to be decided")),
        (HitState.AWAITING_SECOND.value, _("waits for a second decision")),
        (HitState.TRUE.value, _("true match")),
        (HitState.FALSE.value, _("false match")),
        (HitState.UNSURE.value, _("unsure")),
        (HitState.INFO.value, _("for information")),
        (HitState.SUPERSEDED.value, _("taken over by a later screening")),
    ]
    GRAVITIES = [
        (Gravity.INFO.value, _("information")),
        (Gravity.ATTENTION.value, _("attention")),
        (Gravity.SEVERE.value, _("severe")),
    ]
    STATE_TONES = {
        "open": "warn",
        "awaiting_second": "warn",
        "true": "bad",
        "false": "good",
        "unsure": "info",
        "info": "",
        "superseded": "",
    }
    GRAVITY_TONES = {"info": "", "attention": "warn", "severe": "bad"}

    ref = ReferenceField(prefix="HIT")
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="hits")
    row = models.ForeignKey(ScreeningRow, on_delete=models.CASCADE, related_name="hits")
    recruiter = models.ForeignKey(Recruiter, null=True, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(WatchlistEntry, null=True, on_delete=models.PROTECT, related_name="+")
    target_key = models.CharField(max_length=200)
    target_name = models.CharField(max_length=500)
    list_code = models.CharField(max_length=60, blank=True)
    list_name = models.CharField(max_length=200)
    list_date = models.DateField(null=True)
    content_hash = models.CharField(max_length=64)
    score = models.FloatField()
    verdict = models.CharField(max_length=15)
    gravity = models.CharField(max_length=10, choices=GRAVITIES)
    rank = models.PositiveSmallIntegerField(default=1)
    query_name = models.CharField(max_length=300, blank=True)
    candidate_name = models.CharField(max_length=500, blank=True)
    features = models.JSONField(default=list)
    algorithm = models.CharField(max_length=20)
    state = models.CharField(max_length=16, choices=STATES, default=HitState.OPEN.value)
    note = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    held_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["screening", "state", "-score", "id"]),
            models.Index(fields=["target_key"]),
            models.Index(fields=["state", "rank", "-score", "id"]),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the page on which it is decided."""
        return reverse("recruiters:hit", args=[self.ref])

    @property
    def is_open(self) -> bool:
        """Tell whether a person still has to decide."""
        return self.state in (HitState.OPEN, HitState.AWAITING_SECOND)

    @property
    def state_tone(self) -> str:
        """Return the colour of the state."""
        return self.STATE_TONES[self.state]

    @property
    def gravity_tone(self) -> str:
        """Return the colour of the gravity."""
        return self.GRAVITY_TONES[self.gravity]


class HitDecision(models.Model):
    """One person's decision about one pair; it holds for that pair in later screenings until the record changes."""

    class Reason(models.TextChoices):
        """Why."""

        SAME_IDENTIFIER = "same_identifier", _("A number or paper proves that it is the same")
        SAME_PEOPLE = "same_people", _("Same owners, directors or address")
        NAME_AND_COUNTRY = "name_and_country", _("Name and country agree and nothing speaks against it")
        OTHER_IDENTIFIER = "other_identifier", _("Another licence or registration number")
        OTHER_COUNTRY = "other_country", _("Another country")
        OTHER_KIND = "other_kind", _("A person, not an organisation, or the reverse")
        OTHER_TRADE = "other_trade", _("Another trade or sector")
        COMMON_NAME = "common_name", _("Only a common name agrees")
        OTHER_DATE = "other_date", _("Another date of birth or foundation")
        ASKED_FOR_PAPERS = "asked_for_papers", _("More papers were asked for")
        OTHER = "other", _("Another reason, in words")

    ANSWERS = [
        (Answer.TRUE.value, _("True match: it is the same")),
        (Answer.FALSE.value, _("False match: it is somebody else")),
        (Answer.UNSURE.value, _("Unsure: more is needed")),
    ]
    UNDONE = "undone"

    hit = models.ForeignKey(ScreeningHit, on_delete=models.CASCADE, related_name="decisions")
    subject_key = models.CharField(max_length=32)
    target_key = models.CharField(max_length=200)
    content_hash = models.CharField(max_length=64)
    answer = models.CharField(max_length=8, choices=[*ANSWERS, (UNDONE, _("Taken back"))])
    reason_code = models.CharField(max_length=30, choices=Reason.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    carried_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="carried")
    undoes = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="undone_by")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_key", "target_key", "-id"])]

    def __str__(self) -> str:
        return self.answer
