"""Take a list in, confirm its columns, and compare it row by row, in chunks that can be resumed."""

import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, jobs, vault
from core.actors import SYSTEM, Actor
from core.models import Job, User
from core.roles import Role
from core.tabular import Table, TableRefused, read_table
from recruiters.columns import SCREENED, kind_of, pick, recognise
from recruiters.countries import country_code
from recruiters.engine import ALGORITHM, Answer, Engine, Query, current_engine, explained
from recruiters.models import Screening, ScreeningHit, ScreeningRow
from recruiters.screening import GRAVITY_RANK, Gravity, HitState, gravity_of_hit, subject_key
from recruiters.services.carrying import keep_hits

MOST_ROWS = 200_000
CHUNK = 250
BATCH = 1000
SAMPLES = 3
JOB = "recruiters.screen_list"


class ScreeningRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A list that is not taken in; the message is for people."""


def read_list(data: bytes, name: str) -> Table:
    """Return the table in a file; raises ScreeningRefused."""
    try:
        table = read_table(io.BytesIO(data), name=name)
    except TableRefused as refusal:
        raise ScreeningRefused(str(refusal)) from refusal
    if not table.columns:
        raise ScreeningRefused(_("This file has no columns. Nothing was kept of it."))
    return table


def pasted(text: str) -> bytes:
    """Return pasted text as a file: a list of bare names gets a heading, a table keeps its own."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if not lines:
        raise ScreeningRefused(_("Nothing was pasted."))
    heads = [head for separator in ("\t", ";", ",") for head in lines[0].split(separator)]
    if "name" not in recognise([*heads, lines[0]], SCREENED):
        quoted = ('"' + line.strip().replace('"', '""') + '"' for line in lines)
        lines = ["name", *quoted]
    return ("\ufeff" + "\n".join(lines) + "\n").encode()


@transaction.atomic
def receive_list(
    *, actor: User, title: str, data: bytes, file_name: str, kind: str = Screening.Kind.UPLOAD
) -> Screening:
    """Keep a list (sealed), and propose what its columns are; raises ScreeningRefused, keeping nothing."""
    access.require_role(actor, Role.MINISTRY_OFFICER)
    table = read_list(data, file_name)
    samples = []
    for row in table.rows():
        samples.append(row.values)
        if len(samples) == SAMPLES:
            break
    if not samples:
        raise ScreeningRefused(_("This file has columns, but no rows. Nothing was kept of it."))
    screening = Screening.objects.create(
        title=(title.strip() or file_name)[:200],
        kind=kind,
        owner=actor,
        upload=vault.seal_file(data, purpose="recruiters.screening"),
        file_name=file_name[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        columns=list(table.columns),
        samples=samples,
        mapping=recognise(table.columns, SCREENED),
    )
    audit.record("screening.received", actor=actor, subject=screening.ref, size=len(data))
    return screening


@transaction.atomic
def confirm_columns(screening: Screening, *, mapping: Mapping[str, str], threshold: float, actor: User) -> Screening:
    """Fix what each column is, read every row in, and start the comparison as a job."""
    access.require(actor, "run", screening)
    screening = Screening.objects.select_for_update().get(pk=screening.pk)
    if screening.state != Screening.State.MAPPING:
        return screening
    if not mapping.get("name"):
        raise ScreeningRefused(_("Choose the column that holds the names."))
    if screening.upload is None:
        raise ScreeningRefused(_("The list is no longer here. Please bring it in again."))
    data = vault.open_bytes(screening.upload, actor=actor, reason="screening", subject=screening.ref)
    table = read_list(data, screening.file_name)
    screening.mapping = {field: column for field, column in mapping.items() if column in table.columns}
    screening.threshold = threshold
    take_rows(screening, ((row.number, row.values) for row in table.rows()))
    screening.job = jobs.start(JOB, owner=actor, total=screening.total, payload={"screening": screening.pk})
    screening.save()
    return screening


def take_rows(screening: Screening, rows: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """Write the rows of a list, each "not screened" until it was compared."""
    made: list[ScreeningRow] = []
    total = 0
    for number, values in rows:
        made.append(_row(screening, number, values))
        total += 1
        if total > MOST_ROWS:
            raise ScreeningRefused(
                _("This list has more than %(most)s rows. Please split it. Nothing was screened.") % {"most": MOST_ROWS}
            )
        if len(made) == BATCH:
            ScreeningRow.objects.bulk_create(made)
            made = []
    ScreeningRow.objects.bulk_create(made)
    screening.total = total
    screening.state = Screening.State.RUNNING


def query_of(values: Mapping[str, str], mapping: Mapping[str, str]) -> Query:
    """Return a row of a list as it is compared."""
    return Query(
        name=pick(values, mapping, "name")[:300],
        kind="person" if kind_of(pick(values, mapping, "type")) == "person" else "organisation",
        country=country_code(pick(values, mapping, "country")),
        licence_number=pick(values, mapping, "licence_number")[:80],
        registration_number=pick(values, mapping, "registration_number")[:80],
    )


def _row(screening: Screening, number: int, values: Mapping[str, str]) -> ScreeningRow:
    query = query_of(values, screening.mapping)
    return ScreeningRow(
        screening=screening,
        number=number,
        raw=dict(values),
        subject_key=subject_key(
            query.name, query.country, query.licence_number or query.registration_number, query.kind
        ),
        **{name: getattr(query, name) for name in ("name", "kind", "country", "licence_number", "registration_number")},
    )


def screen_chunk(screening: Screening, *, after: int = 0, size: int = CHUNK) -> tuple[int, int]:
    """Compare the next rows; return the last row's number and how many rows were compared (0 when none is left)."""
    rows = list(screening.rows.filter(number__gt=after).order_by("number")[:size])
    if not rows:
        return after, 0
    engine = current_engine()
    if not screening.lists:
        note_lists(screening, engine)
    hits: list[ScreeningHit] = []
    queries = [
        Query(row.name, _kind(row.kind), row.country, row.licence_number, row.registration_number) for row in rows
    ]
    for row, answer in zip(rows, engine.screen_many(queries, screening.threshold), strict=True):
        row.outcome, row.reason = answer.result.outcome.value, answer.result.reason
        row.score, row.register_status = round(answer.result.score, 4), answer.register_status
        hits += hits_of(screening, row, answer)
    ScreeningHit.objects.filter(row__in=[row.pk for row in rows]).delete()
    ScreeningRow.objects.bulk_update(rows, ["outcome", "reason", "score", "register_status"], batch_size=CHUNK)
    keep_hits(hits)
    return rows[-1].number, len(rows)


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
            gravity=(gravity := gravity_of_hit(hit.target.gravity, hit.match.verdict.value, hit.target.key)),
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
    screening.counts = dict(Counter(screening.rows.values_list("outcome", flat=True)))
    screening.state = Screening.State.DONE
    screening.finished_at = timezone.now()
    screening.save()
    audit.record(
        "screening.finished", actor=actor, subject=screening.ref, rows=screening.total,
        **{f"rows_{outcome}": count for outcome, count in screening.counts.items()},
    )  # fmt: skip
    return screening


@jobs.handler(JOB)
def run(job: Job) -> bool:
    """Do one chunk of a screening's job and say whether more remains."""
    screening = Screening.objects.get(pk=job.payload["screening"])
    after, count = screen_chunk(screening, after=job.payload.get("after", 0))
    job.payload = {**job.payload, "after": after}
    job.done = min(job.total, job.done + count)
    if count:
        return True
    finish(screening, actor=job.owner or SYSTEM)
    return False
