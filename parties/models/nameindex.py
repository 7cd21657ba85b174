"""The tolerant search index of names: what is filed, and under which keys, for every collection of names."""

from django.db import models


class Collection(models.IntegerChoices):
    """Whose names they are, and which row ``owner`` is."""

    PARTY = 1, "names of parties (owner: Name)"
    WATCHLIST = 2, "names on watchlists (owner: entry)"
    SCREENED = 3, "names that were screened (owner: row)"


class IndexedName(models.Model):
    """One name as the search sees it: whose it is, and how its words sound, to be ranked without reading it again."""

    collection = models.PositiveSmallIntegerField(choices=Collection.choices)
    is_person = models.BooleanField(default=False)
    owner = models.BigIntegerField()
    sketch = models.CharField(max_length=400)

    class Meta:
        indexes = [models.Index(fields=["collection", "owner"])]

    def __str__(self) -> str:
        return f"{self.collection}:{self.owner}"


class NamePosting(models.Model):
    """A block of names filed under one key: little-endian 32-bit numbers of ``IndexedName``, ``size`` of them.

    Rows are only added, so that two writers never wait for each other; tidying merges a key's small blocks into large
    ones. A name that is gone stays in its blocks until then: it is passed over because its row is missing.
    """

    key = models.IntegerField()
    size = models.IntegerField()
    names = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["key", "size"])]

    def __str__(self) -> str:
        return f"{self.key} ({self.size})"
