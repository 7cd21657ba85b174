"""Search the register by what was typed: best first, and counted no further than a reader cares, however common it is.

Whoever is meant is looked up first: in every way at once, and no further than ``MANY``. Where that is everybody, the
list is narrowed to them. Where it is not, the list is walked in its own order, and a page soon ends it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.listing.counting import CappedCount, count_up_to
from core.numberlists import Among, numbers_of
from core.references import BadReference, parse_reference
from parties.keys import MAX_KEY, fold
from parties.models import NameKey
from recruiters.columns import plain
from recruiters.models import Licence, Recruiter
from recruiters.registerrows import number_key

MANY = 1000
"""Nobody is looked up beyond so many: walking the list costs less then."""
FIRST = 100
"""The same of names that begin with what was typed: an index holds them in the order of the list."""
COUNTED = 500
"""So many results are counted; of more it is said that there are more."""
Rows = QuerySet[Recruiter]
_KEYS, _LICENCES, _RECRUITERS = (model._meta.db_table for model in (NameKey, Licence, Recruiter))
_WITH_KEY = f"SELECT party_id AS one FROM {_KEYS} WHERE key BETWEEN %s AND %s LIMIT %s"  # noqa: S608
_NAMED = f"SELECT party_id AS one FROM {_RECRUITERS} WHERE sort_name >= %s AND sort_name < %s LIMIT %s"  # noqa: S608
_WITH_NUMBER = (
    f"SELECT r.party_id AS one FROM {_LICENCES} l JOIN {_RECRUITERS} r ON r.id = l.recruiter_id "  # noqa: S608
    "WHERE l.number_key = %s LIMIT %s"
)


@dataclass(frozen=True)
class Found:
    """Parties that were looked up; ``whole`` if there are no others."""

    parties: frozenset[int] = frozenset()
    whole: bool = True

    @classmethod
    def within(cls, most: int, numbers: Collection[int]) -> "Found":
        """Return what was found by whoever looked for one more than so many."""
        return cls(frozenset(numbers), whole=len(numbers) <= most)

    def of(self, rows: Rows) -> Rows:
        """Keep these of some rows."""
        return rows.filter(Among("party", self.parties)) if self.parties else rows.none()

    def __or__(self, other: "Found") -> "Found":
        """Return both together."""
        return Found(self.parties | other.parties, self.whole and other.whole)


class RegisterSearch:
    """What somebody typed, and who of the register it means: words of a name in any script, a number, a reference."""

    def __init__(self, text: str) -> None:
        self.typed = text.strip()[:200]
        number = number_key(self.typed)
        self.number = number if any(sign.isdigit() for sign in number) else ""
        self.words = [word[:MAX_KEY] for word in fold(self.typed).split()][:8]
        self.begins = plain(self.typed)[:300]

    @cached_property
    def ref(self) -> str:
        """Return the reference that was typed; empty if it was none."""
        try:
            return parse_reference(self.typed, "REC")
        except BadReference:
            return ""

    def narrow(self, rows: Rows) -> Rows:
        """Keep everybody who is meant."""
        if self.ref:
            return rows.filter(ref=self.ref)
        known = self._named | self._carrying
        return known.of(rows) if known.whole else rows.filter(self._is_named | self._carries)

    def in_tiers(self, rows: Rows) -> list[Callable[[], Rows]]:
        """Return first those whose name begins with what was typed, then the others; nobody is in both."""
        if self.ref:
            return [lambda: self.narrow(rows)]
        named = self._named.of(rows) if self._named.whole else rows.filter(self._begins)
        return [lambda: named, lambda: self._others(rows)]

    def count(self, rows: Rows) -> CappedCount:
        """Count who is meant, no further than a reader cares."""
        counted = CappedCount(0, capped=False)
        for some in self._more_and_more(rows):
            counted = count_up_to(some, COUNTED)
            if counted.capped:
                break
        return counted

    def _more_and_more(self, rows: Rows) -> Iterator[Rows]:
        """Yield first some of those who are meant, as they are counted soonest, and last everybody."""
        if not self.ref:
            if not self._named.whole:
                yield rows.filter(self._begins)
            if not self._carrying.whole:
                yield (self._named | self._carrying).of(rows)
        yield self.narrow(rows)

    def _others(self, rows: Rows) -> Rows:
        if self._named.whole and self._carrying.whole:
            return Found(self._carrying.parties - self._named.parties).of(rows)
        return rows.filter(self._carries & ~self._is_named if self._named.parties else self._carries)

    # Conditions, for where not everybody was looked up

    @property
    def _is_named(self) -> Q:
        return Q(Among("party", self._named.parties)) if self._named.whole else self._begins

    @property
    def _carries(self) -> Q:
        """Return the condition that somebody carries the words, or holds the number."""
        if self._carrying.whole:
            return Q(Among("party", self._carrying.parties))
        carries = Q(*self._carry(range(len(self.words))))
        holders = Licence.objects.filter(number_key=self.number).values("recruiter")
        return carries | Q(pk__in=holders) if self.number else carries

    @property
    def _begins(self) -> Q:
        """Return the condition that a name begins with what was typed: two bounds let an index be read from there."""
        low, high = self._bounds
        return Q(sort_name__gte=low, sort_name__lt=high, sort_name__startswith=low)

    def _carry(self, places: Iterable[int]) -> list[Exists]:
        held = NameKey.objects.filter(party=OuterRef("party_id"))
        return [Exists(held.filter(key__range=self._keys(place))) for place in places]

    @property
    def _bounds(self) -> tuple[str, str]:
        return self.begins, self.begins + "\U0010ffff"

    def _keys(self, place: int) -> tuple[str, str]:
        """Return the first and the last key that a word is found under; the last word may be unfinished."""
        word = self.words[place]
        return word, word + "{" if place == len(self.words) - 1 else word  # keys hold only a-z and 0-9

    # Looking up

    @cached_property
    def _looked_up(self) -> dict[str | int, list[int]]:
        """Ask in one statement who carries each of the words, whose name begins so, and who holds the number."""
        asked: dict[str | int, tuple[str, list[Any]]] = {
            place: (_WITH_KEY, [*self._keys(place), MANY + 1]) for place in range(len(self.words))
        }
        if self.begins:
            asked["begins"] = (_NAMED, [*self._bounds, FIRST + 1])
        if self.number:
            asked["holds"] = (_WITH_NUMBER, [self.number, MANY + 1])
        return numbers_of(asked)

    @cached_property
    def _named(self) -> Found:
        return Found.within(FIRST, self._looked_up.get("begins", ()))

    @cached_property
    def _carrying(self) -> Found:
        """Find who carries all words or holds the number; of common words, with one more question."""
        holders = Found.within(MANY, self._looked_up.get("holds", ()))
        words = [Found.within(MANY, self._looked_up[place]) for place in range(len(self.words))]
        few = [word.parties for word in words if word.whole]
        met = frozenset.intersection(*few) if few else frozenset()
        if len(few) == len(words) or (few and not met):
            return holders | Found(met)
        if len(words) == 1:
            return holders | words[0]
        rarest = min(range(len(words)), key=lambda place: len(words[place].parties))
        rest = self._carry(place for place in range(len(words)) if place != rarest)
        carriers = (
            NameKey.objects.order_by().filter(*rest, key__range=self._keys(rarest)).values_list("party_id", flat=True)
        )
        most = MANY if few else COUNTED
        return holders | Found.within(most, carriers[: most + 1])
