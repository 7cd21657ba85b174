"""Plain builders of grievances for tests; receipts cost one real hash each, so tests make few."""

from typing import Any

from core.actors import SYSTEM
from grievances import services
from grievances.forms.worker import ASKED_CONSENTS
from grievances.keys import FormToken, new_token
from grievances.models import Grievance, RemediationCase
from grievances.services import Judgement, Lodged, Report
from grievances.services.drafts import DraftContent
from grievances.statuses import Decision
from grievances.triage import Priority
from recruiters.models import Recruiter
from recruiters.services import register_recruiter

WORDS = "मलाई राहदानी फिर्ता चाहियो"


def make_lodged(
    codes: tuple[str, ...] = ("FEE", "DOC"),
    *,
    words: str = WORDS,
    token: FormToken | None = None,
    recruiter: str = "",
    employer: str = "",
    files: tuple[bytes, ...] = (),
    **fields: Any,
) -> Lodged:
    """Return what came of a form that was sent; unless told otherwise, by a worker who agreed to all she is asked."""
    consents = fields.pop("consents", dict.fromkeys(ASKED_CONSENTS, True))
    report = Report(codes=codes, language=fields.pop("language", "ne"), consents=consents, **fields)
    content = DraftContent(words=words, recruiter=recruiter, employer=employer)
    return services.lodge(token or new_token(), report, content, files)


def make_grievance(codes: tuple[str, ...] = ("FEE", "DOC"), **fields: Any) -> Grievance:
    """Return a lodged grievance."""
    return make_lodged(codes, **fields).grievance


def make_recruiter(name: str = "Golden Bridge Manpower", country: str = "NP", **fields: Any) -> Recruiter:
    """Return a registered recruiter."""
    return register_recruiter(name=name, country=country, actor=SYSTEM, **fields)


def judgement(
    codes: tuple[str, ...] = ("FEE", "DOC"),
    decision: Decision = Decision.ACCEPT,
    priority: str = "urgent",
    **fields: Any,
) -> Judgement:
    """Return a decision."""
    return Judgement(decision=decision, codes=codes, priority=Priority(priority), **fields)


def make_case(nadia: Any, grievance: Grievance | None = None, priority: str = "high", **fields: Any) -> RemediationCase:
    """Return an opened case."""
    found = grievance or make_grievance(**fields)
    case = services.triage(found, judgement(found.codes, priority=priority), actor=nadia)
    assert case is not None
    return case
