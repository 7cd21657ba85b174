"""Name the states of an answer, and what each of them must say. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class AnswerState(StrEnum):
    """What a company says about one practical action; every state is an answer, only UNANSWERED is none."""

    UNANSWERED = ""
    DONE = "done"
    UNDER_WAY = "under_way"
    NOT_DONE = "not_done"
    NOT_APPLICABLE = "not_applicable"
    NONE = "none"
    NOT_KNOWN = "not_known"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Demand:
    """What a state must come with, and whether readers of the report are told of it as a gap."""

    text: bool
    reason: bool
    owner: bool
    day: bool
    gap: bool


DEMANDS: dict[AnswerState, Demand] = {
    AnswerState.DONE: Demand(text=True, reason=False, owner=True, day=True, gap=False),
    AnswerState.UNDER_WAY: Demand(text=True, reason=False, owner=True, day=False, gap=True),
    AnswerState.NOT_DONE: Demand(text=False, reason=True, owner=False, day=False, gap=True),
    AnswerState.NOT_APPLICABLE: Demand(text=False, reason=True, owner=False, day=False, gap=False),
    AnswerState.NONE: Demand(text=False, reason=True, owner=False, day=False, gap=False),
    AnswerState.NOT_KNOWN: Demand(text=False, reason=True, owner=False, day=False, gap=True),
    AnswerState.WITHHELD: Demand(text=False, reason=True, owner=False, day=False, gap=True),
}

# What a report may show of a withheld answer: that it is withheld, and why. Nothing else.
PUBLIC_WHEN_WITHHELD = frozenset({"state", "reason"})
