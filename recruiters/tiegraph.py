"""Read from the register how a recruiter may be tied to others: a fixed number of queries for each step outwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q

from parties.models import Contact, Identifier, Kind, Party, Relationship
from parties.paths import MAX_STEPS, Tie
from parties.search import likely_parties
from recruiters.licensing import ADVERSE
from recruiters.models import Guarantee, LicenceStatus, Recruiter, TieDecision
from recruiters.phoenix import LISTED, STRENGTHS, Barred, JudgedPath, find_ties
from recruiters.watchhits import truly_listed

RELATIONS = (
    Relationship.Is.OWNER,
    Relationship.Is.DIRECTOR,
    Relationship.Is.OFFICER,
    Relationship.Is.SUB_AGENT,
    Relationship.Is.SUCCESSOR,
)
ALIKE_FROM = 0.8
"""From this score of the name matcher on two people are drawn as perhaps the same."""
MOST_NAMES = 12
"""So many owners, directors and agents are looked for under like names; an agency has few, a list of staff has many."""
MOST_LIKELY = 25
"""So many people of a like name are compared for each of them."""
MOST_SHARERS = 60
"""A telephone or address that more than so many parties share ties nobody: a post office box of a district."""
MOST_PARTIES = 2500
"""So many parties are read before the search stops widening; what was read is still judged."""


Holders = dict[tuple[str, str], list[tuple[Any, ...]]]
"""Who holds each thing: party, from when, to when, who says so, and how that party wrote it."""


@dataclass
class Read:
    """What was read so far."""

    ties: dict[Tie, None] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    things: set[str] = field(default_factory=set)
    cut_short: bool = False


@dataclass(frozen=True)
class Ties:
    """The judged ties of a recruiter, with what their nodes are called and which recruiters they lead to."""

    found: tuple[JudgedPath, ...]
    labels: dict[str, str]
    recruiters: dict[str, Recruiter]
    cut_short: bool


def node_of(party_id: int) -> str:
    """Return a party's node in the graph."""
    return f"party:{party_id}"


def party_of(node: str) -> int | None:
    """Return the party that a node is, or None for a thing."""
    kind, _colon, key = node.partition(":")
    return int(key) if kind == "party" else None


def ties_of(recruiter: Recruiter) -> Ties:
    """Return how a recruiter is tied to suspended, revoked, banned or listed ones; few queries, however large."""
    read = Read()
    edge = {recruiter.party_id}
    for step in range(MAX_STEPS):
        if not edge:
            break
        read.seen |= edge
        met = _relations(read, edge) | _contacts(read, edge) | _identifiers(read, edge) | _guarantees(read, edge)
        edge = met - read.seen
        if len(read.seen) + len(edge) > MOST_PARTIES:
            read.cut_short = True
            edge = set(sorted(edge)[: max(0, MOST_PARTIES - len(read.seen))])
        if step == 0:
            edge |= _same_names(read, edge) - read.seen
    read.seen |= edge
    barred, known = _barred(read.seen - {recruiter.party_id})
    sharers = _strangers(read, barred, known)
    found = find_ties(read.ties, node_of(recruiter.party_id), barred, sharers=sharers)
    labels = _labels(read, found)
    return Ties(tuple(found), labels, {node_of(r.party_id): r for r in known}, read.cut_short)


def _strangers(read: Read, barred: Iterable[Barred], known: Iterable[Recruiter]) -> dict[str, int]:
    """Return how many parties share each thing, the two ends of a path and parties of no tie: what makes it common.

    Whoever is barred itself, stands behind a barred one, or was found to be tied to one shares it for that very reason.
    """
    beside: dict[str, set[str]] = defaultdict(set)
    at: dict[str, set[str]] = defaultdict(set)
    for tie in read.ties:
        if tie.b in read.things:
            at[tie.b].add(tie.a)
        elif tie.kind in RELATIONS:
            beside[tie.a].add(tie.b)
            beside[tie.b].add(tie.a)
    tied = {one.node for one in barred}
    for _step in range(2):  # a person behind a barred one, and what else that person stands behind
        tied |= {other for node in tied for other in beside[node]}
    found_tied = TieDecision.objects.filter(recruiter__in=[r.pk for r in known], decided=TieDecision.Is.RELEVANT)
    tied |= {node_of(party) for party in found_tied.values_list("recruiter__party", flat=True)}
    return {node: max(2, len(at[node] - tied) + 1) if at[node] & tied else len(at[node]) for node in read.things}


def _relations(read: Read, edge: set[int]) -> set[int]:
    rows = Relationship.objects.filter(kind__in=RELATIONS).filter(Q(source__in=edge) | Q(target__in=edge))
    met: set[int] = set()
    fields = ("source_id", "target_id", "kind", "starts", "ends", "provenance")
    for source, target, kind, starts, ends, provenance in rows.values_list(*fields)[: MOST_PARTIES * 2]:
        _tie(read, node_of(source), node_of(target), kind, starts, ends, provenance)
        met |= {source, target}
    return met


def _tie(
    read: Read, a: str, b: str, kind: str, starts: date | None, ends: date | None, source: str, alike: float = 1.0,
    told: str = "",
) -> None:  # fmt: skip
    read.ties[Tie(a, b, kind, round(STRENGTHS[kind] * alike, 4), starts, ends, source, told)] = None


def _contacts(read: Read, edge: set[int]) -> set[int]:
    own = Contact.objects.filter(party__in=edge).exclude(key="").values_list("kind", "key", "value")
    labels = {(kind, key): value for kind, key, value in own}
    rows = Contact.objects.filter(key__in={key for _kind, key in labels})
    holders: Holders = defaultdict(list)
    fields = ("kind", "key", "party_id", "starts", "ends", "provenance", "value")
    for kind, key, *told in rows.values_list(*fields)[: MOST_PARTIES * 2]:
        if (kind, key) in labels:
            holders[kind, key].append(tuple(told))
    return _meet(read, labels, holders)


def _identifiers(read: Read, edge: set[int]) -> set[int]:
    own = Identifier.objects.filter(party__in=edge).values_list("scheme", "value")
    labels = {("identifier", f"{scheme}/{value}"): f"{scheme} {value}" for scheme, value in own}
    values = {value for _scheme, value in own}
    rows = Identifier.objects.filter(value__in=values).values_list("scheme", "value", "party_id")[:MOST_PARTIES]
    holders: Holders = defaultdict(list)
    for scheme, value, party in rows:
        holders["identifier", f"{scheme}/{value}"].append((party, None, None, "", ""))
    return _meet(read, labels, holders)


def _guarantees(read: Read, edge: set[int]) -> set[int]:
    own = Guarantee.objects.filter(recruiter__party__in=edge).exclude(reference_key="")
    labels = {
        ("guarantee", key): f"{issuer} {reference}"
        for key, issuer, reference in own.values_list("reference_key", "issuer", "reference")
    }
    rows = Guarantee.objects.filter(reference_key__in={key for _kind, key in labels})
    holders: Holders = defaultdict(list)
    fields = ("reference_key", "recruiter__party_id", "starts", "ends", "provenance", "issuer", "reference")
    for key, party, starts, ends, provenance, issuer, reference in rows.values_list(*fields)[:MOST_PARTIES]:
        holders["guarantee", key].append((party, starts, ends, provenance, f"{issuer} {reference}"))
    return _meet(read, labels, holders)


def _meet(
    read: Read,
    labels: dict[tuple[str, str], str],
    holders: Holders,
) -> set[int]:
    """Tie every party to the things that several of them share; a thing that too many share ties nobody."""
    met: set[int] = set()
    for (kind, key), rows in holders.items():
        parties = {party for party, *_rest in rows}
        node = f"{kind}:{key}"
        if len(parties) < 2 or len(parties) > MOST_SHARERS or node in read.things:
            continue
        read.things.add(node)
        read.labels[node] = labels[kind, key]
        for party, starts, ends, provenance, told in rows:
            _tie(read, node_of(party), node, kind, starts, ends, provenance, told=told)
        met |= parties
    return met


def _same_names(read: Read, edge: set[int]) -> set[int]:
    """Tie the people behind a recruiter to people of nearly the same name behind others, however it is written."""
    people = Party.objects.filter(pk__in=edge, kind=Kind.PERSON).order_by("pk").values_list("pk", "name")
    met: set[int] = set()
    for own, name in people[:MOST_NAMES]:
        for other, score in likely_parties(name, "person", MOST_LIKELY):
            if score >= ALIKE_FROM and other != own and other not in edge:
                _tie(read, node_of(own), node_of(other), "same_name", None, None, "", alike=score)
                met.add(other)
    return met


def _barred(parties: Iterable[int]) -> tuple[list[Barred], list[Recruiter]]:
    """Return which parties are suspended, revoked, banned or on a watchlist today, and every recruiter among them."""
    parties = sorted(parties)
    known = list(Recruiter.objects.filter(party__in=parties, merged_into__isnull=True).select_related("party"))
    against = [r for r in known if r.current_code in ADVERSE]
    rows = LicenceStatus.objects.filter(
        licence__recruiter__in=[r.pk for r in against], code__in=[str(code) for code in ADVERSE]
    ).values_list("licence__recruiter", "code", "effective_on")
    since: dict[int, date] = {}
    for pk, _code, day in rows:
        since[pk] = min(since.get(pk, day), day)
    barred = [Barred(node_of(r.party_id), r.current_code, since.get(r.pk, r.standing_since)) for r in against]
    there = {one.node for one in barred}
    listed = [
        Barred(node_of(party), LISTED, None, f"{hit.list_name} ({hit.ref})")
        for party, hit in sorted(truly_listed(parties).items())
    ]
    return barred + [one for one in listed if one.node not in there], known


def _labels(read: Read, found: Iterable[JudgedPath]) -> dict[str, str]:
    nodes = {node for judged in found for node in judged.path.nodes}
    wanted = {pk for node in nodes if (pk := party_of(node)) is not None}
    names = {node_of(pk): name for pk, name in Party.objects.filter(pk__in=wanted).values_list("pk", "name")}
    return {node: names.get(node) or read.labels.get(node, node.partition(":")[2]) for node in nodes}


def count_of(recruiters: Iterable[Recruiter]) -> dict[int, int]:
    """Return how many decided, relevant ties each recruiter has; one query for a list."""
    rows = Recruiter.objects.filter(pk__in=[r.pk for r in recruiters], tie_decisions__decided="relevant")
    return dict(rows.values_list("pk").annotate(n=Count("tie_decisions__other", distinct=True)))
