"""Say in words why a fee counts as it does, and how a payment stands."""

from django.utils.translation import gettext_lazy as _

from grievances.reasons import Words

REASONS: Words = {
    "higher_estimate": _("The higher of the amounts known counts."),
    "asked_by_worker": _("The worker asked that this amount counts."),
    "rate_of_then": _("The rate of the day she paid is better for her."),
    "rate_of_now": _("The rate of the day of repayment is better for her."),
    "simple_interest": _("Simple interest from the day she paid."),
    "loan_interest_counted_apart": _("No stated interest: interest really paid is a fee of its own."),
}
WORDS: Words = {
    "all": _("She says: all of it"),
    "part": _("She says: a part"),
    "none": _("She says: nothing"),
    "waits": _("Proven, waits for her word"),
    "no_proof": _("No proof: does not count"),
}
