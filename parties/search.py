"""Find parties by name, in any script, through the key index: the same on SQLite and PostgreSQL."""

from django.db.models import Exists, OuterRef, QuerySet

from parties.keys import MAX_KEY, fold
from parties.models import NameKey, Party


def search_parties(text: str, queryset: QuerySet[Party] | None = None) -> QuerySet[Party]:
    """Keep the parties one of whose names holds every word typed; the last word may be unfinished.

    Nothing that can be searched (only signs, say) finds nothing.
    """
    found = queryset if queryset is not None else Party.objects.all()
    return filter_by_name(found, text, "pk")


def filter_by_name(queryset: QuerySet, text: str, party_field: str) -> QuerySet:  # type: ignore[type-arg]
    """Keep the rows whose party (named by `party_field`, such as party_id) matches the words typed."""
    words = [word[:MAX_KEY] for word in fold(text).split()][:8]
    if not words:
        return queryset.none()
    for place, word in enumerate(words):
        keys = NameKey.objects.filter(party=OuterRef(party_field))
        # Keys hold only a-z and 0-9, so a range finds a prefix by the index on both databases.
        last = place == len(words) - 1
        keys = keys.filter(key__gte=word, key__lt=word + "{") if last else keys.filter(key=word)
        queryset = queryset.filter(Exists(keys))
    return queryset
