"""Tables of the grievance channel."""

from grievances.models.assisted import AssistedEntry
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
from grievances.models.parts import DraftPart
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
from grievances.models.sms import PhoneLine, SmsOut, SmsPart, SmsReach, SmsSeen, SmsTalk

__all__ = [
    "Accused",
    "Assignment",
    "AssistedEntry",
    "CaseState",
    "ClawbackCheck",
    "Clock",
    "Concern",
    "ConsentGiven",
    "ContactAttempt",
    "Disposal",
    "Draft",
    "DraftFile",
    "DraftPart",
    "Grievance",
    "GrievanceFile",
    "GrievanceStatus",
    "Message",
    "PaymentWord",
    "PhoneLine",
    "Recusal",
    "RemediationCase",
    "RemedyStep",
    "Repayment",
    "RepaymentEstimate",
    "RepaymentItem",
    "RepaymentPart",
    "RepaymentPayment",
    "RepaymentRate",
    "SmsOut",
    "SmsPart",
    "SmsReach",
    "SmsSeen",
    "SmsTalk",
    "StepEvent",
    "TriageDecision",
    "WorkerSession",
]
