"""What a screening certificate states, as plain values, and the digest under which it can be checked again."""

import hashlib
import json
from collections import Counter
from typing import Any

from django.db.models import Prefetch

from recruiters.models import HitDecision, Screening, ScreeningHit, ScreeningRow
from recruiters.screening import Outcome

MOST_CLEAR = 5000
"""Rows called clear that are listed by name; of a longer list the file's digest says which rows they were."""
Facts = dict[str, Any]


def facts_of(screening: Screening, row: ScreeningRow | None = None) -> Facts:
    """Return everything that a certificate of a screening, or of one row of it, states."""
    rows = screening.rows.order_by("number")
    rows = rows.filter(pk=row.pk) if row is not None else rows
    counts = Counter(rows.order_by().values_list("outcome", flat=True))
    clear = counts[Outcome.CLEAR]
    listed = rows if clear <= MOST_CLEAR else rows.exclude(outcome=Outcome.CLEAR)
    decisions = Prefetch("decisions", HitDecision.objects.select_related("decided_by").order_by("pk"))
    hits = Prefetch("hits", ScreeningHit.objects.order_by("rank", "-score", "pk").prefetch_related(decisions))
    later = Prefetch("later", ScreeningRow.objects.select_related("screening").defer("raw").order_by("-pk"))
    return {
        "screening": screening.ref,
        "title": screening.title,
        "file": screening.file_name,
        "input_sha256": screening.sha256,
        "screened_by": str(screening.owner) if screening.owner else "",
        "finished_at": screening.finished_at.isoformat() if screening.finished_at else "",
        "threshold": screening.threshold,
        "algorithm": screening.algorithm,
        "lists": [dict(each) for each in screening.lists],
        "problems": list(screening.problems),
        "row": row.number if row is not None else None,
        "total": sum(counts.values()),
        "counts": {outcome.value: counts[outcome.value] for outcome in Outcome},
        "clear_listed": clear <= MOST_CLEAR,
        "rows": [
            _row(each) for each in listed.defer("raw").prefetch_related(hits, later).iterator(chunk_size=500)
        ],
    }  # fmt: skip


def _row(row: ScreeningRow) -> Facts:
    newest = next(iter(row.later.all()), None)
    again = None
    if newest is not None and newest.screening.finished_at:
        again = {"outcome": newest.outcome, "at": newest.screening.finished_at.isoformat()}
    return {
        "number": row.number,
        "name": row.name,
        "kind": row.kind,
        "country": row.country,
        "licence_number": row.licence_number,
        "registration_number": row.registration_number,
        "born": row.born,
        "outcome": row.outcome,
        "reason": row.reason,
        "again": again,
        "hits": [_hit(hit) for hit in row.hits.all()],
    }


def _hit(hit: ScreeningHit) -> Facts:
    taken = list(hit.decisions.all())
    undone = {decision.undoes_id for decision in taken}
    return {
        "ref": hit.ref,
        "name": hit.target_name,
        "list": hit.list_name,
        "list_date": hit.list_date.isoformat() if hit.list_date else "",
        "score": hit.score,
        "verdict": hit.verdict,
        "gravity": hit.gravity,
        "state": hit.state,
        "decisions": [
            {
                "answer": decision.answer,
                "reason": decision.reason_code,
                "words": decision.reason,
                "by": str(decision.decided_by),
                "at": decision.decided_at.isoformat(),
            }
            for decision in taken
            if decision.undoes_id is None and decision.pk not in undone
        ],
    }


def digest_of(facts: Facts) -> str:
    """Return the digest of what a certificate states; the same facts have the same digest on every day."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
