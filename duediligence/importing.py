"""Read a supplier list as a job: chunk by chunk, resumable, and the file is destroyed when it is done."""

import io
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import jobs, vault
from core.actors import SYSTEM, Actor, Automatic
from core.models import Job, SealedRecord
from core.tabular import Table, TableRefused, read_table
from duediligence import services
from duediligence.models import Company, SupplierImport
from duediligence.services.records import person
from duediligence.supplier_rows import missing_columns

KIND = "suppliers.import"
CHUNK = 100


def open_list(source: Any, name: str) -> Table:
    """Return a supplier list that has the columns it needs; raises TableRefused with a sentence for people."""
    table = read_table(source, name=name)
    lacking = missing_columns(tuple(column.strip().lower() for column in table.columns))
    if lacking:
        raise TableRefused(
            _("This list lacks the columns %(columns)s. Nothing was read. The first row must name the columns.")
            % {"columns": ", ".join(lacking)},
            code="columns",
        )
    return table


def numbered(table: Table) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows with their number in the file."""
    return ((row.number, row.values) for row in table.rows())


@transaction.atomic
def start_import(company: Company, upload: "UploadedFile[Any]", *, actor: Actor) -> SupplierImport:
    """Check an uploaded list, seal it and queue its reading; raises TableRefused with a sentence for people."""
    name = Path(upload.name or "list.csv").name
    data = upload.read()
    rows = sum(1 for _row in open_list(io.BytesIO(data), name).rows())
    report = services.begin_import(company, file_name=name, actor=actor)
    sealed = vault.seal(data, purpose="suppliers.list")
    payload = {"report": report.pk, "sealed": str(sealed.pk), "name": name}
    jobs.start(KIND, owner=person(actor), total=rows, payload=payload)
    return report


@jobs.handler(KIND)
def read_chunk(job: Job) -> bool:
    """Read the next rows of a sealed list; return whether more remain."""
    report = SupplierImport.objects.select_related("company__party").get(pk=job.payload["report"])
    sealed = SealedRecord.objects.get(pk=job.payload["sealed"])
    actor: Actor = job.owner or SYSTEM
    data = vault.open_bytes(sealed, actor=Automatic("suppliers"), reason="import", subject=report.ref)
    table = open_list(io.BytesIO(data), job.payload["name"])
    chunk = list(islice(numbered(table), job.done, job.done + CHUNK))
    if chunk:
        services.import_rows(report, chunk, actor=actor)
    job.done += len(chunk)
    if len(chunk) == CHUNK:
        return True
    services.name_broken_rows(report, [(one.number, one.column, one.reason) for one in table.problems])
    services.finish_import(report, actor=actor)
    vault.destroy(sealed, actor=Automatic("suppliers"))
    return False
