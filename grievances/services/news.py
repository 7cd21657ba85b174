"""Put into codes what the floors above may learn of a case."""

from datetime import date

from grievances.models import Accused, RemediationCase
from grievances.signals import CaseNews


def news_of(case: RemediationCase, *, state: str, changed_on: date | None = None) -> CaseNews:
    """Return what may leave about a case: parties confirmed as recruiter or employer, categories, severity, dates."""
    links = case.grievance.accusations.filter(dropped_on=None, basis=Accused.Basis.CONFIRMED)
    parties: dict[str, list[int]] = {}
    for part, party in links.values_list("part", "party"):
        parties.setdefault(part, []).append(party)
    return CaseNews(
        case_ref=case.ref,
        grievance_codes=case.grievance.codes,
        severity=str(case.severity),
        recruiter_party_ids=tuple(sorted(parties.get(Accused.As.RECRUITER, []))),
        employer_party_ids=tuple(sorted(parties.get(Accused.As.EMPLOYER, []))),
        opened_on=case.opened_on,
        state=state,
        changed_on=changed_on,
    )
