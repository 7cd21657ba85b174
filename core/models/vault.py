"""Sealed records: what only the vault can open."""

import uuid

from django.db import models

from core.models.keys import Strongbox


class SealedRecord(models.Model):
    """A text or a file's bytes under its own data key; the key lies wrapped beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=60)
    key_holder = models.CharField(max_length=20)
    strongbox = models.ForeignKey(Strongbox, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    wrapped_key = models.BinaryField()
    ciphertext = models.BinaryField(null=True)
    stored_name = models.CharField(max_length=80, blank=True)
    sealed_on = models.DateField(auto_now_add=True)
    destroyed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"sealed {self.purpose}"
