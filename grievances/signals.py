"""Tell the floors above that a case was opened or changed: codes and references only, never a person or a word."""

from dataclasses import dataclass
from datetime import date

from django.dispatch import Signal


@dataclass(frozen=True)
class CaseNews:
    """What may leave this app about a case."""

    case_ref: str
    grievance_codes: tuple[str, ...]
    severity: str
    recruiter_party_ids: tuple[int, ...]
    employer_party_ids: tuple[int, ...]
    opened_on: date
    state: str = "opened"
    changed_on: date | None = None


# Both are sent with `send`, inside the transaction that they tell of: a receiver that fails takes it back.
case_opened = Signal()
case_changed = Signal()
