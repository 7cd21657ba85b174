"""The tables of who recruits."""

from recruiters.models.appeals import Appeal, AppealStep
from recruiters.models.applications import Application, ApplicationStep, Dispute, DisputeStep
from recruiters.models.assessments import Assessment, AssessmentAnswer, AssessmentEvidence
from recruiters.models.certificates import ScreeningCertificate
from recruiters.models.claims import Claim, ClaimStep
from recruiters.models.contracts import ContractReview, ContractTerm
from recruiters.models.corrections import Correction, CorrectionStep
from recruiters.models.evidence import ContractFact, FeeFact, FeeRule
from recruiters.models.findings import ApplicationFinding, ApplicationPaper, ApplicationProposal, FindingAnswer
from recruiters.models.licencecertificates import Certificate
from recruiters.models.licences import Licence, LicenceStatus
from recruiters.models.listproposals import ListProposal, ListRetirement
from recruiters.models.loads import LoadChange, RegisterLoad, RejectedRow, SourceRecord, StagedRow
from recruiters.models.merges import Merge, MergeUndo
from recruiters.models.outcomes import OutcomeStep
from recruiters.models.pieces import ScreeningPiece
from recruiters.models.publications import Publication, PublicationStep
from recruiters.models.register import Corridor, Recruiter, Sector
from recruiters.models.risk import FactStep, Rating, RiskFact
from recruiters.models.screenings import HitDecision, Screening, ScreeningHit, ScreeningRow
from recruiters.models.sources import RegisterSource
from recruiters.models.stages import AssessmentStage
from recruiters.models.terms import ExpiryNotice, Guarantee, LicenceTerm
from recruiters.models.ties import TieDecision
from recruiters.models.waivers import HitWaiver, LicenceWaiver
from recruiters.models.watchlists import EntryChange, WatchlistEntry, WatchlistLoad, WatchlistSource
from recruiters.models.withdrawals import OrderWithdrawal

__all__ = [
    "Appeal",
    "AppealStep",
    "Application",
    "ApplicationFinding",
    "ApplicationPaper",
    "ApplicationProposal",
    "ApplicationStep",
    "Assessment",
    "AssessmentAnswer",
    "AssessmentEvidence",
    "AssessmentStage",
    "Certificate",
    "Claim",
    "ClaimStep",
    "ContractFact",
    "ContractReview",
    "ContractTerm",
    "Correction",
    "CorrectionStep",
    "Corridor",
    "Dispute",
    "DisputeStep",
    "EntryChange",
    "ExpiryNotice",
    "FactStep",
    "FeeFact",
    "FeeRule",
    "FindingAnswer",
    "Guarantee",
    "HitDecision",
    "HitWaiver",
    "Licence",
    "LicenceStatus",
    "LicenceTerm",
    "LicenceWaiver",
    "ListProposal",
    "ListRetirement",
    "LoadChange",
    "Merge",
    "MergeUndo",
    "OrderWithdrawal",
    "OutcomeStep",
    "Publication",
    "PublicationStep",
    "Rating",
    "Recruiter",
    "RegisterLoad",
    "RegisterSource",
    "RejectedRow",
    "RiskFact",
    "Screening",
    "ScreeningCertificate",
    "ScreeningHit",
    "ScreeningPiece",
    "ScreeningRow",
    "Sector",
    "SourceRecord",
    "StagedRow",
    "TieDecision",
    "WatchlistEntry",
    "WatchlistLoad",
    "WatchlistSource",
]
