"""Say what a worker is owed for each kind of harm, where that is written, and which remedies answer it. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entitlement:
    """What somebody is owed: a code, the text that it rests on, and the remedies that answer it."""

    code: str
    source: str
    answered_by: frozenset[str]


def _owed(code: str, source: str, *items: str) -> Entitlement:
    return Entitlement(code, source, frozenset(items))


_ENTITLEMENTS = (
    _owed("fees_back", "IRIS 1; ILO, fair recruitment (2019)", "fees_repaid", "recruiter_replaced"),
    _owed("papers_back", "IRIS 2; ILO C29", "passport_returned"),
    _owed("free_movement", "IRIS 2; ILO C29", "transfer_allowed", "ticket_home", "order", "shelter"),
    _owed(
        "true_terms", "IRIS 3; ILO, fair recruitment (2019)", "contract_corrected", "transfer_allowed", "ticket_home"
    ),
    _owed("pay_in_full", "ILO C95", "wages_paid", "deductions_reversed"),
    _owed("rest", "ILO C1, C14, C30", "policy_changed", "wages_paid"),
    _owed("decent_housing", "ILO R115", "housing_improved"),
    _owed("safe_work", "ILO C155", "medical_care", "policy_changed", "damages"),
    _owed("no_violence", "ILO C190", "counselling", "shelter", "manager_removed", "medical_care", "legal_aid"),
    _owed("equal_treatment", "ILO C111", "policy_changed", "damages"),
    _owed("to_organise", "ILO C87, C98", "policy_changed", "reinstated"),
    _owed("job_or_notice", "ILO C158", "reinstated", "damages"),
    _owed("no_retaliation", "UNGP 31", "reinstated", "manager_removed", "damages", "order"),
    _owed("childhood", "ILO C138, C182", "counselling", "shelter", "medical_care", "legal_aid"),
    _owed("freedom", "ILO C29, P29", "shelter", "legal_aid", "counselling", "sanction", "ticket_home", "damages"),
    _owed("social_security", "ILO C102, C118", "damages", "deductions_reversed"),
    _owed("privacy", "IRIS 4", "policy_changed"),
    _owed("fair_office", "UNGP 26", "sanction", "finding_published"),
    _owed("healthy_place", "ILO C155", "policy_changed", "housing_improved"),
    _owed("to_be_heard", "IRIS 5; UNGP 25", "apology_given", "finding_published"),
)
ENTITLEMENTS = {each.code: each for each in _ENTITLEMENTS}
# What is owed for each category of the grievance standard; a person may choose another.
OWED_FOR = {
    "FEE": "fees_back",
    "DOC": "papers_back",
    "MOV": "free_movement",
    "EXI": "free_movement",
    "CON": "true_terms",
    "DEC": "true_terms",
    "WAG": "pay_in_full",
    "HRS": "rest",
    "HOU": "decent_housing",
    "OSH": "safe_work",
    "DEA": "safe_work",
    "VIO": "no_violence",
    "HAR": "no_violence",
    "SEX": "no_violence",
    "THR": "no_violence",
    "DIS": "equal_treatment",
    "FOA": "to_organise",
    "DIM": "job_or_notice",
    "RET": "no_retaliation",
    "CHL": "childhood",
    "TIP": "freedom",
    "SOC": "social_security",
    "DAT": "privacy",
    "INS": "fair_office",
    "ENV": "healthy_place",
    "OTH": "to_be_heard",
}


def owed_for(category: str) -> Entitlement:
    """Return what a category of harm entitles to; an unknown one entitles to be heard."""
    return ENTITLEMENTS[OWED_FOR.get(category, "to_be_heard")]


def answers(item: str, owed: list[str]) -> int:
    """Return which of several entitlements a remedy answers: the first that names it, else the first of all.

    An apology or a changed policy answers the harm that the case began with; whoever plans it may choose another.
    """
    fitting = (place for place, code in enumerate(owed) if item in ENTITLEMENTS[code].answered_by)
    return next(fitting, 0)
