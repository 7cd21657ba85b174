"""Hand the triage rule what the grievance standard says."""

from functools import cache

from core.standards import standard
from core.standards.grievance import Category, Grievance
from grievances.triage import CategoryRule


def grievance_standard() -> Grievance:
    """Return the newest edition of the grievance standard."""
    return standard("grievance")


@cache
def category_rules() -> dict[str, CategoryRule]:
    """Return every category as the triage rule reads it."""
    return {
        category.code: CategoryRule(category.code, category.default_severity, category.indicators, category.flags)
        for category in grievance_standard().categories
    }


@cache
def worker_categories() -> tuple[Category, ...]:
    """Return the categories that a worker chooses from; the others are for staff to judge."""
    return tuple(category for category in grievance_standard().categories if category.code not in FOR_STAFF)


# What a worker cannot be asked to judge, or would not look for in a list of what happened to her.
FOR_STAFF = frozenset({"TIP", "SOC", "DAT", "ENV", "FOA"})
