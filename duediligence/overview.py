"""Sum a company's record up for its landing page and task list."""

from dataclasses import dataclass
from datetime import date

from duediligence import regimes
from duediligence.composing import laws_of
from duediligence.gathering import check_of, known_cases, tracked_actions
from duediligence.models import Company, Prepared, Publication, Record, Report
from duediligence.regimes import Deadline
from duediligence.steps import Check


@dataclass(frozen=True)
class Overview:
    """A company's newest record and what waits there; the record is None until the first one is opened."""

    company: Company
    record: Record | None
    earlier: tuple[Record, ...]
    check: Check | None
    deadlines: tuple[Deadline, ...]
    standing: "Standing | None"
    cases_waiting: int
    overdue: int


@dataclass(frozen=True)
class Standing:
    """How far a record is on its way to the public."""

    report: Report | None
    newest: Publication | None
    prepared: Prepared | None
    approved: bool
    published: bool

    @property
    def code(self) -> str:
        """Return the standing in one word; what is answered is never called published."""
        if self.report and self.report.withdrawn:
            return "withdrawn"
        if self.prepared and not self.published:
            return "approved" if self.approved else "prepared"
        return "published" if self.newest else "open"


def standing_of(record: Record) -> Standing:
    """Return where a record stands between work and publication."""
    report = Report.objects.filter(record=record).first()
    newest = report.versions.order_by("-version").first() if report else None
    prepared = record.prepared.select_related("by", "approval", "publication").order_by("-number").first()
    return Standing(
        report=report,
        newest=newest,
        prepared=prepared,
        approved=bool(prepared and hasattr(prepared, "approval")),
        published=bool(prepared and hasattr(prepared, "publication")),
    )


def deadlines_of(record: Record, today: date) -> tuple[Deadline, ...]:
    """Return when which law wants this record's report, and whether that was met."""
    first = Publication.objects.filter(report__record=record).order_by("version").first()
    return regimes.deadlines(laws_of(record), record.period_end, today, first.published_on if first else None)


def overview_of(company: Company, records: list[Record], today: date) -> Overview:
    """Return the company's newest record in detail, the earlier ones by name."""
    if not records:
        return Overview(company, None, (), None, (), None, 0, 0)
    record = records[0]
    cases = known_cases(company.cases.all())
    return Overview(
        company=company,
        record=record,
        earlier=tuple(records[1:]),
        check=check_of(record, today),
        deadlines=deadlines_of(record, today),
        standing=standing_of(record),
        cases_waiting=sum(not case.response for case in cases),
        overdue=sum(one.overdue for one in tracked_actions(record, today)),
    )
