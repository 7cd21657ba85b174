"""Read what watchlists hold against recruiters and the people behind them, and when they were last compared.

For officers and auditors alone: nothing of it is shown to the recruiter itself or to the public.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from parties.models import Name, Party, Relationship
from recruiters.models import Recruiter, Screening, ScreeningHit, ScreeningRow, WatchlistSource
from recruiters.screening import REGISTER, Gravity, HitState, Outcome, subject_key

STANDING = (HitState.OPEN, HitState.AWAITING_SECOND, HitState.UNSURE, HitState.TRUE)
BEHIND = (
    Relationship.Is.OWNER,
    Relationship.Is.DIRECTOR,
    Relationship.Is.OFFICER,
    Relationship.Is.SUB_AGENT,
)


@dataclass(frozen=True)
class Somebody:
    """The agency itself, or one behind it: as what it is compared, and the newest row that made it so."""

    party_id: int
    name: str
    keys: tuple[str, ...]
    role: str = ""
    relation_id: int = 0


@dataclass(frozen=True)
class WatchLine:
    """One hit that stands, and whom it concerns."""

    who: Somebody
    hit: ScreeningHit

    @property
    def off_list(self) -> date | None:
        """Return since when the record is no longer on its list."""
        return self.hit.entry.gone_on if self.hit.entry is not None else None

    @property
    def severe(self) -> bool:
        """Tell whether it speaks against a licence today."""
        return self.hit.gravity == Gravity.SEVERE and self.off_list is None


@dataclass(frozen=True)
class Watch:
    """What watchlists hold against a recruiter and those behind it; who was not compared, and why."""

    lines: tuple[WatchLine, ...]
    screened_on: date | None
    lists: tuple[tuple[str, date | None], ...]
    unscreened: tuple[tuple[Somebody, str], ...]
    behind_time: tuple[str, ...] = field(default=())
    """Lists with an edition that nobody has been compared with yet."""

    @property
    def severe(self) -> tuple[WatchLine, ...]:
        """Return the severe hits that are open or true."""
        return tuple(line for line in self.lines if line.severe)

    @property
    def speaks(self) -> str:
        """Return ``hit_true``, ``hit_open`` or nothing: what of it makes a grant a grave decision."""
        states = {line.hit.state for line in self.severe}
        return "hit_true" if HitState.TRUE in states else "hit_open" if states else ""


def keys_of(party: Party, recruiter: Recruiter | None) -> tuple[str, ...]:
    """Return the digests under which decisions about a party are kept: a recruiter's with its licence and before it."""
    plain = subject_key(party.name, party.country, "", "person" if party.kind == "person" else "organisation")
    if recruiter is None:
        return (plain,)
    numbered = subject_key(party.name, recruiter.country, recruiter.licence_number)
    return tuple(dict.fromkeys((numbered, subject_key(party.name, recruiter.country, ""), plain)))


def somebodies(recruiter: Recruiter) -> list[Somebody]:
    """Return the agency and its owners, directors, officers and sub-agents of today."""
    found = [Somebody(recruiter.party_id, recruiter.party.name, keys_of(recruiter.party, recruiter))]
    rows = Relationship.objects.current().filter(target=recruiter.party_id, kind__in=BEHIND)
    recruiting = {r.party_id: r for r in Recruiter.objects.filter(party__relations_out__in=rows)}
    seen: set[int] = set()
    for relation in rows.select_related("source").order_by("pk"):
        if relation.source_id not in seen:
            seen.add(relation.source_id)
            keys = keys_of(relation.source, recruiting.get(relation.source_id))
            found.append(
                Somebody(relation.source_id, relation.source.name, keys, relation.get_kind_display(), relation.pk)
            )
    return found


def standing_hits(
    keys: Iterable[str], recruiters: Iterable[int], states: Iterable[str] = STANDING
) -> list[tuple[str, int | None, ScreeningHit]]:
    """Return the newest hit on each record of a watchlist for each subject, as (key, recruiter it was taken for, hit).

    A row counts for a recruiter when it is the same subject, or when the register was matched by the very same row.
    """
    wanted, own = set(keys), set(recruiters)
    taken = ScreeningHit.objects.filter(recruiter__in=own, verdict="match").exclude(
        state__in=[HitState.FALSE, HitState.SUPERSEDED]
    )
    of_row = dict(taken.values_list("row_id", "recruiter_id"))
    hits = (
        ScreeningHit.objects.filter(Q(row__subject_key__in=wanted) | Q(row__in=list(of_row)))
        .filter(entry__isnull=False)
        .exclude(state__in=[HitState.SUPERSEDED, HitState.INFO])
        .select_related("row", "entry", "screening")
        .defer("features", "facts", "changes", "screening__samples", "screening__lists")
        .order_by("-pk")
    )
    newest: dict[tuple[str, int | None, str], ScreeningHit] = {}
    for hit in hits:
        key = hit.row.subject_key if hit.row.subject_key in wanted else ""
        newest.setdefault((key, None if key else of_row[hit.row_id], hit.target_key), hit)
    kept = set(states)
    return [(key, recruiter, hit) for (key, recruiter, _target), hit in newest.items() if hit.state in kept]


def watch_of(recruiter: Recruiter) -> Watch:
    """Return what stands against a recruiter and those behind it, and how far they were compared."""
    people = somebodies(recruiter)
    by_key = {key: who for who in reversed(people) for key in who.keys}
    lines: dict[tuple[int, str], WatchLine] = {}
    for key, _taken, hit in standing_hits(by_key, [recruiter.pk]):
        who = by_key[key] if key else people[0]
        line = lines.get((who.party_id, hit.target_key))
        if line is None or (hit.state == HitState.TRUE and line.hit.state != HitState.TRUE):
            lines[who.party_id, hit.target_key] = WatchLine(who, hit)
    order = {HitState.TRUE: 0, HitState.OPEN: 1, HitState.AWAITING_SECOND: 1, HitState.UNSURE: 2}
    ranked = sorted(
        lines.values(), key=lambda line: (line.off_list is not None, line.hit.rank, order[HitState(line.hit.state)])
    )
    return Watch(tuple(ranked), **_compared(recruiter, people))


def _compared(recruiter: Recruiter, people: list[Somebody]) -> dict[str, Any]:
    """Return when everybody was compared last, with which lists, and who was not."""
    rows = ScreeningRow.objects.filter(
        subject_key__in=[key for who in people for key in who.keys],
        screening__kind=Screening.Kind.REGISTER,
        screening__state=Screening.State.DONE,
    )
    last: dict[str, ScreeningRow] = {}
    for compared in rows.select_related("screening").defer("screening__samples").order_by("pk"):
        last[compared.subject_key] = compared
    names = dict(
        Name.objects.filter(party__in=[who.party_id for who in people])
        .order_by()
        .values_list("party_id")
        .annotate(newest=Max("pk"))
    )
    whole = _whole({"name": max(names.values(), default=0), "recruiter": recruiter.pk,
                    "relation": max(who.relation_id for who in people)})  # fmt: skip
    used: list[Screening] = []
    unscreened: list[tuple[Somebody, str]] = []
    for who in people:
        row = max((last[key] for key in who.keys if key in last), key=lambda one: one.pk, default=None)
        marks = {"name": names.get(who.party_id, 0), "recruiter": recruiter.pk, "relation": who.relation_id}
        if row is not None and row.outcome == Outcome.NOT_SCREENED:
            later = _whole(marks, after=row.screening_id)  # what could not be compared then may have been since
            if later is None or later.problems:
                unscreened.append((who, row.reason))
            else:
                used.append(later)
            continue
        own = whole or _whole(marks)
        if row is not None and (own is None or row.screening_id >= own.pk):
            used.append(row.screening)
        elif own is not None and not own.problems:
            used.append(own)
        else:
            unscreened.append((who, own.problems[0].split(":", 1)[0] if own is not None else "waiting"))
    return {"unscreened": tuple(unscreened), **_lists(used)}


def _whole(marks: Mapping[str, int], *, after: int = 0) -> Screening | None:
    """Return the first comparison of the whole register that took in names and relations up to these numbers."""
    made = Screening.objects.filter(kind=Screening.Kind.REGISTER, load=None, state=Screening.State.DONE, pk__gt=after)
    made = made.filter(**{f"mapping__{key}__gte": number for key, number in marks.items()})
    return made.defer("samples").order_by("pk").first()


def _lists(used: list[Screening]) -> dict[str, Any]:
    """Return the day of the oldest comparison that counts, each list with its edition, and lists that wait."""
    if not used:
        return {"screened_on": None, "lists": ()}
    oldest = min(used, key=lambda screening: screening.pk)
    assert oldest.finished_at is not None  # noqa: S101 - only finished ones are asked for
    day = timezone.localdate(oldest.finished_at)
    editions = {
        state["code"]: (
            state["name"],
            parse_date(state["list_date"]) if state["list_date"] else None,
            state["checksum"],
        )
        for state in oldest.lists
        if state["code"] != REGISTER
    }
    waiting = []
    for source in WatchlistSource.objects.filter(is_active=True, current__isnull=False).select_related("current"):
        load = source.current
        assert load is not None  # noqa: S101 - filtered
        if source.code in editions and editions[source.code][2] == load.sha256:
            continue
        if load.rescreened_at is None:
            waiting.append(source.name)
            continue
        editions[source.code] = (source.name, load.list_date, load.sha256)
        day = max(day, timezone.localdate(load.rescreened_at))
    return {
        "screened_on": day,
        "lists": tuple((name, of) for name, of, _sum in editions.values()),
        "behind_time": tuple(waiting),
    }


def truly_listed(parties: Iterable[int]) -> dict[int, ScreeningHit]:
    """Return which parties are on a watchlist by a decided true match, each with the gravest one."""
    wanted = list(parties)
    recruiters = {r.party_id: r for r in Recruiter.objects.filter(party__in=wanted, merged_into__isnull=True)}
    by_key: dict[str, list[int]] = {}
    for party in Party.objects.filter(pk__in=wanted):
        for key in keys_of(party, recruiters.get(party.pk)):
            by_key.setdefault(key, []).append(party.pk)
    of_recruiter = {recruiter.pk: party for party, recruiter in recruiters.items()}
    found: dict[int, ScreeningHit] = {}
    for key, taken, hit in standing_hits(by_key, of_recruiter, [HitState.TRUE]):
        if hit.entry is None or hit.entry.gone_on is not None:
            continue
        for number in by_key[key] if key else [of_recruiter[taken or 0]]:
            if number not in found or hit.rank < found[number].rank:
                found[number] = hit
    return found


__all__ = ["BEHIND", "Somebody", "Watch", "WatchLine", "truly_listed", "watch_of"]
