"""Take a list in, say how its columns are read, and write its rows down to be compared."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, jobs, vault
from core.actors import Actor
from core.models import User
from core.roles import Role
from core.tabular import Table, TableRefused, read_table
from recruiters.columns import SCREENED, guess, recognise
from recruiters.countries import country_code
from recruiters.engine import Query
from recruiters.models import Screening, ScreeningRow
from recruiters.previewing import Preview, preview, read_row
from recruiters.screening import subject_key
from recruiters.services.filing import file_rows

MOST_ROWS = 200_000
BATCH = 1000
SAMPLES = 20
NAMED = 200
JOB = "recruiters.screen_list"
HEADLESS = "headless"


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
    """Return pasted text as a file: bare names get a heading, cells of a spreadsheet too; a table keeps its own."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if not lines:
        raise ScreeningRefused(_("Nothing was pasted."))
    heads = [head for separator in ("\t", ";", ",") for head in lines[0].split(separator)]
    if "name" not in recognise([*heads, lines[0]], SCREENED):
        tabs = sum("\t" in line for line in lines)
        rows = [line.split("\t") for line in lines] if tabs * 2 > len(lines) else [[line.strip()] for line in lines]
        width = max(map(len, rows))
        heading = ["name"] if width == 1 else [_("Column %(number)s") % {"number": n + 1} for n in range(width)]
        out = io.StringIO()
        csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([heading, *rows])
        return ("\ufeff" + out.getvalue()).encode()
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
        samples.append({column: value[:200] for column, value in row.values.items()})
        if len(samples) == SAMPLES:
            break
    if not samples:
        raise ScreeningRefused(_("This file has columns, but no rows. Nothing was kept of it."))
    found = recognise(table.columns, SCREENED)
    guessed = guess(table.columns, samples, found, lambda text: bool(country_code(text)))
    screening = Screening.objects.create(
        title=(title.strip() or file_name)[:200],
        kind=kind,
        owner=actor,
        upload=vault.seal_file(data, purpose="recruiters.screening"),
        file_name=file_name[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        columns=list(table.columns),
        samples=samples,
        notes=table.notes[:10],
        mapping={**found, **guessed},
        defaults={"guessed": sorted(guessed), HEADLESS: "yes" if _headless(table, found) else ""},
    )
    audit.record("screening.received", actor=actor, subject=screening.ref, size=len(data))
    return screening


def _headless(table: Table, found: Mapping[str, str]) -> bool:
    """Tell whether a table seems to begin without a heading: no head of it is known, so that the first row is a row.

    A heading that is screened too does no harm; a name that is taken for a heading would never be screened.
    """
    return not found and table.kind in ("csv", "xlsx")


def open_list(screening: Screening, *, actor: Actor) -> Table:
    """Return the sealed list of a screening; raises ScreeningRefused where it is gone."""
    if screening.upload is None:
        raise ScreeningRefused(_("The list is no longer here. Please bring it in again."))
    data = vault.open_bytes(screening.upload, actor=actor, reason="screening", subject=screening.ref)
    return read_list(data, screening.file_name)


@transaction.atomic
def preview_list(
    screening: Screening, *, mapping: Mapping[str, str], defaults: Mapping[str, str], actor: User
) -> Preview:
    """Return how every row would be read under a mapping, and how many cannot be screened; changes nothing."""
    access.require(actor, "run", screening)
    table = open_list(screening, actor=actor)
    found = preview(_rows(table, defaults), mapping, defaults, country_code, timezone.localdate().year)
    for problem in table.problems:
        found.rows += 1
        found.note_problem("unreadable_row", problem.number)
    return found


def _rows(table: Table, defaults: Mapping[str, str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    if defaults.get(HEADLESS):
        yield 1, {column: column for column in table.columns}
    for row in table.rows():
        yield row.number, row.values


@transaction.atomic
def confirm_columns(
    screening: Screening,
    *,
    mapping: Mapping[str, str],
    threshold: float,
    actor: User,
    defaults: Mapping[str, str] | None = None,
) -> Screening:
    """Fix what each column is, read every row in, and start the comparison as a job.

    ``defaults`` say what holds for rows that leave it open (type, country). A row that cannot be read is kept as one
    that was not screened.
    """
    access.require(actor, "run", screening)
    screening = Screening.objects.select_for_update(of=("self",)).select_related("upload").get(pk=screening.pk)
    if screening.state != Screening.State.MAPPING:
        return screening
    if not mapping.get("name"):
        raise ScreeningRefused(_("Choose the column that holds the names."))
    table = open_list(screening, actor=actor)
    screening.mapping = {field: column for field, column in mapping.items() if column in table.columns}
    screening.defaults = dict(defaults or {})
    screening.threshold = threshold
    take_rows(screening, _rows(table, screening.defaults))
    _take_unreadable(screening, table)
    screening.job = jobs.start(JOB, owner=actor, total=screening.total, payload={"screening": screening.pk})
    screening.save()
    return screening


@transaction.atomic
def watch_screening(screening: Screening, *, watched: bool, actor: User) -> Screening:
    """Begin or cease to screen the rows of a list again when a watchlist changes."""
    access.require(actor, "run", screening)
    screening.is_watched = watched
    screening.save(update_fields=["is_watched"])
    audit.record("screening.watched", actor=actor, subject=screening.ref, watched=watched)
    return screening


def take_rows(screening: Screening, rows: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """Write the rows of a list, each "not screened" until it was compared, and file their names."""
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
            _write(made)
            made = []
    _write(made)
    screening.total = total
    screening.state = Screening.State.RUNNING


def _write(rows: list[ScreeningRow]) -> None:
    ScreeningRow.objects.bulk_create(rows)
    file_rows(row for row in rows if row.name)


def _take_unreadable(screening: Screening, table: Table) -> None:
    """Keep the rows that could not be read as such: they were not screened, and say so."""
    there = set(screening.rows.values_list("number", flat=True))
    left: dict[int, str] = {}
    for problem in table.problems:
        if problem.number not in there:
            left.setdefault(problem.number, problem.reason[:200])
    ScreeningRow.objects.bulk_create(
        [
            ScreeningRow(
                screening=screening, number=number, raw={"problem": reason}, subject_key=subject_key("", "", ""),
                reason="unreadable_row",
            )
            for number, reason in left.items()
        ],
        batch_size=BATCH,
    )  # fmt: skip
    screening.left_out = [[number, reason] for number, reason in list(left.items())[:NAMED]]
    screening.total += len(left)


def mark_unreadable(screening: Screening) -> None:
    """Say of rows that could not be read that this is why they were not screened, whatever compared them."""
    if screening.left_out:
        screening.rows.filter(name="", raw__has_key="problem").update(outcome="not_screened", reason="unreadable_row")


def _born(query: Query) -> str:
    return query.born[0] if query.born else ""


def query_of(values: Mapping[str, str], mapping: Mapping[str, str], defaults: Mapping[str, str] | None = None) -> Query:
    """Return a row of a list as it is compared."""
    row = read_row(0, values, mapping, defaults or {}, country_code, timezone.localdate().year)
    return Query(
        name=row.name,
        kind="person" if row.kind == "person" else "organisation",
        country=row.country,
        licence_number=row.licence_number,
        registration_number=row.registration_number,
        born=(row.born,) if row.born else (),
    )


def _row(screening: Screening, number: int, values: Mapping[str, str]) -> ScreeningRow:
    query = query_of(values, screening.mapping, screening.defaults)
    return ScreeningRow(
        screening=screening,
        number=number,
        raw=dict(values),
        subject_key=subject_key(
            query.name, query.country, query.licence_number or query.registration_number, query.kind, _born(query)
        ),
        born=_born(query),
        **{name: getattr(query, name) for name in ("name", "kind", "country", "licence_number", "registration_number")},
    )
