"""Say until when what is known of a grievance is kept. Pure: the periods are the statistics standard's, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# The worker withdrew freely: nobody needs her words any more, and until then she may still change her mind.
WITHDRAWN_FREELY = "withdrawn_freely"
GRAVE = 3


@dataclass(frozen=True)
class Kept:
    """The last day on which each part is kept."""

    words: date
    files: date
    facts: date
    rule: str


def kept_until(ended: date, *, severity: int, outcome: str, months: Mapping[str, int]) -> Kept:
    """Return until when the words, the files and the coded facts of a grievance that ended are kept.

    Files go when the words go, or sooner where their own period is shorter. Raises KeyError for a missing period.
    """
    rule = "identity_withdrawn" if outcome == WITHDRAWN_FREELY else _by_severity(severity)
    words = months_after(ended, months[rule])
    return Kept(
        words=words,
        files=min(words, months_after(ended, months["evidence_media"])),
        facts=max(words, months_after(ended, months["case_facts"])),
        rule=rule,
    )


def _by_severity(severity: int) -> str:
    return "identity_3_4" if severity >= GRAVE else "identity_1_2"


def months_after(day: date, months: int) -> date:
    """Return the same day some months later; the 28th where that month may be shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))
