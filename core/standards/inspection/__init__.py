"""Labour inspection where migrant workers are recruited, housed and employed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from core.standards.entries import Entry, Standard, pick

AnswerKind = Literal["yes_no_na", "count", "money", "select_many", "text", "date", "gps"]


@dataclass(frozen=True, kw_only=True)
class Question(Entry):
    """One item of the checklist."""

    type: AnswerKind
    adverse: str | None
    severity: Literal["critical", "major", "minor", "observation"]
    fl: tuple[str, ...]
    legal: tuple[str, ...]
    replaces: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the question as the inspector reads it."""
        return self.label

    def is_adverse(self, answer: str | int | Decimal | None, limit: int | None = None) -> bool:
        """Say whether an answer points to a problem. Not answered, not checked and not applicable never do.

        A question with the adverse value `national_limit` needs that limit.
        """
        if self.adverse is None or answer is None or answer in {"", "na", "not_checked"}:
            return False
        if self.adverse == "national_limit":
            return limit is not None and Decimal(answer) > limit
        if self.adverse.startswith(">"):
            return Decimal(answer) > Decimal(self.adverse[1:])
        return answer == self.adverse


@dataclass(frozen=True, kw_only=True)
class Section(Entry):
    """One of the eleven sections."""

    applies_if: str = ""
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class AnswerType(Entry):
    """What can be answered, and what an adverse answer needs or allows beside it."""

    values: tuple[str, ...] = ()
    adverse_requires: tuple[str, ...] = ()
    adverse_allows: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Severity(Entry):
    """How serious a finding is; the higher the rank the worse."""

    rank: int
    test: str
    same_day_alert: bool = False


@dataclass(frozen=True, kw_only=True)
class Stage(Entry):
    """A stage of a visit."""

    number: int
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Legal(Entry):
    """A power or duty with the article that it rests on."""

    legal: str = ""


@dataclass(frozen=True, kw_only=True)
class Instrument(Entry):
    """An ILO instrument that questions refer to."""

    year: int


@dataclass(frozen=True, kw_only=True)
class Inspection(Standard):
    """The checklist and everything that frames a visit."""

    sections: tuple[Section, ...]
    recruiter_questions: tuple[Entry, ...]
    answer_types: tuple[AnswerType, ...]
    severities: tuple[Severity, ...]
    stages: tuple[Stage, ...]
    sampling: tuple[Entry, ...]
    mandate: tuple[Legal, ...]
    powers: tuple[Legal, ...]
    confidentiality: tuple[Legal, ...]
    confidentiality_rules: tuple[Entry, ...]
    firewall: tuple[Legal, ...]
    firewall_rules: tuple[Entry, ...]
    interview_rules: tuple[Entry, ...]
    age_aids: tuple[Entry, ...]
    closing_checklist: tuple[Entry, ...]
    corrective_fields: tuple[Entry, ...]
    corrective_practice: tuple[Entry, ...]
    action_states: tuple[Entry, ...]
    lessons: tuple[Entry, ...]
    instruments: tuple[Instrument, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return every question in order."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, code: str) -> Question:
        """Return a question; raises KeyError."""
        return pick(self.questions, code)

    def severity(self, code: str) -> Severity:
        """Return a severity level; raises KeyError."""
        return pick(self.severities, code)
