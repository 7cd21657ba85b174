"""Hand a screening out as a file."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from core import audit
from core.access import fetch, staff
from core.exports import csv_response, jsonl_response, xlsx_response
from recruiters.columns import pick
from recruiters.models import HitDecision, Screening, ScreeningHit, ScreeningRow
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
    *("own_number", "born", "country_as_written", "register_status", "threshold", "compared_with"),
    *("screened_again", "screened_again_at", "decided_by_all"),
)

DECIDED = (
    *("hit", "row", "name", "matched_name", "list", "list_date", "gravity", "decision", "reason", "in_words"),
    *("decided_by", "decided_at", "how", "record_digest"),
)
RESPOND: dict[str, Callable[[str, Sequence[str], Iterator[list[Any]]], StreamingHttpResponse]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
    "jsonl": jsonl_response,
}


@staff(*READ_BY)
def export(request: HttpRequest, ref: str, kind: str) -> HttpResponseBase:
    """Hand out a screening as a file: one line for each hit, and one for each row without a hit."""
    screening = fetch(reader(request), Screening, ref=ref)
    audit_export(request, screening, kind)
    return RESPOND[kind](f"{screening.ref}.{kind}", EXPORTED, _lines(screening))


@staff(*READ_BY)
def decisions(request: HttpRequest, ref: str, kind: str) -> HttpResponseBase:
    """Hand out every decision about a screening's hits, those that were taken back too, oldest first."""
    screening = fetch(reader(request), Screening, ref=ref)
    audit_export(request, screening, kind)
    return RESPOND[kind](f"{screening.ref}-decisions.{kind}", DECIDED, _decided(screening))


def _decided(screening: Screening) -> Iterator[list[Any]]:
    taken = HitDecision.objects.filter(hit__screening=screening).select_related("hit__row", "decided_by", "undoes")
    for each in taken.order_by("pk").iterator(chunk_size=500):
        yield [
            each.hit.ref,
            each.hit.row.number,
            each.hit.row.name,
            each.hit.target_name,
            each.hit.list_name,
            each.hit.list_date,
            each.hit.gravity,
            each.answer,
            each.get_reason_code_display(),
            each.reason,
            str(each.decided_by),
            each.decided_at,
            "carried" if each.carried_from_id else "undo" if each.undoes_id else "decided",
            each.content_hash,
        ]


def audit_export(request: HttpRequest, screening: Screening, kind: str) -> None:
    """Write down who took a screening's result."""
    with transaction.atomic():
        audit.record("screening.exported", actor=reader(request), subject=screening.ref, format=kind)


def _lines(screening: Screening) -> Iterator[list[Any]]:
    taken = HitDecision.objects.filter(undoes=None, undone_by=None)
    decisions = Prefetch("decisions", taken.select_related("decided_by").order_by("pk"))
    hits = Prefetch("hits", ScreeningHit.objects.order_by("-score", "pk").prefetch_related(decisions))
    later = Prefetch("later", ScreeningRow.objects.select_related("screening").order_by("-pk"))
    compared = "; ".join(f"{each['name']} {each['list_date'] or ''}".strip() for each in screening.lists)
    for row in screening.rows.order_by("number").prefetch_related(hits, later).iterator(chunk_size=500):
        about = _about(row, screening, compared)
        start = [row.number, row.name, row.country, row.licence_number, row.kind, row.outcome, row.score]
        start.append(_reason(row))
        found = list(row.hits.all())
        if not found:
            yield [*start, *[""] * (len(EXPORTED) - len(start) - len(about) - 1), *about, ""]
        for each in found:
            decided = list(each.decisions.all())
            everybody = ", ".join(dict.fromkeys(str(one.decided_by) for one in decided))
            yield [*start, *_hit(each, decided), *about, everybody]


def _reason(row: ScreeningRow) -> str:
    """Return why a row came out as it did; of one that could not be read also what stood in the way."""
    obstacle = row.raw.get("problem", "") if row.reason == "unreadable_row" else ""
    return " ".join(filter(None, (str(row_reason(row.reason)), str(obstacle))))


def _hit(hit: ScreeningHit, decided: Sequence[HitDecision]) -> list[Any]:
    last = decided[-1:]
    return [
        hit.list_name,
        hit.list_date,
        hit.target_name,
        hit.target_key,
        hit.score,
        str(VERDICTS.get(hit.verdict, hit.verdict)),
        hit.gravity,
        reasons_text(hit.features),
        hit.state,
        " ".join(filter(None, (last[0].get_reason_code_display(), last[0].reason))) if last else "",
        str(last[0].decided_by) if last else "",
        last[0].decided_at if last else "",
        hit.ref,
    ]


def _about(row: ScreeningRow, screening: Screening, compared: str) -> list[Any]:
    """Return what else is known of a row: as its owner wrote it, with what it was compared, and what came after."""
    newest = next((each for each in row.later.all() if each.screening.finished_at), None)
    return [
        pick(row.raw, screening.mapping, "id"),
        row.born,
        pick(row.raw, screening.mapping, "country"),
        row.register_status,
        screening.threshold,
        compared,
        newest.outcome if newest else "",
        newest.screening.finished_at if newest else "",
    ]
