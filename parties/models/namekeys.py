"""The search index of names."""

from django.db import models

from parties.models.party import Name, Party


class NameKey(models.Model):
    """One search key of a name: a folded token, kept in the transaction that changes the name."""

    name = models.ForeignKey(Name, on_delete=models.CASCADE, related_name="keys")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["key", "party"])]

    def __str__(self) -> str:
        return self.key
