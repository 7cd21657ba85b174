"""Editions of watchlists that were read and wait for a decision; and lists that are used no more."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import SealedRecord, User
from core.roles import Role
from recruiters.models.watchlists import WatchlistLoad, WatchlistSource


class ListProposalQuerySet(models.QuerySet["ListProposal"]):
    """Proposals as readers may see them."""

    def visible_to(self, user: User) -> "ListProposalQuerySet":
        """Keep all for officers and auditors, none for others."""
        return self if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR) else self.none()


class ListProposal(models.Model):
    """An edition as it was brought, sealed, with what it would change; nothing is replaced before it is confirmed."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("to be confirmed")
        APPLIED = "applied", _("applied")
        DISCARDED = "discarded", _("discarded")

    ref = ReferenceField(prefix="WLP")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200, blank=True)
    list_date = models.DateField(_("edition of"))
    max_age_days = models.PositiveIntegerField(null=True)
    file_name = models.CharField(max_length=200)
    upload = models.ForeignKey(SealedRecord, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    report = models.JSONField(default=dict)
    brought_at = models.DateTimeField(auto_now_add=True)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    load = models.OneToOneField(WatchlistLoad, null=True, on_delete=models.PROTECT, related_name="proposal")

    objects = ListProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Return the page on which it is looked at."""
        return reverse("recruiters:watchlist_proposal", args=[self.ref])

    def permits(self, user: User, right: str) -> bool:
        """Say whether the user may do this; ``run`` (confirm, discard) is the officers'."""
        return right == "run" and user.has_role(Role.MINISTRY_OFFICER)


class ListRetirement(models.Model):
    """A list goes out of use; one that screenings rested on needs a second officer. Past results keep naming it."""

    class State(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed", _("waits for a second officer")
        DONE = "done", _("out of use")
        NOT_AGREED = "not_agreed", _("not agreed")

    source = models.ForeignKey(WatchlistSource, on_delete=models.PROTECT, related_name="retirements")
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(state="proposed"), name="one_open_retirement_per_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.state}"
