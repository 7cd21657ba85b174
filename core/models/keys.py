"""Who can open what: people's key pairs, strongboxes, the keys to them, and the organisation's recovery key."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.accounts import User


class KeyPair(models.Model):
    """A person's key pair: the public half in the clear, the private half sealed by her password."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="key_pairs")
    public = models.CharField(max_length=64, unique=True)
    sealed_private = models.BinaryField()
    salt = models.BinaryField()
    passes = models.PositiveIntegerField()
    memory = models.PositiveBigIntegerField()
    pepper = models.CharField(max_length=16)
    made_on = models.DateField(auto_now_add=True)
    trusted_on = models.DateField(null=True, blank=True)
    trusted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(retired_on__isnull=True), name="one_live_key_pair")
        ]

    def __str__(self) -> str:
        return f"key of {self.user_id}"


class Strongbox(models.Model):
    """A key pair of its own for one matter: anybody may seal into it, only who holds a key to it may open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public = models.CharField(max_length=64)
    made_on = models.DateField(auto_now_add=True)

    def __str__(self) -> str:
        return "strongbox"


class StrongboxKey(models.Model):
    """A strongbox's private half, wrapped for one recipient; without content the recipient still waits for it."""

    class Kind(models.TextChoices):
        """Whose key it is."""

        PERSON = "person", _("A person who signs in")
        RECEIPT = "receipt", _("The worker's receipt")
        RECOVERY = "recovery", _("The recovery key")
        SERVER = "server", _("The server itself, until a person has a key")

    strongbox = models.ForeignKey(Strongbox, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    recipient = models.CharField(max_length=64, db_index=True)
    wrapped = models.BinaryField(blank=True, default=b"")

    class Meta:
        indexes = [models.Index(fields=["strongbox"], condition=Q(kind="server"), name="boxes_the_server_opens")]
        constraints = [
            models.UniqueConstraint(fields=["strongbox", "recipient"], name="one_key_per_recipient"),
            models.UniqueConstraint(fields=["strongbox"], condition=Q(kind="receipt"), name="one_receipt_per_box"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} key"


class RecoveryKey(models.Model):
    """The public half of the organisation's recovery key; the private half lies offline in two parts."""

    public = models.CharField(max_length=64, unique=True)
    made_on = models.DateField(auto_now_add=True)
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["live"], condition=Q(live=True), name="one_live_recovery_key")]

    def __str__(self) -> str:
        return f"recovery key {self.public[:8]}"
