"""Find parties by name, in any script, through the key index: the same on SQLite and PostgreSQL."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from parties.keys import MAX_KEY, fold
from parties.matching import Kind, Subject
from parties.matching.score import chance, odds_of
from parties.models import Collection, Name, NameKey, Party
from parties.search_candidates import Asked, likely
from parties.search_rarity import rarity_for


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


def likely_parties(text: str, kind: Kind | None = None, limit: int = 20) -> list[tuple[int, float]]:
    """Return (party, score 0 to 1) of the parties that may be meant, best first, slips and scripts forgiven."""
    kinds: tuple[Kind, ...] = (kind,) if kind else ("organisation", "person")
    found = likely(Collection.PARTY, [Asked((text,), each) for each in kinds], 2 * limit)
    owners = {one.owner for some in found for one in some}
    names = Name.objects.filter(pk__in=owners).order_by("pk").values_list("party_id", "party__kind", "text")
    subjects = [(party, Subject(name, "person" if held == "person" else "organisation")) for party, held, name in names]
    asked = [Subject(text, each) for each in kinds]
    everybody = [*asked, *(subject for _party, subject in subjects)]
    rarity = {each: rarity_for(everybody, (Collection.PARTY,), each) for each in kinds}
    best: dict[int, float] = {}
    for party, subject in subjects:
        if kind is None or subject.kind == kind:
            score = round(chance(odds_of(Subject(text, subject.kind), subject, rarity[subject.kind])), 4)
            best[party] = max(score, best.get(party, 0.0))
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:limit]


def names_touched_by(
    collection: int, names: Iterable[tuple[str, Kind]], *, nearness: float = 0.45, most: int = 2000
) -> set[int]:
    """Return the rows of a collection whose names could be alike to any of these (text, kind): a wide net."""
    asked = [Asked((text,), kind) for text, kind in names]
    touched: set[int] = set()
    for start in range(0, len(asked), 50):
        found = likely(collection, asked[start : start + 50], most)
        touched.update(one.owner for some in found for one in some if one.tied or one.nearness >= nearness)
    return touched
