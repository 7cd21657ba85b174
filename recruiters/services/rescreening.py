"""Screen the register itself again when a list or a name changed since the last time. Safe to run twice."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import notices
from core.actors import Automatic
from parties.models import Relationship
from recruiters import engine
from recruiters.engine import Answer, Engine, Query, current_engine
from recruiters.models import Licence, Recruiter, Screening, ScreeningRow
from recruiters.screening import Gravity, HitState, Outcome, subject_key
from recruiters.services.carrying import keep_hits
from recruiters.services.register import officers
from recruiters.services.screenings import finish, hits_of, note_lists

ACTOR = Automatic("rescreen")
CHUNK = 500


def rescreen(at: datetime) -> str:
    """Compare every recruiter, owner and director with the watchlists; return a sentence that says what was done.

    Only rows with a hit are kept. Nothing is done when lists and names are those of the last time.
    """
    on = timezone.localdate(at)
    used = current_engine()
    stamp = _stamp(used)
    last = Screening.objects.filter(kind=Screening.Kind.REGISTER, state=Screening.State.DONE).order_by("-pk").first()
    if last is not None and last.mapping.get("stamp") == stamp:
        return "nothing changed since the last time"
    with transaction.atomic():
        screening = Screening.objects.create(
            title=f"Register {on.isoformat()}", kind=Screening.Kind.REGISTER, state=Screening.State.RUNNING,
            mapping={"stamp": stamp}, file_name="", threshold=0.7,
        )  # fmt: skip
        note_lists(screening, used)
        seen = _screen(screening, used)
        screening.total = seen
        finish(screening, actor=ACTOR)
        counts = screening.counts
        clear = seen - sum(counts.values())
        screening.counts = {**counts, Outcome.CLEAR.value: clear} if not used.problems else counts
        screening.save(update_fields=["counts"])
        new = screening.hits.filter(state=HitState.OPEN).count()
        if new:
            for officer in officers():
                notices.notify(officer, "rescreen_new_hits", subject_ref=screening.ref)
    unusable = f"; {len(used.problems)} lists cannot be relied on" if used.problems else ""
    return f"{seen} names screened, {new} hits to decide{unusable}"


def _stamp(used: Engine) -> str:
    """Return what the comparison rests on: the lists' checksums and ages, and the newest name and person."""
    names = engine.register_stamp()
    lists = [f"{state.code}={state.checksum}" for state in used.lists]
    return "|".join([*lists, *(str(part) for part in names), *used.problems])[:2000]


def _subjects() -> Iterator[tuple[str, Query]]:
    numbers: dict[int, tuple[str, str]] = {}
    for owner, number, country in Licence.objects.exclude(number="").values_list("recruiter_id", "number", "country"):
        numbers.setdefault(owner, (number, country))
    for recruiter in Recruiter.objects.select_related("party").order_by("pk").iterator(chunk_size=CHUNK):
        number = numbers.get(recruiter.pk, ("", ""))[0]
        yield recruiter.ref, Query(recruiter.party.name, "organisation", recruiter.country, number)
    refs = dict(Recruiter.objects.values_list("party_id", "ref"))
    behind = Relationship.objects.current().filter(kind__in=(Relationship.Is.OWNER, Relationship.Is.DIRECTOR))
    seen: set[tuple[int, int]] = set()
    for relation in behind.filter(target__in=list(refs)).select_related("source").iterator(chunk_size=CHUNK):
        if (relation.source_id, relation.target_id) in seen:
            continue
        seen.add((relation.source_id, relation.target_id))
        kind: Any = "person" if relation.source.kind == "person" else "organisation"
        yield refs[relation.target_id], Query(relation.source.name, kind, relation.source.country)


def _screen(screening: Screening, used: Engine) -> int:
    total = 0
    for number, (ref, query) in enumerate(_subjects(), start=1):
        total = number
        answer = used.screen(query, screening.threshold, watchlists_only=True)
        watched = tuple(hit for hit in answer.hits if hit.target.entry_id and hit.target.gravity != Gravity.INFO)
        if watched:
            _keep(screening, number, ref, query, Answer(answer.result, watched))
    return total


def _keep(screening: Screening, number: int, ref: str, query: Query, answer: Answer) -> None:
    row = ScreeningRow.objects.create(
        screening=screening,
        number=number,
        name=query.name,
        kind=query.kind,
        country=query.country,
        licence_number=query.licence_number,
        raw={"recruiter": ref},
        subject_key=subject_key(query.name, query.country, query.licence_number, query.kind),
        outcome=answer.result.outcome.value,
        reason=answer.result.reason,
        score=round(answer.result.score, 4),
    )
    hits = hits_of(screening, row, answer)
    keep_hits(hits)
