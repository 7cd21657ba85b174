"""Judge how urgent a grievance is, where it goes and by when, from coded facts only; every step with its reason. Pure.

The rule only ever raises. Lowering is for two people with a written reason, never for a rule. The decision table that a
policy officer signs is tests/grievances/triage_expected.csv.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from grievances.clocks import Span, span

RULESET = "triage/1"

# The eleven forced-labour indicators of the ILO in five families: what is done to whom, in which way.
FAMILIES: dict[str, str] = {
    "FL01": "deceit",
    "FL02": "deceit",
    "FL03": "control",
    "FL04": "control",
    "FL05": "coercion",
    "FL06": "coercion",
    "FL07": "control",
    "FL08": "money",
    "FL09": "money",
    "FL10": "conditions",
    "FL11": "conditions",
}
CONTROLLING = frozenset({"control", "coercion"})
MANY_REPORTS_FROM = 1  # one other report about the same party within 30 days is a pattern already
CASE_TEAM = "case_team"
ROUTE_OF_FLAG: dict[str, str] = {
    "fee_repayment": "fee_repayment",
    "imminent_danger_check": "inspection",
    "safety_plan": "safety_plan",
    "survivor_protocol": "survivor_specialist",
    "specialist_only": "survivor_specialist",
    "child_protection": "child_protection",
    "referral_mechanism": "trafficking_screening",
    "trafficking_screening": "trafficking_screening",
    "family_liaison": "family_liaison",
    "route_away_from_subject": "independent_handler",
    "retaliation_clock": "retaliation_watch",
}


class Priority(StrEnum):
    """How soon people must act."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


PRIORITY_OF_SEVERITY = {4: Priority.URGENT, 3: Priority.HIGH, 2: Priority.NORMAL, 1: Priority.NORMAL}
RANK = {Priority.NORMAL: 0, Priority.HIGH: 1, Priority.URGENT: 2}


@dataclass(frozen=True)
class Terms:
    """By when each step must be done, counted from the day the grievance came in."""

    acknowledge: Span
    triage: Span
    first_action: Span
    update: Span
    resolve: Span


def _terms(text: str) -> Terms:
    return Terms(*(span(part) for part in text.split()))


# From the recommended defaults of the grievance standard; urgent clocks run day and night, the others on working days.
TERMS: dict[int, Terms] = {
    4: _terms("1h 4h 1d 2d 30d"),
    3: _terms("1wd 1wd 3wd 7d 30d"),
    2: _terms("2wd 3wd 10wd 14d 60d"),
    1: _terms("3wd 5wd 15wd 30d 30d"),
}


@dataclass(frozen=True)
class CategoryRule:
    """What the standard says about one kind of grievance."""

    code: str
    severity: int
    indicators: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What is known in codes; no word of the worker's is here."""

    codes: tuple[str, ...]
    danger_now: bool = False
    under_18: bool = False
    time_closing: bool = False
    people: str = "one"
    others_in_30_days: int = 0
    accused_has_account: bool = False


@dataclass(frozen=True)
class Reason:
    """One step of the judgement: a code that the product can put into words, and what it rests on."""

    code: str
    detail: str = ""


@dataclass(frozen=True)
class Assessment:
    """How a grievance is to be handled, and why."""

    severity: int
    priority: Priority
    terms: Terms
    routes: tuple[str, ...]
    indicators: tuple[str, ...]
    reasons: tuple[Reason, ...]
    ruleset: str = field(default=RULESET)


def assess(facts: Facts, categories: Mapping[str, CategoryRule]) -> Assessment:
    """Return the assessment of coded facts; raises KeyError for a code that the standard does not have."""
    rules = [categories[code] for code in dict.fromkeys(facts.codes)] or [categories["OTH"]]
    indicators = tuple(sorted({indicator for rule in rules for indicator in rule.indicators}))
    severity, reasons = _severity(facts, rules)
    return Assessment(
        severity=severity,
        priority=PRIORITY_OF_SEVERITY[severity],
        terms=TERMS[severity],
        routes=_routes(facts, rules, reasons),
        indicators=indicators,
        reasons=tuple(reasons),
    )


def _severity(facts: Facts, rules: list[CategoryRule]) -> tuple[int, list[Reason]]:
    severity = max(rule.severity for rule in rules)
    reasons = [Reason("category", "+".join(rule.code for rule in rules if rule.severity == severity))]
    for level, reason in _floors(facts, rules):
        severity = max(severity, level)
        reasons.append(reason)
    for reason in _steps_up(facts):
        severity = min(4, severity + 1)
        reasons.append(reason)
    if facts.accused_has_account:
        reasons.append(Reason("accused_has_account"))
    return severity, reasons


def _floors(facts: Facts, rules: list[CategoryRule]) -> list[tuple[int, Reason]]:
    """Return each rule that sets a lowest level, with its reason."""
    found = []
    showing = [rule for rule in rules if rule.indicators]
    families = sorted({FAMILIES[indicator] for rule in showing for indicator in rule.indicators})
    if len(showing) >= 2 and len(families) >= 2:
        found.append((3, Reason("several_indicators", "+".join(families))))
    if len(showing) >= 3 and len(families) >= 3 and CONTROLLING & set(families):
        found.append((4, Reason("forced_labour_pattern", "+".join(families))))
    if facts.danger_now:
        found.append((4, Reason("danger_now")))
    if facts.under_18:
        found.append((4, Reason("under_18")))
    if facts.people == "many":
        found.append((3, Reason("many_people")))
    return found


def _steps_up(facts: Facts) -> list[Reason]:
    """Return the reasons that each raise the level by one."""
    found = []
    if facts.others_in_30_days >= MANY_REPORTS_FROM:
        found.append(Reason("others_in_30_days", str(facts.others_in_30_days)))
    if facts.time_closing:
        found.append(Reason("time_closing"))
    return found


def _routes(facts: Facts, rules: list[CategoryRule], reasons: list[Reason]) -> tuple[str, ...]:
    """Return where it goes besides the case team, in a fixed order."""
    wanted = {ROUTE_OF_FLAG[flag] for rule in rules for flag in rule.flags if flag in ROUTE_OF_FLAG}
    codes = {reason.code for reason in reasons}
    if codes & {"several_indicators", "forced_labour_pattern"}:
        wanted.add("trafficking_screening")
    if facts.danger_now:
        wanted.add("safety_plan")
    if facts.under_18:
        wanted.add("child_protection")
    if "survivor_specialist" in wanted:
        wanted.add("health_same_day")
    return (CASE_TEAM, *sorted(wanted))


def may_set(priority: Priority, *, by_rule: Priority, agreed: Priority | None = None) -> bool:
    """Say whether this priority may be set: the rule's own, a higher one, or one that two people lowered it to."""
    return RANK[priority] >= min(RANK[by_rule], RANK[agreed] if agreed is not None else RANK[by_rule])


def severity_of(priority: Priority, *, by_rule: int) -> int:
    """Return the severity that a priority stands for where people raised it above the rule's or lowered it below."""
    return by_rule if PRIORITY_OF_SEVERITY[by_rule] is priority else _SEVERITY[priority]


_SEVERITY = {Priority.URGENT: 4, Priority.HIGH: 3, Priority.NORMAL: 2}


def ends_alone(priority: Priority, *, by_rule: Priority) -> bool:
    """Say whether one person alone may end a grievance: never one that is urgent, or that the rule calls so."""
    return Priority.URGENT not in {priority, by_rule}
