"""Say what is missing in a record, what stops its publication, and what readers are told as a gap. Pure.

Errors block; warnings go public. A step whose actions are all answered is ANSWERED: the word for a report that left
the house is "published", and nothing in this module can say that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from duediligence.states import DEMANDS, AnswerState

SEVERE = 3  # of 4: the rung of the ladder from which a risk without an action is a gap of its own


class Level(StrEnum):
    """How much an issue weighs."""

    ERROR = "error"
    WARNING = "warning"


class Progress(StrEnum):
    """How far the answers of a step are; never whether anything was sent or published."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"


@dataclass(frozen=True)
class AnswerFacts:
    """What an answer holds, without its words."""

    action: str
    step: int
    state: AnswerState = AnswerState.UNANSWERED
    has_text: bool = False
    has_reason: bool = False
    has_decision: bool = False
    has_owner: bool = False
    on: date | None = None
    evidence: int = 0


@dataclass(frozen=True)
class RiskFacts:
    """What the check needs to know of one risk."""

    ref: str
    severity: int | None
    actions: int


@dataclass(frozen=True)
class ActionFacts:
    """What the check needs to know of one planned action."""

    ref: str
    is_open: bool
    due_on: date
    has_owner: bool


@dataclass(frozen=True)
class RecordFacts:
    """Everything that the check of a record looks at."""

    period_end: date
    answers: tuple[AnswerFacts, ...]
    suppliers: int = 0
    recruiters: int = 0
    risks: tuple[RiskFacts, ...] = ()
    actions: tuple[ActionFacts, ...] = ()
    cases: int = 0
    cases_answered: int = 0


@dataclass(frozen=True)
class Issue:
    """One thing that is missing: its code, how much it weighs and where it is."""

    code: str
    level: Level
    step: int = 0
    subject: str = ""

    @property
    def is_error(self) -> bool:
        """Say whether this stops the publication."""
        return self.level is Level.ERROR


@dataclass(frozen=True)
class StepProgress:
    """How far one step is."""

    number: int
    progress: Progress
    answered: int
    total: int


@dataclass(frozen=True)
class Check:
    """The outcome: how far each step is, and every issue in reading order."""

    steps: tuple[StepProgress, ...]
    issues: tuple[Issue, ...] = field(default=())

    @property
    def errors(self) -> tuple[Issue, ...]:
        """Return what must be put right before anything can be published."""
        return tuple(issue for issue in self.issues if issue.is_error)

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """Return what may stay as it is, and is then shown to every reader as a gap."""
        return tuple(issue for issue in self.issues if not issue.is_error)

    @property
    def answered(self) -> int:
        """Return how many practical actions have an answer."""
        return sum(step.answered for step in self.steps)

    @property
    def total(self) -> int:
        """Return how many practical actions there are."""
        return sum(step.total for step in self.steps)


def check(record: RecordFacts, today: date) -> Check:
    """Judge a record on a day: its progress step by step, its errors and its warnings."""
    issues = [issue for answer in record.answers for issue in answer_issues(answer, today)]
    issues += _whole_record(record, today)
    return Check(steps=_progress(record.answers), issues=tuple(sorted(issues, key=lambda issue: issue.step)))


def answer_issues(answer: AnswerFacts, today: date) -> list[Issue]:
    """List what one answer lacks, given the state it is in."""
    if answer.state is AnswerState.UNANSWERED:
        return [_error("unanswered", answer)]
    demand, found = DEMANDS[answer.state], []
    if demand.text and not answer.has_text:
        found.append(_error("text_missing", answer))
    if demand.reason and not answer.has_reason:
        found.append(_error("reason_missing", answer))
    if demand.owner and not answer.has_owner:
        found.append(_error("owner_missing", answer))
    if demand.day and answer.on is None:
        found.append(_error("date_missing", answer))
    if answer.state is AnswerState.DONE:
        found += _done_issues(answer, today)
    if demand.gap:
        found.append(_warning(f"is_{answer.state.value}", answer))
    return found


def _done_issues(answer: AnswerFacts, today: date) -> Iterable[Issue]:
    if answer.on and answer.on > today:
        yield _error("date_in_future", answer)
    if not answer.evidence:
        yield _warning("evidence_missing", answer)
    if not answer.has_decision:
        yield _warning("decision_missing", answer)


def _whole_record(record: RecordFacts, today: date) -> Iterable[Issue]:
    if record.period_end > today:
        yield Issue("period_not_over", Level.WARNING)
    if not record.suppliers:
        yield Issue("no_suppliers", Level.WARNING, step=2)
    if not record.recruiters:
        yield Issue("no_recruiters", Level.WARNING, step=2)
    if not record.risks:
        yield Issue("no_risks", Level.WARNING, step=2)
    for risk in record.risks:
        if risk.severity is None:
            yield Issue("risk_not_assessed", Level.ERROR, step=2, subject=risk.ref)
        elif not risk.actions and risk.severity >= SEVERE:
            yield Issue("severe_risk_without_action", Level.WARNING, step=3, subject=risk.ref)
    for action in record.actions:
        if not action.has_owner:
            yield Issue("action_without_owner", Level.ERROR, step=3, subject=action.ref)
        if action.is_open and action.due_on < today:
            yield Issue("action_overdue", Level.WARNING, step=3, subject=action.ref)
    if record.cases_answered < record.cases:
        yield Issue("cases_without_answer", Level.WARNING, step=6)


def _progress(answers: tuple[AnswerFacts, ...]) -> tuple[StepProgress, ...]:
    steps = []
    for number in sorted({answer.step for answer in answers}):
        mine = [answer for answer in answers if answer.step == number]
        given = sum(answer.state is not AnswerState.UNANSWERED for answer in mine)
        steps.append(StepProgress(number, _how_far(given, len(mine)), given, len(mine)))
    return tuple(steps)


def _how_far(given: int, total: int) -> Progress:
    if given == total:
        return Progress.ANSWERED
    return Progress.IN_PROGRESS if given else Progress.NOT_STARTED


def _error(code: str, answer: AnswerFacts) -> Issue:
    return Issue(code, Level.ERROR, answer.step, answer.action)


def _warning(code: str, answer: AnswerFacts) -> Issue:
    return Issue(code, Level.WARNING, answer.step, answer.action)
