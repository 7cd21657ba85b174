"""Say in words what the terms of a contract are and what became of them."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruiters.contractrules import Comparison, Difference, Direction
from recruiters.contractterms import BY_NAME, Field, Money, Number, Value
from recruiters.models import ContractTerm
from recruiters.vocabulary import element_label

FIELD_WORDS = {
    "hours": gettext_lazy("Working hours"),
    "rest_days": gettext_lazy("Days of rest a week"),
    "leaving_costs": gettext_lazy("What leaving early costs the worker"),
    "no_fee": gettext_lazy("It says that the worker pays no fee"),
    "passport": gettext_lazy("Who keeps the passport"),
    "pay": gettext_lazy("Pay"),
    "pay_interval": gettext_lazy("How often it is paid"),
    "overtime": gettext_lazy("Overtime pay, in per cent of normal pay"),
    "duration": gettext_lazy("Duration in months"),
    "probation": gettext_lazy("Probation in months"),
    "leave": gettext_lazy("Days of paid leave a year"),
    "notice": gettext_lazy("Days of notice"),
    "food": gettext_lazy("Who pays for food"),
    "lodging": gettext_lazy("Who pays for lodging"),
    "insurance": gettext_lazy("Who pays for insurance"),
    "safety_gear": gettext_lazy("Who pays for safety gear"),
    "employer": gettext_lazy("Employer"),
    "workplace": gettext_lazy("Workplace"),
    "work": gettext_lazy("Work"),
}
CHOICES = {
    "employer": gettext_lazy("the employer"),
    "worker": gettext_lazy("the worker"),
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "week": gettext_lazy("every week"),
    "month": gettext_lazy("every month"),
    "longer": gettext_lazy("more seldom"),
}
PER = {
    "hour": gettext_lazy("an hour"),
    "day": gettext_lazy("a day"),
    "week": gettext_lazy("a week"),
    "month": gettext_lazy("a month"),
    "year": gettext_lazy("a year"),
    "once": gettext_lazy("once"),
}
UNITS = {
    "months": gettext_lazy("months"),
    "days": gettext_lazy("days"),
    "percent": gettext_lazy("%"),
    **PER,
}
DIRECTIONS = {
    Direction.WORSE: (gettext_lazy("worse"), "bad"),
    Direction.BETTER: (gettext_lazy("better"), "good"),
    Direction.CANNOT_TELL: (gettext_lazy("cannot tell"), "warn"),
}
WHY = {
    "other_currency": gettext_lazy("Another currency: without a rate that both agreed on, nothing is compared."),
    "hours_not_known": gettext_lazy("Different periods, and the hours or days of work are not known."),
    "days_not_known": gettext_lazy("Hours by the day and by the week, and the day of rest is not known."),
    "amount_lower": gettext_lazy("The amount is lower."),
    "amount_higher": gettext_lazy("The amount is higher."),
    "month_lower": gettext_lazy("Counted by the month it is lower."),
    "month_higher": gettext_lazy("Counted by the month it is higher."),
    "number_lower": gettext_lazy("The number is lower."),
    "number_higher": gettext_lazy("The number is higher."),
    "week_lower": gettext_lazy("Counted by the week it is less."),
    "week_higher": gettext_lazy("Counted by the week it is more."),
    "no_longer_stated": gettext_lazy("The later paper no longer says it."),
    "newly_demanded": gettext_lazy("It was not there before, and it is against the worker."),
    "newly_stated": gettext_lazy("It was not there before."),
    "moved_to_worker": gettext_lazy("It moved to the worker's disadvantage."),
    "moved_from_worker": gettext_lazy("It moved to the worker's advantage."),
    "other_one": gettext_lazy("It is another one."),
    "alike_names": gettext_lazy(
        "The names are alike, or in two scripts; a person must judge whether it is another one."
    ),
    "other_words": gettext_lazy("The words differ; a person must judge."),
}


def field_label(field: Field) -> str:
    """Return what a field is called: its own words, or those of its element."""
    return str(FIELD_WORDS.get(field.name) or element_label(field.element))


def shown(value: Value | None) -> str:
    """Return a term as people write it; a dash for what is not there."""
    if value is None:
        return "–"
    if isinstance(value, Money):
        amount = number_format(value.amount.normalize(), force_grouping=True, use_l10n=True)
        return f"{amount} {value.currency} {PER[value.per]}"
    if isinstance(value, Number):
        return f"{number_format(value.number.normalize(), use_l10n=True)} {UNITS[value.unit]}"
    return str(CHOICES.get(value, value))


def version_label(code: str) -> str:
    """Return a version's name."""
    return str(ContractTerm.Version(code).label)


@dataclass(frozen=True)
class Row:
    """One difference as the page shows it."""

    label: str
    element: str
    versions: str
    before: str
    after: str
    direction: str
    tone: str
    why: str


def rows(comparison: Comparison) -> list[Row]:
    """Return the differences, the harmful ones first."""
    order = list(DIRECTIONS)
    found = sorted(comparison.differences, key=lambda each: (order.index(each.direction), each.element))
    return [_row(each) for each in found]


def _row(each: Difference) -> Row:
    direction, tone = DIRECTIONS[each.direction]
    versions = _("%(before)s → %(after)s") % {
        "before": version_label(each.before_version),
        "after": version_label(each.after_version),
    }
    label = field_label(BY_NAME[each.field])
    return Row(label, each.element, versions, shown(each.before), shown(each.after), str(direction), tone,
               str(WHY[each.why]))  # fmt: skip
