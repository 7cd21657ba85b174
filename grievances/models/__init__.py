"""Tables of the grievance channel."""

from grievances.models.cases import (
    CaseState,
    ContactAttempt,
    Disposal,
    RemediationCase,
    RemedyStep,
    StepEvent,
)
from grievances.models.grievances import (
    Accused,
    Assignment,
    Concern,
    Grievance,
    GrievanceStatus,
    Recusal,
)
from grievances.models.handling import (
    Clock,
    ConsentGiven,
    GrievanceFile,
    Message,
    TriageDecision,
)
from grievances.models.intake import Draft, DraftFile, WorkerSession

__all__ = [
    "Accused",
    "Assignment",
    "CaseState",
    "Clock",
    "Concern",
    "ConsentGiven",
    "ContactAttempt",
    "Disposal",
    "Draft",
    "DraftFile",
    "Grievance",
    "GrievanceFile",
    "GrievanceStatus",
    "Message",
    "Recusal",
    "RemediationCase",
    "RemedyStep",
    "StepEvent",
    "TriageDecision",
    "WorkerSession",
]
