"""Tables of the grievance channel."""

from grievances.models.alarms import GuessAlarm
from grievances.models.assisted import AssistedEntry
from grievances.models.cases import (
    CaseState,
    ContactAttempt,
    Disposal,
    RemediationCase,
    RemedyStep,
    StepEvent,
)
from grievances.models.frozenshares import FrozenShare
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
from grievances.models.harms import CaseHarm, HarmFinding
from grievances.models.intake import Draft, DraftFile, WorkerSession
from grievances.models.parts import DraftPart
from grievances.models.paymentproofs import PaymentProof
from grievances.models.persons import PersonFacts
from grievances.models.referrals import CaseReferral, CaseReferralField, CaseReferralStep
from grievances.models.related import NameMark, RelatedLink
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
from grievances.models.replies import Reply, ReplyRequest
from grievances.models.retention import Erasure, Hold
from grievances.models.safetychecks import SafetyCheck
from grievances.models.secondwords import SecondWord
from grievances.models.sms import PhoneLine, SmsOut, SmsPart, SmsReach, SmsSeen, SmsTalk

__all__ = [
    "Accused",
    "Assignment",
    "AssistedEntry",
    "CaseHarm",
    "CaseReferral",
    "CaseReferralField",
    "CaseReferralStep",
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
    "Erasure",
    "FrozenShare",
    "Grievance",
    "GrievanceFile",
    "GrievanceStatus",
    "GuessAlarm",
    "HarmFinding",
    "Hold",
    "Message",
    "NameMark",
    "PaymentProof",
    "PaymentWord",
    "PersonFacts",
    "PhoneLine",
    "Recusal",
    "RelatedLink",
    "RemediationCase",
    "RemedyStep",
    "Repayment",
    "RepaymentEstimate",
    "RepaymentItem",
    "RepaymentPart",
    "RepaymentPayment",
    "RepaymentRate",
    "Reply",
    "ReplyRequest",
    "SafetyCheck",
    "SecondWord",
    "SmsOut",
    "SmsPart",
    "SmsReach",
    "SmsSeen",
    "SmsTalk",
    "StepEvent",
    "TriageDecision",
    "WorkerSession",
]
