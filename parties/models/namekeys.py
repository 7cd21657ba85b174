"""The search index of names."""

from django.db import models

from parties.models.party import Name, Party


class NameKey(models.Model):
    """One search key of a name: a folded token, kept in the transaction that changes the name."""

    name = models.ForeignKey(Name, on_delete=models.CASCADE, related_name="keys")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=40)

    class Meta:
        # Who carries a key, and which keys somebody carries: each is answered by an index alone.
        indexes = [models.Index(fields=["key", "party"]), models.Index(fields=["party", "key"])]

    def __str__(self) -> str:
        return self.key
