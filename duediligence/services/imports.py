"""Read supplier lists: every row that can be used goes in, every other one is named, nothing goes in twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from core import audit
from core.access import require
from core.actors import Actor
from duediligence.models import Company, Supplier, SupplierImport, SupplierImportRow, SupplierSite
from duediligence.models.scope import CHANGE
from duediligence.services.records import person
from duediligence.services.suppliers import add_supplier, change_supplier
from duediligence.supplier_rows import Problem, SupplierRow, read_row

Numbered = tuple[int, Mapping[str, str]]


@dataclass
class ImportProgress:
    """What one chunk of a list came to."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: list[SupplierImportRow] = field(default_factory=list)


@transaction.atomic
def begin_import(company: Company, *, file_name: str, actor: Actor) -> SupplierImport:
    """Open the report of an import."""
    require(actor, CHANGE, company)
    return SupplierImport.objects.create(company=company, file_name=file_name[:200], by=person(actor))


@transaction.atomic
def import_rows(report: SupplierImport, rows: Iterable[Numbered], *, actor: Actor) -> ImportProgress:
    """Take a chunk of numbered rows in and add what came of it to the report."""
    company, progress = report.company, ImportProgress()
    require(actor, CHANGE, company)
    for number, values in rows:
        read = read_row(values)
        if isinstance(read, SupplierRow):
            _take(company, read, progress, actor)
        else:
            progress.rejected += 1
            progress.problems += [_named(report, number, problem) for problem in read]
    SupplierImportRow.objects.bulk_create(progress.problems)
    report.added += progress.added
    report.changed += progress.changed
    report.unchanged += progress.unchanged
    report.rejected += progress.rejected
    report.rows += progress.added + progress.changed + progress.unchanged + progress.rejected
    report.save(update_fields=["added", "changed", "unchanged", "rejected", "rows"])
    return progress


def _named(report: SupplierImport, number: int, problem: Problem) -> SupplierImportRow:
    return SupplierImportRow(
        supplier_import=report, number=number, column=problem.column, code=problem.code, value=problem.value
    )


def _take(company: Company, row: SupplierRow, progress: ImportProgress, actor: Actor) -> None:
    supplier, site, is_new = add_supplier(company, row, actor=actor)
    if is_new:
        progress.added += 1
    elif _refresh(supplier, site, row, actor):
        progress.changed += 1
    else:
        progress.unchanged += 1


def _refresh(supplier: Supplier, site: SupplierSite, row: SupplierRow, actor: Actor) -> bool:
    """Take over what a list says anew; an empty cell says nothing."""
    changed = change_supplier(
        supplier,
        sector=row.sector or supplier.sector,
        products=row.products or supplier.products,
        tier=row.tier or supplier.tier,
        workers=supplier.workers if row.workers_min is None else row.workers_min,
        starts=supplier.starts,
        actor=actor,
    )
    numbers = (row.workers_min, row.workers_max)
    if row.workers_min is not None and (site.workers_min, site.workers_max) != numbers:
        site.workers_min, site.workers_max = numbers
        site.save(update_fields=["workers_min", "workers_max"])
        changed = True
    return changed


@transaction.atomic
def name_broken_rows(report: SupplierImport, broken: Iterable[tuple[int, str, str]]) -> None:
    """Name the rows that could not even be read: number, column and the reader's own reason."""
    named = [
        SupplierImportRow(
            supplier_import=report, number=number, column=column[:60], code="broken_row", reason=reason[:300]
        )
        for number, column, reason in broken
    ]
    SupplierImportRow.objects.bulk_create(named)
    report.rejected += len(named)
    report.rows += len(named)
    report.save(update_fields=["rejected", "rows"])


@transaction.atomic
def finish_import(report: SupplierImport, *, actor: Actor) -> SupplierImport:
    """Write down that a list was read to its end."""
    audit.record(
        "suppliers.imported",
        actor=actor,
        subject=report.ref,
        company=report.company.ref,
        rows=report.rows,
        added=report.added,
        changed=report.changed,
        rejected=report.rejected,
    )
    return report


@transaction.atomic
def import_suppliers(company: Company, rows: Iterable[Numbered], *, file_name: str, actor: Actor) -> SupplierImport:
    """Read a whole list in one go and return its report."""
    report = begin_import(company, file_name=file_name, actor=actor)
    import_rows(report, rows, actor=actor)
    return finish_import(report, actor=actor)
