"""Hand a screening out as a file."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase

from core import audit
from core.access import fetch, staff
from core.exports import csv_response, xlsx_response
from recruiters.models import HitDecision, Screening, ScreeningHit
from recruiters.views.acting import reader
from recruiters.views.screenings import READ_BY
from recruiters.wording import VERDICTS, reasons_text, row_reason

EXPORTED = (
    "row",
    "name",
    "country",
    "licence_number",
    "type",
    "outcome",
    "score",
    "reason",
    "list",
    "list_date",
    "matched_name",
    "matched_ref",
    "hit_score",
    "verdict",
    "gravity",
    "why",
    "decision",
    "decision_reason",
    "decided_by",
    "decided_at",
    "hit",
)


@staff(*READ_BY)
def export(request: HttpRequest, ref: str, kind: str) -> HttpResponseBase:
    """Hand out a screening as a file: one line for each hit, and one for each row without a hit."""
    screening = fetch(reader(request), Screening, ref=ref)
    audit_export(request, screening, kind)
    respond = csv_response if kind == "csv" else xlsx_response
    return respond(f"{screening.ref}.{kind}", EXPORTED, _lines(screening))


def audit_export(request: HttpRequest, screening: Screening, kind: str) -> None:
    """Write down who took a screening's result."""
    with transaction.atomic():
        audit.record("screening.exported", actor=reader(request), subject=screening.ref, format=kind)


def _lines(screening: Screening) -> Iterator[list[Any]]:
    decisions = Prefetch("decisions", HitDecision.objects.select_related("decided_by").order_by("pk"))
    hits = Prefetch("hits", ScreeningHit.objects.order_by("-score", "pk").prefetch_related(decisions))
    for row in screening.rows.order_by("number").prefetch_related(hits).iterator(chunk_size=500):
        start = [
            row.number,
            row.name,
            row.country,
            row.licence_number,
            row.kind,
            row.outcome,
            row.score,
            row_reason(row.reason),
        ]
        found = list(row.hits.all())
        if not found:
            yield [*start, *[""] * (len(EXPORTED) - len(start))]
        for each in found:
            last = list(each.decisions.all())[-1:]
            yield [
                *start,
                each.list_name,
                each.list_date,
                each.target_name,
                each.target_key,
                each.score,
                str(VERDICTS.get(each.verdict, each.verdict)),
                each.gravity,
                reasons_text(each.features),
                each.state,
                " ".join(filter(None, (last[0].get_reason_code_display(), last[0].reason))) if last else "",
                str(last[0].decided_by) if last else "",
                last[0].decided_at if last else "",
                each.ref,
            ]
