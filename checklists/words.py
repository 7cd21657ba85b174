"""Say the checklists' codes in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from checklists.answers import Answer, Money, Per, State
from checklists.questions import Item, Kind, Severity

Text = str | Promise

KIND_WORDS: dict[Kind, Text] = {
    Kind.YES_NO_NA: _("yes, no, does not apply"),
    Kind.COUNT: _("a number"),
    Kind.MONEY: _("an amount of money"),
    Kind.SELECT_MANY: _("several from a list"),
    Kind.TEXT: _("own words"),
    Kind.DATE: _("a date"),
}
SEVERITY_WORDS: dict[Severity, Text] = {
    Severity.CRITICAL: _("critical"),
    Severity.MAJOR: _("major"),
    Severity.MINOR: _("minor"),
    Severity.OBSERVATION: _("observation"),
}
SEVERITY_TONES: dict[str, str] = {"critical": "bad", "major": "warn", "minor": "info", "observation": ""}
ANSWER_WORDS: dict[str, Text] = {
    "yes": _("Yes"),
    "no": _("No"),
    "na": _("Does not apply"),
    "not_checked": _("Not checked"),
}
PER_WORDS: dict[Per, Text] = {
    Per.ONCE: _("once"),
    Per.DAY: _("a day"),
    Per.WEEK: _("a week"),
    Per.MONTH: _("a month"),
    Per.YEAR: _("a year"),
}
CHANGE_WORDS: dict[str, Text] = {
    "added": _("new question"),
    "removed": _("no longer asked"),
    "replaced": _("replaced by a new question"),
    "reworded": _("worded differently"),
    "regraded": _("judged differently"),
    "moved": _("moved to another section"),
    "relinked": _("other law or indicators"),
}
PROBLEM_WORDS: dict[str, Text] = {
    "no_sections": _("The checklist has no sections."),
    "section_twice": _("A section's code is used twice."),
    "code_twice": _("A question's code is used twice."),
    "code_shape": _("A question's code must look like ABC-01."),
    "no_wording": _("A question has no wording in English."),
    "adverse_rule": _("The adverse answer must be yes, no, or a number such as >0."),
    "adverse_kind": _("The adverse answer does not fit the kind of answer."),
    "choices": _("Choices belong to questions with several answers, and only to them."),
    "replaces_unknown": _("A question replaces a code that no earlier version has."),
    "replaces_present": _("A question replaces a code that is still asked."),
    "kind_changed": _("A code keeps its kind of answer for ever; use a new code."),
    "adverse_turned": _("A code keeps its meaning for ever; use a new code."),
}


def adverse_words(item: Item) -> str:
    """Return in words which answer is adverse."""
    if item.adverse in ANSWER_WORDS:
        return str(ANSWER_WORDS[item.adverse])
    if item.adverse:
        return gettext("more than %(limit)s") % {"limit": item.adverse.removeprefix(">")}
    return ""


def answer_words(item: Item, answer: Answer, text: str = "") -> str:
    """Return an answer in words; `text` is what was written, for an item in own words."""
    if answer.state != State.ANSWERED:
        return str(ANSWER_WORDS[answer.state.value])
    value = answer.value
    if item.kind == Kind.TEXT:
        return text
    if isinstance(value, Money):
        return f"{value.amount:,} {value.currency} {PER_WORDS[value.per]}"
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(ANSWER_WORDS.get(str(value), value))
