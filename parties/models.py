"""Who is who: organisations and people, their names, identifiers, sites and dated relationships."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import ReferenceField
from core.models import Account


class Kind(models.TextChoices):
    """What a party is."""

    ORGANISATION = "organisation", _("organisation")
    PERSON = "person", _("person")


class PartyQuerySet(models.QuerySet["Party"]):
    """Parties as others look for them."""

    def organisations(self) -> "PartyQuerySet":
        """Keep organisations."""
        return self.filter(kind=Kind.ORGANISATION)


class Party(models.Model):
    """An organisation or a person; a worker is never one: a person enters only as owner, officer or agent."""

    ref = ReferenceField(prefix="PTY")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=300)
    country = models.CharField(_("country"), max_length=2, blank=True)
    sector = models.CharField(_("sector"), max_length=100, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    account = models.OneToOneField(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "name"]), models.Index(fields=["country", "name"])]

    def __str__(self) -> str:
        return self.name


class Name(models.Model):
    """One name of a party in one script; the primary one is repeated on the party for lists."""

    class Use(models.TextChoices):
        """What a name is used for."""

        PRIMARY = "primary", _("registered name")
        ALIAS = "alias", _("also known as")
        TRADING = "trading", _("trading name")
        FORMER = "former", _("former name")

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Use.choices, default=Use.ALIAS)
    script = models.CharField(max_length=4, blank=True)
    language = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "text"], name="one_name_once_per_party")]

    def __str__(self) -> str:
        return self.text


class NameKey(models.Model):
    """One search key of a name: a folded token, kept in the transaction that changes the name."""

    name = models.ForeignKey(Name, on_delete=models.CASCADE, related_name="keys")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["key", "party"])]

    def __str__(self) -> str:
        return self.key


class Identifier(models.Model):
    """A number that an authority gave."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=80)
    authority = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "scheme", "value"], name="one_identifier_once_per_party")
        ]
        indexes = [models.Index(fields=["scheme", "value"])]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class Site(models.Model):
    """A place where a party works or houses people."""

    ref = ReferenceField(prefix="SIT")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(_("name"), max_length=300)
    address = models.CharField(_("address"), max_length=500, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["country", "name"])]

    def __str__(self) -> str:
        return self.name


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    """Relationships by date."""

    def current(self, at: date | None = None) -> "RelationshipQuerySet":
        """Keep the relationships that hold on a day (today when none is named)."""
        on = at or timezone.localdate()
        return self.filter(models.Q(starts__isnull=True) | models.Q(starts__lte=on)).filter(
            models.Q(ends__isnull=True) | models.Q(ends__gte=on)
        )


class Relationship(models.Model):
    """A dated relation: the source is owner (director, sub-agent, …) of the target."""

    class Is(models.TextChoices):
        """How the source relates to the target."""

        OWNER = "owner", _("owner of")
        DIRECTOR = "director", _("director of")
        SUB_AGENT = "sub_agent_of", _("sub-agent of")
        SUCCESSOR = "successor_of", _("successor of")
        SUPPLIER = "supplier_of", _("supplier of")
        WORKS_FOR = "works_for", _("works for")

    source = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="relations_out")
    kind = models.CharField(max_length=15, choices=Is.choices)
    target = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="relations_in")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True)
                | models.Q(starts__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="relationship_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["target", "kind"]), models.Index(fields=["source", "kind"])]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
