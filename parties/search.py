"""Find parties by name, in any script, through the key index: the same on SQLite and PostgreSQL."""

from collections.abc import Iterable, Sequence
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet

from core.numberlists import among, plain_cursor
from parties.keys import MAX_KEY, fold
from parties.matching import Kind, Rarity, Subject
from parties.matching.score import chance
from parties.models import Collection, Name, NameKey, Party
from parties.search_candidates import Asked, likely
from parties.search_rarity import rarity_for
from parties.search_weighing import ENOUGH, weigh


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
    found = likely(
        Collection.PARTY, [Asked((text,), each) for each in kinds], 2 * limit, enough=ENOUGH, other_kind=False
    )
    best: dict[int, float] = {}
    for each, near in zip(kinds, found, strict=True):
        for one in weigh(Subject(text, each), near, partial(_subjects, kind=each), partial(_rarity, kind=each)):
            party, score = int(one.subject.ref), round(chance(one.odds), 4)
            best[party] = max(score, best.get(party, 0.0))
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _subjects(owners: Sequence[int], kind: Kind) -> dict[int, Subject]:
    """Return the names of these rows that belong to parties of a kind, with the party as their reference."""
    where, values = among("n.id", owners)
    with plain_cursor() as cursor:
        cursor.execute(f"{_NAMES} WHERE {where}", values)
        return {
            pk: Subject(text, kind, ref=str(party))
            for pk, party, of_kind, text in cursor.fetchall()
            if (of_kind == "person") == (kind == "person")
        }


# The kind is looked at afterwards: asked for in the statement, SQLite would go through all parties of that kind.
_NAMES = (
    f"SELECT n.id, n.party_id, p.kind, n.text FROM {Name._meta.db_table} n "  # noqa: S608
    f"JOIN {Party._meta.db_table} p ON p.id = n.party_id"
)


def _rarity(subjects: Sequence[Subject], kind: Kind) -> Rarity:
    return rarity_for(subjects, (Collection.PARTY,), kind)


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
