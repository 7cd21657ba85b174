"""The tables of inspections: visits, interviews, findings, actions, screenings, referrals, letters."""

from inspections.models.actions import ActionEvidence, ActionStep, CorrectiveAction, Extension
from inspections.models.drafts import Draft
from inspections.models.findings import Exhibit, Finding, FindingState
from inspections.models.interviews import Interview
from inspections.models.letters import Letter, LetterAction
from inspections.models.referrals import Consent, Referral, ReferralField, ReferralStep
from inspections.models.screenings import Judgement, Screening
from inspections.models.visits import Interest, Presence, TeamMember, Visit, VisitState

__all__ = [
    "ActionEvidence",
    "ActionStep",
    "Consent",
    "CorrectiveAction",
    "Draft",
    "Exhibit",
    "Extension",
    "Finding",
    "FindingState",
    "Interest",
    "Interview",
    "Judgement",
    "Letter",
    "LetterAction",
    "Presence",
    "Referral",
    "ReferralField",
    "ReferralStep",
    "Screening",
    "TeamMember",
    "Visit",
    "VisitState",
]
