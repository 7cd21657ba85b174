"""The tables of the ground floor."""

from core.models.accounts import Account, Membership, User
from core.models.apikeys import ApiKey, ApiMeter
from core.models.audit import AuditEntry, AuditHead
from core.models.evidence import EvidenceFile
from core.models.formkeys import FormSubmission
from core.models.jobs import DueRun, Job
from core.models.keys import KeyPair, RecoveryKey, Strongbox, StrongboxKey
from core.models.notices import Notice
from core.models.partners import PartnerProfile
from core.models.scans import EvidenceScan
from core.models.vault import SealedRecord

__all__ = [
    "Account",
    "ApiKey",
    "ApiMeter",
    "AuditEntry",
    "AuditHead",
    "DueRun",
    "EvidenceFile",
    "EvidenceScan",
    "FormSubmission",
    "Job",
    "KeyPair",
    "Membership",
    "Notice",
    "PartnerProfile",
    "RecoveryKey",
    "SealedRecord",
    "Strongbox",
    "StrongboxKey",
    "User",
]
