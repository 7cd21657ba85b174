"""Compare a list row by row, in chunks that can be resumed. How it comes in is in ``intake``."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.actors import Actor
from recruiters.engine import ALGORITHM, Answer, Engine, Hit, Query, current_engine, explained
from recruiters.models import Screening, ScreeningHit, ScreeningRow
from recruiters.screening import GRAVITY_RANK, Gravity, HitState, gravity_of_hit
from recruiters.services.carrying import keep_hits
from recruiters.services.intake import ScreeningRefused, mark_unreadable, pasted, query_of, take_rows

CHUNK = 250


def screen_chunk(screening: Screening, *, after: int = 0, size: int = CHUNK) -> tuple[int, int]:
    """Compare the next rows; return the last row's number and how many rows were compared (0 when none is left)."""
    rows = list(screening.rows.filter(number__gt=after).order_by("number")[:size])
    if not rows:
        return after, 0
    engine = current_engine()
    if not screening.lists:
        note_lists(screening, engine)
    write_answers(screening, rows, compare_rows(engine, rows, screening.threshold))
    return rows[-1].number, len(rows)


def compare_rows(engine: Engine, rows: Sequence[ScreeningRow], threshold: float) -> list[Answer]:
    """Compare rows; reads only."""
    return engine.screen_many([query_of_row(row) for row in rows], threshold)


def query_of_row(row: ScreeningRow) -> Query:
    """Return a row as the engine compares it."""
    born = (row.born,) if row.born else ()
    return Query(row.name, _kind(row.kind), row.country, row.licence_number, row.registration_number, born=born)


def _gravity(hit: Hit) -> Gravity:
    verdict = hit.match.verdict.value
    return gravity_of_hit(hit.target.gravity, verdict, hit.target.key, elsewhere=hit.match.elsewhere)


def write_answers(screening: Screening, rows: Sequence[ScreeningRow], answers: Sequence[Answer]) -> None:
    """Write what comparing rows came to, in the place of what was there; the caller holds the transaction."""
    hits: list[ScreeningHit] = []
    for row, answer in zip(rows, answers, strict=True):
        row.outcome, row.reason = answer.result.outcome.value, answer.result.reason
        row.score, row.register_status = round(answer.result.score, 4), answer.register_status
        hits += hits_of(screening, row, answer)
    keys = [row.pk for row in rows]
    ScreeningHit.objects.filter(row__in=keys).delete()
    ScreeningRow.objects.bulk_update(rows, ["outcome", "reason", "score", "register_status"], batch_size=CHUNK)
    keep_hits(hits)


def _kind(kind: str) -> Any:
    return "person" if kind == "person" else "organisation"


def note_lists(screening: Screening, engine: Engine) -> None:
    """Keep with the screening which lists it used, of which day, and what was wrong with them."""
    screening.lists = [
        {**asdict(state), "list_date": state.list_date.isoformat() if state.list_date else None}
        for state in engine.lists
    ]
    screening.problems = list(engine.problems)
    screening.algorithm = ALGORITHM
    screening.save(update_fields=["lists", "problems", "algorithm"])


def hits_of(screening: Screening, row: ScreeningRow, answer: Answer) -> list[ScreeningHit]:
    """Return the unsaved hits of a row. What only informs (a valid licence) waits for nobody."""
    return [
        ScreeningHit(
            screening=screening,
            row=row,
            recruiter_id=hit.target.recruiter_id,
            entry_id=hit.target.entry_id,
            target_key=hit.target.key,
            target_name=hit.target.name[:500],
            list_code=hit.target.key.partition(":")[0][:60],
            list_name=hit.target.list_name,
            list_date=hit.target.list_date,
            content_hash=hit.target.content_hash,
            score=round(hit.match.score, 4),
            verdict=hit.match.verdict.value,
            gravity=(gravity := _gravity(hit)),
            rank=GRAVITY_RANK[gravity],
            query_name=hit.match.query_name[:300],
            candidate_name=hit.match.candidate_name[:500],
            features=explained(hit.match),
            algorithm=hit.match.algorithm,
            state=HitState.INFO if gravity == Gravity.INFO else HitState.OPEN,
        )
        for hit in answer.hits
    ]


@transaction.atomic
def finish(screening: Screening, *, actor: Actor) -> Screening:
    """Count the outcomes and close a screening."""
    mark_unreadable(screening)
    screening.counts = dict(Counter(screening.rows.values_list("outcome", flat=True)))
    screening.state = Screening.State.DONE
    screening.finished_at = timezone.now()
    screening.save()
    audit.record(
        "screening.finished", actor=actor, subject=screening.ref, rows=screening.total,
        **{f"rows_{outcome}": count for outcome, count in screening.counts.items()},
    )  # fmt: skip
    return screening


__all__ = [
    "ScreeningRefused",
    "compare_rows",
    "finish",
    "hits_of",
    "note_lists",
    "pasted",
    "query_of",
    "screen_chunk",
    "take_rows",
    "write_answers",
]
