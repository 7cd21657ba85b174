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
from grievances.models.repayments import (
    ClawbackCheck,
    PaymentWord,
    Repayment,
    RepaymentEstimate,
    RepaymentItem,
    RepaymentPart,
    RepaymentPayment,
    RepaymentRate,
)

__all__ = [
    "Accused",
    "Assignment",
    "CaseState",
    "ClawbackCheck",
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
    "PaymentWord",
    "Recusal",
    "RemediationCase",
    "RemedyStep",
    "Repayment",
    "RepaymentEstimate",
    "RepaymentItem",
    "RepaymentPart",
    "RepaymentPayment",
    "RepaymentRate",
    "StepEvent",
    "TriageDecision",
    "WorkerSession",
]
