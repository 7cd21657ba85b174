"""Listen to cases, by name; what arrives is put into the records of the companies concerned."""

from typing import Any

from duediligence import services
from grievances.signals import CaseNews, case_changed, case_opened


def connect() -> None:
    """Connect the receivers; a failure of theirs takes the case's own transaction back."""
    case_opened.connect(on_case_opened, dispatch_uid="duediligence.case_opened")
    case_changed.connect(on_case_changed, dispatch_uid="duediligence.case_changed")


def on_case_opened(*, news: CaseNews, **_more: Any) -> None:
    """Put a step-6 entry into the record of every company engaged with the case's recruiters."""
    services.receive_case(_read(news))


def on_case_changed(*, news: CaseNews, **_more: Any) -> None:
    """Add what changed to the entries that exist, and entries for companies engaged since."""
    services.receive_case(_read(news))


def _read(news: CaseNews) -> services.CaseFacts:
    return services.CaseFacts(
        case_ref=news.case_ref,
        codes=tuple(news.grievance_codes),
        severity=str(news.severity),
        recruiters=frozenset(news.recruiter_party_ids),
        employers=frozenset(news.employer_party_ids),
        opened_on=news.opened_on,
        state=news.state,
        changed_on=news.changed_on or news.opened_on,
    )
