"""The tables of due diligence."""

from duediligence.models.publishing import Approval, Prepared, Publication, Report, Withdrawal
from duediligence.models.records import AnswerEvidence, Company, CompanyLaw, Record, StepAnswer
from duediligence.models.remedy import Step6Entry, Step6News, Step6Response
from duediligence.models.risks import ActionState, PlannedAction, Risk, RiskAssessment
from duediligence.models.suppliers import Engagement, Supplier, SupplierImport, SupplierImportRow, SupplierSite

__all__ = [
    "ActionState",
    "AnswerEvidence",
    "Approval",
    "Company",
    "CompanyLaw",
    "Engagement",
    "PlannedAction",
    "Prepared",
    "Publication",
    "Record",
    "Report",
    "Risk",
    "RiskAssessment",
    "Step6Entry",
    "Step6News",
    "Step6Response",
    "StepAnswer",
    "Supplier",
    "SupplierImport",
    "SupplierImportRow",
    "SupplierSite",
    "Withdrawal",
]
