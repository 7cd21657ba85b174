"""Who is who: organisations and people, their names, identifiers and sites."""

from django.conf import settings
from django.db import models
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
