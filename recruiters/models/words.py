"""Say in the reader's language what our codes mean."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecruiterKind(models.TextChoices):
    """What kind of recruiter it is; the codes are those of the licence standard, and one more."""

    AGENCY = "agency", _("private employment agency")
    LABOUR_SUPPLIER = "labour_supplier", _("labour supplier")
    SUB_AGENT = "sub_agent", _("sub-agent")
    DOMESTIC_WORKER_OFFICE = "domestic_worker_office", _("domestic worker office")
    PUBLIC_SERVICE = "public_service", _("public employment service")
    EMPLOYER_DIRECT = "employer_direct", _("employer that recruits directly")
    ORGANISATION = "organisation", _("other organisation")


class StatusCode(models.TextChoices):
    """What a licence is; the same codes as licensing.Status, with words for people."""

    APPLIED = "applied", _("Applied for")
    DEFERRED = "deferred", _("Application deferred")
    REFUSED = "refused", _("Application refused")
    PROVISIONAL = "provisional", _("Valid, provisional")
    ACTIVE = "active", _("Valid")
    ACTIVE_CONDITIONS = "active_conditions", _("Valid, with conditions")
    EXPIRED = "expired", _("Expired")
    RENEWAL_PENDING = "renewal_pending", _("Renewal not decided")
    RENEWAL_DENIED = "renewal_denied", _("Renewal refused")
    SUSPENDED_ADMIN = "suspended_admin", _("Suspended")
    SUSPENDED_DISCIPLINARY = "suspended_disciplinary", _("Suspended, disciplinary")
    SUSPENDED_PREVENTIVE = "suspended_preventive", _("Suspended, preventive")
    REVOKED = "revoked", _("Revoked")
    CANCELLED = "cancelled", _("Cancelled")
    BANNED_PERMANENT = "banned_permanent", _("Banned for good")
    CEASED = "ceased", _("Stopped working")
    DELISTED = "delisted", _("No longer on the register")
    INACTIVE = "inactive", _("Not active")
    UNKNOWN = "unknown", _("Not clear: treat as not valid")
    NONE = "none", _("No licence on record")


TONES = {
    "provisional": "info",
    "active": "good",
    "active_conditions": "info",
    "expired": "warn",
    "renewal_pending": "warn",
    "applied": "info",
    "deferred": "warn",
    "unknown": "warn",
    "none": "",
    "ceased": "warn",
    "inactive": "warn",
}


def tone_of(code: str) -> str:
    """Return the colour that a status has on the page; whatever is not named here is bad."""
    return TONES.get(code, "bad")


class Reason(models.TextChoices):
    """Why a licence decision was taken; the codes are those of the licence standard, and some that are not adverse."""

    FEES_CHARGED = "fees_charged", _("Fees or costs were charged to workers")
    DECEPTION = "deception", _("Workers were deceived about the job")
    CONTRACT_SUBSTITUTION = "contract_substitution", _("Contracts were changed for the worse")
    DOCUMENTS_RETAINED = "documents_retained", _("Workers' identity papers were kept")
    FORCED_LABOUR = "forced_labour", _("Forced labour or trafficking")
    CHILD = "child", _("A child was recruited")
    UNLICENSED_AGENTS = "unlicensed_agents", _("Unlicensed sub-agents were used")
    NO_GUARANTEE = "no_guarantee", _("The guarantee or deposit is missing")
    EXPIRED_PAPERS = "expired_papers", _("Papers are missing or out of date")
    FALSE_STATEMENT = "false_statement", _("A false statement or document")
    OBSTRUCTION = "obstruction", _("An inspection was obstructed")
    RETALIATION = "retaliation", _("Retaliation against workers")
    NO_REMEDY = "no_remedy", _("It did not repay or put right")
    DEROGATORY_PERSON = "derogatory_person", _("A barred person owns or runs it")
    ABANDONED_WORKERS = "abandoned_workers", _("Workers were left without help")
    CONDITIONS_BREACHED = "conditions_breached", _("Conditions of the licence were breached")
    INSOLVENCY = "insolvency", _("Insolvency")
    OWNER_REQUEST = "owner_request", _("At the holder's own request")
    COURT_ORDER = "court_order", _("Court order")
    OTHER = "other", _("Another reason, given in the order")
    REQUIREMENTS_MET = "requirements_met", _("The requirements are met")
    PUT_RIGHT = "put_right", _("The cause was put right")
    APPEAL_UPHELD = "appeal_upheld", _("The appeal was upheld")
    TIED_TO_BARRED = "tied_to_barred", _("Tied to an organisation whose licence was taken away")
    APPEAL_PENDING = "appeal_pending", _("An appeal is open, and the order does not hold meanwhile")
    APPEAL_DISMISSED = "appeal_dismissed", _("The appeal was dismissed")
    REGISTER_IMPORT = "register_import", _("As the register published it")


NOT_ADVERSE = (Reason.REQUIREMENTS_MET, Reason.PUT_RIGHT, Reason.APPEAL_UPHELD, Reason.COURT_ORDER, Reason.OTHER)
"""Reasons for deciding in the holder's favour."""


class SeverityWord(models.TextChoices):
    """How grave a fact is."""

    MINOR = "minor", _("minor")
    MODERATE = "moderate", _("moderate")
    SERIOUS = "serious", _("serious")
    CRITICAL = "critical", _("critical")


class BandWord(models.TextChoices):
    """What a rating says."""

    UNKNOWN = "unknown", _("too little known")
    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")
    CRITICAL = "critical", _("critical")


BAND_TONES = {"unknown": "", "low": "good", "medium": "info", "high": "warn", "critical": "bad"}


class Origin(models.TextChoices):
    """Where a fact comes from."""

    GRIEVANCE = "grievance", _("grievance")
    INSPECTION = "inspection", _("inspection")
    LICENCE = "licence", _("licence decision")
    ASSESSMENT = "assessment", _("assessment")
    FEE = "fee", _("fee record")
    CONTRACT = "contract", _("contract record")
    SCREENING = "screening", _("screening")
    OTHER = "other", _("other source")


class SourceKind(models.TextChoices):
    """How a fee or contract fact was learned."""

    INSPECTION = "inspection", _("inspection")
    DOCUMENTS = "documents", _("review of documents")
    INTERVIEW = "interview", _("interviews")
    DECLARATION = "declaration", _("the recruiter's own declaration")
    GRIEVANCE = "grievance", _("grievance")
