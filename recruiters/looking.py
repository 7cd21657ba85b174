"""The looks of an assessment: questions from the reviewed file, and what their answers say of a criterion. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from checklists.questions import Item, Kind, Questionnaire, Section, Severity, wording
from recruiters.assessing import Criterion, Outcome

PATH = Path(__file__).parent / "data" / "assessment_questions.yaml"
KINDS = ("documents", "management", "clients", "workers")
INDEPENDENT = frozenset({"documents", "clients", "workers"})
"""Voices beside the recruiter's own word."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of one kind of look, for one criterion."""

    code: str
    criterion: str
    adverse: str
    text: str


@cache
def _file() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return data


@cache
def questions(kind: str) -> tuple[Question, ...]:
    """Return the questions of a kind of look."""
    return tuple(Question(*entry) for entry in _file()[kind]["questions"])


@cache
def criterion_of() -> Mapping[str, str]:
    """Return the criterion that each question's code stands for."""
    return {question.code: question.criterion for kind in KINDS for question in questions(kind)}


def questionnaire(kind: str, criteria: Sequence[Criterion], labels: Mapping[str, str]) -> Questionnaire:
    """Return the checklist of a kind of look: a section for each principle that it asks about, in the standard's order.

    ``labels`` gives the principles' names.
    """
    by_code = {criterion.code: criterion for criterion in criteria}
    data = _file()
    sections = []
    for principle in dict.fromkeys(criterion.principle for criterion in criteria):
        asked = [q for q in questions(kind) if q.criterion in by_code and by_code[q.criterion].principle == principle]
        if asked:
            items = tuple(
                Item(
                    code=q.code,
                    kind=Kind.YES_NO_NA,
                    text=wording({"en": q.text}),
                    severity=Severity.CRITICAL if by_code[q.criterion].critical else Severity.MAJOR,
                    adverse=q.adverse,
                    basis=data["basis"],
                )
                for q in asked
            )
            sections.append(Section(principle, wording({"en": labels[principle]}), items))
    return Questionnaire(
        code=f"recruiter-{kind}",
        title=wording({"en": data[kind]["title"]}),
        edition=data["edition"],
        sections=tuple(sections),
        source="assessment_questions",
    )


@dataclass(frozen=True, slots=True)
class Voice:
    """What one look says of one criterion: how many answers speak against, how many for, how many are open."""

    kind: str
    against: int
    fine: int
    open: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the voices suggest; a person decides."""

    outcome: Outcome
    reasons: tuple[str, ...]


def voices(answers: Mapping[str, Mapping[str, bool | None]]) -> dict[str, tuple[Voice, ...]]:
    """Return the voices by criterion; answers are adverse (True), fine (False) or open (None), by look and code."""
    found: dict[str, list[Voice]] = {}
    for kind in KINDS:
        if kind not in answers:
            continue
        counts: dict[str, list[int]] = {}
        for code, adverse in answers[kind].items():
            criterion = criterion_of().get(code)
            if criterion is not None:
                count = counts.setdefault(criterion, [0, 0, 0])
                count[2 if adverse is None else 0 if adverse else 1] += 1
        for criterion, (against, fine, left) in counts.items():
            found.setdefault(criterion, []).append(Voice(kind, against, fine, left))
    return {criterion: tuple(heard) for criterion, heard in found.items()}


def propose(heard: Iterable[Voice], *, critical: bool) -> Proposal:
    """Return a finding for a criterion: what speaks against outweighs, and the recruiter's own word proves nothing."""
    kept = list(heard)
    against = tuple(f"{voice.kind}_against" for voice in kept if voice.against)
    for_it = [voice for voice in kept if voice.fine and not voice.against]
    if against:
        outcome = Outcome.MAJOR_GAP if critical or len(against) > 1 else Outcome.MINOR_GAP
        contradicts = ("voices_differ",) if for_it else ()
        return Proposal(outcome, (*against, *contradicts))
    if not for_it:
        return Proposal(Outcome.NOT_ASSESSED, ("nothing_heard",))
    if not any(voice.kind in INDEPENDENT for voice in for_it):
        return Proposal(Outcome.NOT_ASSESSED, ("own_word_only",))
    if any(voice.open for voice in kept):
        return Proposal(Outcome.CONFORMS, ("some_open",))
    return Proposal(Outcome.CONFORMS, tuple(f"{voice.kind}_for" for voice in for_it))
