"""Say whether somebody may be referred, and with what: by consent, for a child, or to save a life. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# What a partner may be told, each by its own yes. The last two are who she is: never ticked for anybody.
FIELDS = ("needs", "language", "place", "risks", "prefers", "name", "safe_contact")
IDENTITY = frozenset({"name", "safe_contact"})
EMERGENCY_FIELDS = frozenset({"needs", "language", "place", "name"})
# What she hears before she is asked (safeguards SAF-1, SAF-2 and SAF-8 of the referral standard).
EXPLAINED = (
    "purpose",
    "receiver",
    "fields",
    "may_refuse",
    "may_withdraw",
    "no_police_needed",
    "employer_not_told",
)
CHILD_EXPLAINED = ("purpose", "receiver", "views_heard", "employer_not_told")
CHILD_FIELDS = ("child_age", "child_guardian", "child_views", "child_authority")
OVERRIDE_REASONS = ("danger_to_life", "danger_to_others_life", "cannot_be_asked")
DECLINE_REASONS = ("no_capacity", "not_our_service", "not_our_area", "not_this_group", "conflict_of_interest", "unsafe")
RETURN_REASONS = ("details_missing", "contact_not_safe", "not_reached", "other_service_first")
ANSWERS: dict[str, tuple[str, ...]] = {
    "sent": ("accepted", "declined", "returned"),
    "accepted": ("started", "completed", "returned"),
    "started": ("completed", "returned"),
}
REFER = "refer_to_services"


@dataclass(frozen=True)
class Plan:
    """A referral as somebody wants to make it."""

    basis: str
    told: frozenset[str]
    explained: frozenset[str]
    agreed_channel: str = ""
    override_reason: str = ""
    has_note: bool = False
    has_notice: bool = False
    files: int = 0


@dataclass(frozen=True)
class Person:
    """What is known of whoever is referred, and of the partner, as far as the rules ask."""

    consents: Mapping[str, bool] = field(default_factory=dict)
    perhaps_a_child: bool = False
    stated_adult: bool = False
    partner_protects_children: bool = False
    partner_is_accused: bool = False


def faults(plan: Plan, person: Person) -> tuple[str, ...]:
    """Return every reason why this referral may not be made; none: it may."""
    found = ["partner_accused"] if person.partner_is_accused else []
    by_basis = {"consent": _by_consent, "child": _for_child, "override": _for_life, "refused": _refused}
    return (*found, *by_basis[plan.basis](plan, person))


def _by_consent(plan: Plan, person: Person) -> list[str]:
    found = []
    if person.perhaps_a_child and not person.stated_adult:
        found.append("child_route")
    if not person.consents.get(REFER):
        found.append("no_consent")
    if not set(EXPLAINED) <= plan.explained:
        found.append("explain_first")
    if not plan.agreed_channel:
        found.append("how_agreed")
    if not plan.told:
        found.append("nothing_told")
    return found


def _for_child(plan: Plan, person: Person) -> list[str]:
    """A child's consent is not needed, but the child is heard, and whoever protects children knows (CH-1, CH-2)."""
    found = []
    if not person.partner_protects_children:
        found.append("not_for_children")
    if not set(CHILD_FIELDS) <= plan.told or not set(CHILD_EXPLAINED) <= plan.explained:
        found.append("child_incomplete")
    return found


def _for_life(plan: Plan, person: Person) -> list[str]:
    found = []
    if person.perhaps_a_child and not person.stated_adult:
        found.append("child_route")
    if plan.override_reason not in OVERRIDE_REASONS or not plan.has_note:
        found.append("no_reason")
    if not plan.has_notice:
        found.append("no_notice")
    if not plan.told <= EMERGENCY_FIELDS or plan.files:
        found.append("too_much")
    if not plan.told:
        found.append("nothing_told")
    return found


def _refused(plan: Plan, person: Person) -> list[str]:
    del person
    return ["refused_tells_nothing"] if plan.told or plan.files else []
