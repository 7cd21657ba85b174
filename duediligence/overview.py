"""Sum a company's record up for its landing page and task list."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from core.models import User
from duediligence import regimes
from duediligence.composing import laws_of
from duediligence.gathering import actions_of
from duediligence.models import ActionState, Company, Prepared, Publication, Record, Report
from duediligence.models.risks import OPEN_STATES
from duediligence.regimes import Deadline


@dataclass(frozen=True)
class Overview:
    """A company's newest record and what waits there; the record is None until the first one is opened."""

    company: Company
    record: Record | None = None
    earlier: tuple[Record, ...] = ()
    answered: int = 0
    total: int = 0
    deadlines: tuple[Deadline, ...] = ()
    standing: "Standing | None" = None
    cases_waiting: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class Standing:
    """How far a record is on its way to the public."""

    versions: tuple[Publication, ...]
    prepared: Prepared | None
    approved: bool
    published: bool

    @property
    def newest(self) -> Publication | None:
        """Return the newest published version."""
        return self.versions[-1] if self.versions else None

    @property
    def report(self) -> Report | None:
        """Return the public report, if there is one."""
        return self.versions[0].report if self.versions else None

    @property
    def code(self) -> str:
        """Return the standing in one word; what is answered is never called published."""
        if self.report and self.report.withdrawn:
            return "withdrawn"
        if self.prepared and not self.published:
            return "approved" if self.approved else "prepared"
        return "published" if self.newest else "open"


def standing_of(record: Record) -> Standing:
    """Return where a record stands between work and publication, in two queries."""
    versions = Publication.objects.filter(report__record=record).select_related("report").defer("content")
    newest = record.prepared.select_related("by", "approval", "publication").order_by("-number").first()
    return Standing(
        versions=tuple(versions.order_by("version")),
        prepared=newest,
        approved=bool(newest and hasattr(newest, "approval")),
        published=bool(newest and hasattr(newest, "publication")),
    )


def deadlines_of(record: Record, standing: Standing, today: date) -> tuple[Deadline, ...]:
    """Return when which law wants this record's report, and whether that was met."""
    first = standing.versions[0].published_on if standing.versions else None
    return regimes.deadlines(laws_of(record), record.period_end, today, first)


def overview_of(company: Company, records: list[Record], today: date, reader: User) -> Overview:
    """Return the company's newest record in the reader's figures, the earlier ones by name; six queries."""
    if not records:
        return Overview(company)
    record = records[0]
    record.company = company
    standing = standing_of(record)
    newest_state = ActionState.objects.filter(action=OuterRef("pk")).order_by("-pk").values("state")[:1]
    late = record.planned_actions.filter(due_on__lt=today).annotate(now=Subquery(newest_state))
    return Overview(
        company=company,
        record=record,
        earlier=tuple(records[1:]),
        answered=record.answers.order_by().values("action").distinct().count(),
        total=len(actions_of(record)),
        deadlines=deadlines_of(record, standing, today),
        standing=standing,
        cases_waiting=company.cases.visible_to(reader).filter(responses__isnull=True).count(),
        overdue=late.filter(now__in=OPEN_STATES).count(),
    )
