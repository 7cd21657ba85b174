"""Read a record as it stands today, for the rules that judge it: fixed numbers of queries, whatever its size."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from core.models import User
from core.standards import standard
from core.standards.oecd import Action, Oecd
from duediligence import steps
from duediligence.models import (
    AnswerEvidence,
    Engagement,
    PlannedAction,
    Record,
    Risk,
    RiskAssessment,
    Step6Entry,
    StepAnswer,
    Supplier,
)
from duediligence.models.risks import OPEN_STATES, ActionStateChoice
from duediligence.prioritisation import Priority, prioritise
from duediligence.states import AnswerState


def guidance(record: Record) -> Oecd:
    """Return the edition of the guidance that the record was opened under."""
    found: Oecd = standard("oecd", record.standard_edition)
    return found


def actions_of(record: Record) -> tuple[Action, ...]:
    """Return the practical actions that the record answers."""
    return guidance(record).actions


def current_answers(record: Record) -> dict[str, StepAnswer]:
    """Return the newest answer to each practical action."""
    return {answer.action: answer for answer in record.answers.order_by("number")}


def current_evidence(record: Record) -> dict[str, list[AnswerEvidence]]:
    """Return the evidence that stands, by practical action."""
    found: dict[str, list[AnswerEvidence]] = defaultdict(list)
    for evidence in record.evidence.filter(removed_at__isnull=True).select_related("file"):
        found[evidence.action].append(evidence)
    return dict(found)


@dataclass(frozen=True)
class RankedRisk:
    """A risk with its newest judgement, its place and what is done about it; place is None until it is judged."""

    risk: Risk
    judged: RiskAssessment | None
    priority: Priority | None
    actions: tuple[PlannedAction, ...]


def ranked_risks(record: Record) -> tuple[RankedRisk, ...]:
    """Return the record's risks, first to act on first, those not judged yet at the top: they come before all else."""
    risks = list(record.risks.select_related("supplier", "record").prefetch_related("assessments", "actions"))
    newest = {risk.pk: max(risk.assessments.all(), key=lambda one: one.pk, default=None) for risk in risks}
    by_ref = {risk.ref: risk for risk in risks}
    ranked = prioritise(judged.facts(risk.ref) for risk in risks if (judged := newest[risk.pk]))
    waiting = [RankedRisk(risk, None, None, tuple(risk.actions.all())) for risk in risks if not newest[risk.pk]]
    placed = [
        RankedRisk(by_ref[one.ref], newest[by_ref[one.ref].pk], one, tuple(by_ref[one.ref].actions.all()))
        for one in ranked
    ]
    return (*waiting, *placed)


@dataclass(frozen=True)
class TrackedAction:
    """A planned action with its newest state."""

    action: PlannedAction
    state: str
    note: str
    overdue: bool

    @property
    def is_open(self) -> bool:
        """Say whether something remains to be done."""
        return self.state in OPEN_STATES


def tracked_actions(record: Record, today: date) -> tuple[TrackedAction, ...]:
    """Return the record's actions, the earliest due first, each with its newest state."""
    found = record.planned_actions.select_related("risk", "record").prefetch_related("states").order_by("due_on", "pk")
    return tuple(tracked(action, today) for action in found)


def tracked(action: PlannedAction, today: date) -> TrackedAction:
    """Return one action with its newest state."""
    newest = max(action.states.all(), key=lambda one: one.pk, default=None)
    state = newest.state if newest else ActionStateChoice.PLANNED.value
    overdue = state in OPEN_STATES and action.due_on < today
    return TrackedAction(action, state, newest.note if newest else "", overdue)


@dataclass(frozen=True)
class KnownCase:
    """A step-6 entry with its newest news and the company's newest response."""

    entry: Step6Entry
    codes: tuple[str, ...]
    severity: str
    state: str
    changed_on: date
    response: str
    response_text: str


def known_cases(entries: QuerySet[Step6Entry]) -> tuple[KnownCase, ...]:
    """Return entries with what is known of them today, the newest first."""
    found = entries.select_related("recruiter", "supplier", "company__party").prefetch_related("news", "responses")
    return tuple(known_case(entry) for entry in found)


def known_case(entry: Step6Entry) -> KnownCase:
    """Return one entry with what is known of it today."""
    news = max(entry.news.all(), key=lambda one: one.pk, default=None)
    reply = max(entry.responses.all(), key=lambda one: one.pk, default=None)
    return KnownCase(
        entry=entry,
        codes=tuple(news.codes) if news else (),
        severity=news.severity if news else "",
        state=news.state if news else "",
        changed_on=news.on if news else entry.opened_on,
        response=reply.kind if reply else "",
        response_text=reply.text if reply else "",
    )


def suppliers_in(record: Record) -> QuerySet[Supplier]:
    """Return the company's suppliers of the period, with their number of sites."""
    found = Supplier.objects.filter(company=record.company).during(record.period_start, record.period_end)
    return found.annotate(site_count=Count("sites"))


def engagements_in(record: Record) -> tuple[int, int]:
    """Return how many engagements, and how many different recruiters, there were in the period."""
    engaged = Engagement.objects.during(record.period_start, record.period_end).filter(company=record.company)
    found = engaged.order_by().aggregate(rows=Count("pk"), recruiters=Count("recruiter", distinct=True))
    return found["rows"], found["recruiters"]


@dataclass(frozen=True)
class Reading:
    """A record as it stands, read once and handed to every rule that judges or shows it."""

    record: Record
    today: date
    answers: dict[str, StepAnswer]
    evidence: dict[str, list[AnswerEvidence]]
    suppliers: tuple[Any, ...]
    engagements: int
    recruiters: int
    risks: tuple[RankedRisk, ...]
    planned: tuple[TrackedAction, ...]
    cases: tuple[KnownCase, ...]


def read_record(record: Record, today: date, reader: User | None = None) -> Reading:
    """Read a record in a fixed number of queries; for a reader, with the cases that he may know of."""
    entries = record.cases.all() if reader is None else record.cases.visible_to(reader)
    engagements, recruiters = engagements_in(record)
    return Reading(
        record=record,
        today=today,
        answers=current_answers(record),
        evidence=current_evidence(record),
        suppliers=tuple(suppliers_in(record).order_by("name", "pk")),
        engagements=engagements,
        recruiters=recruiters,
        risks=ranked_risks(record),
        planned=tracked_actions(record, today),
        cases=known_cases(entries),
    )


def facts_of(read: Reading) -> steps.RecordFacts:
    """Return what the check looks at."""
    return steps.RecordFacts(
        period_end=read.record.period_end,
        answers=tuple(
            _answer_facts(action, read.answers.get(action.code), len(read.evidence.get(action.code, ())))
            for action in actions_of(read.record)
        ),
        suppliers=len(read.suppliers),
        recruiters=read.recruiters,
        risks=tuple(
            steps.RiskFacts(one.risk.ref, one.priority.severity if one.priority else None, len(one.actions))
            for one in read.risks
        ),
        actions=tuple(
            steps.ActionFacts(one.action.ref, one.is_open, one.action.due_on, bool(one.action.owner))
            for one in read.planned
        ),
        cases=len(read.cases),
        cases_answered=sum(bool(case.response) for case in read.cases),
    )


def judge(read: Reading) -> steps.Check:
    """Judge what was read."""
    return steps.check(facts_of(read), read.today)


def check_of(record: Record, today: date) -> steps.Check:
    """Judge a record as it stands."""
    return judge(read_record(record, today))


def _answer_facts(action: Action, answer: StepAnswer | None, evidence: int) -> steps.AnswerFacts:
    if answer is None:
        return steps.AnswerFacts(action.code, action.step, evidence=evidence)
    return steps.AnswerFacts(
        action=action.code,
        step=action.step,
        state=AnswerState(answer.state),
        has_text=bool(answer.text.strip()),
        has_reason=bool(answer.reason.strip()),
        has_decision=bool(answer.decision.strip()),
        has_owner=bool(answer.owner.strip()),
        on=answer.on,
        evidence=evidence,
    )
