"""What each indicator is called, what it counts of what, and the eight criteria in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Words:
    """An indicator for its readers: its name, its numerator and its denominator."""

    title: Text
    part: Text
    whole: Text


CRITERIA: dict[str, Text] = {
    "legitimate": _("Legitimate"),
    "accessible": _("Accessible"),
    "predictable": _("Predictable"),
    "equitable": _("Equitable"),
    "transparent": _("Transparent"),
    "rights_compatible": _("Rights-compatible"),
    "continuous_learning": _("A source of continuous learning"),
    "engagement_dialogue": _("Based on engagement and dialogue"),
}

WORDS = {
    "replaced": Words(
        _("Another handler took over"),
        _("those that another handler took over, or that had ended"),
        _("grievances from which a handler stepped back or was taken off"),
    ),
    "other_ways": Words(
        _("Reported another way than by the web"),
        _("those by text message, phone, in person or on paper"),
        _("grievances that arrived"),
    ),
    "own_language": Words(
        _("Reported in a language other than English"),
        _("those in another language"),
        _("grievances that arrived"),
    ),
    "acknowledged": Words(
        _("Receipt acknowledged in time"), _("those met in time"), _("acknowledgements that were due")
    ),
    "in_time": Words(
        _("Steps taken in time"),
        _("those taken in time"),
        _("decisions, first steps, answers and solutions that were due"),
    ),
    "heard": Words(
        _("The worker read what was found"),
        _("those in which she read a message of her handler"),
        _("grievances that ended after a handler wrote to her"),
    ),
    "updated": Words(_("Worker told in time how it stands"), _("those given in time"), _("updates that were due")),
    "confirmed": Words(
        _("Remedy that came in full, in the worker's word"),
        _("times she said: all of it"),
        _("times she was heard on delivered remedy"),
    ),
    "safe": Words(
        _("Not punished for complaining"), _("those who said they are safe"), _("workers who answered when asked later")
    ),
    "root_cause": Words(
        _("Root cause named at the end"), _("those with a root cause"), _("cases that were closed after inquiry")
    ),
    "repeated": Words(
        _("About the same party again within a year"),
        _("those about a party with another one in the year before"),
        _("grievances with a confirmed party"),
    ),
    "agreed": Words(
        _("Settled by agreement"),
        _("those in which a step of remedy was agreed"),
        _("cases that were closed after inquiry"),
    ),
}
