"""The tables of who recruits."""

from recruiters.models.applications import Application, ApplicationStep, Dispute, DisputeStep
from recruiters.models.assessments import Assessment, AssessmentAnswer, AssessmentEvidence
from recruiters.models.certificates import ScreeningCertificate
from recruiters.models.evidence import ContractFact, FeeFact, FeeRule
from recruiters.models.licencecertificates import Certificate
from recruiters.models.licences import Licence, LicenceStatus
from recruiters.models.loads import LoadChange, RegisterLoad, RejectedRow, SourceRecord, StagedRow
from recruiters.models.register import Corridor, Recruiter, Sector
from recruiters.models.risk import FactStep, Rating, RiskFact
from recruiters.models.screenings import HitDecision, Screening, ScreeningHit, ScreeningRow
from recruiters.models.watchlists import EntryChange, WatchlistEntry, WatchlistLoad, WatchlistSource

__all__ = [
    "Application",
    "ApplicationStep",
    "Assessment",
    "AssessmentAnswer",
    "AssessmentEvidence",
    "Certificate",
    "ContractFact",
    "Corridor",
    "Dispute",
    "DisputeStep",
    "EntryChange",
    "FactStep",
    "FeeFact",
    "FeeRule",
    "HitDecision",
    "Licence",
    "LicenceStatus",
    "LoadChange",
    "Rating",
    "Recruiter",
    "RegisterLoad",
    "RejectedRow",
    "RiskFact",
    "Screening",
    "ScreeningCertificate",
    "ScreeningHit",
    "ScreeningRow",
    "Sector",
    "SourceRecord",
    "StagedRow",
    "WatchlistEntry",
    "WatchlistLoad",
    "WatchlistSource",
]
