"""Name what a referral may hold: the fields about a person, what must be explained, what was done for safety. Pure."""

FIELDS = (
    "name",
    "safe_contact",
    "language",
    "interviewer_preference",
    "group",
    "place",
    "summary",
    "risks",
    "health",
    "dependants",
)
EMERGENCY_FIELDS = ("name", "place", "summary", "language")

# What a person hears before being asked (SAF-1, SAF-2, SAF-8 of the referral standard).
EXPLAINED = (
    "purpose",
    "receiver",
    "fields",
    "may_refuse",
    "may_withdraw",
    "refusing_costs_nothing",
    "no_police_needed",
    "employer_not_told",
)
CHILD_EXPLAINED = ("purpose", "receiver", "views_heard", "employer_not_told")
SAFETY = (
    "safe_now",
    "moved_to_safety",
    "emergency_called",
    "numbers_given",
    "safe_contact_agreed",
    "document_returned",
    "wants_to_wait",
    "come_back_agreed",
)
CHILD_REQUIRED = ("age", "accompanied", "guardian", "authority_notified_at", "interview_conditions")
DECLINE_REASONS = ("no_capacity", "not_our_service", "not_our_area", "not_this_group", "conflict_of_interest", "unsafe")
RETURN_REASONS = ("details_missing", "contact_not_safe", "not_reached", "other_service_first")
