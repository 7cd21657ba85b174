"""Search the register by what was typed: best first, and counted no further than a reader cares, however common it is.

A word that few carry is looked up, and the list is narrowed to who carries it. Of words that very many carry nobody is
looked up: the list is walked in its own order from where the names begin with what was typed, and a page ends it.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from core.listing.counting import CappedCount, count_up_to
from core.references import BadReference, parse_reference
from parties.keys import MAX_KEY, fold
from parties.models import NameKey
from recruiters.columns import plain
from recruiters.models import Licence, Recruiter
from recruiters.registerrows import number_key

COMMON = 3000
"""A word under which more names are filed than this is common."""
COUNTED = 500
"""So many results are counted; of more it is said that there are more."""
SAMPLE = 4 * COUNTED
"""So many who carry a common word are, mostly, enough to know that there are more than are counted."""
HOLDERS = 50
Rows = QuerySet[Recruiter]
_KEYS, _LICENCES, _RECRUITERS = (model._meta.db_table for model in (NameKey, Licence, Recruiter))


@dataclass(frozen=True)
class _LookedUp:
    """Who carries the words of which few names are: None where all are common; and the licence's holders."""

    parties: frozenset[int] | None
    holders: frozenset[int]


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

    def in_tiers(self, rows: Rows) -> list[Callable[[], Rows]]:
        """Return first those whose name begins with what was typed, then the others; nobody is in both."""
        if self.ref or not self.begins:
            return [lambda: self.narrow(rows)]
        return [lambda: rows.filter(self._begins), lambda: self._carrying(rows).exclude(self._begins)]

    def count(self, rows: Rows) -> CappedCount:
        """Count who is meant, no further than a reader cares; the fewer are looked at, the sooner it is enough."""
        if not self.ref and self.begins:
            if "_found" not in self.__dict__:  # then names that begin so have filled the page, and may do for the count
                least = count_up_to(rows.filter(self._begins), COUNTED)
                if least.capped:
                    return least
            if self._found.parties is None and len(self.words) == 1:
                some = NameKey.objects.order_by().filter(self._under(0)).values("party")[:SAMPLE]
                least = count_up_to(rows.filter(party__in=some), COUNTED)
                if least.capped:
                    return least
        return count_up_to(self.narrow(rows), COUNTED)

    def narrow(self, rows: Rows) -> Rows:
        """Keep everybody who is meant, with what was found by looking up."""
        if self.ref:
            return rows.filter(ref=self.ref)
        return rows.filter(self._begins | self._carriers()) if self.begins else rows.none()

    def everybody(self, rows: Rows) -> Rows:
        """Keep everybody who is meant, without having looked anything up: for the whole list as a file."""
        if self.ref or not self.begins:
            return self.narrow(rows)
        holders = Licence.objects.filter(number_key=self.number).values("recruiter")
        meant = self._begins | self._carries
        return rows.filter(meant | Q(pk__in=holders) if self.number else meant)

    @property
    def _begins(self) -> Q:
        """Return the condition that a name begins with what was typed: two bounds let an index be read from there."""
        until = self.begins + "\U0010ffff"
        return Q(sort_name__gte=self.begins, sort_name__lt=until, sort_name__startswith=self.begins)

    def _carrying(self, rows: Rows) -> Rows:
        """Keep who carries the words, or holds the number."""
        found = self._found
        if found.parties is not None and not found.parties | found.holders:
            return rows.none()
        return rows.filter(self._carriers())

    def _carriers(self) -> Q:
        """Return the condition that somebody carries the words, or holds the number.

        Where all words are common, each row of the list is asked: of them nearly every one is it.
        """
        found = self._found
        parties = found.parties
        if parties is None and len(self.words) > 1:
            parties = self._carry_all
        if parties is not None:
            return Q(party__in=_among(parties | found.holders))
        return self._carries | Q(party__in=found.holders) if found.holders else self._carries

    @cached_property
    def _carries(self) -> Q:
        held = NameKey.objects.filter(party=OuterRef("party_id"))
        return Q(*(Exists(held.filter(self._under(place))) for place in range(len(self.words))))

    def _under(self, place: int) -> Q:
        """Return the keys that a word is found under; the last one may be unfinished."""
        word = self.words[place]
        if place < len(self.words) - 1:
            return Q(key=word)
        return Q(key__gte=word, key__lt=word + "{")  # keys hold only a-z and 0-9

    @cached_property
    def _found(self) -> _LookedUp:
        """Look all words up, and the number, in one statement; a common word only as far as to know that it is."""
        last = len(self.words) - 1
        parts: list[str] = []
        values: list[Any] = []
        for place, word in enumerate(self.words):
            under = "key >= %s AND key < %s" if place == last else "key = %s"
            parts.append(f"SELECT party_id AS id FROM {_KEYS} WHERE {under} LIMIT {COMMON + 1}")  # noqa: S608
            values += [word, word + "{"] if place == last else [word]
        if self.number:
            parts.append(
                f"SELECT r.party_id AS id FROM {_LICENCES} l JOIN {_RECRUITERS} r ON r.id = l.recruiter_id "  # noqa: S608
                f"WHERE l.number_key = %s LIMIT {HOLDERS}"
            )
            values.append(self.number)
        lists = _lists(parts, values)
        few = [frozenset(ids) for ids in lists[: last + 1] if len(ids) <= COMMON]
        holders = frozenset(lists[last + 1]) if len(lists) > last + 1 else frozenset()
        if not few:
            return _LookedUp(None, holders)
        parties = frozenset.intersection(*few)
        if parties and len(few) < len(self.words):  # the common words are asked for of the few
            parties = self._with_all(NameKey.objects.filter(party__in=_among(parties)), len(parties)) or frozenset()
        return _LookedUp(parties, holders)

    @cached_property
    def _carry_all(self) -> frozenset[int] | None:
        """Return who carries all of several common words; None if those are very many too."""
        return self._with_all(NameKey.objects.all(), COMMON)

    def _with_all(self, keys: QuerySet[NameKey], most: int) -> frozenset[int] | None:
        places = range(len(self.words))
        each = [keys.order_by().filter(self._under(place)).values_list("party_id", flat=True) for place in places]
        found = list(each[-1].intersection(*each[:-1])[: most + 1])
        return frozenset(found) if len(found) <= most else None


def _lists(parts: Sequence[str], values: Sequence[Any]) -> list[list[int]]:
    """Return the numbers that each of these questions finds, asked together."""
    gather = "string_agg(id::text, ',')" if connection.vendor == "postgresql" else "group_concat(id)"
    asked = ", ".join(f"(SELECT {gather} FROM ({part}) AS found{number})" for number, part in enumerate(parts))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", values)
        return [json.loads(f"[{joined or ''}]") for joined in cursor.fetchone()]


def _among(parties: frozenset[int]) -> RawSQL:
    """Return a list of numbers as one value: hundreds of them cost as much to hand over as to answer."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(parties)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(parties))])
