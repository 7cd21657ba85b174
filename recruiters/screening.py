"""Decide what screening one row means. Only a row that was compared with fresh lists and met nothing is ``clear``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from recruiters.columns import plain
from recruiters.licensing import ADVERSE, MAY_RECRUIT
from recruiters.registerrows import number_key


class Outcome(StrEnum):
    """Name the result for one row."""

    CLEAR = "clear"
    POSSIBLE = "possible"
    MATCH = "match"
    NOT_SCREENED = "not_screened"


class Gravity(StrEnum):
    """Name how much a hit matters: what stands on the other side, not how alike the names are."""

    INFO = "info"
    ATTENTION = "attention"
    SEVERE = "severe"


class Answer(StrEnum):
    """Name a human decision on a hit."""

    TRUE = "true"
    FALSE = "false"
    UNSURE = "unsure"


REGISTER = "register"
DEFAULT_THRESHOLD = 0.7
SEVERE_TOPICS = (
    "sanction",
    "crime",
    "forced.labor",
    "debarment",
    "wanted",
    "corp.disqual",
    "export.control",
    "reg.action",
)
TIED_BY_IDENTIFIER = frozenset({"contradicted", "renamed"})


@dataclass(frozen=True, slots=True)
class ListState:
    """Describe one list as it is on the day: when it was published, and how old it may be."""

    code: str
    name: str
    list_date: date | None
    max_age_days: int
    entries: int
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing on a list that looks like the row: what the matcher said, and what it is."""

    key: str
    score: float
    verdict: str
    gravity: str = Gravity.ATTENTION
    elsewhere: bool = False
    """Another country speaks against it."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """The result for one row, the rule that gave it, the codes of lists that could not be used, and the hits kept."""

    outcome: Outcome
    reason: str
    score: float = 0.0
    problems: tuple[str, ...] = ()
    hits: tuple[Found, ...] = ()


def list_problems(lists: Iterable[ListState], today: date) -> tuple[str, ...]:
    """Return what is wrong with the lists as ``rule:list`` codes; an empty answer means that "clear" may be said."""
    kept = list(lists)
    problems = [] if any(state.code != REGISTER for state in kept) else ["no_watchlist:"]
    for state in kept:
        if state.entries == 0:
            problems.append(f"list_empty:{state.code}")
        elif state.list_date is None:
            problems.append(f"list_undated:{state.code}")
        elif (today - state.list_date).days > state.max_age_days:
            problems.append(f"list_stale:{state.code}")
        elif state.list_date > today:
            problems.append(f"list_from_future:{state.code}")
    return tuple(problems)


def name_problem(name: str) -> str:
    """Return why a name cannot be compared, or an empty text. Digits and punctuation alone are not a name."""
    if not name.strip():
        return "empty_name"
    letters = sum(ch.isalpha() for ch in name)
    if letters == 0:
        return "name_without_letters"
    return "name_too_short" if letters < 2 and sum(ch.isalnum() for ch in name) < 3 else ""


def gravity_of_topics(topics: Iterable[str]) -> Gravity:
    """Return how much a watchlist entry matters from its topics; a list without topics asks for attention."""
    kept = list(topics)
    return Gravity.SEVERE if any(t.startswith(SEVERE_TOPICS) for t in kept) else Gravity.ATTENTION


def gravity_of_standing(standing: str) -> Gravity:
    """Return how much an entry of the register matters from its licence: a valid one is information only."""
    if standing in MAY_RECRUIT:
        return Gravity.INFO
    return Gravity.SEVERE if standing in ADVERSE else Gravity.INFO if standing == "none" else Gravity.ATTENTION


def gravity_of_hit(gravity: str, verdict: str, key: str, *, elsewhere: bool = False) -> Gravity:
    """Return how much a hit matters: a licensed recruiter's name or number in other hands or lands is not only news."""
    if gravity == Gravity.INFO and (elsewhere or verdict in TIED_BY_IDENTIFIER) and key.startswith(f"{REGISTER}:"):
        return Gravity.ATTENTION
    return Gravity(gravity)


def is_hit(found: Found, threshold: float) -> bool:
    """Tell whether a comparison is kept for a person: it reaches the threshold, or an identifier decides."""
    if found.verdict in TIED_BY_IDENTIFIER:
        return True
    return found.verdict != Outcome.NOT_SCREENED and found.score >= threshold


def subject_key(name: str, country: str, number: str, kind: str = "organisation", born: str = "") -> str:
    """Return a digest under which a decision about a row is found again, however the list writes it.

    Of people the date of birth counts too: a decision about one Kamal Mia says nothing of the next.
    """
    person = ("person", *filter(None, (born,))) if kind == "person" else ()
    parts = (plain(name), country, number_key(number), *person)
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


GRAVITY_RANK = {Gravity.SEVERE: 0, Gravity.ATTENTION: 1, Gravity.INFO: 2}


def _hit_reason(best: Found, hits: Sequence[Found]) -> str:
    """Return why a row has hits: where all of them only inform, that they do."""
    if any(gravity_of_hit(hit.gravity, hit.verdict, hit.key, elsewhere=hit.elsewhere) != Gravity.INFO for hit in hits):
        return f"hit_{best.verdict}"
    watched = any(not hit.key.startswith(f"{REGISTER}:") for hit in hits)
    return "hit_history" if watched else "hit_registered"


def judge_row(
    name: str,
    found: Sequence[Found],
    *,
    problems: Sequence[str] = (),
    threshold: float = DEFAULT_THRESHOLD,
    failed: bool = False,
) -> RowResult:
    """Return the result for one row.

    ``found`` is what the matcher returned, ``problems`` what is wrong with the lists, ``failed`` that the engine
    raised. A hit is a hit whatever the lists' age; its absence is "clear" only with every list usable.
    """
    silent = name_problem(name)
    if silent:
        return RowResult(Outcome.NOT_SCREENED, silent)
    if failed:
        return RowResult(Outcome.NOT_SCREENED, "engine_failed", problems=tuple(problems))
    hits = sorted(
        (f for f in found if is_hit(f, threshold)),
        key=lambda f: (-round(f.score, 4), GRAVITY_RANK[Gravity(f.gravity)], f.key),
    )
    if hits:
        certain = [h for h in hits if h.verdict == "match" and h.score >= threshold]
        best = certain[0] if certain else hits[0]
        outcome = Outcome.MATCH if certain else Outcome.POSSIBLE
        return RowResult(outcome, _hit_reason(best, hits), best.score, tuple(problems), tuple(hits))
    if problems:
        return RowResult(Outcome.NOT_SCREENED, problems[0].split(":", 1)[0], problems=tuple(problems))
    return RowResult(Outcome.CLEAR, "nothing_alike")


def needs_second(gravity: str, answer: str) -> bool:
    """Tell whether a decision on this hit needs a second pair of eyes: any final word on a severe one."""
    return gravity == Gravity.SEVERE and answer in (Answer.TRUE, Answer.FALSE)


@dataclass(frozen=True, slots=True)
class Decision:
    """One recorded human decision, by whom."""

    answer: str
    by: str


class HitState(StrEnum):
    """Name where a hit stands with people."""

    OPEN = "open"
    AWAITING_SECOND = "awaiting_second"
    TRUE = "true"
    FALSE = "false"
    UNSURE = "unsure"
    INFO = "info"
    SUPERSEDED = "superseded"


def hit_state(gravity: str, decisions: Sequence[Decision]) -> HitState:
    """Return where a hit stands after its decisions, oldest first.

    A severe hit is settled by two different people who agree in a row; one of them alone waits for the other, and a
    disagreement opens it again.
    """
    if not decisions:
        return HitState.OPEN
    last = decisions[-1]
    if last.answer == Answer.UNSURE:
        return HitState.UNSURE
    if not needs_second(gravity, last.answer):
        return HitState(last.answer)
    before = decisions[-2] if len(decisions) > 1 else None
    if before is None or before.answer == Answer.UNSURE:
        return HitState.AWAITING_SECOND
    if before.answer == last.answer:
        return HitState(last.answer) if before.by != last.by else HitState.AWAITING_SECOND
    return HitState.OPEN if before.by != last.by else HitState.AWAITING_SECOND
