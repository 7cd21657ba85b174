"""Say what remedy still needs and whether a case may close: with the worker's word, or why it cannot be had. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# The contact-lost protocol of the remedy standard: tried often enough, in more than one way, over long enough.
LOST_ATTEMPTS = 3
LOST_CHANNELS = 2
LOST_DAYS = 30
# Only the state can impose these; the platform records them.
STATE_ONLY = frozenset({"punitive_sanction", "injunction"})
# What only an authority decides, so that nobody who is accused has it to offer; a change of employer he can allow.
DECIDED_BY_AUTHORITY = frozenset({"sanction", "order", "finding_published"})
# What a public decision proves by itself, so that the worker's word is not asked for.
PROVEN_BY_DECISION = STATE_ONLY | {"guarantee_non_repetition", "satisfaction"}


class StepState(StrEnum):
    """How far one step of a remedy is; the newest event says it."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    PARTLY = "partly"
    DISPUTED = "disputed"
    REFUSED = "refused"
    REPLACED = "replaced"


class Word(StrEnum):
    """What the worker says about a step."""

    ALL = "all"
    PART = "part"
    NONE = "none"


STATE_OF_WORD = {Word.ALL: StepState.CONFIRMED, Word.PART: StepState.PARTLY, Word.NONE: StepState.DISPUTED}
NEXT: dict[StepState, frozenset[StepState]] = {
    StepState.PROPOSED: frozenset({StepState.AGREED, StepState.REFUSED, StepState.REPLACED}),
    StepState.AGREED: frozenset({StepState.DELIVERED, StepState.REFUSED, StepState.REPLACED}),
    StepState.DELIVERED: frozenset({StepState.CONFIRMED, StepState.PARTLY, StepState.DISPUTED}),
    # A further instalment is delivered anew, and waits for her word again.
    StepState.CONFIRMED: frozenset({StepState.DISPUTED, StepState.DELIVERED}),
    StepState.PARTLY: frozenset({StepState.DELIVERED, StepState.REFUSED, StepState.REPLACED, StepState.CONFIRMED}),
    StepState.DISPUTED: frozenset({StepState.DELIVERED, StepState.REFUSED, StepState.REPLACED, StepState.CONFIRMED}),
    StepState.REFUSED: frozenset({StepState.AGREED, StepState.REPLACED}),
    StepState.REPLACED: frozenset(),
}


class Outcome(StrEnum):
    """How a case ends; the codes of the grievance standard's closure reasons."""

    RESOLVED_CONFIRMED = "resolved_confirmed_by_worker"
    CONTACT_LOST = "resolved_not_confirmed_contact_lost"
    PARTLY = "partly_resolved"
    REFUSED = "unresolved_respondent_refused"
    ESCALATED = "unresolved_escalated_state"
    NOT_SUBSTANTIATED = "not_substantiated"
    WITHDRAWN = "withdrawn_freely"
    WITHDRAWN_PRESSURE = "withdrawn_under_pressure_suspected"
    REFERRED = "referred_and_accepted_elsewhere"


# Ends that somebody else may have brought about; where contact is lost she cannot be told.
WITHOUT_HER_YES = frozenset({Outcome.PARTLY, Outcome.REFUSED, Outcome.ESCALATED, Outcome.NOT_SUBSTANTIATED})


@dataclass(frozen=True)
class StepFacts:
    """One step as far as closing depends on it."""

    number: int
    form: str
    state: StepState
    proven: bool = False
    unpaid: bool = False


@dataclass(frozen=True)
class Attempt:
    """One try to reach the worker."""

    on: date
    channel: str


@dataclass(frozen=True)
class Blocker:
    """Why a case may not close this way: a code and the step it concerns (0 for the case as a whole)."""

    code: str
    step: int = 0


@dataclass(frozen=True)
class Inquiry:
    """What was found out of the harms, and whether the worker heard the other side; all counts are of harms."""

    harms: int = 0
    not_found: int = 0
    found_by_others: int = 0
    reply_untold: bool = False
    accepted_elsewhere: bool = False


@dataclass(frozen=True)
class Closing:
    """Whether a case may close with an outcome, and everything that stands in the way."""

    allowed: bool
    blockers: tuple[Blocker, ...]
    needs_second_person: bool


def may_move(state: StepState, to: StepState) -> bool:
    """Say whether a step may go from one state to another."""
    return to in NEXT[state]


def contact_lost(attempts: Sequence[Attempt], today: date) -> bool:
    """Say whether the contact-lost protocol is complete: enough tries, ways and days."""
    if len(attempts) < LOST_ATTEMPTS or len({attempt.channel for attempt in attempts}) < LOST_CHANNELS:
        return False
    return (today - min(attempt.on for attempt in attempts)).days >= LOST_DAYS


def judge_closing(
    outcome: Outcome,
    steps: Sequence[StepFacts],
    attempts: Sequence[Attempt],
    *,
    today: date,
    root_cause: str,
    urgent: bool,
    withdrawn: bool,
    inquiry: Inquiry,
) -> Closing:
    """Return whether a case may close so, and what is missing; nothing closes on the respondent's word alone."""
    open_steps = [step for step in steps if step.state is not StepState.REPLACED]
    blockers = [*_blockers(outcome, open_steps, attempts, today), *_unheard(outcome, inquiry)]
    if outcome in {Outcome.WITHDRAWN, Outcome.WITHDRAWN_PRESSURE} and not withdrawn:
        blockers.append(Blocker("not_withdrawn"))
    if not root_cause and outcome not in {Outcome.WITHDRAWN, Outcome.WITHDRAWN_PRESSURE, Outcome.NOT_SUBSTANTIATED}:
        blockers.append(Blocker("root_cause_missing"))
    # Urgent cases, open ends and suspected pressure are never one person's decision.
    second = urgent or outcome not in {Outcome.RESOLVED_CONFIRMED, Outcome.WITHDRAWN, Outcome.REFERRED}
    return Closing(not blockers, tuple(blockers), second)


def _blockers(outcome: Outcome, steps: Sequence[StepFacts], attempts: Sequence[Attempt], today: date) -> list[Blocker]:
    if outcome is Outcome.RESOLVED_CONFIRMED:
        return _unless_steps(steps) + [Blocker(_missing(step), step.number) for step in steps if not _confirmed(step)]
    if outcome is Outcome.CONTACT_LOST:
        lost = [] if contact_lost(attempts, today) else [Blocker("contact_attempts_missing")]
        undelivered = [Blocker("not_delivered", step.number) for step in steps if not _delivered(step)]
        return _unless_steps(steps) + undelivered + lost
    if outcome is Outcome.PARTLY:
        return _unless_steps(steps) + (
            [] if any(_delivered(step) for step in steps) else [Blocker("nothing_delivered")]
        )
    if outcome is Outcome.REFUSED:
        return [] if any(step.state is StepState.REFUSED for step in steps) else [Blocker("no_refused_step")]
    return []


def _unheard(outcome: Outcome, inquiry: Inquiry) -> list[Blocker]:
    """Return what is missing where a case would end without the worker's yes: never on the other side's word alone."""
    found = []
    if outcome is Outcome.NOT_SUBSTANTIATED:
        if not inquiry.harms or inquiry.not_found < inquiry.harms:
            found.append(Blocker("not_examined"))
        elif inquiry.found_by_others < inquiry.harms:
            found.append(Blocker("only_respondent_word"))
    if outcome is Outcome.REFERRED and not inquiry.accepted_elsewhere:
        found.append(Blocker("not_accepted_elsewhere"))
    if outcome in WITHOUT_HER_YES and inquiry.reply_untold:
        found.append(Blocker("reply_untold"))
    return found


def _unless_steps(steps: Sequence[StepFacts]) -> list[Blocker]:
    return [] if steps else [Blocker("no_steps")]


def _delivered(step: StepFacts) -> bool:
    return step.state in {StepState.DELIVERED, StepState.CONFIRMED, StepState.PARTLY} and step.proven


def _confirmed(step: StepFacts) -> bool:
    if step.form in PROVEN_BY_DECISION:
        return step.state in {StepState.DELIVERED, StepState.CONFIRMED} and step.proven
    return step.state is StepState.CONFIRMED and step.proven


def _missing(step: StepFacts) -> str:
    if step.unpaid and step.state is StepState.PARTLY:
        return "still_unpaid"
    if step.state in {StepState.DELIVERED, StepState.CONFIRMED} and not step.proven:
        return "proof_missing"
    if step.state is StepState.DELIVERED:
        return "worker_word_missing"
    return {StepState.PARTLY: "only_partly", StepState.DISPUTED: "worker_disputes"}.get(step.state, "not_delivered")
