"""Judge a worker's own answers about a contract: what it lacks, what must not be there, what is worse. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RULES = "selfcheck/1"


@dataclass(frozen=True, slots=True)
class Question:
    """One plain question; "no" means that something is missing. ``elements`` are those of the contract standard."""

    code: str
    elements: tuple[str, ...] = ()
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answers come to; each tuple keeps the order in which it was asked."""

    lacking: tuple[str, ...]
    unsure: tuple[str, ...]
    clauses: tuple[str, ...]
    worse: tuple[str, ...]
    better: tuple[str, ...]
    alarming: bool

    @property
    def nothing_wrong(self) -> bool:
        """Tell whether no answer gives cause for worry; what was not answered is no comfort."""
        return not (self.lacking or self.clauses or self.worse or self.unsure)


QUESTIONS: tuple[Question, ...] = (
    Question("copy", alarming=True),
    Question("language", alarming=True),
    Question("read_before"),
    Question("passport", ("CT-25",), alarming=True),
    Question("pay", ("CT-10", "CT-11")),
    Question("hours", ("CT-15",)),
    Question("overtime", ("CT-12",)),
    Question("deductions", ("CT-14",)),
    Question("leave", ("CT-16",)),
    Question("employer", ("CT-01",)),
    Question("work", ("CT-05", "CT-06")),
    Question("duration", ("CT-08",)),
    Question("board", ("CT-19", "CT-20")),
    Question("travel", ("CT-22", "CT-23")),
    Question("ending", ("CT-26", "CT-27")),
    Question("complaints", ("CT-29",)),
)
CLAUSES = ("fee_or_deposit", "no_resignation", "passport_custody", "gag_or_waiver", "no_pregnancy", "transfer")
"""Clauses of the contract standard that a worker can recognise."""
PROMISES = ("pay", "hours", "work", "employer", "board", "deductions")
"""What a worker compares with what was promised."""
GRAVE_PROMISES = frozenset({"pay", "employer"})
BY_CODE: Mapping[str, Question] = {question.code: question for question in QUESTIONS}


def judge(answers: Mapping[str, str], clauses: Iterable[str], promises: Mapping[str, str]) -> Verdict:
    """Return what the answers come to: yes, no or empty by question; worse, same, better or empty by promise.

    An answer that was left empty is unsure, never well; what is not asked here is not looked at.
    """
    lacking = tuple(question.code for question in QUESTIONS if answers.get(question.code) == "no")
    unsure = tuple(question.code for question in QUESTIONS if answers.get(question.code) not in ("yes", "no"))
    found = tuple(code for code in CLAUSES if code in set(clauses))
    worse = tuple(code for code in PROMISES if promises.get(code) == "worse")
    better = tuple(code for code in PROMISES if promises.get(code) == "better")
    alarming = bool(found) or bool(GRAVE_PROMISES & set(worse)) or any(BY_CODE[code].alarming for code in lacking)
    return Verdict(lacking, unsure, found, worse, better, alarming)
