"""Keep what was found with all that was known of it, and carry earlier decisions over to the same pair."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from recruiters.deciding import Step, in_force
from recruiters.listchanges import differences
from recruiters.models import HitDecision, Licence, Recruiter, ScreeningHit, WatchlistEntry
from recruiters.registerrows import number_key
from recruiters.screening import Decision, HitState, hit_state

AT_ONCE = 300


def keep_hits(hits: list[ScreeningHit]) -> int:
    """Write hits with what their lists said of them, and carry decisions over; return how many were carried."""
    for start in range(0, len(hits), AT_ONCE):
        note_facts(hits[start : start + AT_ONCE])
    ScreeningHit.objects.bulk_create(hits)
    return carry_decisions(hits)


def content_of(entry: WatchlistEntry) -> dict[str, object]:
    """Return what a list says of one record: what a decision rests on."""
    return {
        "name": entry.name,
        "names": entry.names,
        "kind": entry.kind,
        "countries": entry.countries,
        "identifiers": entry.identifiers,
        "topics": entry.topics,
        "birth_dates": entry.birth_dates,
        "measures": entry.measures,
    }


def note_facts(hits: Sequence[ScreeningHit]) -> None:
    """Fill in what list or register said of each hit's other side on that day; a fixed number of queries."""
    entries = {
        entry.pk: content_of(entry) | {"external_id": entry.external_id, "source_url": entry.source_url}
        for entry in WatchlistEntry.objects.filter(pk__in={hit.entry_id for hit in hits if hit.entry_id})
    }
    recruiters = _recruiters({hit.recruiter_id for hit in hits if hit.recruiter_id})
    for hit in hits:
        hit.facts = entries.get(hit.entry_id or 0) or recruiters.get(hit.recruiter_id or 0) or {}


def _recruiters(wanted: set[int]) -> dict[int, dict[str, object]]:
    if not wanted:
        return {}
    licences: dict[int, list[list[str]]] = {}
    held = Licence.objects.filter(recruiter__in=wanted).exclude(number_key="")
    for owner, country, key in held.values_list("recruiter_id", "country", "number_key").order_by("pk"):
        licences.setdefault(owner, []).append([f"licence:{country}" if country else "licence", key])
    found = Recruiter.objects.filter(pk__in=wanted).with_status().select_related("party")
    return {
        recruiter.pk: {
            "name": recruiter.party.name,
            "names": [name.text for name in recruiter.party.names.all() if name.text != recruiter.party.name],
            "kind": "organisation",
            "countries": [recruiter.country] if recruiter.country else [],
            "identifiers": [
                *licences.get(recruiter.pk, []),
                *([each.scheme, number_key(each.value)] for each in recruiter.party.identifiers.all()),
            ],
            "standing": recruiter.status_code,  # type: ignore[attr-defined]  # annotated
        }
        for recruiter in found.prefetch_related("party__names", "party__identifiers")
    }


def carry_decisions(hits: Iterable[ScreeningHit]) -> int:
    """Carry earlier decisions over to hits of the same pair while the list's record is the same; return how many.

    A record that absorbed others keeps the decisions about them. Where its content changed since, the hit stays open
    and says what changed.
    """
    waiting = [hit for hit in hits if hit.state == HitState.OPEN]
    carried: list[HitDecision] = []
    touched: list[ScreeningHit] = []
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start : start + AT_ONCE]
        keys = _keys_of(some)
        earlier = _earlier(some, keys)
        for hit in some:
            found = [d for key in keys[hit.pk] for d in earlier.get((hit.row.subject_key, key), [])]
            if found:
                found.sort(key=lambda decision: decision.pk)
                touched.append(hit)
                carried += _apply(hit, found)
    HitDecision.objects.bulk_create(carried)
    ScreeningHit.objects.bulk_update(touched, ["state", "note", "changes"], batch_size=AT_ONCE)
    return len(carried)


def _keys_of(hits: Sequence[ScreeningHit]) -> dict[int, list[str]]:
    """Return the names under which a decision about each hit's other side may have been written down."""
    absorbed = dict(
        WatchlistEntry.objects.filter(pk__in={hit.entry_id for hit in hits if hit.entry_id})
        .exclude(referents=[])
        .values_list("pk", "referents")
    )
    return {
        hit.pk: [
            hit.target_key,
            *(f"{hit.target_key.partition(':')[0]}:{old}"[:200] for old in absorbed.get(hit.entry_id or 0, [])),
        ]
        for hit in hits
    }


def _earlier(hits: Sequence[ScreeningHit], keys: dict[int, list[str]]) -> dict[tuple[str, str], list[HitDecision]]:
    targets = {key for hit in hits for key in keys[hit.pk]}
    found = originals().filter(target_key__in=targets, subject_key__in={hit.row.subject_key for hit in hits})
    earlier: dict[tuple[str, str], list[HitDecision]] = {}
    for decision in found.exclude(hit__in=[hit.pk for hit in hits]).select_related("hit").order_by("pk"):
        earlier.setdefault((decision.subject_key, decision.target_key), []).append(decision)
    return earlier


def originals() -> QuerySet[HitDecision]:
    """Return decisions that people took themselves and nobody took back."""
    taken = HitDecision.objects.filter(carried_from__isnull=True, undoes__isnull=True)
    return taken.filter(undone_by__isnull=True)


def _apply(hit: ScreeningHit, decisions: Sequence[HitDecision]) -> list[HitDecision]:
    same = [decision for decision in decisions if decision.content_hash == hit.content_hash]
    if not same:
        hit.note = "record_changed"
        before = decisions[-1].hit.facts
        hit.changes = [each.stored() for each in differences(before, hit.facts)] if before else []
        return []
    hit.state = hit_state(hit.gravity, [Decision(d.answer, str(d.decided_by_id)) for d in same])
    hit.note = "decided_before"
    return [copied(decision, hit) for decision in same]


def copied(decision: HitDecision, hit: ScreeningHit) -> HitDecision:
    """Return an unsaved copy of a decision for another hit of the same pair."""
    return HitDecision(
        hit=hit,
        subject_key=decision.subject_key,
        target_key=hit.target_key,
        content_hash=decision.content_hash,
        answer=decision.answer,
        reason_code=decision.reason_code,
        reason=decision.reason,
        decided_by_id=decision.decided_by_id,
        decided_at=decision.decided_at,
        carried_from=decision.carried_from or decision,
    )


def state_of(hit: ScreeningHit) -> HitState:
    """Return where a hit stands after its decisions, without those that were taken back."""
    rows = hit.decisions.order_by("pk").values_list("pk", "answer", "decided_by_id", "undoes_id")
    steps = in_force([Step(number, answer, str(by), undoes) for number, answer, by, undoes in rows])
    return hit_state(hit.gravity, [Decision(step.answer, step.by) for step in steps])
